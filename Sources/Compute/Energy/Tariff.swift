// SPDX-License-Identifier: GPL-3.0-or-later

/// What power costs at a place: four prices by the hour, and a charge for the highest demand.
///
/// And what a kilowatt-hour of it emits, since whoever sells it knows.
public struct Tariff: Hashable, Sendable {
  public var name: String
  /// Of the twelve months, January first.
  public private(set) var months: [Month]
  /// For the highest mean power over a quarter hour of a month.
  public var demand_yuan_kW_month: Double
  /// What the grid emits, by the hour.
  public var carbon_kg_kWh: HourlyValues
  /// The part that is bought from the sun, wind or water, from 0 to 1, by the hour.
  public var green: HourlyValues

  /// Prices and windows of a month.
  public struct Month: Hashable, Sendable {
    public var price_yuan_kWh: PeriodAmounts
    public var windows: Windows

    public init(price_yuan_kWh: PeriodAmounts, windows: Windows = Windows()) {
      self.price_yuan_kWh = price_yuan_kWh
      self.windows = windows
    }
  }

  /// When each price holds; all else is flat.
  public struct Windows: Hashable, Sendable {
    public var sharp: [ClockWindow]
    public var peak: [ClockWindow]
    public var valley: [ClockWindow]

    public init(
      sharp: [ClockWindow] = [], peak: [ClockWindow] = [], valley: [ClockWindow] = []
    ) {
      self.sharp = sharp
      self.peak = peak
      self.valley = valley
    }

    /// Where windows overlap, sharp is before peak and peak before valley.
    public func period(atMinute minute: Int) -> PricePeriod {
      if sharp.contains(where: { $0.contains(minute: minute) }) { return .sharp }
      if peak.contains(where: { $0.contains(minute: minute) }) { return .peak }
      return valley.contains { $0.contains(minute: minute) } ? .valley : .flat
    }

    /// The minutes of the day at which one begins or ends.
    var edges: [Int] { (sharp + peak + valley).flatMap { [$0.from, $0.to] } }
  }

  /// The same in all months.
  public init(
    name: String, every month: Month, demand_yuan_kW_month: Double = 0,
    carbon_kg_kWh: HourlyValues = HourlyValues(constant: 0),
    green: HourlyValues = HourlyValues(constant: 0)
  ) {
    self.name = name
    months = [Month](repeating: month, count: 12)
    self.demand_yuan_kW_month = demand_yuan_kW_month
    self.carbon_kg_kWh = carbon_kg_kWh
    self.green = green
  }

  /// Of a month, from 1 to 12.
  public subscript(month number: Int) -> Month {
    get { months[number - 1] }
    set { months[number - 1] = newValue }
  }

  /// What a kilowatt-hour costs a constant power, over a year of 365 days.
  public var meanOfYear_yuan_kWh: Double {
    let ofYear = (1...12).reduce(0.0) { sum, month in
      let day = DayPlan(month: month, self, .constant(1)).whole
      return sum + day.yuan / day.facility_kWh * Double(CalendarDay.days(inMonth: month, of: 2023))
    }
    return ofYear / 365
  }

  /// What is emitted for a kilowatt-hour in an hour of the day: the green part emits nothing.
  public func emission_kg_kWh(hour: Int) -> Double {
    carbon_kg_kWh[hour] * (1 - green[hour])
  }
}
