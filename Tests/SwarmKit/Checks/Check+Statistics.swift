// SPDX-License-Identifier: GPL-3.0-or-later
internal import EventKernel
internal import Scheduling
internal import Simulator
internal import Traffic

extension Check {
  /// The summary against what its tables say, worked out anew.
  static let statistics = [
    Check(name: "times to completion and slowdowns are those of the flows") { run, found in
      guard run.has("flows") else { return }
      let done = run.rows("flows").filter { !$0["finish_s"].isEmpty && counts($0, run) }
      compare(done, run, prefix: "", &found)
      guard run.model.classes.count > 1 else { return }
      for trafficClass in run.model.classes.map(\.name) {
        compare(
          done.filter { $0["class"] == trafficClass }, run, prefix: trafficClass + "/", &found)
      }
    },
    Check(name: "flows in progress are their times over that of the run") { run, found in
      guard run.has("flows"), let mean = run.metric("flows_in_progress_mean"),
        run.metric("flows_broken") == 0, tellsWhenFlowsWereLetIn(run)
      else { return }
      let (from, end) = (run.model.warmUp.nanoseconds, run.outcome.end.nanoseconds)
      guard from < end else { return }
      // A flow in line is in progress once it is let in, whatever became of its tier there.
      let letIn = Dictionary(
        run.rows("elastic").map { ($0["flow"], $0.nanoseconds("start_s") ?? end) },
        uniquingKeysWith: { first, _ in first })
      let sum = run.rows("flows").reduce(0.0) { sum, row in
        let start = max(from, letIn[row["flow"]] ?? row.nanoseconds("start_s") ?? 0)
        return sum + max(0, Double((row.nanoseconds("finish_s") ?? end) - start)) / 1e9
      }
      found.near(
        mean, sum / Double(end - from) * 1e9, relative: 1e-6, absolute: 1e-9,
        "flows_in_progress_mean")
    },
    Check(name: "deadlines are met or missed as flows finish") { run, found in
      guard run.has("flows"), let met = run.metric("deadlines_met") else { return }
      let due = run.rows("flows").filter { !$0["deadline_s"].isEmpty && counts($0, run) }
      let inTime = due.count { row in
        guard let finish = row.nanoseconds("finish_s"), let deadline = row.nanoseconds("deadline_s")
        else { return false }
        return finish <= deadline
      }
      found.near(met, Double(inTime), "deadlines_met")
      let rest = (run.metric("deadlines_missed") ?? 0) + (run.metric("deadlines_open") ?? 0)
      if run.metric("flows_broken") == 0 {
        found.near(met + rest, Double(due.count), "flows with a deadline")
      }
    },
    Check(name: "what held flows back adds up to at most all their time") { run, found in
      let shares = Dictionary(grouping: run.rows("bottlenecks")) { $0["class"] }
      for (name, rows) in shares {
        let sum = rows.reduce(0) { $0 + ($1.number("share") ?? 0) }
        found.require(sum <= 1 + 1e-6, "shares of \(name) add up to \(sum)")
      }
    },
    Check(name: "classes add up to all flows") { run, found in
      guard run.outcome.classes.count > 1 else { return }
      let parts = run.outcome.classes
      found.near(
        Double(parts.reduce(0) { $0 + $1.finished }), Double(run.outcome.finishedFlows),
        "finished flows of all classes")
    },
  ]

  /// Whether all elastic flows began to send as they were let in, and their table says when.
  private static func tellsWhenFlowsWereLetIn(_ run: SwarmRun) -> Bool {
    let entries = run.model.elastic.entries
    return entries.isEmpty || run.has("elastic") && !entries.contains { isOffPeak($0.scheduling) }
  }

  private static func isOffPeak(_ scheduling: SchedulingPolicy) -> Bool {
    if case .offPeak = scheduling { true } else { false }
  }

  /// Whether a flow came after the time that statistics leave out.
  private static func counts(_ row: Table.Row, _ run: SwarmRun) -> Bool {
    row.nanoseconds("start_s") ?? 0 >= run.model.warmUp.nanoseconds
  }

  private static func compare(
    _ done: [Table.Row], _ run: SwarmRun, prefix: String, _ found: inout Findings
  ) {
    let times = done.compactMap { row -> Double? in
      guard let start = row.nanoseconds("start_s"), let finish = row.nanoseconds("finish_s")
      else { return nil }
      return Double(finish - start) / 1e9
    }.sorted()
    let slowdowns = done.compactMap { $0.number("slowdown") }.sorted()
    for (name, values) in [("fct", times), ("slowdown", slowdowns)] {
      guard !values.isEmpty, let mean = run.metric("\(prefix)\(name)_mean") else { continue }
      let count = Double(values.count)
      found.near(
        mean, values.reduce(0, +) / count, relative: 1e-9, absolute: 1e-9, "\(prefix)\(name)_mean")
      for (word, part) in [("p50", 0.5), ("p95", 0.95), ("p99", 0.99), ("max", 1)] {
        found.near(
          run.metric("\(prefix)\(name)_\(word)") ?? .nan, quantile(values, part), relative: 1e-9,
          absolute: 1e-9, "\(prefix)\(name)_\(word)")
      }
    }
  }

  /// The value at a part of the way through, between its neighbours.
  private static func quantile(_ values: [Double], _ part: Double) -> Double {
    let place = part * Double(values.count - 1)
    let below = values[Int(place)]
    let above = values[min(Int(place) + 1, values.count - 1)]
    return below + (above - below) * (place - Double(Int(place)))
  }
}
