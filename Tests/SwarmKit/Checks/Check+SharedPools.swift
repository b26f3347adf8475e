// SPDX-License-Identifier: GPL-3.0-or-later
internal import Compute
internal import EventKernel
internal import Scheduling
internal import Simulator

extension Check {
  /// Pools that all their jobs share: rows do not say how fast a job ran, but what it took.
  static let sharedPools = [
    Check(name: "a pool that jobs share took what they did") { run, found in
      guard run.has("energy"), run.has("jobs") else { return }
      for row in run.rows("energy") {
        guard let pool = designs(run)[row["pool"]], pool.queue == .processorSharing,
          pool.outages.isEmpty, pool.serving == 0, pool.power.steps.isEmpty,
          case .constant(let pue) = pool.power.terms.cooling,
          let use = run.outcome.pools.first(where: { $0.pool == pool.name })?.use,
          let ofJobs = joules(ofJobsOn: pool, pue, run)
        else { continue }
        // What no job had is idle.
        let all = Double(pool.count) * run.outcome.end.seconds
        let taken = (row.number("it_kwh") ?? -1) * 3.6e6
        found.near(
          ofJobs + pool.power.idle * all * (1 - use), taken, relative: 1e-7, absolute: 1e-3,
          "energy of the jobs of \(pool.name), and of what they left idle")
      }
    }
  ]

  /// What the jobs of a pool took; nil where a row does not tell all of its job.
  private static func joules(ofJobsOn pool: PoolDesign, _ pue: Double, _ run: SwarmRun) -> Double? {
    guard onPools(run).allSatisfy(hasStayed) else { return nil }
    var sum = 0.0
    for row in onPools(run) where row["pool"] == pool.name && !row["starting_time"].isEmpty {
      guard let taken = row.number("consumed_energy") else { return nil }
      sum += taken / pue
    }
    return sum
  }
}
