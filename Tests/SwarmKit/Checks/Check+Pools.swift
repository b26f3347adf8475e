// SPDX-License-Identifier: GPL-3.0-or-later
internal import EventKernel
internal import Scheduling
internal import Simulator
internal import Traffic

extension Check {
  /// Jobs on pools: none is lost, none is where it may not be, no accelerator is used twice.
  static let pools = [
    Check(name: "no job is lost, and none is there twice") { run, found in
      guard !run.model.computing.isEmpty, run.has("jobs") else { return }
      let rows = run.rows("jobs")
      found.require(Set(rows.map { $0["job_id"] }).count == rows.count, "a job is there twice")
      let count = (run.metric("jobs_submitted") ?? 0) + (run.metric("jobs") ?? 0)
      found.near(Double(rows.count), count, "rows of jobs.csv")
      for (state, metric) in [
        ("COMPLETED_SUCCESSFULLY", "jobs_completed"), ("REJECTED", "jobs_refused"),
        ("COMPLETED_WALLTIME_REACHED", "jobs_out_of_time"), ("COMPLETED_FAILED", "jobs_lost"),
      ] {
        let there = onPools(run).count { $0["final_state"] == state }
        found.near(Double(there), run.metric(metric) ?? 0, "jobs that are \(state)")
      }
      for (column, metric) in [("restarts", "jobs_restarted"), ("stops", "jobs_stopped")] {
        let sum = onPools(run).reduce(0) { $0 + ($1.number(column) ?? 0) }
        found.near(sum, run.metric(metric) ?? 0, "\(column) of jobs.csv")
      }
      let moves = ["jobs_moved", "jobs_paused", "jobs_preempted"].map { run.metric($0) ?? 0 }
      found.near(
        onPools(run).reduce(0) { $0 + ($1.number("moves") ?? 0) }, moves.reduce(0, +),
        "moves of jobs.csv")
    },
    Check(name: "jobs are on pools that they may use") { run, found in
      let pools = designs(run)
      for row in onPools(run) {
        guard let pool = pools[row["pool"]],
          let entry = run.model.computing.entries.first(where: { $0.name == row["workload_name"] })
        else { continue }
        let tenant = entry.tenant.map { run.model.computing.tenants[$0] }
        let name = row["job_id"]
        found.require(pool.level >= tenant?.level ?? 1, "\(name) is on a pool below its level")
        if let speeds = entry.speeds {
          found.require(speeds[pool.accelerator] != nil, "\(name) does not run on its type")
        }
        let isNamed = entry.pool.map { run.model.computing.pools[$0].name == pool.name }
        found.require(isNamed ?? true, "\(name) is not on the pool that it names")
        let isOwned = tenant.map { $0.name == pool.owner } ?? false
        found.require(
          pool.isJoined || isOwned || isNamed == true, "\(name) is on a pool that has not joined")
        let size = row.number("requested_number_of_resources") ?? 0
        found.require(size <= Double(pool.count), "\(name) is larger than its pool")
      }
    },
    Check(name: "no accelerator is used twice") { run, found in
      for (name, pool) in designs(run) where pool.queue != .processorSharing {
        checkUse(of: name, pool.count, run, &found)
      }
    },
    Check(name: "jobs go through their stages in order") { run, found in
      for row in onPools(run) { checkStages(of: row, run, &found) }
    },
    Check(name: "who came first starts first") { run, found in
      guard run.model.computing.placement.rounds == nil else { return }
      for (name, pool) in designs(run) where pool.queue == .fcfs {
        checkOrder(on: name, run, &found)
      }
    },
  ]

  static func onPools(_ run: SwarmRun) -> [Table.Row] {
    guard !run.model.computing.isEmpty else { return [] }
    return run.rows("jobs").filter { $0["workload_name"] != "training" }
  }

  /// Whether nothing ever takes power from a pool, so that its jobs run at full speed.
  static func hasAllPower(_ pool: PoolDesign, _ run: SwarmRun) -> Bool {
    pool.power.caps.isEmpty && run.model.computing.powerPolicy == nil
  }

  static func designs(_ run: SwarmRun) -> [String: PoolDesign] {
    Dictionary(run.model.computing.pools.map { ($0.name, $0) }) { first, _ in first }
  }

  /// Whether a job has been on one pool alone, from its start on.
  static func hasStayed(_ row: Table.Row) -> Bool {
    row.number("restarts") == 0 && row.number("moves") == 0
  }

  /// Whether a row tells all of when its job held its accelerators.
  private static func isWhole(_ row: Table.Row) -> Bool {
    row.number("stops") == 0 && hasStayed(row) && !row["starting_time"].isEmpty
  }

  /// Counts what is held at each start, by the jobs that were never stopped.
  private static func checkUse(
    of pool: String, _ count: Int, _ run: SwarmRun, _ found: inout Findings
  ) {
    var changes: [(time: Double, isStart: Bool, size: Double)] = []
    for row in onPools(run) where row["pool"] == pool && isWhole(row) {
      guard let start = row.number("starting_time"),
        let size = row.number("requested_number_of_resources")
      else { continue }
      let end = row.number("finish_time") ?? .infinity
      guard end > start else { continue }
      changes += [(start, true, size), (end, false, size)]
    }
    changes.sort { ($0.time, $0.isStart ? 1 : 0) < ($1.time, $1.isStart ? 1 : 0) }
    var held = 0.0
    for change in changes {
      held += change.isStart ? change.size : -change.size
      found.require(
        held <= Double(count), "\(held) of \(count) accelerators of \(pool) at \(change.time) s")
    }
  }

  private static func checkStages(of row: Table.Row, _ run: SwarmRun, _ found: inout Findings) {
    let name = row["job_id"]
    let times = ["submission_time", "data_ready_s", "starting_time", "finish_time", "over_s"]
      .compactMap { row.number($0) }
    // Behind a failure or a move the data of a job may come to another pool after its first start.
    if hasStayed(row) {
      found.require(times == times.sorted(), "\(name) goes back in time: \(times)")
    }
    if let start = row.number("starting_time") {
      found.near(
        row.number("waiting_time") ?? -1, start - (row.number("submission_time") ?? 0),
        absolute: 1e-6, "waiting time of \(name)")
    }
    guard let ran = row.number("execution_time") else { return }
    found.require(
      row.number("lost_s") ?? 0 <= ran + 1e-6, "\(name) has lost more than it ran")
    guard let start = row.number("starting_time"), let end = row.number("finish_time") else {
      return
    }
    found.require(end - start >= ran - 1e-6, "\(name) ran longer than it was there")
    guard hasStayed(row), let pool = designs(run)[row["pool"]],
      pool.queue != .processorSharing, hasAllPower(pool, run), pool.outages.isEmpty
    else { return }
    if isWhole(row) {
      found.near(ran, end - start, absolute: 1e-6, "\(name) ran while it was there")
    }
    let entry = run.model.computing.entries.first { $0.name == row["workload_name"] }
    guard entry?.checkpoints.every == nil, let requested = row.number("requested_time") else {
      return
    }
    found.require(ran <= requested + 1e-6, "\(name) ran for longer than it asked for")
    if row["final_state"] == "COMPLETED_WALLTIME_REACHED" {
      found.near(ran, requested, absolute: 1e-6, "\(name) ends when its time is over")
    }
  }

  private static func checkOrder(on pool: String, _ run: SwarmRun, _ found: inout Findings) {
    let rows = onPools(run).filter { $0["pool"] == pool }
    guard onPools(run).allSatisfy(hasStayed) else { return }
    let came = rows.compactMap { row -> (ready: Double, submitted: Double, start: Double)? in
      guard let ready = row.number("data_ready_s"), let submitted = row.number("submission_time")
      else { return nil }
      return (ready, submitted, row.number("starting_time") ?? .infinity)
    }
    // Of those that are there together, who was submitted first goes first.
    for first in came {
      for second in came where first.submitted < second.submitted && second.start < .infinity {
        guard first.ready <= second.start else { continue }
        found.require(
          first.start <= second.start,
          "on \(pool) a job of \(second.submitted) s starts before one of \(first.submitted) s")
      }
    }
  }
}
