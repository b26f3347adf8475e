// SPDX-License-Identifier: GPL-3.0-or-later

internal import Simulator
internal import Text

/// What would help most: the full link that held flows back for a tenth of their time or more, unless
/// samples say that it never was above 90 %, which is a flow that had a link for itself; or, where
/// ceilings of classes hold flows back nearly always, that links would not help.
struct WidestHelp: FindingRule {
  private static let least = 0.1
  /// Where ceilings hold more than this, wider links would not help.
  private static let nearlyAll = 0.9

  func findings(in facts: RunFacts) -> [Finding] {
    let lone = facts.outcome.links.filter { $0.busySeconds == 0 }.map(\.link)
    if let worst = facts.heldByLinks.first, worst.share >= Self.least {
      guard !lone.contains(worst.link) else { return [] }
      let share = facts.share(worst.share)
      let text = Sentence(
        "A wider \(worst.link) would help flows most: it held them back for \(share) of their time.",
        "扩容 \(worst.link) 对各条流帮助最大：它使流受限，占其时间的 \(share)。")
      return [
        Finding(
          .widerLink, text, command: "explain RUN link \(facts.quoted(worst.link))",
          weight: worst.share)
      ]
    }
    let ceilings = facts.outcome.bottlenecks.filter { $0.limit == .ceiling }
    let share = ceilings.reduce(0) { $0 + $1.share }
    guard share > Self.nearlyAll, let most = ceilings.max(by: { $0.share < $1.share }) else {
      return []
    }
    let (part, name) = (facts.share(share), most.trafficClass)
    let text = Sentence(
      "Wider links would hardly help flows: \(part) of their time was at the ceiling of their class, "
        + "most of it \(name).",
      "扩容链路对各条流几乎没有帮助：其时间的 \(part) 受限于所属类别的速率上限，以 \(name) 为主。")
    return [Finding(.ceilings, text, weight: 0.1)]
  }
}
