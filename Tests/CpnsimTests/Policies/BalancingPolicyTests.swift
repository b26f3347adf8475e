// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation
import Testing

/// By which path a flow crosses a fabric is said by a program of its own.
@Suite struct BalancingPolicyTests {
  static let scenario = """
    scenario: paths
    seed: 4
    network:
      fabrics:
        - {name: f, hosts: 16, gpus_per_host: 1, nics_per_host: 1, nic: 100 Gbps, nics_per_leaf: 4,
           spines: 4, delay: 1 us, balancing: {command: [python3, policy.py]}}
    traffic:
      - generate:
          name: g
          arrivals: {poisson: 12 /s}
          sizes: {exponential: 3 GB}
          pairs: [{from: f/h0n0, to: f/h5n0}, {from: f/h1n0, to: f/h9n0}, {from: f/h2n0, to: f/h13n0},
                  {from: f/h6n0, to: f/h3n0}, {from: f/h7n0, to: f/h14n0}, {from: f/h0n0, to: f/h1n0}]
          count: 250
    events: [{at: 5 s, fail: f/leaf0-spine1, for: 6 s}]
    outputs: [summary, flows, events]

    """

  @Test func theExampleDecidesAsTheBuiltInController() throws {
    let workspace = try SeamBench.workspace(Self.scenario, example: "paths.py")
    let files = ["flows.csv", "events.csv", "summary.csv"]
    let outside = try SeamBench.result(workspace, files, ["--transcript", "t.jsonl"])
    let inside = try SeamBench.result(
      workspace, files, ["--set", "network.fabrics[0].balancing=intelligent"])
    #expect(outside == inside)
    let hashed = try SeamBench.result(
      workspace, files, ["--set", "network.fabrics[0].balancing=ecmp"])
    #expect(outside[1] != hashed[1])
    // Nobody is asked about flows within a leaf; some are asked about anew as a link fails.
    let text = try workspace.text(of: "t.jsonl")
    #expect(text.contains(",null,") || text.contains("null]"))
    #expect(!text.contains("\"cards\":[\"f/h0n0\",\"f/h1n0"))
    #expect(try SeamBench.result(workspace, files, ["--replay", "t.jsonl"]) == outside)
  }

  @Test(arguments: [
    ("{'path': 4}", "found the path 4, expected one from 0 to 3"),
    ("{'path': -1}", "found the path -1, expected one from 0 to 3"),
    ("{}", "found no \"path\", expected its position"),
    ("{'paths': 1}", "found the key \"paths\", expected type, q, path; did you mean \"path\"?"),
    (
      "{'path': next((i for i, p in enumerate(m['paths']) if p is None), 0)}",
      "found the path 1, which is down, expected one that is up"
    ),
  ])
  func whatCannotBeEndsTheRun(_ answer: String, _ message: String) throws {
    let workspace = try SeamBench.workspace(Self.scenario, "def decide(m): return \(answer)")
    let error = try SeamBench.error(workspace)
    #expect(error.contains("error: balancing by python3 policy.py: question "), "\(error)")
    #expect(error.contains(message), "\(error)")
  }
}
