// SPDX-License-Identifier: GPL-3.0-or-later
internal import EventKernel
internal import Results
internal import Simulator

extension Check {
  /// Every field is what its column says, finite, and within what can be.
  static let ranges = [
    Check(name: "every field is of its column's kind and finite") { run, found in
      for schema in RunTables.all.map({ $0.schema }) {
        guard let bytes = run.bytes[schema.name] else { continue }
        guard let table = run.tables[schema.name] else {
          found.add("\(schema.file) is ragged: \(bytes.count) bytes")
          continue
        }
        found.require(
          table.columns == schema.columns.map(\.name), "\(schema.file) has other columns")
        checkFields(of: table, schema, &found)
      }
    },
    Check(name: "metrics are finite, and parts are parts") { run, found in
      for row in run.outcome.summary.rows {
        found.require(!row.value.isInfinite, "\(row.metric) is \(row.value)")
        let last = row.metric.split(separator: "/").last.map(String.init) ?? row.metric
        // Owners may have paid more for power than they have earned.
        if row.value < 0, last != "owners_left" { found.add("\(row.metric) is \(row.value)") }
        // An instant is told to a nanosecond, at either end of what is counted.
        let counted = run.outcome.end.seconds - Double(run.model.warmUp.nanoseconds) / 1e9
        if partMetrics.contains(last), row.value > 1 + 1e-9 + 4e-9 / counted {
          found.add("\(row.metric) is \(row.value), expected at most 1")
        }
        if last.hasPrefix("slowdown"), row.value < 1 - 1e-9 {
          found.add("\(row.metric) is \(row.value), expected 1 or more")
        }
      }
    },
  ]

  private static let partMetrics: Set<String> = [
    "link_utilisation_mean", "link_utilisation_max", "blocking", "blocking_of_rate",
    "request_availability", "spectrum_used_mean", "spectrum_used_max", "spectrum_peak",
    "link_availability", "demand_loss", "model_flops_utilisation", "uplink_balance",
  ]

  /// Decibels may be negative.
  private static let signed: Set<String> = ["gsnr_db", "margin_db"]

  private static let parts: Set<String> = [
    "utilisation", "loss", "availability", "share", "model_flops_utilisation", "uplink_balance",
  ]

  private static func checkFields(of table: Table, _ schema: TableSchema, _ found: inout Findings) {
    for (place, column) in schema.columns.enumerated() {
      guard column.kind == .number || column.kind == .integer, table.name != "summary" else {
        continue
      }
      for row in table.rows where !row[place].isEmpty {
        guard let value = Double(row[place]), value.isFinite else {
          found.add("\(schema.file): \(column.name) is \(row[place])")
          break
        }
        if value < 0, !signed.contains(column.name) {
          found.add("\(schema.file): \(column.name) is \(value)")
        }
        if parts.contains(column.name), value > 1 + 1e-9 {
          found.add("\(schema.file): \(column.name) is \(value), expected at most 1")
        }
        if column.name == "slowdown", value < 1 - 1e-9 {
          found.add("\(schema.file): slowdown of \(row[0]) is \(value), expected 1 or more")
        }
      }
    }
  }
}
