// SPDX-License-Identifier: GPL-3.0-or-later
import Compute
import EventKernel

/// The integral of power as a textbook has it: every piece of time between any two things that can
/// happen, looked at by itself.
struct PlainMeter {
  struct Change {
    var at: Int64
    var it_kW: Double
    var cap_kW: Double
  }

  var tariff: Tariff
  var cooling: Cooling
  var calendar: RunCalendar
  /// In order, the first at the beginning.
  var changes: [Change]

  private(set) var it_kWh = 0.0
  private(set) var kWh: [PricePeriod: Double] = [:]
  private(set) var yuan: [PricePeriod: Double] = [:]
  private(set) var carbon_kg = 0.0
  private(set) var withheld_kWh = 0.0
  private(set) var peak_kW = 0.0
  /// By "year-month", of each quarter hour its energy and how much of it there was.
  private(set) var quarters: [String: [Int64: (kWh: Double, hours: Double)]] = [:]

  init(_ terms: EnergyTerms, _ changes: [Change]) {
    (tariff, cooling, calendar) = (terms.tariff, terms.cooling, terms.calendar)
    self.changes = changes
  }

  mutating func run(to end: Int64) {
    let minute: Int64 = 60_000_000_000
    let begin = changes[0].at
    // Windows have whole minutes, and so have hours and quarter hours.
    let clock = stride(from: (begin / minute + 1) * minute, to: end, by: Int(minute))
    let edges = Set(Array(clock) + changes.map(\.at) + [end]).sorted().filter { $0 <= end }
    var place = 0
    for (from, to) in zip(edges, edges.dropFirst()) where from >= begin {
      while place + 1 < changes.count, changes[place + 1].at <= from { place += 1 }
      add(from, to, changes[place])
    }
  }

  private mutating func add(_ from: Int64, _ to: Int64, _ change: Change) {
    let time = SimTime(nanoseconds: from)
    let date = calendar.date(at: time)
    let minute = Int(calendar.nanosecondOfDay(at: time) / 60_000_000_000)
    let rates = tariff[month: date.month]
    let period = rates.windows.period(atMinute: minute)
    let pue = cooling.pue(month: date.month, hour: minute / 60)
    let facility_kW = min(change.it_kW * pue, change.cap_kW)
    let hours = Double(to - from) / 3.6e12
    it_kWh += facility_kW / pue * hours
    withheld_kWh += (change.it_kW - facility_kW / pue) * hours
    kWh[period, default: 0] += facility_kW * hours
    yuan[period, default: 0] += facility_kW * hours * rates.price_yuan_kWh[period]
    carbon_kg +=
      facility_kW * hours * tariff.carbon_kg_kWh[minute / 60]
      * (1 - tariff.green[minute / 60])
    peak_kW = max(peak_kW, facility_kW)
    let quarter = from / 900_000_000_000
    let month = "\(date.year)-\(date.month)"
    let old = quarters[month, default: [:]][quarter, default: (0, 0)]
    quarters[month, default: [:]][quarter] = (old.kWh + facility_kW * hours, old.hours + hours)
  }

  /// The highest mean of a quarter hour of a month, such as `2024-7`.
  func demand_kW(ofMonth month: String) -> Double {
    quarters[month, default: [:]].values.reduce(0) { max($0, $1.kWh / $1.hours) }
  }
}
