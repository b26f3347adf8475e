// SPDX-License-Identifier: GPL-3.0-or-later
internal import EventKernel
internal import Policies
internal import Scheduling
internal import Simulator
internal import YAMLReader

extension Checker {
  /// What sends jobs to pools.
  mutating func placement() -> PlacementTerms {
    guard let section = scenario.placement else { return PlacementTerms() }
    var terms = terms(of: section)
    terms.moves = moves(of: section)
    terms.preempts = section.preempt.rule ?? true
    terms.preemptProgram = command(of: section.preempt)
    return terms
  }

  /// When jobs may leave their pools.
  private mutating func moves(of section: PlacementSection) -> MoveTerms? {
    guard let moves = section.moves else { return nil }
    if let rule = section.policy, !rule.weighsPools {
      report(
        "found `moves` with \(rule.rawValue), expected a policy for which one pool is better than "
          + "another", at: moves.origin)
    }
    if moves.gain.value.share >= 1 {
      report("found 100 % or more, expected less", at: moves.gain)
    }
    return MoveTerms(every: moves.every.value, gain: moves.gain.value.share)
  }

  private mutating func terms(of section: PlacementSection) -> PlacementTerms {
    if let command = section.command {
      return PlacementTerms(
        .outside(outside(command, section)), latency: section.latency?.value)
    }
    let rule = section.policy ?? .nearest
    if section.latency == nil, rule.needsLatency {
      report("found no latency, which cheapest-within-latency needs", at: section.origin)
    }
    if let sharing = rule.sharing {
      return PlacementTerms(.rounds(rounds(sharing, section)), latency: section.latency?.value)
    }
    if let rounds = section.rounds {
      report(
        "found `rounds` with \(rule.rawValue), expected a policy by which jobs share pools: "
          + PlacementRule.allCases.filter { $0.sharing != nil }.map(\.rawValue)
          .joined(separator: ", "), at: rounds.origin)
    }
    return PlacementTerms(rule: rule, latency: section.latency?.value)
  }

  /// How jobs share pools, where nothing else says when they begin and stop.
  private mutating func rounds(
    _ sharing: SharingRule, _ section: PlacementSection
  ) -> SharedRounds {
    let name = section.policy?.rawValue ?? ""
    if section.preempt.rule != false {
      report(
        "found `preempt` with \(name), expected none: who has no turn in a round waits",
        at: section.origin, key: "preempt")
    }
    if let registry = scenario.pools?.registry {
      report(
        "found a registry with \(name), expected none: rounds go by pools as they are",
        at: registry.origin)
    }
    let queued = scenario.pools?.list.first { $0.queue != nil }
    if let origin = queued?.origin ?? scenario.pools.flatMap({ $0.queue == nil ? nil : $0.origin })
    {
      report(
        "found a queue with \(name), expected none: nobody waits on a pool for longer than a round",
        at: origin, key: "queue")
    }
    let terms = section.rounds ?? RoundsSection()
    return SharedRounds(rule: sharing, length: terms.length.value, renewal: terms.renewal)
  }

  /// Pools that jobs share are few: each is a type of its own to who works out their shares.
  mutating func checkSharing(of model: ComputingModel) {
    let count = model.pools.count { $0.count > 0 }
    guard model.placement.rounds != nil, count > SharedRounds.mostPools else { return }
    report(
      "found \(count) pools, expected \(SharedRounds.mostPools) at most with a policy by which jobs "
        + "share them: shares are worked out for each", at: scenario.placement?.origin ?? .none)
  }

  private mutating func outside(
    _ command: Written<[String]>, _ section: PlacementSection
  ) -> OutsidePlacement {
    OutsidePlacement(
      command: self.command(command, timeout: section.timeout?.value, files: section.files),
      candidates: section.candidates?.value ?? OutsidePlacement.standardCandidates,
      delay: section.delay ?? .zero, asking: section.ask ?? .each)
  }
}
