// SPDX-License-Identifier: GPL-3.0-or-later

internal import CommandLine
internal import EventKernel
internal import Results
internal import Session
internal import Simulator
internal import Text

/// The summary of a run as text for people, for spreadsheets or for programs.
struct SummaryPrinter {
  let finished: FinishedRun
  let model: Model

  /// At most this many links and bottlenecks are shown to people; the tables have them all.
  static let shownRows = 5

  func text(as format: OutputFormat) -> String {
    switch format {
    case .table: table()
    case .csv: csv()
    case .json: json()
    }
  }

  private func csv() -> String {
    var text = "metric,value,unit\n"
    // Without the wall clock: the same run prints the same.
    for row in finished.outcome.summary.rows {
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
    for row in rows where isWorthReading(row) { metrics.append([row.metric, shown(row)]) }
    let title = "\(model.name), seed \(model.seed), digest \(finished.outcome.digest)\n"
    let light = [
      transfers(), refusals(), requests(), services(), protectionCost(), fullestFibres(),
      demands(),
    ]
    let tokens = [
      services(ofTokens: finished.outcome.tokens), sites(ofTokens: finished.outcome.tokens),
    ]
    return
      ([title + steadiness(), metrics.rendered(), traces(), jobs()] + tokens + [tiers(), classes()]
      + light + [
        kindsOfLinks(), busiestLinks(), bottlenecks(),
      ])
      .filter { !$0.isEmpty }
      .map { $0.hasSuffix("\n") ? $0 : $0 + "\n" }
      .joined(separator: "\n")
  }

  private static let faults: Set = [
    "flows_broken", "flows_stranded", "flows_moved", "bytes_broken", "bytes_sent_again",
    "lightpaths_lost", "lightpaths_switched", "fibre_faults", "demand_bytes_lost", "demand_loss",
    "sampled_requests_lost", "far_from_steady",
  ]

  /// Metrics that tables of their own tell people.
  private static let toldElsewhere = [
    "tokens_", "link_utilisation_mean_", "link_utilisation_max_", "link_capacity_", "iteration",
    "exposed_communication_", "bus_bandwidth", "model_flops_utilisation", "uplink_balance",
    "mean_transfer", "slowest_transfer", "lightpaths_protected_slower", "protected_rate",
  ]

  /// Leaves out what stands in a table of its own, and what says nothing to people.
  ///
  /// What may go wrong and did not is left out too.
  private func isWorthReading(_ row: SummaryRow) -> Bool {
    if row.metric.contains("/") || row.value.isNaN { return false }
    if SummaryPrinter.toldElsewhere.contains(where: { row.metric.hasPrefix($0) }) { return false }
    if row.value == 0, SummaryPrinter.faults.contains(row.metric) { return false }
    return model.hasFlows
      || !(row.metric.hasPrefix("flows_") || row.metric.hasPrefix("bytes_"))
  }

  private func shown(_ row: SummaryRow) -> String {
    switch row.unit {
    case "s": seconds(row.value)
    case "B": row.value.isNaN ? "-" : formatted(bytes: row.value)
    default: number(row.value)
    }
  }

  private func classes() -> String {
    guard !finished.outcome.classes.isEmpty else { return "" }
    var table = TerminalTable([
      "class", "flows", "finished", "fct mean", "p50", "p99", "slowdown mean", "p50", "p99",
    ])
    for row in finished.outcome.classes {
      table.append([
        row.trafficClass, number(Double(row.started)), number(Double(row.finished)),
        seconds(row.completion.mean), seconds(row.completion.p50), seconds(row.completion.p99),
        number(row.slowdown.mean), number(row.slowdown.p50), number(row.slowdown.p99),
      ])
    }
    return table.rendered()
  }

  private func bottlenecks() -> String {
    let longest = finished.outcome.bottlenecks.prefix(SummaryPrinter.shownRows)
    guard !longest.isEmpty else { return "" }
    var table = TerminalTable(["what held flows back", "class", "share of time"])
    for row in longest {
      table.append([text(of: row), row.trafficClass, formatted(percentOf: row.share)])
    }
    return table.rendered()
  }

  private func text(of row: BottlenecksTable.Row) -> String {
    let link = row.link ?? ""
    return switch row.limit {
    case .link: link
    case .failure: link + ", down"
    case .buffer: link + ", its buffer"
    case .loss: link + ", its losses"
    case .window: "their window"
    case .ceiling: "their own ceiling"
    case .schedule: "what scheduling grants"
    }
  }

  func seconds(_ value: Double) -> String {
    value.isNaN ? "-" : formatted(seconds: value)
  }

  /// Counts to the last digit, so that nothing seems to be missing; other numbers shortened.
  func number(_ value: Double) -> String {
    if value.isNaN { return "-" }
    guard value == value.rounded(), abs(value) < 1e15 else { return formatted(count: value) }
    var digits = Array(String(Int64(abs(value))))
    for place in stride(from: digits.count - 3, to: 0, by: -3) { digits.insert(",", at: place) }
    return (value < 0 ? "-" : "") + String(digits)
  }
}
