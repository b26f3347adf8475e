// SPDX-License-Identifier: GPL-3.0-or-later

/// Slots of 12.5 GHz, of which a channel takes as many neighbours as it needs.
///
/// The flexible grid of ITU-T G.694.1.
public struct FlexibleGrid: Hashable, Sendable {
  public static let slotWidth_GHz = 12.5

  /// The lower edge of slot 0, not its centre.
  public let first_THz: Double
  public let slots: Int
  /// Slots that stay dark between two channels.
  public let guardSlots: Int

  public init(first_THz: Double, slots: Int, guardSlots: Int = 0) throws(OpticsError) {
    guard slots > 0 else { throw .noChannels }
    let last_THz = first_THz + Double(slots) * Self.slotWidth_GHz * 1e-3
    for frequency in [first_THz, last_THz] {
      try OpticsError.check(frequency, "the edge of the slots", in: 150...250, "THz")
    }
    try OpticsError.check(
      Double(guardSlots), "the guard between channels", in: 0...Double(slots), "slots")
    self.first_THz = first_THz
    self.slots = slots
    self.guardSlots = guardSlots
  }

  /// The middle of a block of slots.
  public func centre_THz(of block: Range<Int>) -> Double {
    let middle = Double(block.lowerBound + block.upperBound) / 2
    return first_THz + middle * Self.slotWidth_GHz * 1e-3
  }

  /// How many slots a channel of that width takes, without guard.
  public func slotCount(width_GHz: Double) -> Int {
    // A width that is whole slots but for rounding takes no slot more.
    let count = (width_GHz / Self.slotWidth_GHz - 1e-9).rounded(.up)
    return max(1, Int(count))
  }

  /// The channels of one width that fill the grid from its lower edge; nil where none fits.
  func packed(width_GHz: Double) -> FixedGrid? {
    let block = slotCount(width_GHz: width_GHz)
    let pitch = block + guardSlots
    let count = (slots + guardSlots) / pitch
    guard count > 0 else { return nil }
    return FixedGrid(
      unchecked: centre_THz(of: 0..<block), spacing_GHz: Double(pitch) * Self.slotWidth_GHz,
      count: count)
  }
}
