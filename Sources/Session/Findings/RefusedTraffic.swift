// SPDX-License-Identifier: GPL-3.0-or-later

internal import NetworkModel
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
      let (share, count) = (facts.share(refused.share), formatted(count: refused.tokens))
      return Finding(
        .refused,
        Sentence(
          "\(share) of the \(refused.traffic) asked for (\(count)) had no site with room, "
            + "\(refused.times).",
          "\(refused.traffic) 的请求量中有 \(share)（\(count)）没有站点可容纳，时段为 \(facts.inChinese(refused.times))。"
        ),
        command: "report RUN --out page.html", weight: 1 + refused.share)
    }
  }

  private func counts(_ facts: RunFacts) -> [Finding] {
    let kinds = [
      (
        "requests_blocked", "requests", "requests for lightpaths were blocked", "个光路请求", "个被阻塞"
      ),
      ("reservations_refused", "transfers", "transfers got no window", "次传输", "次未得到时间窗"),
      ("elastic_refused", "elastic_flows", "elastic flows were refused", "条弹性流", "条被拒绝"),
      ("jobs_refused", "jobs_submitted", "jobs were refused", "个作业", "个被拒绝"),
    ]
    return kinds.compactMap { metric, of, became, what, chinese in
      let (count, all) = (facts[metric], facts[of])
      guard all > 0, count / all >= Self.least else { return nil }
      let (number, whole) = (formatted(number: count), formatted(number: all))
      let share = facts.share(count / all)
      let text = Sentence(
        "\(number) of \(whole) \(became) (\(share))",
        "\(whole) \(what)中有 \(number) \(chinese)（\(share)）")
      return Finding(.refused, (text + reason(metric, facts)).ended, weight: count / all)
    }
  }

  /// Why most requests were blocked.
  private func reason(_ metric: String, _ facts: RunFacts) -> Sentence {
    let none = Sentence(same: "")
    guard metric == "requests_blocked" else { return none }
    let prefix = "requests_blocked_"
    let most = facts.outcome.summary.rows.filter { $0.metric.hasPrefix(prefix) }
      .max { $0.value < $1.value }
    guard let most, most.value > 0 else { return none }
    let name = most.metric.dropFirst(prefix.count).split(separator: "_")
    let reason = BlockReason(rawValue: name.joined(separator: "-"))
    return Sentence(
      ", most for \(name.joined(separator: " "))", reason.map { "，主要因为\($0.chinese)" } ?? "")
  }

  private func demands(_ facts: RunFacts) -> Finding? {
    guard facts["demand_loss"] >= Self.least else { return nil }
    let share = facts.share(facts["demand_loss"])
    var text = Sentence("\(share) of what demands sent was lost", "恒定需求发送的数据丢失 \(share)")
    let worst = facts.outcome.demands.max { $0.lostBytes < $1.lostBytes }
    if let worst, let cause = worst.worstCause {
      text += Sentence(
        ", most of it \(worst.name), for \(cause.rawValue)",
        "，以 \(worst.name) 最多，原因是\(cause.chinese)")
    }
    return Finding(.refused, text.ended, weight: facts["demand_loss"])
  }
}

extension LossCause {
  fileprivate var chinese: String {
    switch self {
    case .overload: "过载"
    case .queue: "队列溢出"
    case .congestion: "拥塞"
    case .residual: "光信号残余误码"
    case .given: "给定的丢包率"
    case .failure: "链路故障"
    }
  }
}

extension BlockReason {
  fileprivate var chinese: String {
    switch self {
    case .noRoute: "无路由"
    case .noReach: "距离超限"
    case .noChannel: "无空闲波道"
    case .noContinuity: "全程无同一空闲波道"
    case .noDisjointPath: "无不相交路径"
    }
  }
}
