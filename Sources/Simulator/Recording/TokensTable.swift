// SPDX-License-Identifier: GPL-3.0-or-later
public import Results

/// `tokens.csv`: what became of requests for tokens.
public struct TokensTable: RunTable, ~Copyable {
  public static let schema = TableSchema(
    file: "tokens.csv",
    about: "The requests of one service from one place to one site a row; in rows without a site "
      + "those that no site had room for.",
    columns: [
      Column("traffic", .string, about: "The name of the token traffic."),
      Column("service", .string, about: "The service that is asked."),
      Column("source", .string, about: "The node that requests come from."),
      Column("site", .string, about: "The node that serves them; empty for what is refused."),
      Column("offered_tokens", .number, about: "Tokens of both kinds that were asked for."),
      Column("served_tokens", .number, about: "Those that came through, there and back."),
      Column("refused_tokens", .number, about: "Those that no site had room for."),
      Column("lost_tokens", .number, about: "Those that the network lost on the way."),
      Column(
        "delay_mean_s", .number, unit: "s",
        about: "The mean delay of the network, there and back; empty where nothing was served."),
      Column(
        "delay_p99_s", .number, unit: "s",
        about: "The sum of what 99 % of packets took there and back at most, at the worst of times."
      ),
    ])

  var rows: CSVWriter

  mutating func append(_ outcome: TokenOutcome) throws(ResultsError) {
    rows.append(outcome.traffic)
    rows.append(outcome.service)
    rows.append(outcome.source)
    rows.append(outcome.site)
    rows.append(outcome.account.offered)
    rows.append(outcome.account.served)
    rows.append(outcome.account.refused)
    rows.append(outcome.account.lost)
    rows.append(outcome.delayMean_s)
    rows.append(outcome.delayP99_s)
    try rows.endRow()
  }
}
