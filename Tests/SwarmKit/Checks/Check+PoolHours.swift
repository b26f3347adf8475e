// SPDX-License-Identifier: GPL-3.0-or-later
internal import Compute
internal import EventKernel
internal import Scheduling
internal import Simulator

extension Check {
  /// What pools take by the hour, emit, and are charged for at most.
  static let poolHours = [
    Check(name: "a pool without work takes idle power, at the hours of its tariff") { run, found in
      guard run.has("energy"), run.has("jobs"), onPools(run).allSatisfy(hasStayed) else { return }
      let busy = Set(onPools(run).filter { !$0["starting_time"].isEmpty }.map { $0["pool"] })
      for row in run.rows("energy") where !busy.contains(row["pool"]) {
        guard let pool = designs(run)[row["pool"]], pool.outages.isEmpty, pool.serving == 0,
          pool.power.steps.isEmpty, hasAllPower(pool, run), pool.power.terms.signals.isEmpty,
          case .constant(let pue) = pool.power.terms.cooling
        else { continue }
        let kW = pool.power.idle * Double(pool.count) / 1000 * pue
        let hours = hours(of: pool.power.terms, until: run.outcome.end.seconds)
        for (kind, hours) in zip(["sharp", "peak", "flat", "valley"], hours) {
          found.near(
            row.number("kwh_" + kind) ?? -1, kW * hours, absolute: 1e-9, "\(kind) of \(pool.name)")
        }
      }
    },
    Check(name: "pools emit what their grid does, but for its green part") { run, found in
      for row in run.rows("energy") {
        guard let tariff = designs(run)[row["pool"]]?.power.terms.tariff,
          let facility = row.number("facility_kwh"),
          (0..<24).allSatisfy({ tariff.carbon_kg_kWh[$0] == tariff.carbon_kg_kWh[0] }),
          (0..<24).allSatisfy({ tariff.green[$0] == tariff.green[0] })
        else { continue }
        let each = tariff.carbon_kg_kWh[0] - tariff.carbon_kg_kWh[0] * tariff.green[0]
        found.near(
          row.number("carbon_kg") ?? -1, facility * each, absolute: 1e-9,
          "carbon of \(row["pool"])")
      }
    },
    Check(name: "the demand of a pool lies between its mean and its peak") { run, found in
      for row in run.rows("energy") {
        guard let demand = row.number("demand_kw"), let peak = row.number("peak_kw"),
          let facility = row.number("facility_kwh"), run.outcome.end.seconds > 0
        else { continue }
        let mean = facility / run.outcome.end.seconds * 3600
        found.require(
          demand >= mean * (1 - 1e-9) && demand <= peak * (1 + 1e-9) + 1e-12,
          "demand of \(row["pool"]) is \(demand) kW, its mean \(mean), its peak \(peak)")
      }
    },
  ]

  /// The hours of each kind from midnight on, counted minute by minute.
  private static func hours(of terms: EnergyTerms, until end: Double) -> [Double] {
    var hours = [0.0, 0, 0, 0]
    var minute = 0
    while Double(minute) * 60 < end {
      let day = terms.calendar.date(ofDay: minute / 1440)
      let windows = terms.tariff[month: day.month].windows
      func isIn(_ all: [ClockWindow]) -> Bool {
        all.contains {
          (minute + 1440 - $0.from) % 1440 < ($0.to + 1440 - $0.from - 1) % 1440 + 1
        }
      }
      let kind = isIn(windows.sharp) ? 0 : isIn(windows.peak) ? 1 : isIn(windows.valley) ? 3 : 2
      hours[kind] += min(60, end - Double(minute) * 60) / 3600
      minute += 1
    }
    return hours
  }
}
