// SPDX-License-Identifier: GPL-3.0-or-later

/// One of the four prices that a kilowatt-hour has, by the hour.
public enum PricePeriod: String, Hashable, Sendable, CaseIterable {
  case sharp, peak, flat, valley
}

/// A number for each period, such as its price.
public struct PeriodAmounts: Hashable, Sendable {
  public var sharp: Double
  public var peak: Double
  public var flat: Double
  public var valley: Double

  public init(sharp: Double, peak: Double, flat: Double, valley: Double) {
    self.sharp = sharp
    self.peak = peak
    self.flat = flat
    self.valley = valley
  }

  /// The same for all periods.
  public init(all amount: Double) {
    self.init(sharp: amount, peak: amount, flat: amount, valley: amount)
  }

  public static let zero = PeriodAmounts(all: 0)

  public subscript(period: PricePeriod) -> Double {
    get {
      switch period {
      case .sharp: sharp
      case .peak: peak
      case .flat: flat
      case .valley: valley
      }
    }
    set {
      switch period {
      case .sharp: sharp = newValue
      case .peak: peak = newValue
      case .flat: flat = newValue
      case .valley: valley = newValue
      }
    }
  }

  /// Of all periods together.
  public var sum: Double { sharp + peak + flat + valley }
}
