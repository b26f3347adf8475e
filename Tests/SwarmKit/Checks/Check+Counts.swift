// SPDX-License-Identifier: GPL-3.0-or-later
internal import Results
internal import Simulator

extension Check {
  /// What two places say of one thing is the same.
  static let counts = [
    Check(name: "tables and summary count alike") { run, found in
      for (table, metric) in [
        ("flows", "flows_started"), ("requests", "requests"), ("lightpaths", "lightpaths_lit"),
        ("elastic", "elastic_flows"), ("transfers", "transfers"),
        ("samples", "sampled_requests"),
      ] {
        guard run.has(table) else { continue }
        let count = Double(run.rows(table).count)
        found.near(count, run.metric(metric) ?? 0, "\(table).csv has another number than \(metric)")
      }
      for (table, column, metric) in [
        ("flows", "finish_s", "flows_finished"),
        ("transfers", "finish_s", "transfers_arrived"),
      ] {
        guard run.has(table), let expected = run.metric(metric) else { continue }
        let count = Double(run.rows(table).count { !$0[column].isEmpty })
        found.near(count, expected, "rows of \(table).csv with \(column)")
      }
    },
    Check(name: "the diary and the summary count alike") { run, found in
      guard run.has("events") else { return }
      let kinds = Dictionary(grouping: run.rows("events")) { $0["event"] }.mapValues(\.count)
      for (events, metric) in diary {
        guard let expected = run.metric(metric) else { continue }
        let count = events.reduce(0) { $0 + (kinds[$1] ?? 0) }
        found.near(Double(count), expected, "\(events) in events.csv for \(metric)")
      }
    },
    Check(name: "tables and summary add up alike") { run, found in
      for (table, column, metric) in [
        ("demands", "offered_bytes", "demand_bytes_offered"),
        ("demands", "delivered_bytes", "demand_bytes_delivered"),
        ("demands", "lost_bytes", "demand_bytes_lost"),
        ("tokens", "offered_tokens", "tokens_offered"),
        ("tokens", "served_tokens", "tokens_served"),
        ("tokens", "refused_tokens", "tokens_refused"),
        ("tokens", "lost_tokens", "tokens_lost"), ("flows", "bytes", "bytes_started"),
        ("jobs", "bytes_sent", "job_bytes_sent"),
      ] {
        guard let sum = run.tables[table]?.total(column), let expected = run.metric(metric)
        else { continue }
        found.near(sum, expected, relative: 1e-9, absolute: 1e-3, "\(column) of \(table).csv")
      }
    },
    Check(name: "decisions and outcomes add up") { run, found in
      for prefix in prefixes(of: "requests", in: run) {
        let parts = ["requests_accepted", "requests_blocked"].map { run.metric(prefix + $0) ?? 0 }
        found.near(run.metric(prefix + "requests") ?? 0, parts[0] + parts[1], "\(prefix)requests")
        let reasons = run.outcome.summary.rows.filter {
          $0.metric.hasPrefix(prefix + "requests_blocked_")
        }.reduce(0) { $0 + $1.value }
        found.near(parts[1], reasons, "\(prefix)requests_blocked")
      }
      let decided = ["accepted", "shrunk", "postponed", "refused"]
        .reduce(0) { $0 + (run.metric("elastic_" + $1) ?? 0) }
      found.near(run.metric("elastic_flows") ?? 0, decided, "elastic_flows")
      let blocked = run.rows("requests").count { $0["outcome"] == "blocked" }
      if run.has("requests") {
        found.near(Double(blocked), run.metric("requests_blocked") ?? 0, "blocked rows")
      }
    },
  ]

  private static let diary = [
    (["lightpath-lost"], "lightpaths_lost"), (["fibre-cut", "amplifier-fails"], "fibre_faults"),
    (["flow-breaks"], "flows_broken"),
  ]

  /// What stands before a metric of this name, nothing among it.
  private static func prefixes(of metric: String, in run: SwarmRun) -> [String] {
    run.outcome.summary.rows.map(\.metric).filter { $0 == metric || $0.hasSuffix("/" + metric) }
      .map { String($0.dropLast(metric.count)) }
  }
}
