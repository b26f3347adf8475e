// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation
import Testing

/// How much power pools take is said by a program of its own.
@Suite struct PowerPolicyTests {
  static let scenario = """
    scenario: power
    seed: 3
    duration: 36 h
    calendar: {start: "2026-07-01"}
    network:
      links: [{name: ab, from: a, to: b, capacity: 10 Gbps, delay: 2 ms, two_way: true}]
    pools:
      list:
        - {name: p, at: a, accelerator: H800, count: 32, queue: easy, tariff: t, pue: {curve: {0: 1.1, 40: 1.5}, outside: day}}
        - {name: q, at: b, accelerator: H800, count: 16, queue: processor-sharing, tariff: t, pue: 1.3}
    energy:
      climates: {day: [5, 4, 3, 2, 2, 3, 6, 9, 12, 15, 18, 20, 22, 23, 23, 22, 20, 17, 14, 12, 10, 8, 7, 6]}
      tariffs:
        - {name: t, flat: 0.5 yuan/kWh, peak: 1 yuan/kWh, hours: {peak: ["07:30-11:30", "16-21"]}}
      caps: [{pool: p, from: 9 h, to: 10 h, power: 25 kW}]
      power: {command: [python3, policy.py, "0.8", "0.6"]}
    placement: least-loaded
    traffic:
      - jobs:
          name: batch
          arrivals: {poisson: 8 /h}
          accelerators: {empirical: {values: [2, 4, 8], weights: [3, 3, 1]}}
          run: {lognormal: {mean: 1 h, variation: 1}}
          requested: {factor: 3}
          from: [a]
    outputs: [summary, jobs, energy]

    """

  @Test func theBuiltInRuleOutsideIsTheSame() throws {
    let workspace = try SeamBench.workspace(Self.scenario, example: "power.py")
    let files = ["jobs.csv", "energy.csv", "summary.csv"]
    let outside = try SeamBench.result(workspace, files, ["--transcript", "t.jsonl"])
    let inside = try SeamBench.result(
      workspace, files, ["--set", "energy.power={above: 0.8 yuan/kWh, to: 60 %}"])
    #expect(outside == inside)
    let without = try SeamBench.result(workspace, files, ["--unset", "energy.power"])
    #expect(outside != without)
    #expect(try SeamBench.result(workspace, files, ["--replay", "t.jsonl"]) == outside)
  }

  /// Asked at the start, at each change of a price or of cooling, and when it wants to be; at 4:00 it is
  /// as warm as at 3:00.
  @Test func itIsAskedWhenThingsChange() throws {
    let workspace = try SeamBench.workspace(
      Self.scenario,
      """
      import os
      def decide(m):
          with open("asked", "a") as file: print(m["t"] // 10**9, file=file)
          return {"call_at": 100 * 10**9} if m["t"] == 0 else {}
      """)
    _ = try SeamBench.result(workspace, [], ["--set", "duration=9 h"])
    let asked = try workspace.text(of: "asked").split(separator: "\n").compactMap { Int($0) }
    #expect(asked == [0, 100, 3600, 7200, 10800, 18000, 21600, 25200, 27000, 28800, 32400])
  }

  @Test(arguments: [
    ("{'limits': [{'pool': 'x', 'w': 1}]}", "found the pool \"x\", expected one whose power is"),
    ("{'limits': [{'pool': first}, {'pool': first}]}", "twice, expected each once"),
    ("{'limits': [{'pool': first, 'w': -1}]}", "W for \"cpn:-/-/a/p\", expected 0 W or more"),
    ("{'limits': [{'w': 1}]}", "found a limit without pool, expected one of a pool"),
    ("{'limits': [{'pool': first, 'watts': 1}]}", "found the key \"watts\", expected pool, w"),
    ("{'limit': []}", "found the key \"limit\", expected type, q, limits"),
    ("{'call_at': 0}", "found call_at 0, expected a time after 0"),
  ])
  func whatCannotBeEndsTheRun(_ answer: String, _ message: String) throws {
    let workspace = try SeamBench.workspace(
      Self.scenario, "def decide(m):\n    first = hello[\"pools\"][0][\"id\"]\n    return \(answer)"
    )
    let error = try SeamBench.error(workspace)
    #expect(error.contains("error: power by python3 policy.py 0.8 0.6: question 1: "), "\(error)")
    #expect(error.contains(message), "\(error)")
  }
}
