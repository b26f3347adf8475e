// SPDX-License-Identifier: GPL-3.0-or-later

/// How much power a site takes for each watt of its machines.
public enum Cooling: Hashable, Sendable {
  /// The same at all times.
  case constant(Double)
  /// By the temperature outside.
  case curve(PUECurve, OutsideTemperature)

  /// In an hour of the day of a month.
  public func pue(month: Int, hour: Int) -> Double {
    switch self {
    case .constant(let pue): pue
    case .curve(let curve, let outside):
      curve.pue(outside_C: outside.celsius(month: month, hour: hour))
    }
  }

  /// Of machines whose power is constant, over a year of 365 days.
  public var meanOfYear: Double {
    if case .constant(let pue) = self { return pue }
    var sum = 0.0
    for month in 1...12 {
      let ofDay = HourlyValues { pue(month: month, hour: $0) }
      sum += ofDay.mean * Double(CalendarDay.days(inMonth: month, of: 2023))
    }
    return sum / 365
  }
}

/// The temperature outside, constant within the hour.
public enum OutsideTemperature: Hashable, Sendable {
  /// The same 24 temperatures on every day.
  case day(HourlyValues)
  case year(ClimateYear)

  /// In an hour of the day, from 0 to 23, of a month, from 1 to 12.
  public func celsius(month: Int, hour: Int) -> Double {
    switch self {
    case .day(let values): values[hour]
    case .year(let climate): climate.celsius(month: month, hour: hour)
    }
  }
}

/// The mean temperature of each month at a place, and how far a day swings around it.
public struct ClimateYear: Hashable, Sendable {
  /// Of the twelve months, January first.
  public let means_C: [Double]
  /// From the coldest to the warmest of a day.
  public let swing_C: Double

  /// Nil where there are not twelve means.
  public init?(means_C: [Double], swing_C: Double) {
    guard means_C.count == 12 else { return nil }
    self.means_C = means_C
    self.swing_C = swing_C
  }

  /// A cosine through the day, at its warmest at three in the afternoon.
  ///
  /// Modelled: `mean + swing / 2 cos(2 pi (h + 1/2 - 15) / 24)`, whose mean over the day is that of
  /// the month. A real day warms faster than it cools, and months do not begin with a step.
  public func celsius(month: Int, hour: Int) -> Double {
    means_C[month - 1] + swing_C / 2 * DayWave.cosine(hour: hour, highest: 15)
  }
}
