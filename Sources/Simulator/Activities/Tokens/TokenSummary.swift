// SPDX-License-Identifier: GPL-3.0-or-later
internal import EventKernel
internal import Results
internal import Traffic

/// A site of token traffic over a run: how busy it was, and when it was full.
struct TokenSiteOutcome: Sendable {
  var traffic: String
  var site: String
  /// Nodes of eight H800 that were busy on average over the run.
  var nodesUsed: Double
  /// Nodes that serve as fast as it does; nil where it has no limit.
  var nodes: Double?
  /// Where it was full, and for how long each time.
  var fullTimes: [TimeSpan]
}

extension Tokens {
  /// All sites of all token traffic.
  func tokenSiteOutcomes() -> [TokenSiteOutcome] {
    books.flatMap { book in
      let traffic = book.traffic
      var work = [Double](repeating: 0, count: traffic.sites.count)
      for stream in book.streams {
        let service = traffic.services[stream.place.service]
        work[stream.place.site] += service.parts(of: stream.offered).nodeSeconds
      }
      return traffic.sites.indices.map { site in
        TokenSiteOutcome(
          traffic: traffic.name, site: traffic.sites[site].node,
          nodesUsed: now > .zero ? work[site] / now.seconds : 0,
          nodes: traffic.sites[site].nodes(for: traffic.mix), fullTimes: book.fullTimes[site])
      }
    }
  }

  /// Adds what became of all tokens, and of those of each service.
  func describe(
    _ outcomes: [TokenOutcome], at sites: [TokenSiteOutcome], in table: inout SummaryTable
  ) {
    guard !model.tokens.isEmpty else { return }
    describe(outcomes, prefix: "", in: &table)
    describe(sites, in: &table)
    var services: [String] = []
    for outcome in outcomes where !services.contains(outcome.service) {
      services.append(outcome.service)
    }
    for service in services {
      describe(outcomes.filter { $0.service == service }, prefix: service + "/", in: &table)
    }
  }

  private func describe(
    _ outcomes: [TokenOutcome], prefix: String, in table: inout SummaryTable
  ) {
    let account = TokenAccount.total(of: outcomes)
    table.add(prefix + "tokens_offered", account.offered, showing: .never)
    table.add(prefix + "tokens_served", account.served, showing: .never)
    table.add(prefix + "tokens_refused", account.refused, showing: .never)
    table.add(prefix + "tokens_lost", account.lost, showing: .never)
    table.add(prefix + "tokens_offered_input", account.parts.input, showing: .never)
    table.add(prefix + "tokens_offered_output", account.parts.output, showing: .never)
    table.add(prefix + "tokens_served_share", account.servedShare, showing: .never)
    table.add(
      prefix + "tokens_delay_mean", outcomes.delayMean_s, unit: "s", showing: .never)
    let asked = now > .zero ? account.nodeSeconds / now.seconds : 0
    table.add(prefix + "token_nodes_asked", asked)
  }

  private func describe(_ sites: [TokenSiteOutcome], in table: inout SummaryTable) {
    let used = sites.reduce(0) { $0 + $1.nodesUsed }
    let limits = sites.compactMap(\.nodes)
    let all = limits.count == sites.count ? limits.reduce(0, +) : .nan
    table.add("token_nodes_used", used)
    table.add("token_nodes", all)
    table.add("token_nodes_used_share", all > 0 ? used / all : .nan)
  }
}
