// SPDX-License-Identifier: GPL-3.0-or-later

internal import CommandLine
internal import Session
internal import Simulator

// What people want to know of elastic flows.

extension SummaryPrinter {
  /// How each tier fared: those that asked for it on the left, those that were given it behind.
  func tiers() -> String {
    let all = finished.outcome.elastic
    guard !all.isEmpty else { return "" }
    var table = TerminalTable([
      "tier", "accepted", "shrunk", "postponed", "refused", "given", "finished", "sent",
      "fct mean", "p99", "deadlines met", "floors broken",
    ])
    for row in all {
      let due = row.deadlinesMet + row.deadlinesMissed
      table.append([
        row.tier, number(Double(row.accepted)), number(Double(row.shrunk)),
        number(Double(row.postponed)), number(Double(row.refused)), number(Double(row.given)),
        number(Double(row.finished)), formatted(bytes: row.finishedBytes),
        seconds(row.completion.mean), seconds(row.completion.p99),
        due > 0 ? formatted(percentOf: Double(row.deadlinesMet) / Double(due)) : "-",
        number(Double(row.floorsBroken)),
      ])
    }
    return table.rendered()
  }
}
