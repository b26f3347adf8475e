// SPDX-License-Identifier: GPL-3.0-or-later
internal import Simulator

extension Check {
  /// Nothing comes from nowhere, and nothing goes there.
  static let conservation = [
    Check(name: "bytes of flows are delivered, left or broken") { run, found in
      balance(run, "flows_started", ["flows_finished", "flows_unfinished", "flows_broken"], &found)
      balance(run, "bytes_started", ["bytes_delivered", "bytes_left", "bytes_broken"], &found)
    },
    Check(name: "bytes of demands are delivered or lost") { run, found in
      balance(
        run, "demand_bytes_offered", ["demand_bytes_delivered", "demand_bytes_lost"], &found)
      for row in run.rows("demands") {
        let (offered, delivered, lost) = (
          row.number("offered_bytes") ?? 0, row.number("delivered_bytes") ?? 0,
          row.number("lost_bytes") ?? 0
        )
        found.near(
          delivered + lost, offered, relative: 1e-9, absolute: 1e-3,
          "what became of demand \(row.fields[0])")
        let causes = (run.tables["demands"]?.columns ?? [])
          .filter { $0.hasPrefix("lost_") && $0 != "lost_bytes" }
          .reduce(0) { $0 + (row.number($1) ?? 0) }
        found.near(causes, lost, absolute: 1e-3, "causes of loss of demand \(row.fields[0])")
      }
    },
    Check(name: "tokens are served, refused or lost") { run, found in
      for row in run.rows("tokens") {
        let parts = ["served_tokens", "refused_tokens", "lost_tokens"].map { row.number($0) ?? 0 }
        found.near(
          parts.reduce(0, +), row.number("offered_tokens") ?? 0, absolute: 1e-3,
          "tokens of \(row.fields)")
        let isRefused = row["site"].isEmpty
        found.require(
          isRefused ? parts[0] + parts[2] == 0 : parts[1] == 0, "a row of both kinds: \(row.fields)"
        )
      }
    },
    Check(name: "demands offer their rate") { run, found in
      let rows = run.rows("demands")
      guard rows.count == run.model.demands.count else { return }
      for (row, demand) in zip(rows, run.model.demands) {
        found.near(
          row.number("offered_bytes") ?? 0, offered(demand, until: run.outcome.end) / 8,
          relative: 1e-6, absolute: 1, "what demand \(row.fields[0]) offered")
      }
    },
  ]

  private static func balance(
    _ run: SwarmRun, _ whole: String, _ parts: [String], _ found: inout Findings
  ) {
    guard let expected = run.metric(whole) else { return }
    let sum = parts.reduce(0) { $0 + (run.metric($1) ?? 0) }
    found.near(sum, expected, relative: 1e-9, absolute: 1e-3, parts.joined(separator: " + "))
  }
}
