// SPDX-License-Identifier: GPL-3.0-or-later

internal import NetworkModel
internal import Simulator
internal import Text

/// Links that were full: the one that was above 90 % for longest, where that was for a hundredth of
/// the run; without samples the one that held flows back most, for a twentieth of their time.
struct FullLinks: FindingRule {
  private static let leastTime = 0.01
  private static let leastShare = 0.05

  func findings(in facts: RunFacts) -> [Finding] {
    let sampled = facts.networkLinks.filter { !$0.busySeconds.isNaN }
    guard sampled.isEmpty else { return bySamples(sampled, facts).map { [$0] } ?? [] }
    return byFlows(facts).map { [$0] } ?? []
  }

  private func bySamples(_ links: [LinkUse], _ facts: RunFacts) -> Finding? {
    let full = links.filter { $0.busySeconds >= max(1e-9, Self.leastTime * facts.seconds) }
      .sorted { ($1.busySeconds, $1.mean, $0.link) < ($0.busySeconds, $0.mean, $1.link) }
    guard let worst = full.first else { return nil }
    let (busy, all) = (facts.span(worst.busySeconds), facts.span(facts.seconds))
    let peak = facts.share(worst.peak.utilisation)
    var text = Sentence(
      "\(worst.link) was above 90 % for \(busy) of \(all), most of all up to "
        + "\(facts.time(worst.peak.end)) (\(peak))",
      "\(worst.link) 在 \(all) 中有 \(busy) 超过 90 %，至 \(facts.timeInChinese(worst.peak.end)) 时最高（\(peak)）"
    )
    if let held = facts.held(by: worst.link) {
      let (share, name) = (facts.share(held.share), held.trafficClass)
      text += Sentence(
        "; it held \(name) back for \(share) of all flow time",
        "；它使 \(name) 受限，占全部流时间的 \(share)")
    }
    if full.count > 1 {
      text += Sentence(
        "; so \(full.count == 2 ? "was" : "were") "
          + "\(counted(full.count - 1, "other link")) for a time", "；另有 \(full.count - 1) 条链路也曾如此")
    }
    return Finding(
      .fullLink, text.ended,
      command: "explain RUN link \(facts.quoted(worst.link)) --at \(facts.at(worst.peak.end))",
      weight: worst.busySeconds)
  }

  private func byFlows(_ facts: RunFacts) -> Finding? {
    guard let worst = facts.heldByLinks.first, worst.share >= Self.leastShare else { return nil }
    let share = facts.share(worst.share)
    return Finding(
      .holdingLink,
      Sentence(
        "\(worst.link) was full and held flows back for \(share) of all flow time.",
        "\(worst.link) 曾占满，使流受限，占全部流时间的 \(share)。"),
      command: "explain RUN link \(facts.quoted(worst.link))", weight: worst.share)
  }
}

extension RunFacts {
  /// The class that a full link held back most, where that is a hundredth of all time of flows.
  fileprivate func held(by link: String) -> (trafficClass: String, share: Double)? {
    let row = outcome.bottlenecks.first { $0.limit == .link && $0.link == link }
    return row.flatMap { $0.share >= 0.01 ? ($0.trafficClass, $0.share) : nil }
  }

  /// The links that were full, by the part of all time of flows that they held some back.
  var heldByLinks: [(link: String, share: Double)] {
    var shares: [String: Double] = [:]
    for row in outcome.bottlenecks where row.limit == .link {
      if let link = row.link { shares[link, default: 0] += row.share }
    }
    return shares.map { (link: $0.key, share: $0.value) }
      .sorted { ($1.share, $0.link) < ($0.share, $1.link) }
  }
}
