// SPDX-License-Identifier: GPL-3.0-or-later
internal import EventKernel
internal import Results
internal import Traffic

/// What became of the requests of one service from one place to one site.
struct TokenOutcome: Sendable {
  /// The name of the traffic.
  var traffic: String
  var service: String
  var source: String
  /// Empty for what was refused: it was sent nowhere.
  var site: String
  var account: TokenAccount
  /// Of the network, both ways together; not a number where nothing was served.
  var delayMean_s: Double
  var delayP99_s: Double
}

/// Tokens of both kinds, from what is asked for to what came of it.
///
/// offered = served + refused + lost
struct TokenAccount: Sendable {
  var offered = 0.0
  var served = 0.0
  var refused = 0.0
  var lost = 0.0
  /// The offered ones by which way they go.
  var parts = TokenCount()

  /// What the offered ones take, or would take, of a node's time.
  var nodeSeconds: Double { parts.nodeSeconds }

  /// The part of what was asked for that was served; not a number where nothing was.
  var servedShare: Double { offered > 0 ? served / offered : .nan }

  mutating func merge(_ other: TokenAccount) {
    offered += other.offered
    served += other.served
    refused += other.refused
    lost += other.lost
    parts += other.parts
  }

  static func total(of outcomes: some Sequence<TokenOutcome>) -> TokenAccount {
    var total = TokenAccount()
    for outcome in outcomes { total.merge(outcome.account) }
    return total
  }
}

extension Sequence<TokenOutcome> {
  /// The mean delay of what was served; not a number where nothing was.
  var delayMean_s: Double {
    var served = 0.0
    var tokenSeconds = 0.0
    for outcome in self where outcome.account.served > 0 {
      served += outcome.account.served
      tokenSeconds += outcome.account.served * outcome.delayMean_s
    }
    return tokenSeconds / served
  }
}

extension Tokens {
  /// All token traffic, stream by stream, and what was refused behind the streams of its sources.
  func tokenOutcomes() -> [TokenOutcome] {
    books.flatMap { book in
      book.streams.sorted { $0.place < $1.place }.map { outcome(of: $0, book.traffic) }
        + refusals(book)
    }
  }

  private func outcome(of stream: TokenStream, _ traffic: TokenTraffic) -> TokenOutcome {
    let service = traffic.services[stream.place.service]
    var served = max(0, stream.offered - stream.lost)
    // What sums leave by rounding was not served, and where all but that came through, all did.
    if served < 1e-12 * stream.offered { served = 0 }
    if stream.lost < 1e-12 * stream.offered { served = stream.offered }
    let longest = stream.carriers.map {
      world.loss.demands[$0.up].account.delayP99_s + world.loss.demands[$0.down].account.delayP99_s
    }
    return TokenOutcome(
      traffic: traffic.name, service: service.name,
      source: traffic.sources[stream.place.source].node,
      site: traffic.sites[stream.place.site].node,
      account: TokenAccount(
        offered: stream.offered, served: served, lost: stream.offered - served,
        parts: service.parts(of: stream.offered)),
      delayMean_s: served > 0 ? stream.tokenSeconds / served : .nan,
      delayP99_s: served > 0 ? longest.max() ?? 0 : .nan)
  }

  private func refusals(_ book: TokenBook) -> [TokenOutcome] {
    zip(book.traffic.sources, book.refusals).flatMap { source, refusals in
      zip(book.traffic.services, refusals).compactMap { service, refusal in
        guard refusal.tokens > 0 else { return nil }
        return TokenOutcome(
          traffic: book.traffic.name, service: service.name, source: source.node, site: "",
          account: TokenAccount(
            offered: refusal.tokens, refused: refusal.tokens,
            parts: service.parts(of: refusal.tokens)),
          delayMean_s: .nan, delayP99_s: .nan)
      }
    }
  }

  func writeTokens(_ outcomes: [TokenOutcome]) throws(RunError) {
    for outcome in outcomes { try tables.tokens?.append(outcome) }
  }
}
