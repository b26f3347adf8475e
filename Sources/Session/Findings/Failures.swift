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
    let end = longest.until.map { "to \(facts.time($0))" } ?? "to the end"
    let when = "from \(facts.time(longest.from)) \(end)"
    let links = Set(outages.map(\.link)).count
    let text =
      links == 1
      ? "\(name) was down \(outages.count == 1 ? when : "\(outages.count) times, for longest \(when)")"
      : "\(links) links were down for a time, \(name) for longest, \(when)"
    return Finding(
      .failed, text + consequences(facts) + ".",
      command: "explain RUN link \(facts.quoted(name)) --at \(facts.at(longest.from))", weight: 2)
  }

  private func consequences(_ facts: RunFacts) -> String {
    let all = [
      ("flows_moved", "flow", "took another way"),
      ("flows_stranded", "flow", "had no other way"),
      ("flows_broken", "flow", "broke off"),
    ]
    var parts: [String] = []
    let lost = facts["lightpaths_lost"]
    if lost > 0 { parts.append("\(counted(Int(lost), "lightpath")) lost light") }
    for (metric, what, became) in all where facts[metric] > 0 {
      parts.append("\(counted(Int(facts[metric]), what)) \(became)")
    }
    guard let last = parts.popLast() else { return "; no flow was on it" }
    return ": " + (parts.isEmpty ? last : parts.joined(separator: ", ") + " and " + last)
  }

  private func pools(_ facts: RunFacts) -> Finding? {
    let failures = facts["pool_failures"] + facts["accelerator_failures"]
    guard failures > 0 else { return nil }
    let restarted = counted(Int(facts["jobs_restarted"]), "time")
    var text =
      "Pools or accelerators failed \(counted(Int(failures), "time")): jobs started again \(restarted)"
    if facts["jobs_lost"] > 0 {
      text += ", and \(counted(Int(facts["jobs_lost"]), "job")) did not go on"
    }
    return Finding(.failed, text + ".")
  }
}

extension LinkOutage {
  fileprivate func seconds(in facts: RunFacts) -> Double {
    ((until ?? facts.outcome.end) - from).seconds
  }
}
