// SPDX-License-Identifier: GPL-3.0-or-later
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

extension Outputs.Kind {
  public static let tokens = Outputs.Kind("tokens")
}
