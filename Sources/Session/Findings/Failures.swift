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
    let when = span(of: longest, facts)
    let links = Set(outages.map(\.link)).count
    let text = links == 1 ? one(name, outages.count, when) : several(links, name, when)
    return Finding(
      .failedLink, (text + consequences(facts)).ended,
      command: "explain RUN link \(facts.quoted(name)) --at \(facts.at(longest.from))", weight: 2)
  }

  private func span(of outage: LinkOutage, _ facts: RunFacts) -> Sentence {
    let from = Sentence(facts.time(outage.from), facts.timeInChinese(outage.from))
    guard let until = outage.until else {
      return Sentence("from ", "自 ") + from + Sentence(" to the end", " 至结束")
    }
    let to = Sentence(facts.time(until), facts.timeInChinese(until))
    guard to != from else {
      // Shorter than clocks tell.
      let length = facts.span(outage.seconds(in: facts))
      return Sentence("at ", "于 ") + from + Sentence(" for \(length)", " 起 \(length)")
    }
    return Sentence("from ", "自 ") + from + Sentence(" to ", " 至 ") + to
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
    var parts: [Sentence] = []
    let dark = Int(facts["lightpaths_lost"])
    if dark > 0 {
      parts.append(Sentence("\(counted(dark, "lightpath")) lost light", "\(dark) 条光路失光"))
    }
    // Moves away and home, and waits, are counted and not flows: one flow may do both often. Who waits
    // for the repair has perhaps another way, and does not take it.
    let (moves, waits) = (Int(facts["flows_moved"]), Int(facts["flows_stranded"]))
    if moves > 0 {
      parts.append(
        Sentence("flows moved \(counted(moves, "time"))", "流改道 \(moves) 次"))
    }
    if waits > 0 {
      parts.append(Sentence("flows stood still \(counted(waits, "time"))", "流停传 \(waits) 次"))
    }
    let broken = Int(facts["flows_broken"])
    if broken > 0 {
      parts.append(Sentence("\(counted(broken, "flow")) broke off", "\(broken) 条流断开"))
    }
    let jobs = Int(facts["jobs_lost"])
    if jobs > 0 {
      parts.append(
        Sentence(
          "\(counted(jobs, "job")) ended with \(jobs == 1 ? "its" : "their") data",
          "\(jobs) 个作业因数据中断而终止"))
    }
    let gone = facts.outcome.demands.reduce(0) { $0 + $1.lostBytes(for: .failure) }
    if gone > 0 {
      let bytes = formatted(bytes: gone)
      parts.append(Sentence("demands lost \(bytes)", "恒定需求丢失 \(bytes)"))
    }
    // What a short failure holds up for less than anyone's patience is not counted, so nothing is said.
    guard let last = parts.last else { return Sentence(same: "") }
    let first = parts.dropLast().map(\.english).joined(separator: ", ")
    return Sentence(
      ": " + (first.isEmpty ? "" : first + " and ") + last.english,
      "：" + parts.map(\.chinese).joined(separator: "，"))
  }

  private func pools(_ facts: RunFacts) -> Finding? {
    let failures = facts["pool_failures"] + facts["accelerator_failures"]
    guard failures > 0 else { return nil }
    let restarted = Int(facts["jobs_restarted"])
    let text = Sentence(
      "Pools or accelerators failed \(counted(Int(failures), "time")): jobs started again "
        + counted(restarted, "time"),
      "算力池或加速器故障 \(Int(failures)) 次：作业重新开始 \(restarted) 次")
    return Finding(.failedPool, text.ended)
  }
}

extension LinkOutage {
  fileprivate func seconds(in facts: RunFacts) -> Double {
    ((until ?? facts.outcome.end) - from).seconds
  }
}
