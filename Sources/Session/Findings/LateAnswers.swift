// SPDX-License-Identifier: GPL-3.0-or-later

internal import Text

/// Requests that were not answered within what their service promises, refused ones among them.
struct LateAnswers: FindingRule {
  /// Fewer are what a promise at a percentile leaves room for.
  private static let least = 0.05

  func findings(in facts: RunFacts) -> [Finding] {
    let kinds = [
      (Finding.Subject.lateAnswers, "inference_", "requests", "推理请求"),
      (.lateTokens, "tokens_", "requests for tokens", "词元请求"),
    ]
    return kinds.compactMap { subject, prefix, what, chinese in
      guard let kept = facts.known(prefix + "slo_share"), 1 - kept >= LateAnswers.least else {
        return nil
      }
      let share = facts.share(1 - kept)
      var text = Sentence(
        "\(share) of \(what) were not answered as promised", "\(share) 的\(chinese)未按承诺得到应答")
      if let first = facts.known(prefix + "ttft_p99"), let next = facts.known(prefix + "tbt_p99") {
        text += Sentence(
          "; at the 99th percentile the first token took \(facts.span(first)), each other "
            + "\(facts.span(next))",
          "；首词元时延的 99 分位为 \(facts.span(first))，词元间隔为 \(facts.span(next))")
      }
      return Finding(subject, text.ended, weight: 1 - kept)
    }
  }
}
