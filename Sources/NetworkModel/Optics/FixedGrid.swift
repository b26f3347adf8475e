// SPDX-License-Identifier: GPL-3.0-or-later

/// Channels at equal distances.
///
/// Centre frequencies follow ITU-T G.694.1: the presets lie on its raster of 12.5 GHz around
/// 193.1 THz.
public struct FixedGrid: Hashable, Sendable {
  /// The centre of channel 0.
  public let first_THz: Double
  public let spacing_GHz: Double
  public let count: Int

  /// Creates a grid; its channels lie between 150 and 250 THz, where silica carries light far.
  public init(first_THz: Double, spacing_GHz: Double, count: Int) throws(OpticsError) {
    guard count > 0 else { throw .noChannels }
    try OpticsError.check(spacing_GHz, "the spacing of channels", in: 1...10_000, "GHz")
    let last_THz = first_THz + Double(count - 1) * spacing_GHz * 1e-3
    for frequency in [first_THz, last_THz] {
      try OpticsError.check(frequency, "a channel", in: 150...250, "THz")
    }
    self.init(unchecked: first_THz, spacing_GHz: spacing_GHz, count: count)
  }

  /// For figures that are known to be right.
  init(unchecked first_THz: Double, spacing_GHz: Double, count: Int) {
    self.first_THz = first_THz
    self.spacing_GHz = spacing_GHz
    self.count = count
  }

  public func centre_THz(of channel: Int) -> Double {
    first_THz + Double(channel) * spacing_GHz * 1e-3
  }
}
