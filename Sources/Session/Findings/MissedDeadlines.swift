// SPDX-License-Identifier: GPL-3.0-or-later

internal import Text

/// Deadlines that were missed, and jobs whose time ran out.
struct MissedDeadlines: FindingRule {
  func findings(in facts: RunFacts) -> [Finding] {
    let kinds = [
      ("", "flows"), ("job_", "jobs"), ("elastic_", "elastic flows"),
    ]
    let late = kinds.compactMap { prefix, what -> Finding? in
      let (met, missed) = (facts[prefix + "deadlines_met"], facts[prefix + "deadlines_missed"])
      guard missed > 0 else { return nil }
      var text =
        "\(formatted(number: missed)) of \(formatted(number: met + missed)) \(what) missed their deadline (\(facts.share(missed / (met + missed))))"
      let mean = facts[prefix + "lateness_mean"]
      if mean > 0 { text += ", by \(facts.span(mean)) on average where they were done" }
      return Finding(.late, text + ".", weight: missed / (met + missed))
    }
    let out = facts["jobs_out_of_time"]
    guard out > 0 else { return late }
    let stopped = "\(counted(Int(out), "job")) ran out of the time that they had asked for."
    return late + [Finding(.late, stopped, weight: out / max(1, facts["jobs_submitted"]))]
  }
}
