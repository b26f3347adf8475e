// SPDX-License-Identifier: GPL-3.0-or-later

internal import NetworkModel
internal import Results
internal import Simulator
internal import Text

/// What was refused, blocked or lost: of each kind of traffic where it is a ten-thousandth or more.
struct RefusedTraffic: FindingRule {
  private static let least = 1e-4

  /// Things of one kind that are counted.
  private struct Counted {
    var subject: Finding.Subject
    var count: Double
    var all: Double
    /// What one of them is, what more is said of all, and what became of some; nil for getting none.
    var one: String
    var more = ""
    var became: String?
    /// In Chinese: all of them with their measure, and some with theirs and what became of them.
    var chinese: (all: String, some: String)
  }

  func findings(in facts: RunFacts) -> [Finding] {
    tokens(facts) + counts(facts) + [demands(facts)].compactMap { $0 }
  }

  private func tokens(_ facts: RunFacts) -> [Finding] {
    facts.outcome.refusedTokens.filter { $0.share >= Self.least }.map { refused in
      let (share, count) = (facts.share(refused.share), formatted(count: refused.tokens))
      return Finding(
        .refusedTokens,
        Sentence(
          "\(share) of the \(refused.traffic) asked for (\(count) of them) had no site with room, "
            + "\(refused.times).",
          "\(refused.traffic) 的请求量中有 \(share)（\(count)）没有站点可容纳，时段为 \(facts.inChinese(refused.times))。"
        ),
        command: "report RUN --out page.html", weight: 1 + refused.share)
    }
  }

  private func counts(_ facts: RunFacts) -> [Finding] {
    let (windows, noWindows) = (facts["reservations_accepted"], facts["reservations_refused"])
    let kinds = [
      Counted(
        subject: .blockedRequests, count: facts["requests_blocked"], all: facts["requests"],
        one: "request", more: " for lightpaths", became: "blocked", chinese: ("个光路请求", "个被阻塞")),
      // Of those that asked for one.
      Counted(
        subject: .refusedWindows, count: noWindows, all: windows + noWindows, one: "transfer",
        more: " that asked for a window", chinese: ("次请求时间窗的传输", "次未得到")),
      Counted(
        subject: .refusedElastic, count: facts["elastic_refused"], all: facts["elastic_flows"],
        one: "elastic flow", became: "refused", chinese: ("条弹性流", "条被拒绝")),
      Counted(
        subject: .refusedJobs, count: facts["jobs_refused"], all: facts["jobs_submitted"],
        one: "job", became: "refused", chinese: ("个作业", "个被拒绝")),
    ]
    return kinds.compactMap { kind in
      guard kind.all > 0, kind.count / kind.all >= Self.least else { return nil }
      let (number, whole) = (formatted(number: kind.count), formatted(number: kind.all))
      let share = facts.share(kind.count / kind.all)
      let became = kind.became.map { (kind.count == 1 ? "was " : "were ") + $0 } ?? "got none"
      let things = kind.one + (kind.all == 1 ? "" : "s") + kind.more
      let text = Sentence(
        "\(number) of \(whole) \(things) \(became) (\(share))",
        "\(whole) \(kind.chinese.all)中有 \(number) \(kind.chinese.some)（\(share)）")
      return Finding(
        kind.subject, (text + reason(kind.subject, facts)).ended, weight: kind.count / kind.all)
    }
  }

  /// Why more than half of the blocked requests were.
  private func reason(_ subject: Finding.Subject, _ facts: RunFacts) -> Sentence {
    let none = Sentence(same: "")
    guard subject == .blockedRequests else { return none }
    let prefix = "requests_blocked_"
    let most = facts.outcome.summary.rows.filter { $0.metric.hasPrefix(prefix) }
      .max { $0.value < $1.value }
    guard let most, most.value * 2 > facts["requests_blocked"] else { return none }
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
    return Finding(.lostDemands, text.ended, weight: facts["demand_loss"])
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
    case .noRegenerator: "无空闲再生器"
    case .noChannel: "无空闲波道"
    case .noContinuity: "全程无同一空闲波道"
    case .noDisjointPath: "无不相交路径"
    }
  }
}
