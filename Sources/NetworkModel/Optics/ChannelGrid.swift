// SPDX-License-Identifier: GPL-3.0-or-later

/// Where in the spectrum the channels of a fibre may lie.
public enum ChannelGrid: Hashable, Sendable {
  case fixed(FixedGrid)
  case flexible(FlexibleGrid)

  /// The channel plans known by name.
  public enum Preset: String, CaseIterable, Sendable {
    /// 96 channels of 50 GHz in the C band, 191.35 to 196.10 THz.
    case cBand = "50-ghz"
    /// 80 channels of 75 GHz in the C band extended to 6 THz, 190.675 to 196.675 THz.
    case extendedC = "75-ghz"
    /// 80 channels of 150 GHz in 12 THz of C and L band, 184.675 to 196.675 THz.
    ///
    /// A real plan leaves a gap between the bands for the filters that part them; here there is none.
    case cAndL = "150-ghz"
  }

  public init(preset: Preset) {
    let grid =
      switch preset {
      case .cBand: FixedGrid(unchecked: 191.35, spacing_GHz: 50, count: 96)
      case .extendedC: FixedGrid(unchecked: 190.7125, spacing_GHz: 75, count: 80)
      case .cAndL: FixedGrid(unchecked: 184.75, spacing_GHz: 150, count: 80)
      }
    self = .fixed(grid)
  }

  /// Channels of a fixed grid, slots of a flexible one: the positions of a fibre's spectrum.
  public var count: Int {
    switch self {
    case .fixed(let grid): grid.count
    case .flexible(let grid): grid.slots
    }
  }

  /// The middle of a block of positions, which on a fixed grid is one channel.
  public func centre_THz(of block: Range<Int>) -> Double {
    switch self {
    case .fixed(let grid): grid.centre_THz(of: block.lowerBound)
    case .flexible(let grid): grid.centre_THz(of: block)
    }
  }

  /// The positions that a channel of that width takes, without guard; nil where none is wide enough.
  public func positions(width_GHz: Double) -> Int? {
    switch self {
    case .fixed(let grid): width_GHz <= grid.spacing_GHz * (1 + 1e-9) ? 1 : nil
    case .flexible(let grid):
      grid.slotCount(width_GHz: width_GHz) <= grid.slots
        ? grid.slotCount(width_GHz: width_GHz) : nil
    }
  }

  /// The grid filled with channels of one width; nil where not one fits.
  ///
  /// A fixed grid has all its channels lit. A flexible one has blocks of as few slots as the width
  /// takes, one guard apart, from its lower edge.
  public func filled(width_GHz: Double) -> FixedGrid? {
    switch self {
    case .fixed(let grid): positions(width_GHz: width_GHz) == nil ? nil : grid
    case .flexible(let grid): grid.packed(width_GHz: width_GHz)
    }
  }
}
