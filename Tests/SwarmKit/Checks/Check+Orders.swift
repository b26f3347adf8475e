// SPDX-License-Identifier: GPL-3.0-or-later
internal import EventKernel
internal import Simulator

extension Check {
  /// Rows come as docs/results.md says, and what ends has begun before.
  static let orders = [
    Check(name: "rows are in their order") { run, found in
      for (table, column) in [
        ("links", "time_s"), ("events", "time_s"), ("samples", "time_s"),
        ("transfers", "asked_s"),
      ] {
        requireGrowing(run, table, column, &found)
      }
      for (table, end, start) in [
        ("flows", "finish_s", "start_s"), ("lightpaths", "dark_s", ""),
        ("requests", "end_s", ""),
      ] {
        // A flow that breaks off has its row at that time.
        if table == "flows", run.metric("flows_broken") ?? 0 > 0 { continue }
        requireEnds(run, table, end, thenBy: start, &found)
      }
    },
    Check(name: "what ends has begun") { run, found in
      let horizon = run.outcome.end.nanoseconds
      for (table, columns) in spans {
        for row in run.rows(table) {
          let times = columns.compactMap { row.nanoseconds($0) }
          for (early, late) in zip(times, times.dropFirst()) where early > late {
            found.add("\(table).csv: \(row.fields[0]) has \(columns) of \(times)")
          }
        }
      }
      for (table, column) in [("flows", "finish_s"), ("flows", "start_s"), ("events", "time_s")] {
        for row in run.rows(table) {
          guard let time = row.nanoseconds(column), time > horizon else { continue }
          found.add("\(table).csv: \(row.fields[0]) has \(column) behind the end of the run")
        }
      }
    },
  ]

  private static let spans = [
    ("flows", ["start_s", "finish_s"]), ("lightpaths", ["lit_s", "dark_s"]),
    ("requests", ["start_s", "ready_s"]), ("requests", ["start_s", "end_s"]),
    ("transfers", ["asked_s", "start_s", "finish_s"]),
    ("transfers", ["asked_s", "window_start_s", "window_end_s"]),
    ("elastic", ["arrival_s", "start_s", "finish_s"]),
    ("jobs", ["submission_time", "starting_time", "finish_time"]),
  ]

  private static func requireGrowing(
    _ run: SwarmRun, _ table: String, _ column: String, _ found: inout Findings
  ) {
    let times = run.rows(table).compactMap { $0.nanoseconds(column) }
    for (early, late) in zip(times, times.dropFirst()) where early > late {
      found.add("\(table).csv: \(column) goes from \(early) to \(late) ns")
    }
  }

  /// Ends in order, and behind them what has not ended.
  private static func requireEnds(
    _ run: SwarmRun, _ table: String, _ end: String, thenBy start: String,
    _ found: inout Findings
  ) {
    var last: Int64 = 0
    var lastOpen: Int64?
    for row in run.rows(table) {
      // A request that is blocked is over when it is made.
      let isBlocked = row["outcome"] == "blocked"
      if let time = row.nanoseconds(isBlocked ? "start_s" : end) {
        found.require(
          lastOpen == nil, "\(table).csv: \(row.fields[0]) ended, behind one that did not")
        found.require(time >= last, "\(table).csv: \(row.fields[0]) ended before the row above")
        last = time
      } else {
        let begin = row.nanoseconds(start) ?? 0
        found.require(
          begin >= lastOpen ?? 0, "\(table).csv: \(row.fields[0]) began before the row above")
        lastOpen = begin
      }
    }
  }
}
