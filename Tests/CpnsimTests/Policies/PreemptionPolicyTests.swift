// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation
import Testing

/// Whom to stop for a job is said by a program of its own.
@Suite struct PreemptionPolicyTests {
  static let scenario = """
    scenario: room
    seed: 2
    network:
      links: [{name: ab, from: a, to: b, capacity: 10 Gbps, delay: 2 ms, two_way: true}]
    pools:
      list:
        - {name: p, at: a, accelerator: H800, count: 32, queue: priority}
        - {name: q, at: b, accelerator: H800, count: 16, queue: priority}
    placement: {policy: nearest, preempt: {command: [python3, policy.py]}}
    traffic:
      - jobs:
          name: batch
          arrivals: {poisson: 24 /h}
          accelerators: {empirical: {values: [2, 4, 8], weights: [3, 3, 1]}}
          run: {lognormal: {mean: 40 min, variation: 1}}
          requested: {factor: 1.5}
          input: {size: {fixed: 5 GB}, from: [a]}
          checkpoint: {every: 10 min, size: 2 GB}
          priority: 3
          count: 120
      - jobs:
          name: urgent
          arrivals: {poisson: 6 /h}
          accelerators: {fixed: 8}
          run: {exponential: 20 min}
          from: [a, b]
          count: 25
    outputs: [summary, jobs]

    """

  /// The least of them first, and of equal ones those that started last.
  static let least = """
    def decide(m):
        stopped, missing = [], m["missing"]
        for c in sorted(m["candidates"], key=lambda c: (-c["priority"], -c["since"], -int(c["job"][6:]))):
            if missing <= 0: break
            missing -= c["accelerators"]
            stopped.append(c["job"])
        return {"stop": stopped}
    """

  @Test func theBuiltInChoiceOutsideIsTheSame() throws {
    let workspace = try SeamBench.workspace(Self.scenario, Self.least)
    let files = ["jobs.csv", "summary.csv"]
    let outside = try SeamBench.result(workspace, files, ["--transcript", "t.jsonl"])
    let inside = try SeamBench.result(workspace, files, ["--set", "placement.preempt=true"])
    #expect(outside == inside)
    let asked = try workspace.text(of: "t.jsonl").split(separator: "\n")
      .count { $0.contains("\"type\":\"ask\"") }
    #expect(asked > 5)
    #expect(try SeamBench.result(workspace, files, ["--replay", "t.jsonl"]) == outside)
  }

  /// Where nobody is stopped, urgent jobs wait.
  @Test func nobodyHasToGo() throws {
    let workspace = try SeamBench.workspace(Self.scenario, "def decide(m): return {}")
    let result = try SeamBench.result(workspace, ["summary.csv"])
    #expect(result[1].contains("jobs_preempted,0"))
  }

  @Test(arguments: [
    ("{'stop': ['x']}", "found the job \"x\", expected one of the candidates"),
    ("{'stop': [m['candidates'][0]['job']] * 2}", "twice, expected each once"),
    ("{'stop': [min(m['candidates'], key=size)['job']]}", "at least, or none"),
    ("{'start': []}", "found the key \"start\", expected type, q, stop"),
  ])
  func whatCannotBeEndsTheRun(_ answer: String, _ message: String) throws {
    let workspace = try SeamBench.workspace(
      Self.scenario,
      """
      def size(c): return c["accelerators"]
      def decide(m):
          if size(min(m["candidates"], key=size)) >= m["missing"]: return {}
          return \(answer)
      """)
    let error = try SeamBench.error(workspace)
    #expect(error.contains("error: preemption by python3 policy.py: question "), "\(error)")
    #expect(error.contains(message), "\(error)")
  }
}
