// SPDX-License-Identifier: GPL-3.0-or-later

internal import EventKernel
internal import NetworkModel
internal import Simulator
internal import Text

/// Links that were down, and what that did; and pools that failed.
struct Failures: FindingRule {
  func findings(in facts: RunFacts) -> [Finding] {
    [links(facts), pools(facts)].compactMap { $0 }
  }

  private func links(_ facts: RunFacts) -> Finding? {
    // The two directions of a link go down together.
    let outages = facts.outcome.outages.filter { outage in
      facts.model.topology[outage.link].reverse.map { outage.link.index < $0.index } ?? true
    }
    let longest = outages.max { $0.seconds(in: facts) < $1.seconds(in: facts) }
    guard let longest else { return nil }
    let name = facts.model.topology[longest.link].name
    let end = longest.until.map { time in
      Sentence("to \(facts.time(time))", "至 \(facts.timeInChinese(time))")
    }
    let when =
      Sentence("from \(facts.time(longest.from)) ", "自 \(facts.timeInChinese(longest.from)) ")
      + (end ?? Sentence("to the end", "至结束"))
    let links = Set(outages.map(\.link)).count
    let text = links == 1 ? one(name, outages.count, when) : several(links, name, when)
    return Finding(
      .failed, (text + consequences(facts)).ended,
      command: "explain RUN link \(facts.quoted(name)) --at \(facts.at(longest.from))", weight: 2)
  }

  private func one(_ name: String, _ count: Int, _ when: Sentence) -> Sentence {
    guard count > 1 else {
      return Sentence("\(name) was down ", "\(name) ") + when + Sentence("", " 中断")
    }
    return Sentence("\(name) was down \(count) times, for longest ", "\(name) 中断 \(count) 次，最长一次")
      + when
  }

  private func several(_ links: Int, _ name: String, _ when: Sentence) -> Sentence {
    Sentence(
      "\(links) links were down for a time, \(name) for longest, ", "\(links) 条链路曾中断，\(name) 最久，")
      + when
  }

  private func consequences(_ facts: RunFacts) -> Sentence {
    let all = [
      ("flows_moved", "flow", "took another way", "条流改道"),
      ("flows_stranded", "flow", "had no other way", "条流无路可走"),
      ("flows_broken", "flow", "broke off", "条流断开"),
    ]
    var parts: [Sentence] = []
    let lost = Int(facts["lightpaths_lost"])
    if lost > 0 {
      parts.append(Sentence("\(counted(lost, "lightpath")) lost light", "\(lost) 条光路失光"))
    }
    for (metric, what, became, chinese) in all where facts[metric] > 0 {
      let count = Int(facts[metric])
      parts.append(Sentence("\(counted(count, what)) \(became)", "\(count) \(chinese)"))
    }
    guard let last = parts.last else { return Sentence("; no flow was on it", "；当时没有流经过") }
    let first = parts.dropLast().map(\.english).joined(separator: ", ")
    return Sentence(
      ": " + (first.isEmpty ? "" : first + " and ") + last.english,
      "：" + parts.map(\.chinese).joined(separator: "，"))
  }

  private func pools(_ facts: RunFacts) -> Finding? {
    let failures = facts["pool_failures"] + facts["accelerator_failures"]
    guard failures > 0 else { return nil }
    let restarted = Int(facts["jobs_restarted"])
    var text = Sentence(
      "Pools or accelerators failed \(counted(Int(failures), "time")): jobs started again "
        + counted(restarted, "time"),
      "算力池或加速器故障 \(Int(failures)) 次：作业重新开始 \(restarted) 次")
    let gone = Int(facts["jobs_lost"])
    if gone > 0 {
      text += Sentence(", and \(counted(gone, "job")) did not go on", "，\(gone) 个作业未能继续")
    }
    return Finding(.failed, text.ended)
  }
}

extension LinkOutage {
  fileprivate func seconds(in facts: RunFacts) -> Double {
    ((until ?? facts.outcome.end) - from).seconds
  }
}
