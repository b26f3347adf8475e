// SPDX-License-Identifier: GPL-3.0-or-later
internal import EventKernel
internal import Policies
internal import Scheduling
internal import YAMLReader

extension Checker {
  /// What sends jobs to pools.
  mutating func placement() -> PlacementTerms {
    guard let section = scenario.placement else { return PlacementTerms() }
    var terms = terms(of: section)
    terms.moves = moves(of: section)
    terms.preempts = section.preempt
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
    return PlacementTerms(rule: rule, latency: section.latency?.value)
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
