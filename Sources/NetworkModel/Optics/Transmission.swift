// SPDX-License-Identifier: GPL-3.0-or-later

/// How the fibres of a network are lit: in which channels, and at which power.
///
/// At full load every channel of the grid is lit in one mode. That is the case that lines are
/// designed for, and the one in which a mode that closes goes on to close whatever else is lit later.
public struct Transmission: Hashable, Sendable {
  public let grid: ChannelGrid
  public let launch: LaunchPower

  public init(grid: ChannelGrid, launch: LaunchPower = .optimum) {
    self.grid = grid
    self.launch = launch
  }

  /// The power at which each channel of a mode enters each span of a fibre.
  ///
  /// For one fibre by itself, as tests have it. Nil where the mode does not fit the grid.
  public func launchPower_dBm(on section: RouteSection, mode: TransceiverMode) -> Double? {
    filled(section, mode: mode).map { Decibels.dBm(watts: $0.launch_W) }
  }

  /// How one channel arrives at full load; the worst one where none is given.
  ///
  /// For one route by itself, as tests have it: a run asks a `TransmissionTable` of all fibres.
  /// Channels are those of the grid filled with the mode, `ChannelGrid.filled(width_GHz:)`. Nil where
  /// the mode does not fit the grid, or the grid so filled has no such channel.
  ///
  /// - Precondition: the route has a section.
  public func terms(
    over route: [RouteSection], mode: TransceiverMode, channel: Int? = nil
  ) -> QualityTerms? {
    let table = TransmissionTable(self, modes: [mode], sections: route)
    return table.terms(over: route.indices.map(FibreID.init(index:)), mode: 0, channel: channel)
  }

  /// The mode of the highest line rate that closes with the margin; see `TransmissionTable`.
  ///
  /// - Precondition: the route has a section.
  public func fastestMode(
    over route: [RouteSection], among modes: [TransceiverMode], margin_dB: Double,
    channel: Int? = nil
  ) -> ModeChoice? {
    let table = TransmissionTable(self, modes: modes, sections: route)
    return table.fastestMode(
      over: route.indices.map(FibreID.init(index:)), margin_dB: margin_dB, channel: channel)
  }

  func filled(_ section: RouteSection, mode: TransceiverMode) -> FilledFibre? {
    grid.filled(width_GHz: mode.slot_GHz).map { grid in
      FilledFibre(section, mode: mode, grid: grid, launch: launch)
    }
  }
}
