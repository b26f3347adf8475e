// SPDX-License-Identifier: GPL-3.0-or-later

internal import CommandLine
internal import EventKernel
internal import NetworkModel
internal import Session
internal import Simulator

// What people want to know of transfers.

extension SummaryPrinter {
  /// How transfers fared, by what became of their windows.
  func transfers() -> String {
    let outcome = finished.outcome
    guard !outcome.transfers.isEmpty else { return "" }
    var table = TerminalTable([
      "transfers", "made", "size", "arrived", "with deadline", "in time", "missed", "mean rate",
    ])
    for kind in TransferOutcome.ReservationOutcome.allCases {
      let some = outcome.transfers.filter { $0.reservation == kind }
      guard !some.isEmpty else { continue }
      let inTime = some.map { $0.isInTime(at: outcome.end) }
      let due = some.count { $0.deadline != nil }
      table.append([
        words(for: kind), number(Double(some.count)),
        formatted(bytes: some.reduce(0) { $0 + $1.bytes }),
        number(Double(some.count { $0.finish != nil })), number(Double(due)),
        part(inTime.count { $0 == true }, of: due), part(inTime.count { $0 == false }, of: due),
        meanRate(of: some),
      ])
    }
    return table.rendered()
  }

  /// The largest transfers that were refused a window, and why.
  func refusals() -> String {
    let refused = finished.outcome.transfers.filter { !$0.reason.isEmpty }
      .sorted { ($1.bytes, $0.name) < ($0.bytes, $1.name) }
      .prefix(SummaryPrinter.shownRows)
    guard !refused.isEmpty else { return "" }
    var table = TerminalTable(["refused a window", "size", "for", "link", "fullest from", "went"])
    for row in refused {
      table.append([
        row.name, formatted(bytes: row.bytes), row.reason,
        row.reasonLink.isEmpty ? "-" : row.reasonLink,
        row.reasonAt.map { seconds($0.seconds) } ?? "-",
        row.state == "dropped" ? "not at all" : "as a flow",
      ])
    }
    return table.rendered()
  }

  private func words(for kind: TransferOutcome.ReservationOutcome) -> String {
    switch kind {
    case .none: "without reservation"
    case .held: "reserved"
    case .broken: "reserved, then broken"
    case .refused: "refused"
    }
  }

  private func part(_ count: Int, of whole: Int) -> String {
    guard whole > 0 else { return "-" }
    return "\(number(Double(count))) (\(formatted(percentOf: Double(count) / Double(whole))))"
  }

  /// Their bits over the time from when they could start to their end.
  private func meanRate(of transfers: [TransferOutcome]) -> String {
    var bits = 0.0
    var time = 0.0
    for transfer in transfers {
      guard let finish = transfer.finish else { continue }
      bits += transfer.bytes * 8
      time += (finish - transfer.start).seconds
    }
    return time > 0 ? formatted(bitsPerSecond: bits / time) : "-"
  }
}
