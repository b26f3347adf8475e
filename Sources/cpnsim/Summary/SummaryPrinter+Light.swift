// SPDX-License-Identifier: GPL-3.0-or-later

internal import CommandLine
internal import EventKernel
internal import Light
internal import Session
internal import Simulator

// What people want to know of the light of a run.

extension SummaryPrinter {
  /// How the requests of each source fared.
  func requests() -> String {
    let all = finished.outcome.light.requests
    guard !all.isEmpty else { return "" }
    var table = TerminalTable([
      "requests", "made", "lit", "groomed", "blocked", "blocking", "95 % +-", "mostly for",
    ])
    for row in all {
      table.append([
        row.source, number(Double(row.offered)), number(Double(row.lit)),
        number(Double(row.groomed)), number(Double(row.blocked)),
        row.blocking.isNaN ? "-" : formatted(percentOf: row.blocking),
        row.blockingHalfWidth.map { formatted(percentOf: $0) } ?? "-", row.reason ?? "-",
      ])
    }
    return table.rendered()
  }

  /// The links made of light that lost some of it at times, the least available first.
  func services() -> String {
    let all = finished.outcome.light.services.filter { $0.outages > 0 || $0.lightpathOutages > 0 }
    guard !all.isEmpty else { return "" }
    let shown = all.sorted {
      ($0.availability, $0.lightpathAvailability, $0.link)
        < ($1.availability, $1.lightpathAvailability, $1.link)
    }.prefix(SummaryPrinter.shownRows)
    var table = TerminalTable([
      "least available", "protection", "availability", "outages", "longest", "lightpaths lost",
      "their own",
    ])
    for row in shown {
      table.append([
        row.link, row.protection, formatted(percentOf: row.availability),
        number(Double(row.outages)),
        row.outages > 0 ? seconds(row.longestOutage.seconds) : "-",
        number(Double(row.lightpathOutages)), formatted(percentOf: row.lightpathAvailability),
      ])
    }
    return table.rendered()
  }

  /// What protection takes of the capacity, where it takes any.
  func protectionCost() -> String { finished.outcome.light.protection.note }

  /// The fibres with the most channels in use at once.
  func fullestFibres() -> String {
    let fullest = finished.outcome.light.fibres.filter { $0.mostSlots > 0 }
      .sorted { ($1.mostSlots, $0.fibre) < ($0.mostSlots, $1.fibre) }
      .prefix(SummaryPrinter.shownRows)
    guard let slots = fullest.first?.slots else { return "" }
    var table = TerminalTable(["fullest fibres", "slots at once", "of"])
    for row in fullest {
      table.append([row.fibre, number(Double(row.mostSlots)), number(Double(slots))])
    }
    return table.rendered()
  }
}

extension ProtectionCost {
  /// A sentence on protected lightpaths that are slower than they would be; empty without any.
  var note: String {
    guard slower > 0 else { return "" }
    return "\(slower) of \(lightpaths) protected lightpaths run at a lower rate, so that their "
      + "other route closes too:\n\(formatted(bitsPerSecond: rate)) instead of "
      + "\(formatted(bitsPerSecond: workingRate)).\n"
  }
}
