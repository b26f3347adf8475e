// SPDX-License-Identifier: GPL-3.0-or-later

internal import CommandLine
internal import Session
internal import Simulator

// What people want to know of loss.

extension SummaryPrinter {
  /// The demands that lost most, or the largest where none lost anything.
  func demands() -> String {
    let all = finished.outcome.demands
    guard !all.isEmpty else { return "" }
    let shown = all.sorted {
      ($1.lostBytes, $1.offeredBytes, $0.name) < ($0.lostBytes, $0.offeredBytes, $1.name)
    }.prefix(SummaryPrinter.shownRows)
    var table = TerminalTable([
      "demands", "offered", "delivered", "lost", "mostly for", "delay mean",
    ])
    for row in shown {
      table.append([
        row.name, formatted(bytes: row.offeredBytes), formatted(bytes: row.deliveredBytes),
        row.offeredBytes > 0 ? formatted(percentOf: row.lostBytes / row.offeredBytes) : "-",
        row.worstCause?.rawValue ?? "-", seconds(row.delayMean_s),
      ])
    }
    return table.rendered()
  }
}
