// SPDX-License-Identifier: GPL-3.0-or-later

/// Why a grid, a line or a transceiver mode can't be.
public enum OpticsError: Error, Equatable, Sendable, CustomStringConvertible {
  /// A figure is not a number, or outside of the range that the models hold in.
  case outOfRange(quantity: String, value: Double, range: ClosedRange<Double>, unit: String)
  case noChannels
  /// Symbols take more spectrum than the slot that is to hold them.
  case symbolsOverflowSlot(symbolRate_GBd: Double, slot_GHz: Double)

  public var description: String {
    switch self {
    case .outOfRange(let quantity, let value, let range, let unit):
      "\(quantity) is \(value) \(unit), expected \(range.lowerBound) to \(range.upperBound) \(unit)"
    case .noChannels:
      "a grid has at least one channel"
    case .symbolsOverflowSlot(let symbolRate, let slot):
      "\(symbolRate) GBd do not fit a slot of \(slot) GHz"
    }
  }

  /// Throws where the value is not inside the range, which a value that is no number never is.
  static func check(
    _ value: Double, _ quantity: String, in range: ClosedRange<Double>, _ unit: String
  ) throws(OpticsError) {
    guard range.contains(value) else {
      throw .outOfRange(quantity: quantity, value: value, range: range, unit: unit)
    }
  }
}
