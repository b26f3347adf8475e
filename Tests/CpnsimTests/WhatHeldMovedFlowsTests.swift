// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation
import Testing

/// `bottleneck` of flows.csv is what held a flow for longest, wherever it went.
@Suite struct WhatHeldMovedFlowsTests {
  private func held(_ scenario: String) throws -> (
    flows: [[String: String]], seconds: [String: Double]
  ) {
    let workspace = try Workspace()
    try workspace.write(scenario + "outputs: [flows, bottlenecks]\n", to: "s.yaml")
    let outcome = try workspace.cpnsim("run", "s.yaml", "--out", "out", "--quiet")
    try #require(outcome.code == 0, "\(outcome.errors)")
    var seconds: [String: Double] = [:]
    for row in try workspace.rows(of: "out/bottlenecks.csv") {
      let name = row["limit"] == "ceiling" ? "ceiling" : row["link"] ?? ""
      seconds[name, default: 0] += Double(row["flow_s"] ?? "") ?? .nan
    }
    return (try workspace.rows(of: "out/flows.csv"), seconds)
  }

  /// 70 s behind a1, then two behind bc on a detour; and not done, where the run ends before.
  @Test(arguments: ["1 h", "71 s"]) func aFlowThatMovedSaysWhatHeldItBefore(duration: String) throws
  {
    let found = try held(
      """
      scenario: s
      duration: \(duration)
      network:
        links:
          - {name: a1, from: a, to: b, capacity: 1 Gbps, delay: 1 ms}
          - {name: a2, from: a, to: b, capacity: 10 Gbps, delay: 2 ms}
          - {name: bc, from: b, to: c, capacity: 5 Gbps}
      classes: [{name: k, on_failure: move}]
      traffic:
        - class: k
          flows: [{flow: x, from: a, to: c, size: 10 GB}]
      events: [{at: 70 s, fail: a1}]

      """)
    #expect(found.flows.map { $0["bottleneck"] } == ["a1"])
  }

  /// A flow alone goes to and fro among three ways, and its own time adds up all of it.
  @Test(arguments: 1...15) func oneFlowHasTheBottleneckOfAll(seed: UInt64) throws {
    var random = TestRandom(state: seed)
    var (time, events) = (0, [String]())
    for _ in 0..<12 {
      time += Int.random(in: 1...9, using: &random)
      let link = ["a1", "a2", "a3", "bc"].randomElement(using: &random) ?? ""
      events.append(
        "{at: \(time) s, fail: \(link), for: \(Int.random(in: 1...12, using: &random)) s}")
    }
    let ceiling = ["", ", ceiling: 2 Gbps"].randomElement(using: &random) ?? ""
    let found = try held(
      """
      scenario: s
      duration: 70 s
      network:
        links:
          - {name: a1, from: a, to: b, capacity: \(Int.random(in: 1...4, using: &random)) Gbps, delay: 1 ms}
          - {name: a2, from: a, to: b, capacity: \(Int.random(in: 1...6, using: &random)) Gbps, delay: 2 ms}
          - {name: a3, from: a, to: b, capacity: \(Int.random(in: 1...6, using: &random)) Gbps, delay: 3 ms}
          - {name: bc, from: b, to: c, capacity: 3500 Mbps}
      classes: [{name: k, on_failure: move\(ceiling)}]
      traffic:
        - class: k
          flows: [{flow: x, from: a, to: c, size: \(Int.random(in: 5...25, using: &random)) GB}]
      events: [\(events.joined(separator: ", "))]

      """)
    let longest = found.seconds.values.max() ?? 0
    let named = found.flows.first?["bottleneck"] ?? ""
    #expect(found.flows.count == 1 && longest > 0)
    #expect((found.seconds[named] ?? 0) >= longest - 1e-6, "\(named) of \(found.seconds)")
  }
}
