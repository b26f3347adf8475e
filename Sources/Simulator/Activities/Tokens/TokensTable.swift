// SPDX-License-Identifier: GPL-3.0-or-later
internal import EventKernel
public import Results
internal import Traffic

/// `tokens.csv`: what became of requests for tokens.
public enum TokensTable: RunTable {
  public static let kinds: [Outputs.Kind] = [.tokens]

  public static let schema = TableSchema(
    file: "tokens.csv",
    about: "The requests of one service from one place to one site a row; in rows without a site "
      + "those that no site had room for. A token is one that is taken in or one that is given "
      + "out.",
    columns: [
      Column("traffic", .string, about: "The name of the token traffic."),
      Column("service", .string, about: "The service that is asked."),
      Column("source", .string, about: "The node that requests come from."),
      Column("site", .string, about: "The node that serves them; empty for what is refused."),
      Column("offered_tokens", .number, about: "Tokens of both kinds that were asked for."),
      Column("served_tokens", .number, about: "Those that came through, there and back."),
      Column("refused_tokens", .number, about: "Those that no site had room for."),
      Column("lost_tokens", .number, about: "Those that the network lost on the way."),
      Column("offered_input_tokens", .number, about: "Of the offered ones those to be taken in."),
      Column("offered_output_tokens", .number, about: "Of the offered ones those to be given out."),
      Column(
        "node_seconds", .number,
        about: "What the offered tokens take of the time of a node of eight H800; of refused ones "
          + "would take."),
      Column(
        "served_share", .number,
        about: "The part of the offered tokens that was served, and that the delays are of."),
      Column(
        "delay_mean_s", .number, unit: "s",
        about: "The mean delay of the network, there and back; empty where nothing was served."),
      Column(
        "delay_p99_s", .number, unit: "s",
        about: "The sum of what 99 % of packets took there and back at most, at the worst of times."
      ),
    ])
}

extension TableWriter<TokensTable> {
  func append(_ outcome: TokenOutcome) throws(RunError) {
    rows.append(outcome.traffic)
    rows.append(outcome.service)
    rows.append(outcome.source)
    rows.append(outcome.site)
    rows.append(outcome.account.offered)
    rows.append(outcome.account.served)
    rows.append(outcome.account.refused)
    rows.append(outcome.account.lost)
    rows.append(outcome.account.parts.input)
    rows.append(outcome.account.parts.output)
    rows.append(outcome.account.nodeSeconds)
    rows.append(outcome.account.servedShare)
    rows.append(outcome.delayMean_s)
    rows.append(outcome.delayP99_s)
    try endRow()
  }
}

extension Tokens {
  /// What became of the requests of each service, and of all.
  ///
  /// The part that was served stands beside the delays, which are of that part only: where the
  /// farthest are refused, those who are left are nearer.
  func shownServices(_ outcomes: [TokenOutcome]) -> Listing {
    var listing = Listing([
      "tokens, in and out", "offered", "nodes", "refused", "lost", "served", "delay mean", "p99",
    ])
    var services: [String] = []
    for outcome in outcomes where !services.contains(outcome.service) {
      services.append(outcome.service)
    }
    for service in services {
      listing.append(row(service, outcomes.filter { $0.service == service }))
    }
    if services.count > 1 { listing.append(row("all", outcomes)) }
    return listing
  }

  private func row(_ name: String, _ outcomes: [TokenOutcome]) -> [Cell] {
    let account = TokenAccount.total(of: outcomes)
    return [
      .text(name), .amount(account.offered),
      now > .zero ? .amount(account.nodeSeconds / now.seconds) : .absent,
      account.shown(account.refused), account.shown(account.lost),
      account.shown(account.served), .seconds(outcomes.delayMean_s),
      .seconds(outcomes.longestDelay_s),
    ]
  }
}

extension TokenAccount {
  /// A part of what was offered.
  func shown(_ part: Double) -> Cell { part > 0 ? .share(part / offered) : .text("none") }
}

extension [TokenOutcome] {
  /// Not a number where nothing was served.
  var longestDelay_s: Double {
    lazy.filter { $0.account.served > 0 }.map(\.delayP99_s).max() ?? .nan
  }
}

extension Outputs.Kind {
  public static let tokens = Outputs.Kind("tokens")
}
