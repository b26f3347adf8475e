// SPDX-License-Identifier: GPL-3.0-or-later
// The queue of one pool alone, by each rule: jobs a second of CPU time, with few that wait and with
// most of them waiting.
import EventKernel
import Measuring
import Scheduling

let words = Words(
  CommandLine.arguments.dropFirst(), options: ["jobs", "accelerators", "rules", "loads"])
let sizes = (words.list("jobs") ?? ["1e5", "2e5"]).map { Int(Words.number($0)) }
let loads = (words.list("loads") ?? ["0.55", "3"]).map(Words.number)
let count = Int(words.number("accelerators") ?? 256)
let rules = words.list("rules")

struct Measured {
  var seconds: Double
  var mostWaiting: Int
}

func measure(_ workload: QueueWorkload, _ rule: QueueRule) -> Measured {
  guard var loop = QueueLoop(workload, rule) else { Words.stop("\(rule.rawValue) is no queue") }
  let start = cpuSeconds()
  loop.run()
  let seconds = cpuSeconds() - start
  guard loop.ended == workload.jobs.count else { Words.stop("\(rule.rawValue) has lost jobs") }
  return Measured(seconds: seconds, mostWaiting: loop.mostWaiting)
}

let table = PrintedTable(["rule", "load", "jobs", "most wait", "s", "jobs/s"])
for load in loads {
  for rule in QueueRule.allCases where rules?.contains(rule.rawValue) ?? true {
    guard rule != .processorSharing else { continue }
    // Where the line grows, a quarter of it moves at each early end: hours, as the rule is written.
    if rule == .conservative, load > 1 { continue }
    for size in sizes {
      let workload = QueueWorkload(jobs: size, accelerators: count, load: load, seed: 1)
      let run = medianRun(repetitions: 5, within: 2, cpu: \.seconds) { measure(workload, rule) }
      table.row([
        rule.rawValue, fixed(load, 2), "\(size)", "\(run.mostWaiting)", fixed(run.seconds, 3),
        fixed(Double(size) / run.seconds, 0),
      ])
    }
  }
}
