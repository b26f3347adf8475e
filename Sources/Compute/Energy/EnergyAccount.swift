// SPDX-License-Identifier: GPL-3.0-or-later
public import EventKernel

/// What a pool took over a run, what that cost and what it emitted.
public struct EnergyAccount: Hashable, Sendable {
  public var it_kWh = 0.0
  public var facility_kWh: PeriodAmounts = .zero
  /// Without the charge for demand.
  public var energy_yuan: PeriodAmounts = .zero
  public var carbon_kg = 0.0
  /// How long each period held, in nanoseconds.
  public var nanoseconds: PeriodTimes = PeriodTimes()
  /// The highest power of the site that lasted for any time.
  public var peak_kW = 0.0
  /// What the machines would have taken without caps, and did not.
  public var withheld_kWh = 0.0
  /// Each month that the run touches, in order.
  public var demands: [MonthDemand] = []

  /// The highest mean power over a quarter hour in a month of a run.
  public struct MonthDemand: Hashable, Sendable {
    public let year: Int
    public let month: Int
    public let days: Int
    /// The part of the month that the run covers.
    public var covered: SimDuration = .zero
    public var highest_kW = 0.0
    /// When the quarter hour began that it is of; nil while no power was taken.
    public var at: SimTime?

    public init(_ date: CalendarDay) {
      year = date.year
      month = date.month
      days = date.daysInMonth
    }

    /// From 0 to 1.
    public var share: Double {
      Double(covered.nanoseconds) / (Double(days) * Double(RunCalendar.nanosecondsOfDay))
    }
  }

  public struct PeriodTimes: Hashable, Sendable {
    public var sharp: Int64 = 0
    public var peak: Int64 = 0
    public var flat: Int64 = 0
    public var valley: Int64 = 0

    public init() {}

    public subscript(period: PricePeriod) -> Int64 {
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
  }

  public init() {}

  /// By energy; nil where the machines took none.
  public var pue: Double? { it_kWh > 0 ? facility_kWh.sum / it_kWh : nil }

  /// The highest mean power over a quarter hour of the run.
  public var demand_kW: Double { demands.reduce(0) { max($0, $1.highest_kW) } }

  /// The charges of all months that the run touches, as they are billed.
  public func demandOfMonths_yuan(_ tariff: Tariff) -> Double {
    demands.reduce(0) { $0 + $1.highest_kW * tariff.demand_yuan_kW_month }
  }

  /// Of each month's charge the part that the run covers of it.
  public func demandOfRun_yuan(_ tariff: Tariff) -> Double {
    demands.reduce(0) { $0 + $1.highest_kW * tariff.demand_yuan_kW_month * $1.share }
  }
}
