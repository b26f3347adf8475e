// SPDX-License-Identifier: GPL-3.0-or-later
internal import EventKernel
public import Results
internal import Text
internal import Traffic

/// `token-sites.csv`: what each site served of tokens, step by step of the day.
public enum TokenSitesTable: RunTable {
  public static let kinds: [Outputs.Kind] = [.tokenSites]

  public static let schema = TableSchema(
    file: "token-sites.csv",
    about: "What a site served in a step of the day a row, or in a part of one where ways change "
      + "in it; in rows without a site what no site had room for meanwhile. A token is one that is "
      + "taken in or one that is given out.",
    columns: [
      Column("traffic", .string, about: "The name of the token traffic."),
      Column("site", .string, about: "The site; empty for what is refused."),
      Column("start_s", .number, unit: "s", about: "When the step begins."),
      Column("end_s", .number, unit: "s", about: "When it ends, or the traffic or the run does."),
      Column("offered_tokens", .number, about: "Tokens of both kinds that were asked for here."),
      Column("served_tokens", .number, about: "Those that came through, there and back."),
      Column("refused_tokens", .number, about: "Those that no site had room for."),
      Column("lost_tokens", .number, about: "Those that the network lost on the way."),
      Column("offered_input_tokens", .number, about: "Of the offered ones those to be taken in."),
      Column("offered_output_tokens", .number, about: "Of the offered ones those to be given out."),
      Column("served_input_tokens", .number, about: "Of the served ones those taken in."),
      Column("served_output_tokens", .number, about: "Of the served ones those given out."),
      Column(
        "nodes", .number,
        about: "The nodes of eight H800 that the offered tokens keep busy; of refused ones would."),
      Column(
        "use", .number,
        about: "The part of its time that the site is busy; empty where it has no limit."),
      Column("full", .boolean, about: "Whether its time is used up."),
      Column(
        "served_share", .number,
        about: "The part of the offered tokens that was served, and that the delay is of."),
      Column(
        "delay_mean_s", .number, unit: "s",
        about: "The mean delay of the network, there and back; empty where nothing was served."),
    ])

  struct Row {
    var traffic: String
    var site: String
    var span: TimeSpan
    var offered: TokenCount
    var served: TokenCount
    var use: Double
    var isFull: Bool
    var delayMean_s: Double

    var isRefused: Bool { site.isEmpty }
  }
}

extension TableWriter<TokenSitesTable> {
  func append(_ row: TokenSitesTable.Row) throws(RunError) {
    let missing = row.offered.total - row.served.total
    rows.append(row.traffic)
    rows.append(row.site)
    rows.append(nanosecondsAsSeconds: row.span.start.nanoseconds)
    rows.append(nanosecondsAsSeconds: row.span.end.nanoseconds)
    rows.append(row.offered.total)
    rows.append(row.served.total)
    rows.append(row.isRefused ? missing : 0)
    rows.append(row.isRefused ? 0 : missing)
    rows.append(row.offered.input)
    rows.append(row.offered.output)
    rows.append(row.served.input)
    rows.append(row.served.output)
    rows.append(row.offered.nodeSeconds / row.span.seconds)
    rows.append(row.use)
    rows.append(row.isFull)
    rows.append(row.offered.total > 0 ? row.served.total / row.offered.total : .nan)
    rows.append(row.delayMean_s)
    try endRow()
  }
}

extension Tokens {
  /// Where tokens were served, the site with most of them first, and when there was no room.
  func show(
    _ outcomes: [TokenOutcome], at sites: [TokenSiteOutcome], in sections: inout ShownSections
  ) {
    let served = sites.map { site in
      (site, outcomes.filter { $0.traffic == site.traffic && $0.site == site.site })
    }.filter { !$0.1.isEmpty }.sorted {
      ($1.1.served, $0.0.site) < ($0.1.served, $1.0.site)
    }
    guard !served.isEmpty else { return }
    var listing = Listing([
      "tokens served at", "served", "of them out", "through", "nodes", "mean use", "full",
      "delay mean", "p99",
    ])
    for (site, some) in served { listing.append(row(site, some)) }
    sections.add(listing, rank: 30)
    for refused in refusedTokens(outcomes) {
      let words =
        "refused of \(refused.traffic): \(formatted(count: refused.tokens)) "
        + "(\(formatted(percentOf: refused.share))), \(refused.times)\n"
      sections.add(words, rank: 30)
    }
  }

  private func row(_ site: TokenSiteOutcome, _ outcomes: [TokenOutcome]) -> [Cell] {
    let account = TokenAccount.total(of: outcomes)
    return [
      .text(books.count > 1 ? "\(site.site), \(site.traffic)" : site.site),
      .amount(account.served),
      account.offered > 0 ? .share(account.parts.output / account.offered) : .absent,
      account.shown(account.served), .amount(site.nodesUsed),
      site.nodes.map { .share(site.nodesUsed / $0) } ?? .absent,
      site.nodes == nil ? .absent : .text(site.fullTimes.words), .seconds(outcomes.delayMean_s),
      .seconds(outcomes.longestDelay_s),
    ]
  }

  /// When tokens were refused, and how many.
  func refusedTokens(_ outcomes: [TokenOutcome]) -> [RefusedTokens] {
    books.filter { !$0.refusedTimes.isEmpty }.map { book in
      let all = TokenAccount.total(of: outcomes.lazy.filter { $0.traffic == book.traffic.name })
      return RefusedTokens(
        traffic: book.traffic.name, tokens: all.refused, share: all.refused / all.offered,
        times: book.refusedTimes.words)
    }
  }
}

/// What was refused of a token traffic.
public struct RefusedTokens: Sendable {
  public var traffic: String
  public var tokens: Double
  /// The part of what was asked for.
  public var share: Double
  /// As people read them: `20:00-22:00`.
  public var times: String
}

extension [TokenOutcome] {
  fileprivate var served: Double { TokenAccount.total(of: self).served }
}

extension Outputs.Kind {
  public static let tokenSites = Outputs.Kind("token-sites")
}
