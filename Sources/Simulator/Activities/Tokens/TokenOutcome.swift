// SPDX-License-Identifier: GPL-3.0-or-later
internal import EventKernel
internal import Results
public import Traffic

/// What became of the requests of one service from one place to one site.
public struct TokenOutcome: Sendable {
  /// The name of the traffic.
  public var traffic: String
  public var service: String
  public var source: String
  /// Empty for what was refused: it was sent nowhere.
  public var site: String
  public var account: TokenAccount
  /// Of the network, both ways together; not a number where nothing was served.
  public var delayMean_s: Double
  public var delayP99_s: Double
}

/// Tokens of both kinds, from what is asked for to what came of it.
///
/// offered = served + refused + lost
public struct TokenAccount: Sendable {
  public var offered = 0.0
  public var served = 0.0
  public var refused = 0.0
  public var lost = 0.0
  /// The offered ones by which way they go.
  public var parts = TokenCount()

  /// What the offered ones take, or would take, of a node's time.
  public var nodeSeconds: Double { parts.nodeSeconds }

  /// The part of what was asked for that was served; not a number where nothing was.
  public var servedShare: Double { offered > 0 ? served / offered : .nan }

  mutating func merge(_ other: TokenAccount) {
    offered += other.offered
    served += other.served
    refused += other.refused
    lost += other.lost
    parts += other.parts
  }

  public static func total(of outcomes: some Sequence<TokenOutcome>) -> TokenAccount {
    var total = TokenAccount()
    for outcome in outcomes { total.merge(outcome.account) }
    return total
  }
}

extension Sequence<TokenOutcome> {
  /// The mean delay of what was served; not a number where nothing was.
  public var delayMean_s: Double {
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
  /// All token traffic, stream by stream, and what was refused behind the streams of its source.
  func tokenOutcomes() -> [TokenOutcome] {
    model.tokens.indices.flatMap { index in
      let plan = model.tokens[index].plan
      let seconds = plan.seconds(until: now)
      let streams = plan.streams.indices.map { outcome(ofStream: $0, of: index, seconds) }
      return streams + refusals(plan, seconds)
    }
  }

  private func outcome(
    ofStream index: Int, of tokens: Int, _ seconds: [Double]
  ) -> TokenOutcome {
    let stream = model.tokens[tokens].plan.streams[index]
    let traffic = model.tokens[tokens].plan.traffic
    let service = traffic.services[stream.service]
    let offered = product(stream.rates, seconds)
    let book = self.books[tokens].streams[index]
    let served = max(0, offered - book.lost)
    let ways = model.tokens[tokens].carriers[index]
    let longest = ways.map {
      world.loss.demands[$0.up].account.delayP99_s + world.loss.demands[$0.down].account.delayP99_s
    }
    return TokenOutcome(
      traffic: traffic.name, service: service.name, source: traffic.sources[stream.source].node,
      site: traffic.sites[stream.site].node,
      account: TokenAccount(
        offered: offered, served: served, lost: offered - served,
        parts: service.parts(of: offered)),
      delayMean_s: served > 0 ? book.tokenSeconds / served : .nan,
      delayP99_s: served > 0 ? longest.max() ?? 0 : .nan)
  }

  private func refusals(_ plan: TokenPlan, _ seconds: [Double]) -> [TokenOutcome] {
    var outcomes: [TokenOutcome] = []
    for (source, services) in plan.refused.enumerated() {
      for (service, rates) in zip(plan.traffic.services, services) {
        let refused = product(rates, seconds)
        guard refused > 0 else { continue }
        outcomes.append(
          TokenOutcome(
            traffic: plan.traffic.name, service: service.name,
            source: plan.traffic.sources[source].node, site: "",
            account: TokenAccount(
              offered: refused, refused: refused, parts: service.parts(of: refused)),
            delayMean_s: .nan, delayP99_s: .nan))
      }
    }
    return outcomes
  }

  private func product(_ rates: [Double], _ seconds: [Double]) -> Double {
    zip(rates, seconds).reduce(0) { $0 + $1.0 * $1.1 }
  }

  func writeTokens(_ outcomes: [TokenOutcome]) throws(RunError) {
    for outcome in outcomes { try tables.tokens?.append(outcome) }
  }
}
