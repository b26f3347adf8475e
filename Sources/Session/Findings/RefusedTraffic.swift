// SPDX-License-Identifier: GPL-3.0-or-later

internal import Results
internal import Simulator
internal import Text

/// What was refused, blocked or lost: of each kind of traffic where it is a ten-thousandth or more.
struct RefusedTraffic: FindingRule {
  private static let least = 1e-4

  func findings(in facts: RunFacts) -> [Finding] {
    tokens(facts) + counts(facts) + [demands(facts)].compactMap { $0 }
  }

  private func tokens(_ facts: RunFacts) -> [Finding] {
    facts.outcome.refusedTokens.filter { $0.share >= Self.least }.map { refused in
      Finding(
        .refused,
        "\(facts.share(refused.share)) of the \(refused.traffic) asked for (\(formatted(count: refused.tokens))) "
          + "had no site with room, \(refused.times).",
        command: "report RUN --out page.html", weight: 1 + refused.share)
    }
  }

  private func counts(_ facts: RunFacts) -> [Finding] {
    let kinds = [
      ("requests_blocked", "requests", "requests for lightpaths were blocked"),
      ("reservations_refused", "transfers", "transfers got no window"),
      ("elastic_refused", "elastic_flows", "elastic flows were refused"),
      ("jobs_refused", "jobs_submitted", "jobs were refused"),
    ]
    return kinds.compactMap { metric, of, became in
      let (count, all) = (facts[metric], facts[of])
      guard all > 0, count / all >= Self.least else { return nil }
      return Finding(
        .refused,
        "\(formatted(number: count)) of \(formatted(number: all)) \(became) "
          + "(\(facts.share(count / all)))\(reason(metric, facts)).", weight: count / all)
    }
  }

  /// Why most requests were blocked.
  private func reason(_ metric: String, _ facts: RunFacts) -> String {
    guard metric == "requests_blocked" else { return "" }
    let prefix = "requests_blocked_"
    let most = facts.outcome.summary.rows.filter { $0.metric.hasPrefix(prefix) }
      .max { $0.value < $1.value }
    guard let most, most.value > 0 else { return "" }
    let words = most.metric.dropFirst(prefix.count).split(separator: "_").joined(separator: " ")
    return ", most for \(words)"
  }

  private func demands(_ facts: RunFacts) -> Finding? {
    guard facts["demand_loss"] >= Self.least else { return nil }
    var text = "\(facts.share(facts["demand_loss"])) of what demands sent was lost"
    let worst = facts.outcome.demands.max { $0.lostBytes < $1.lostBytes }
    if let worst, let cause = worst.worstCause {
      text += ", most of it \(worst.name), for \(cause.rawValue)"
    }
    return Finding(.refused, text + ".", weight: facts["demand_loss"])
  }
}
