// SPDX-License-Identifier: GPL-3.0-or-later

internal import CommandLine
internal import EventKernel
internal import NetworkModel
internal import Session
internal import Simulator

// What people want to know of links.

extension SummaryPrinter {
  /// How much the links of each kind were used, where there are several kinds.
  func kindsOfLinks() -> String {
    let kinds = finished.outcome.linkKinds
    guard kinds.count > 1 else { return "" }
    var table = TerminalTable([
      "links", "number", "capacity each way", "mean use", "busiest", "use",
    ])
    for kind in kinds {
      table.append([
        kind.kind.rawValue, number(Double(kind.links)), rate(kind.capacity), part(kind.mean),
        kind.busiest?.link ?? "-", part(kind.busiest?.mean ?? .nan),
      ])
    }
    return table.rendered()
  }

  /// The links that were full for longest, then those with the highest mean use.
  ///
  /// A peak says little: a link that carries one flow at its own rate for a moment has one of 100 %.
  func busiestLinks() -> String {
    let kinds = Set(finished.outcome.links.map(\.kind)).subtracting([.fabric])
    let busiest = finished.outcome.links
      .filter { $0.mean > 0 && (kinds.isEmpty || $0.kind != .fabric) }
      .sorted { (full($1), $1.mean, $0.link) < (full($0), $0.mean, $1.link) }
      .prefix(SummaryPrinter.shownRows)
    guard !busiest.isEmpty else { return "" }
    let isSampled = busiest.contains { !$0.busySeconds.isNaN }
    var table = TerminalTable(
      ["busiest links", "mean use"]
        + (isSampled ? ["above 90 % for", "peak use", "peak ends at"] : []))
    for link in busiest {
      table.append(
        [link.link, formatted(percentOf: link.mean)]
          + (isSampled
            ? [
              seconds(link.busySeconds), part(link.peak.utilisation),
              seconds(link.peak.end.seconds),
            ] : []))
    }
    return table.rendered()
  }

  private func full(_ link: LinkUse) -> Double {
    link.busySeconds.isNaN ? 0 : link.busySeconds
  }

  private func part(_ value: Double) -> String {
    value.isNaN ? "-" : formatted(percentOf: value)
  }

  private func rate(_ value: Double) -> String {
    value.isNaN ? "-" : formatted(bitsPerSecond: value)
  }
}
