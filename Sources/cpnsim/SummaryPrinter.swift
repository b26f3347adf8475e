// SPDX-License-Identifier: GPL-3.0-or-later

internal import CommandLine
internal import EventKernel
internal import Results
internal import Simulator

/// The summary of a run as text for people, for spreadsheets or for programs.
struct SummaryPrinter {
  let finished: FinishedRun
  let model: Model

  /// At most this many links and bottlenecks are shown to people; the tables have them all.
  private static let shownRows = 5

  func text(as format: OutputFormat) -> String {
    switch format {
    case .table: table()
    case .csv: csv()
    case .json: json()
    }
  }

  private func csv() -> String {
    var text = "metric,value,unit\n"
    for row in rows {
      text += "\(Listing.quoted(row.metric)),\(Cell.plain(row.value)),\(row.unit)\n"
    }
    return text
  }

  private func json() -> String {
    JSON.object([
      ("scenario", .string(model.name)),
      ("seed", .raw(String(model.seed))),
      ("digest", .string(finished.outcome.digest.description)),
      ("wall_s", .number(finished.wallSeconds)),
      ("summary", finished.outcome.summary.json),
    ]).prettyText
  }

  private var rows: [SummaryRow] {
    finished.outcome.summary.rows + [SummaryRow("wall", finished.wallSeconds, unit: "s")]
  }

  private func table() -> String {
    var metrics = TerminalTable(["metric", "value"])
    for row in rows { metrics.append([row.metric, shown(row)]) }
    var text = "\(model.name), seed \(model.seed), digest \(finished.outcome.digest)\n\n"
    text += metrics.rendered()
    text += busiestLinks() + bottlenecks()
    return text
  }

  private func shown(_ row: SummaryRow) -> String {
    if row.value.isNaN { return "-" }
    switch row.unit {
    case "s": return formatted(seconds: row.value)
    case "B": return formatted(bytes: row.value)
    default: return formatted(count: row.value)
    }
  }

  private func busiestLinks() -> String {
    let busiest = finished.outcome.utilisation
      .filter { $0.value > 0 }
      .sorted { ($1.value, $0.link) < ($0.value, $1.link) }
      .prefix(SummaryPrinter.shownRows)
    guard !busiest.isEmpty else { return "" }
    var table = TerminalTable(["busiest links", "utilisation"])
    for link in busiest { table.append([link.link, formatted(percentOf: link.value)]) }
    return "\n" + table.rendered()
  }

  private func bottlenecks() -> String {
    let longest = finished.outcome.bottlenecks.prefix(SummaryPrinter.shownRows)
    guard !longest.isEmpty else { return "" }
    var table = TerminalTable(["what held flows back", "class", "share of time"])
    for row in longest {
      table.append([row.link ?? "their own ceiling", row.trafficClass, formatted(percentOf: row.share)])
    }
    return "\n" + table.rendered()
  }
}
