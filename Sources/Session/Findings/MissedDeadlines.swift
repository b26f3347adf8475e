// SPDX-License-Identifier: GPL-3.0-or-later

internal import Text

/// Deadlines that were missed, and jobs whose time ran out.
struct MissedDeadlines: FindingRule {
  func findings(in facts: RunFacts) -> [Finding] {
    let kinds = [
      (Finding.Subject.lateFlows, "", "flow", "条流"), (.lateJobs, "job_", "job", "个作业"),
      (.lateElastic, "elastic_", "elastic flow", "条弹性流"),
    ]
    let late = kinds.compactMap { subject, prefix, what, chinese -> Finding? in
      let (met, missed) = (facts[prefix + "deadlines_met"], facts[prefix + "deadlines_missed"])
      guard missed > 0 else { return nil }
      let (number, all) = (formatted(number: missed), formatted(number: met + missed))
      let share = facts.share(missed / (met + missed))
      var text = Sentence(
        "\(number) of \(all) \(what)\(met + missed == 1 ? "" : "s") missed "
          + "\(missed == 1 ? "its" : "their") deadline (\(share))",
        "\(all) \(chinese)中有 \(number) \(chinese.prefix(1))错过截止时间（\(share)）")
      let mean = facts.span(facts[prefix + "lateness_mean"])
      if facts[prefix + "lateness_mean"] > 0 {
        text += Sentence(", by \(mean) on average where they were done", "，其中完成的平均晚 \(mean)")
      }
      return Finding(subject, text.ended, weight: missed / (met + missed))
    }
    let out = facts["jobs_out_of_time"]
    guard out > 0 else { return late }
    let stopped = Sentence(
      "\(counted(Int(out), "job")) ran out of the time that \(out == 1 ? "it" : "they") had asked for.",
      "\(Int(out)) 个作业用尽了所申请的时间。")
    return late + [Finding(.jobsOutOfTime, stopped, weight: out / max(1, facts["jobs_submitted"]))]
  }
}
