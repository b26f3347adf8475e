// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation
import Testing

/// The time at the start that statistics leave out, and what flows alone are compared with.
@Suite struct WarmUpTests {
  private func summary(_ text: String, _ words: String...) throws -> [String: Double] {
    let workspace = try Workspace()
    try workspace.write(text, to: "s.yaml")
    let outcome = try workspace.cpnsim(["run", "s.yaml", "--out", "out"] + words)
    #expect(outcome.code == 0, "\(outcome.errors)")
    return Dictionary(
      uniqueKeysWithValues: try workspace.rows(of: "out/summary.csv").map {
        ($0["metric"] ?? "", Double($0["value"] ?? "") ?? .nan)
      })
  }

  /// Ten flows at once, and from 20 s on one a second that has the link for itself.
  private static let ramp = """
    scenario: ramp
    duration: 100 s
    sample_every: 1 s
    network: {links: [{name: l, from: a, to: b, capacity: 1 Gbps}]}
    traffic:
      - generate: {name: burst, arrivals: {deterministic: 1e9 /s}, sizes: {fixed: 125 MB}, pairs: [{from: a, to: b}], count: 10}
      - generate: {name: calm, arrivals: {deterministic: 1 /s}, sizes: {fixed: 62.5 MB}, pairs: [{from: a, to: b}], start: 20 s, deadline: {slack: 1.5}}
    """

  @Test func aStartUpRampLeavesTheMeans() throws {
    let all = try summary(Self.ramp)
    #expect(all["flows_finished"] == 90)
    #expect(try #require(all["slowdown_max"]) > 9)
    #expect(abs(try #require(all["link_utilisation_mean"]) - 0.5) < 1e-6)
    #expect(all["link_time_above_90_max"] == 10)
    let behind = try summary("warm_up: 20 s\n" + Self.ramp)
    // Nothing of what is counted in whole is lost, and only the calm is in the means.
    #expect(behind["flows_finished"] == 90 && behind["bytes_delivered"] == all["bytes_delivered"])
    #expect(behind["slowdown_max"] == 1 && behind["fct_max"] == 0.5)
    #expect(abs(try #require(behind["link_utilisation_mean"]) - 0.5) < 1e-6)
    #expect(abs(try #require(behind["flows_in_progress_mean"]) - 0.5) < 1e-6)
    #expect(behind["link_time_above_90_max"] == 0)
    #expect(behind["deadlines_met"] == 80)
  }

  /// Processor sharing at a load of one half: a mean slowdown of 2, which a backlog of 25 GB at the
  /// start hides until it has drained.
  @Test func theBiasOfABacklogVanishes() throws {
    let queue = """
      scenario: queue
      duration: 2000 s
      outputs: [summary]
      network: {links: [{name: l, from: a, to: b, capacity: 1 Gbps}]}
      traffic:
        - generate: {name: backlog, arrivals: {deterministic: 1e9 /s}, sizes: {fixed: 2.5 GB}, pairs: [{from: a, to: b}], count: 10}
        - generate: {name: flows, arrivals: {poisson: 50 /s}, sizes: {exponential: 1.25 MB}, pairs: [{from: a, to: b}]}
      """
    let biased = try #require(try summary(queue)["slowdown_mean"])
    let behind = try #require(try summary("warm_up: 500 s\n" + queue)["slowdown_mean"])
    // 75,000 flows; batches of busy periods give a standard error near 0.02.
    #expect(abs(behind - 2) < 0.08, "\(behind)")
    #expect(biased > 3, "\(biased)")
  }

  @Test func aWarmUpHasToEnd() throws {
    let workspace = try Workspace()
    try workspace.write("warm_up: 100 s\n" + Self.ramp, to: "s.yaml")
    let outcome = try workspace.cpnsim("validate", "s.yaml")
    #expect(outcome.code != 0)
    #expect(
      outcome.errors.contains("s.yaml:1:10") && outcome.errors.contains("less than its duration"),
      "\(outcome.errors)")
    try workspace.write("warm_up: -1 s\n" + Self.ramp, to: "s.yaml")
    #expect(try workspace.cpnsim("validate", "s.yaml").code != 0)
  }

  /// Whatever capacities do under a flow, alone it would have been no slower.
  @Test(arguments: ["4 Gbps", "250 Mbps"])
  func slowdownsAreNeverBelowOne(capacity: String) throws {
    let workspace = try Workspace()
    try workspace.write(
      """
      scenario: changes
      duration: 200 s
      classes: [{name: default, on_failure: move}]
      network:
        links:
          - {name: l, from: a, to: b, capacity: 1 Gbps, delay: 1 ms}
          - {name: m, from: a, to: c, capacity: 10 Gbps, delay: 1 ms}
          - {name: n, from: c, to: b, capacity: 10 Gbps, delay: 1 ms}
      traffic:
        - flows:
            - {flow: before, from: a, to: b, size: 125 MB, start: 1 s}
            - {flow: across, from: a, to: b, size: 500 MB, start: 9 s}
            - {flow: behind, from: a, to: b, size: 125 MB, start: 30 s}
            - {flow: around, from: a, to: b, size: 1 GB, start: 60 s}
            - {flow: pinned, path: [l], size: 125 MB, start: 100 s}
      events:
        - {at: 10 s, link: l, capacity: \(capacity)}
        - {at: 60.5 s, fail: l, for: 10 s}
      """, to: "s.yaml")
    let outcome = try workspace.cpnsim("run", "s.yaml", "--out", "out")
    #expect(outcome.code == 0, "\(outcome.errors)")
    var slowdowns: [String: Double] = [:]
    for row in try workspace.rows(of: "out/flows.csv") {
      slowdowns[row["flow"] ?? ""] = Double(row["slowdown"] ?? "")
    }
    #expect(slowdowns.count == 5 && slowdowns.values.allSatisfy { $0 >= 1 }, "\(slowdowns)")
    // Alone before the change, behind it and to its end: as fast as can be, at either capacity.
    for flow in ["before", "behind", "pinned"] {
      #expect(abs(try #require(slowdowns[flow]) - 1) < 1e-6, "\(flow)")
    }
    // A second at 1 Gbps and 3 Gbit at the new one, against all at the better of them.
    let rest = capacity == "4 Gbps" ? 1 + 3.0 / 4 : 1 + 3 / 0.25
    let best = capacity == "4 Gbps" ? 1.0 : 4
    // Of the first second 1 ms is its delay.
    let across = try #require(slowdowns["across"])
    #expect(abs(across - rest / best) < 0.01, "\(across)")
  }
}
