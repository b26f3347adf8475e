// SPDX-License-Identifier: GPL-3.0-or-later
internal import Compute
internal import NetworkModel
internal import Simulator
internal import Traffic
internal import YAMLReader

// What the rules need by which token streams are placed: bounds on delays, and what power costs.

extension Checker {
  /// Services with the bound that all have who have none of their own.
  mutating func bounded(_ services: [TokenService], _ section: TokensSection) -> [TokenService] {
    checkLatencies(of: section)
    let bounded = services.map { service in
      var service = service
      service.latency = service.latency ?? section.latency?.value.value
      return service
    }
    if section.serve.rule == .cheapestWithinLatency, bounded.contains(where: { $0.latency == nil })
    {
      report("found no latency, which cheapest-within-latency needs", at: section.origin)
    }
    return bounded
  }

  /// A bound that changes nothing is hardly meant.
  private mutating func checkLatencies(of section: TokensSection) {
    let bounds = [section.latency] + (section.services?.value ?? []).map(\.latency)
    let rule = section.serve.rule
    guard rule?.takesLatency != true else { return }
    let found = rule.map { $0.rawValue } ?? "a program"
    for bound in bounds.compactMap(\.self) {
      report(
        "found a latency with \(found), which does not choose by it, expected another rule in serve",
        at: bound)
    }
  }

  /// What power costs at the sites of traffics whose rule goes by it: on the terms of a pool there, or
  /// of the place on the built-in network.
  mutating func tokenTerms(
    of traffics: [TokenTraffic], _ computing: ComputingModel
  ) -> [String: [EnergyTerms]] {
    let national = scenario.network.use == .national ? NationalEnergy() : nil
    var known: [String: [EnergyTerms]] = [:]
    for entry in scenario.traffic {
      guard let section = entry.tokens, let rule = section.serve.rule, rule.weighsPower,
        let traffic = traffics.first(where: { $0.name == section.name.value.text })
      else { continue }
      let terms = traffic.sites.map { powerTerms(at: $0.node, computing, national) }
      if let unknown = terms.firstIndex(where: { $0 == nil }) {
        report(
          "found \(rule.rawValue), but nobody says what power costs at \(traffic.sites[unknown].node), "
            + "expected a pool there with a tariff, or a place of the built-in network",
          at: section.origin, key: "serve")
      }
      known[traffic.name] = terms.compactMap(\.self)
    }
    return known
  }

  private func powerTerms(
    at site: String, _ computing: ComputingModel, _ national: NationalEnergy?
  ) -> EnergyTerms? {
    let node = resolver.node(named: site)
    let pool = computing.pools.first {
      $0.power.hasTariff && ($0.node == node || $0.cluster == site)
    }
    if let pool { return pool.power.terms }
    return national?.tariff(at: site).map {
      EnergyTerms($0, national?.cooling(at: site) ?? .constant(1), computing.calendar)
    }
  }
}
