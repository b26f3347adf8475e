// SPDX-License-Identifier: GPL-3.0-or-later

internal import CommandLine
internal import Simulator

// What people want to know of tokens.

extension SummaryPrinter {
  /// What became of the requests of each service, and of all.
  func services(ofTokens outcomes: [TokenOutcome]) -> String {
    guard !outcomes.isEmpty else { return "" }
    var table = TerminalTable([
      "tokens", "offered", "served", "refused", "lost", "delay mean", "delay p99",
    ])
    let services = ordered(outcomes.map(\.service))
    for service in services {
      table.append(row(service, outcomes.filter { $0.service == service }))
    }
    if services.count > 1 { table.append(row("all", outcomes)) }
    return table.rendered()
  }

  /// Where tokens were served, the site with most of them first.
  func sites(ofTokens outcomes: [TokenOutcome]) -> String {
    let sites = ordered(outcomes.map(\.site)).filter { !$0.isEmpty }
    guard !sites.isEmpty else { return "" }
    let served = sites.map { site in (site, outcomes.filter { $0.site == site }) }
      .sorted { ($1.1.served, $0.0) < ($0.1.served, $1.0) }
    let all = outcomes.served
    var table = TerminalTable(["tokens served at", "served", "share", "delay mean", "delay p99"])
    for (site, rows) in served {
      table.append([
        site, formatted(count: rows.served), formatted(percentOf: rows.served / all),
        seconds(rows.delayMean), seconds(rows.longestDelay),
      ])
    }
    return table.rendered()
  }

  private func row(_ name: String, _ outcomes: [TokenOutcome]) -> [String] {
    let account = TokenAccount.total(of: outcomes)
    return [
      name, formatted(count: account.offered), formatted(count: account.served),
      share(account.refused, account.offered), share(account.lost, account.offered),
      seconds(outcomes.delayMean), seconds(outcomes.longestDelay),
    ]
  }

  private func share(_ part: Double, _ all: Double) -> String {
    part > 0 ? formatted(percentOf: part / all) : "none"
  }

  /// Each name once, in the order in which they come.
  private func ordered(_ names: [String]) -> [String] {
    var seen: Set<String> = []
    return names.filter { seen.insert($0).inserted }
  }
}

extension [TokenOutcome] {
  fileprivate var served: Double { TokenAccount.total(of: self).served }

  /// The mean delay of what was served.
  fileprivate var delayMean: Double {
    reduce(0) { $1.account.served > 0 ? $0 + $1.account.served * $1.delayMean_s : $0 } / served
  }

  fileprivate var longestDelay: Double {
    lazy.filter { $0.account.served > 0 }.map(\.delayP99_s).max() ?? .nan
  }
}
