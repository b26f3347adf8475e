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
    // Moves away and home, and waits, are counted and not flows: one flow may do both often. Who waits
    // for the repair has perhaps another way, and does not take it.
    let parts = [
      part(facts["lightpaths_lost"]) {
        Sentence("\(counted($0, "lightpath")) lost light", "\($0) 条光路失光")
      },
      part(facts["flows_moved"]) {
        Sentence("flows moved \(counted($0, "time"))", "流改道 \($0) 次")
      },
      part(facts["flows_stranded"]) {
        Sentence("flows stood still \(counted($0, "time"))", "流停传 \($0) 次")
      },
      part(facts["flows_broken"]) {
        Sentence("\(counted($0, "flow")) broke off", "\($0) 条流断开")
      },
      part(facts["jobs_lost"]) {
        Sentence(
          "\(counted($0, "job")) ended with \($0 == 1 ? "its" : "their") data",
          "\($0) 个作业因数据中断而终止")
      },
      demands(facts),
    ].compactMap(\.self)
    // What a short failure holds up for less than anyone's patience is not counted, so nothing is said.
    guard let last = parts.last else { return Sentence(same: "") }
    let first = parts.dropLast().map(\.english).joined(separator: ", ")
    return Sentence(
      ": " + (first.isEmpty ? "" : first + " and ") + last.english,
      "：" + parts.map(\.chinese).joined(separator: "，"))
  }

  private func part(_ metric: Double, _ tell: (Int) -> Sentence) -> Sentence? {
    metric > 0 ? tell(Int(metric)) : nil
  }

  private func demands(_ facts: RunFacts) -> Sentence? {
    let gone = facts.outcome.demands.reduce(0) { $0 + $1.lostBytes(for: .failure) }
    guard gone > 0 else { return nil }
    let bytes = formatted(bytes: gone)
    return Sentence("demands lost \(bytes)", "恒定需求丢失 \(bytes)")
  }

  private func pools(_ facts: RunFacts) -> Finding? {
    let failures = facts["pool_failures"] + facts["accelerator_failures"]
    guard failures > 0 else { return nil }
    let restarted = Int(facts["jobs_restarted"])
    let text = Sentence(
      "Pools or accelerators failed \(counted(Int(failures), "time")): jobs had to start again "
        + counted(restarted, "time"),
      "算力池或加速器故障 \(Int(failures)) 次：作业须重新开始 \(restarted) 次")
    return Finding(.failedPool, text.ended)
  }
}

extension LinkOutage {
  fileprivate func seconds(in facts: RunFacts) -> Double {
    ((until ?? facts.outcome.end) - from).seconds
  }
}
