// SPDX-License-Identifier: GPL-3.0-or-later

/// What every fibre does to every channel in every mode at full load.
///
/// It is worked out once for the fibres, so that looking at a route is a walk over its fibres,
/// whatever their spans.
public struct TransmissionTable: Sendable {
  public let transmission: Transmission
  public let modes: [TransceiverMode]
  /// The fibres, by the index of their identifier.
  private let sections: [RouteSection]
  /// Of each mode; nil where it does not fit the grid.
  private let columns: [FilledFibres?]
  /// The modes in the order of preference: the faster first, of equals the narrower.
  public let preference: [Int]

  public init(_ transmission: Transmission, modes: [TransceiverMode], plant: FibrePlant) {
    self.init(transmission, modes: modes, sections: plant.fibres.map(\.section))
  }

  /// Creates the table of fibres that are known by their positions.
  public init(_ transmission: Transmission, modes: [TransceiverMode], sections: [RouteSection]) {
    self.transmission = transmission
    self.modes = modes
    self.sections = sections
    columns = modes.map { mode in
      FilledFibres(sections, mode: mode, transmission: transmission)
    }
    preference = modes.indices.sorted { left, right in
      let (first, second) = (modes[left], modes[right])
      if first.lineRate != second.lineRate { return first.lineRate > second.lineRate }
      if first.slot_GHz != second.slot_GHz { return first.slot_GHz < second.slot_GHz }
      return left < right
    }
  }
}

// MARK: - Routes

extension TransmissionTable {
  /// The mode of the highest line rate that closes over a route with the margin.
  ///
  /// A mode closes where the worst channel, or the one asked for, has with noise in 0.1 nm a ratio of
  /// at least the required one plus the margin. Of modes of one rate the one of the narrowest slot
  /// wins, of those the one with the most to spare, of those the first.
  ///
  /// - Precondition: the route has a fibre.
  public func fastestMode(
    over route: [FibreID], margin_dB: Double, channel: Int? = nil
  ) -> ModeChoice? {
    var best: ModeChoice?
    for index in preference {
      let mode = modes[index]
      if let best, best.mode.lineRate != mode.lineRate || best.mode.slot_GHz != mode.slot_GHz {
        break
      }
      guard let found = channel ?? columns[index]?.worstChannel(over: route),
        let terms = terms(over: route, mode: index, channel: found),
        terms.margin_dB(for: mode) >= margin_dB
      else { continue }
      let choice = ModeChoice(index: index, mode: mode, channel: found, terms: terms)
      if best.map({ $0.margin_dB < choice.margin_dB }) ?? true { best = choice }
    }
    return best
  }

  /// How a channel arrives; the worst one where none is given.
  ///
  /// Channels are those of the grid filled with the mode, `ChannelGrid.filled(width_GHz:)`. Nil where
  /// the mode does not fit the grid, or the grid so filled has no such channel.
  ///
  /// - Precondition: the route has a fibre.
  public func terms(over route: [FibreID], mode: Int, channel: Int? = nil) -> QualityTerms? {
    guard let column = columns[mode] else { return nil }
    let channel = channel ?? column.worstChannel(over: route)
    guard (0..<column.grid.count).contains(channel) else { return nil }
    return QualityTerms(
      column.shares(of: channel, over: route), centre_THz: column.grid.centre_THz(of: channel),
      symbolRate_GBd: modes[mode].symbolRate_GBd, over: length(of: route))
  }

  /// The number of the channel that terms tell of, counted from 0.
  public func channel(of terms: QualityTerms, mode: Int) -> Int? {
    guard let grid = columns[mode]?.grid else { return nil }
    let offset_GHz = (terms.centre_THz - grid.first_THz) * 1000
    return Int((offset_GHz / grid.spacing_GHz).rounded())
  }

  /// The power at which each channel of a mode enters each span of a fibre.
  public func launchPower_dBm(on fibre: FibreID, mode: Int) -> Double? {
    columns[mode].map { Decibels.dBm(watts: $0.launch_W[Int(fibre.index)]) }
  }

  func section(of fibre: FibreID) -> RouteSection { sections[Int(fibre.index)] }

  private func length(of route: [FibreID]) -> RouteLength {
    var length = RouteLength()
    for fibre in route { length.add(section(of: fibre)) }
    return length
  }
}
