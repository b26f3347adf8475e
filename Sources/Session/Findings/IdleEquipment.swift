// SPDX-License-Identifier: GPL-3.0-or-later

internal import NetworkModel
internal import Simulator
internal import Text

/// Accelerators, nodes for tokens and links that did little.
struct IdleEquipment: FindingRule {
  /// Pools and sites that were used less than this are told of.
  private static let little = 0.5
  /// Links where half of them never passed this.
  private static let quiet = 0.1
  private static let leastLinks = 8

  func findings(in facts: RunFacts) -> [Finding] {
    [pools(facts), tokens(facts), links(facts)].compactMap { $0 }
  }

  private func pools(_ facts: RunFacts) -> Finding? {
    let pools = facts.outcome.pools
    let use = facts["pool_utilisation"]
    guard !pools.isEmpty, use < Self.little, facts["jobs_submitted"] > 0 else { return nil }
    let idle = pools.count { $0.use == 0 }
    var text = Sentence(
      "Accelerators of pools were used for \(facts.share(use)) of the time",
      "算力池的加速器仅有 \(facts.share(use)) 的时间在用")
    if idle > 0 {
      text += Sentence(
        "; \(idle) of \(counted(pools.count, "pool")) ran nothing",
        "；\(pools.count) 个池中有 \(idle) 个没有运行任何作业")
    }
    let busiest = pools.max { $0.use < $1.use }
    let command = busiest.flatMap { $0.use > 0 ? "explain RUN pool \(facts.quoted($0.pool))" : nil }
    return Finding(.idlePools, text.ended, command: command, weight: 1 - use)
  }

  private func tokens(_ facts: RunFacts) -> Finding? {
    let use = facts["token_nodes_used_share"]
    guard use > 0, use < Self.little else { return nil }
    let share = facts.share(use)
    return Finding(
      .idleNodes,
      Sentence(
        "Nodes that serve tokens were used for \(share) of the time.", "服务词元的节点仅有 \(share) 的时间在用。"),
      weight: 0.5 - use)
  }

  private func links(_ facts: RunFacts) -> Finding? {
    let links = facts.networkLinks.filter { $0.peak.utilisation.isFinite }
    let quiet = links.count { $0.peak.utilisation < Self.quiet }
    guard links.count >= Self.leastLinks, quiet * 2 >= links.count else { return nil }
    let share = facts.share(Self.quiet)
    return Finding(
      .idleLinks,
      Sentence(
        "\(quiet) of \(links.count) links never passed \(share).",
        "\(links.count) 条链路中有 \(quiet) 条从未超过 \(share)。"),
      weight: 0.1)
  }
}
