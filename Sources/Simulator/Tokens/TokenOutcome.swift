// SPDX-License-Identifier: GPL-3.0-or-later
internal import EventKernel
internal import Results
internal import Traffic

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

/// Tokens, from what is asked for to what came of it.
///
/// offered = served + refused + lost
public struct TokenAccount: Sendable {
  public var offered = 0.0
  public var served = 0.0
  public var refused = 0.0
  public var lost = 0.0

  mutating func merge(_ other: TokenAccount) {
    offered += other.offered
    served += other.served
    refused += other.refused
    lost += other.lost
  }

  public static func total(of outcomes: some Sequence<TokenOutcome>) -> TokenAccount {
    var total = TokenAccount()
    for outcome in outcomes { total.merge(outcome.account) }
    return total
  }
}

extension Run {
  /// All token traffic, stream by stream, and what was refused behind the streams of its source.
  func tokenOutcomes() -> [TokenOutcome] {
    model.tokens.flatMap { tokens in
      let plan = tokens.plan
      let seconds = plan.seconds(until: now)
      let streams = plan.streams.indices.map { outcome(ofStream: $0, of: tokens, seconds) }
      return streams + refusals(plan, seconds)
    }
  }

  private func outcome(
    ofStream index: Int, of tokens: TokenModel, _ seconds: [Double]
  ) -> TokenOutcome {
    let stream = tokens.plan.streams[index]
    let traffic = tokens.plan.traffic
    let offered = product(stream.rates, seconds)
    var outcome = TokenOutcome(
      traffic: traffic.name, service: traffic.services[stream.service].name,
      source: traffic.sources[stream.source].node, site: traffic.sites[stream.site].node,
      account: TokenAccount(offered: offered, served: offered), delayMean_s: 0, delayP99_s: 0)
    guard let carriers = tokens.carriers[index] else { return outcome }
    let ways = [carriers.up, carriers.down].map { loss.demands[$0].account }
    // A request comes through where its way there and its way back do.
    let passed = ways.reduce(1) { $1.offered > 0 ? $0 * min(1, $1.delivered / $1.offered) : $0 }
    outcome.account.served = offered * passed
    outcome.account.lost = offered - outcome.account.served
    outcome.delayMean_s = ways.reduce(0) { $0 + $1.delayBits / $1.delivered }
    outcome.delayP99_s = passed > 0 ? ways.reduce(0) { $0 + $1.delayP99_s } : .nan
    return outcome
  }

  private func refusals(_ plan: TokenPlan, _ seconds: [Double]) -> [TokenOutcome] {
    var outcomes: [TokenOutcome] = []
    for (source, services) in plan.refused.enumerated() {
      for (service, rates) in services.enumerated() {
        let refused = product(rates, seconds)
        guard refused > 0 else { continue }
        outcomes.append(
          TokenOutcome(
            traffic: plan.traffic.name, service: plan.traffic.services[service].name,
            source: plan.traffic.sources[source].node, site: "",
            account: TokenAccount(offered: refused, refused: refused), delayMean_s: .nan,
            delayP99_s: .nan))
      }
    }
    return outcomes
  }

  private func product(_ rates: [Double], _ seconds: [Double]) -> Double {
    zip(rates, seconds).reduce(0) { $0 + $1.0 * $1.1 }
  }

  func writeTokens(_ outcomes: [TokenOutcome]) throws(RunError) {
    do throws(ResultsError) {
      for outcome in outcomes { try tables.tokens?.append(outcome) }
    } catch {
      throw .results(error)
    }
  }

  /// Adds what became of all tokens, and of those of each service.
  func describe(_ outcomes: [TokenOutcome], in table: inout SummaryTable) {
    guard !model.tokens.isEmpty else { return }
    describe(.total(of: outcomes), prefix: "", in: &table)
    var services: [String] = []
    for outcome in outcomes where !services.contains(outcome.service) {
      services.append(outcome.service)
    }
    for service in services {
      describe(
        .total(of: outcomes.lazy.filter { $0.service == service }), prefix: service + "/",
        in: &table)
    }
  }

  private func describe(_ account: TokenAccount, prefix: String, in table: inout SummaryTable) {
    table.add(prefix + "tokens_offered", account.offered)
    table.add(prefix + "tokens_served", account.served)
    table.add(prefix + "tokens_refused", account.refused)
    table.add(prefix + "tokens_lost", account.lost)
  }
}
