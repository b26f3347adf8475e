// SPDX-License-Identifier: GPL-3.0-or-later
internal import Compute
internal import EventKernel
internal import Scheduling
internal import Simulator

extension Check {
  /// What pools took of electricity, added up anew from their jobs.
  static let poolEnergy = [
    Check(name: "the energy of a pool is that of its jobs and of what idles") { run, found in
      guard run.has("energy"), run.has("jobs") else { return }
      for row in run.rows("energy") {
        guard let pool = designs(run)[row["pool"]],
          let expected = kWh(of: pool, run)
        else { continue }
        found.near(
          row.number("it_kwh") ?? -1, expected, relative: 1e-9, absolute: 1e-9,
          "energy of \(pool.name)")
      }
    },
    Check(name: "energy is power over time, and costs what its hours do") { run, found in
      for row in run.rows("energy") {
        guard let pool = designs(run)[row["pool"]], let it = row.number("it_kwh"),
          let facility = row.number("facility_kwh")
        else { continue }
        if case .constant(let pue) = pool.power.terms.cooling, pool.power.caps.isEmpty {
          found.near(facility, it * pue, absolute: 1e-12, "facility of \(pool.name)")
        }
        let kinds = ["sharp", "peak", "flat", "valley"].map { row.number("kwh_" + $0) ?? 0 }
        found.near(
          kinds.reduce(0, +), facility, absolute: 1e-9, "hours of \(pool.name) together")
        checkCost(of: pool, row, kinds, run, &found)
        let seconds = run.outcome.end.seconds
        guard seconds > 0 else { continue }
        found.require(
          (row.number("peak_kw") ?? 0) >= facility / seconds * 3600 * (1 - 1e-9),
          "the peak of \(pool.name) is below its mean")
      }
    },
    Check(name: "all pools together took what jobs and idle accelerators did") { run, found in
      guard run.has("energy"), run.has("jobs"), let expected = kWhOfAll(run) else { return }
      let sum = run.tables["energy"]?.total("it_kwh") ?? -1
      found.near(sum, expected, relative: 1e-9, absolute: 1e-9, "energy of all pools")
    },
    Check(name: "energy of pools adds up") { run, found in
      for (column, metric) in [
        ("it_kwh", "energy_it"), ("facility_kwh", "energy_facility"),
        ("energy_yuan", "energy_cost"), ("carbon_kg", "carbon"),
        ("demand_yuan_run", "demand_cost"),
      ] {
        guard let sum = run.tables["energy"]?.total(column), let total = run.metric(metric) else {
          continue
        }
        found.near(sum, total, absolute: 1e-9, "\(column) of energy.csv")
      }
    },
  ]

  /// Tariffs of the swarm have one price for each kind of hour, in all months.
  private static func checkCost(
    of pool: PoolDesign, _ row: Table.Row, _ kinds: [Double], _ run: SwarmRun,
    _ found: inout Findings
  ) {
    guard pool.power.terms.signals.isEmpty else { return }
    let month = pool.power.terms.tariff[month: 1].price_yuan_kWh
    let prices = [month.sharp, month.peak, month.flat, month.valley]
    let yuan = zip(kinds, prices).reduce(0) { $0 + $1.0 * $1.1 }
    found.near(
      row.number("energy_yuan") ?? -1, yuan, absolute: 1e-9, "what the energy of \(pool.name) cost")
  }

  /// Wherever jobs went, since all pools of the swarm take the same power for an accelerator; nil
  /// where rows do not tell how long they held theirs, or how fast they ran.
  private static func kWhOfAll(_ run: SwarmRun) -> Double? {
    let pools = run.model.computing.pools
    guard let power = pools.first?.power,
      pools.allSatisfy({
        $0.queue != .processorSharing && $0.outages.isEmpty && hasAllPower($0, run)
          && $0.power.steps.isEmpty && $0.serving == 0
      })
    else { return nil }
    var held = 0.0
    for row in onPools(run) where !row["starting_time"].isEmpty {
      guard let ran = row.number("execution_time") else { return nil }
      held += ran * (row.number("requested_number_of_resources") ?? 0)
    }
    let count = pools.reduce(0) { $0 + $1.count }
    let idle = power.idle * Double(count) * run.outcome.end.seconds
    return (idle + (power.full - power.idle) * held) / 3.6e6
  }

  /// From the rows of jobs: idle power of all, and what those that are held take on top.
  ///
  /// Nil where rows do not tell how long they were held, or how fast they ran: stopped and unfinished,
  /// shared, out, or with less power.
  private static func kWh(of pool: PoolDesign, _ run: SwarmRun) -> Double? {
    guard pool.queue != .processorSharing, pool.outages.isEmpty, hasAllPower(pool, run),
      pool.power.steps.isEmpty
    else { return nil }
    var held = 0.0
    for row in onPools(run) where row["pool"] == pool.name {
      guard let start = row.number("starting_time") else { continue }
      let size = row.number("requested_number_of_resources") ?? 0
      if let ran = row.number("execution_time") {
        held += size * ran
      } else {
        guard row.number("stops") == 0 else { return nil }
        held += size * (run.outcome.end.seconds - start)
      }
    }
    // Jobs that were moved away have left nothing here that a row could tell.
    guard onPools(run).allSatisfy(hasStayed) else { return nil }
    let idle = pool.power.idle * Double(pool.count) * run.outcome.end.seconds
    return (idle + (pool.power.full - pool.power.idle) * held) / 3.6e6
  }
}
