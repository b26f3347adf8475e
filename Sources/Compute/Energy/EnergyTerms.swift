// SPDX-License-Identifier: GPL-3.0-or-later
public import EventKernel

/// What power costs, emits and needs for cooling at a place, at every instant of a run.
///
/// Pools of one place share a value of it: what it holds is worked out once, a day of each month
/// as a list of stretches.
public struct EnergyTerms: Hashable, Sendable {
  public let tariff: Tariff
  public let cooling: Cooling
  public let calendar: RunCalendar
  /// From the earliest on.
  public internal(set) var signals: [PriceSignal] = []
  private let months: [DayPlan]

  public init(_ tariff: Tariff, _ cooling: Cooling, _ calendar: RunCalendar = .standard) {
    self.tariff = tariff
    self.cooling = cooling
    self.calendar = calendar
    months = (1...12).map { DayPlan(month: $0, tariff, cooling) }
  }

  /// The plans of months follow from the rest.
  public static func == (left: EnergyTerms, right: EnergyTerms) -> Bool {
    left.tariff == right.tariff && left.cooling == right.cooling && left.calendar == right.calendar
      && left.signals == right.signals
  }

  /// By the name of the tariff alone: whoever keeps terms by it has few to a name, and hashing all
  /// that they say takes longer than to compare those.
  public func hash(into hasher: inout Hasher) { hasher.combine(tariff.name) }

  /// What holds at an instant.
  public struct Rates: Hashable, Sendable {
    public let period: PricePeriod
    public let price_yuan_kWh: Double
    /// Of a kilowatt-hour that the site takes, without its green part.
    public let emission_kg_kWh: Double
    public let pue: Double
    /// The instant at which one of them changes, or may: midnight is always one.
    public let until: SimTime

    /// For a kilowatt-hour of the machines, with what their cooling takes.
    public var it_yuan_kWh: Double { price_yuan_kWh * pue }
    /// Likewise.
    public var it_kg_kWh: Double { emission_kg_kWh * pue }

    init(_ segment: DaySegment, until end: SimTime) {
      period = segment.period
      price_yuan_kWh = segment.price_yuan_kWh
      emission_kg_kWh = segment.emission_kg_kWh
      pue = segment.pue
      until = end
    }
  }

  public func rates(at time: SimTime) -> Rates {
    let (segment, end) = segment(at: time)
    return Rates(segment, until: end)
  }

  /// What machines of a constant power take between two instants.
  ///
  /// Exact to the rounding of a few sums, also over midnights and months: a job that has run knows
  /// from it what it took, and one that is to run what it would take there and then. Caps are not
  /// in it, nor is the charge for demand.
  /// - Complexity: Linear in the months between the instants.
  public func spend(itWatts: Double, from begin: SimTime, to end: SimTime) -> EnergySpend {
    guard begin < end else { return .zero }
    let spend = tariffSpend(from: begin, to: end)
    return (signals.isEmpty ? spend : signalled(spend, from: begin, to: end)) * (itWatts / 1000)
  }

  /// Of 1 kW, by the tariff alone.
  func tariffSpend(from begin: SimTime, to end: SimTime) -> EnergySpend {
    let (firstDay, lastDay) = (calendar.day(at: begin), calendar.day(at: end))
    let (from, to) = (calendar.nanosecondOfDay(at: begin), calendar.nanosecondOfDay(at: end))
    if firstDay == lastDay { return plan(ofDay: firstDay).spend(from: from, to: to) }
    var sum = plan(ofDay: firstDay).spend(from: from, to: RunCalendar.nanosecondsOfDay)
    sum += wholeDays(firstDay + 1..<lastDay)
    sum += plan(ofDay: lastDay).spend(from: 0, to: to)
    return sum
  }

  /// Of 1 kW.
  private func wholeDays(_ days: Range<Int>) -> EnergySpend {
    var sum = EnergySpend.zero
    var day = days.lowerBound
    while day < days.upperBound {
      let date = calendar.date(ofDay: day)
      let count = min(days.upperBound - day, date.daysInMonth - date.day + 1)
      sum += months[date.month - 1].whole * Double(count)
      day += count
    }
    return sum
  }

  private func plan(ofDay day: Int) -> DayPlan { months[calendar.date(ofDay: day).month - 1] }

  /// The stretch that an instant is in, and when that ends.
  func segment(at time: SimTime) -> (DaySegment, end: SimTime) {
    let day = calendar.day(at: time)
    let plan = plan(ofDay: day)
    let segment = plan.segments[plan.index(at: calendar.nanosecondOfDay(at: time))]
    let end = calendar.beginning(ofDay: day) + SimDuration(nanoseconds: segment.end)
    return signals.isEmpty ? (segment, end) : signalled(segment, until: end, at: time)
  }
}
