// SPDX-License-Identifier: GPL-3.0-or-later
internal import Compute
internal import EventKernel
internal import NetworkModel
internal import Scheduling
internal import Simulator
internal import Traffic

extension Check {
  /// Terms of jobs, held to what their rows say.
  static let jobTerms = [
    Check(name: "jobs run within the latency that they need") { run, found in
      var resolver = PathResolver(run.model.topology)
      for entry in run.model.computing.entries {
        guard let bound = entry.latency, entry.origins.count == 1 else { continue }
        for row in onPools(run) where row["workload_name"] == entry.name {
          guard let pool = designs(run)[row["pool"]], pool.node != entry.origins[0] else {
            continue
          }
          let route = resolver.route(from: entry.origins[0], to: pool.node)
          let delay = route.map { run.model.topology.delay(of: $0) }
          found.require(
            delay.map { $0 <= bound } ?? false, "\(row["job_id"]) is on a pool that is too far")
        }
      }
    },
    Check(name: "a job that is stopped goes on where it was") { run, found in
      for entry in run.model.computing.entries {
        guard entry.checkpoints.every == nil, case .generated(let generator) = entry.source,
          generator.requestedFactor == 1
        else { continue }
        for row in onPools(run) where row["workload_name"] == entry.name {
          guard hasStayed(row), row["success"] == "1", row.number("stops") ?? 0 > 0,
            let pool = designs(run)[row["pool"]], pool.queue != .processorSharing,
            hasAllPower(pool, run)
          else { continue }
          found.near(
            row.number("execution_time") ?? -1, row.number("requested_time") ?? 0,
            absolute: 1e-6, "time of \(row["job_id"]) over its stops")
        }
      }
    },
    Check(name: "with less power a pool takes what its jobs and idle ones do") { run, found in
      guard run.has("energy"), run.has("jobs"), onPools(run).allSatisfy(hasStayed) else { return }
      for row in run.rows("energy") {
        guard let pool = designs(run)[row["pool"]], !hasAllPower(pool, run), pool.serving == 0,
          pool.power.steps.isEmpty, pool.outages.isEmpty, pool.queue != .processorSharing,
          case .constant(let pue) = pool.power.terms.cooling
        else { continue }
        var (held, taken) = (0.0, 0.0)
        let jobs = onPools(run).filter { $0["pool"] == pool.name && !$0["starting_time"].isEmpty }
        guard jobs.allSatisfy({ $0.number("execution_time") != nil }) else { continue }
        for job in jobs {
          let ran = job.number("execution_time") ?? 0
          held += ran * (job.number("requested_number_of_resources") ?? 0)
          taken += (job.number("consumed_energy") ?? 0) / 3.6e6 / pue
        }
        let idle = Double(pool.count) * run.outcome.end.seconds - held
        found.near(
          row.number("it_kwh") ?? -1, taken + pool.power.idle * idle / 3.6e6, relative: 1e-9,
          absolute: 1e-9, "energy of \(pool.name), whose power is held down")
      }
    },
  ]
}
