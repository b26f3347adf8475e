// SPDX-License-Identifier: GPL-3.0-or-later

internal import CommandLine
internal import EventKernel
internal import Session
internal import Simulator

// What people want to know of tokens.

extension SummaryPrinter {
  /// What became of the requests of each service, and of all.
  ///
  /// The part that was served stands beside the delays, which are of that part only: where the
  /// farthest are refused, those who are left are nearer.
  func services(ofTokens outcomes: [TokenOutcome]) -> String {
    guard !outcomes.isEmpty else { return "" }
    var table = TerminalTable([
      "tokens, in and out", "offered", "nodes", "refused", "lost", "served", "delay mean", "p99",
    ])
    let services = ordered(outcomes.map(\.service))
    for service in services {
      table.append(row(service, outcomes.filter { $0.service == service }))
    }
    if services.count > 1 { table.append(row("all", outcomes)) }
    return table.rendered()
  }

  /// Where tokens were served, the site with most of them first, and when there was no room.
  func sites(ofTokens outcomes: [TokenOutcome]) -> String {
    let all = finished.outcome.tokenSites
    guard outcomes.contains(where: { !$0.site.isEmpty }) else { return "" }
    let rows = all.map { site in
      (site, outcomes.filter { $0.traffic == site.traffic && $0.site == site.site })
    }.sorted { (served($1.1), $0.0.site) < (served($0.1), $1.0.site) }
    let hasSeveral = finished.outcome.tokenRefusals.count > 1
    var table = TerminalTable([
      "tokens served at", "served", "through", "nodes", "mean use", "full", "delay mean", "p99",
    ])
    for (site, some) in rows where !some.isEmpty {
      let account = TokenAccount.total(of: some)
      table.append([
        hasSeveral ? "\(site.site), \(site.traffic)" : site.site,
        formatted(count: account.served), share(account.served, account.offered),
        formatted(count: site.nodesUsed),
        site.nodes.map { formatted(percentOf: site.nodesUsed / $0) } ?? "-",
        site.nodes == nil ? "-" : times(site.fullTimes), seconds(some.delayMean_s),
        seconds(longestDelay(some)),
      ])
    }
    return table.rendered() + refusals(outcomes)
  }

  /// When tokens were refused, and how many.
  private func refusals(_ outcomes: [TokenOutcome]) -> String {
    finished.outcome.tokenRefusals.filter { !$0.times.isEmpty }.map { refusals in
      let all = TokenAccount.total(of: outcomes.lazy.filter { $0.traffic == refusals.traffic })
      return "\nrefused of \(refusals.traffic): \(formatted(count: all.refused)) "
        + "(\(formatted(percentOf: all.refused / all.offered))), \(times(refusals.times))\n"
    }.joined()
  }

  private func row(_ name: String, _ outcomes: [TokenOutcome]) -> [String] {
    let account = TokenAccount.total(of: outcomes)
    let end = finished.outcome.end.seconds
    return [
      name, formatted(count: account.offered),
      end > 0 ? formatted(count: account.nodeSeconds / end) : "-",
      share(account.refused, account.offered), share(account.lost, account.offered),
      share(account.served, account.offered), seconds(outcomes.delayMean_s),
      seconds(longestDelay(outcomes)),
    ]
  }

  private func share(_ part: Double, _ all: Double) -> String {
    part > 0 ? formatted(percentOf: part / all) : "none"
  }

  private func served(_ outcomes: [TokenOutcome]) -> Double {
    TokenAccount.total(of: outcomes).served
  }

  private func longestDelay(_ outcomes: [TokenOutcome]) -> Double {
    outcomes.lazy.filter { $0.account.served > 0 }.map(\.delayP99_s).max() ?? .nan
  }

  /// Spans by the clock, the first two of them.
  private func times(_ spans: [TimeSpan]) -> String {
    guard !spans.isEmpty else { return "never" }
    let shown = spans.prefix(2).map {
      "\(clock($0.start, from: nil))-\(clock($0.end, from: $0.start))"
    }
    let rest = spans.count > 2 ? " +\(spans.count - 2)" : ""
    return shown.joined(separator: ", ") + rest
  }

  /// An instant as the time of the day; the day too, counted from 1, where it is another one.
  private func clock(_ instant: SimTime, from before: SimTime?) -> String {
    let minutes = instant.nanoseconds / 60_000_000_000
    let day = minutes / 1440
    let dayBefore = before.map { $0.nanoseconds / 86_400_000_000_000 } ?? 0
    // The last instant of a day is 24:00 of it.
    let endsDay = before != nil && day == dayBefore + 1 && minutes % 1440 == 0
    let minute = endsDay ? 1440 : minutes % 1440
    let name = day == dayBefore || endsDay ? "" : "day \(day + 1) "
    let padded = minute % 60 < 10 ? "0\(minute % 60)" : "\(minute % 60)"
    return "\(name)\(minute / 60):\(padded)"
  }

  /// Each name once, in the order in which they come.
  private func ordered(_ names: [String]) -> [String] {
    var seen: Set<String> = []
    return names.filter { seen.insert($0).inserted }
  }
}
