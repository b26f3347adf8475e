// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation
import Testing

/// By which paths the transfers of jobs cross a fabric is said by a program of its own.
@Suite struct ExchangePolicyTests {
  /// A job, with a link that fails half way.
  private static let ring = """
    scenario: exchanges
    seed: 4
    network:
      fabrics:
        - {name: f, hosts: 16, gpus_per_host: 1, nics_per_host: 1, nic: 100 Gbps, nics_per_leaf: 4,
           spines: 4, delay: 1 us, balancing: {command: [python3, policy.py]}}
    events: [{at: 0.4 s, fail: f/leaf0-spine1, for: 0.6 s}]
    outputs: [summary, flows, jobs, links, events]
    sample_every: 50 ms
    traffic:
      - training: {name: ring, fabric: f, iterations: 6, collective: {kind: all-reduce, size: 2 GB, gpus: 8}}

    """
  /// Another beside it, that shares its spines.
  private static let jobs =
    ring + """
        - training: {name: all, fabric: f, first_host: 8, iterations: 4,
                     collective: {kind: all-to-all, size: 4 GB, gpus: 8}}

      """
  /// Flows over both.
  static let scenario =
    jobs + """
        - generate:
            name: g
            arrivals: {poisson: 4 /s}
            sizes: {exponential: 1 GB}
            pairs: [{from: f/h0n0, to: f/h13n0}, {from: f/h9n0, to: f/h2n0}]
            count: 8

      """
  static let pods = [
    "--set", "network.fabrics[0].pods={leaves: 2, cores_per_spine: 2}",
    "--set", "events[0].fail=f/leaf0-pod0spine1",
  ]
  private static let files = ["flows.csv", "jobs.csv", "links.csv", "events.csv", "summary.csv"]

  @Test func theExampleSpreadsAsTheBuiltInController() throws {
    let workspace = try SeamBench.workspace(Self.scenario, example: "paths.py")
    let outside = try SeamBench.result(workspace, Self.files, ["--transcript", "t.jsonl"])
    let inside = try SeamBench.result(
      workspace, Self.files, ["--set", "network.fabrics[0].balancing=intelligent"])
    #expect(outside == inside)
    let hashed = try SeamBench.result(
      workspace, Self.files, ["--set", "network.fabrics[0].balancing=ecmp"])
    #expect(outside[2] != hashed[2])
    // Both jobs are asked about, and what is left of their transfers as the link fails.
    let text = try workspace.text(of: "t.jsonl")
    #expect(text.contains("\"job\":\"ring\"") && text.contains("\"job\":\"all\""))
    #expect(text.contains("\"up\":[[") && text.contains("null"))
    #expect(try SeamBench.result(workspace, Self.files, ["--replay", "t.jsonl"]) == outside)
  }

  @Test func theThirdTierIsSpreadAlike() throws {
    let workspace = try SeamBench.workspace(Self.scenario, example: "paths.py")
    let outside = try SeamBench.result(workspace, Self.files, Self.pods)
    let inside = try SeamBench.result(
      workspace, Self.files, Self.pods + ["--set", "network.fabrics[0].balancing=intelligent"])
    #expect(outside == inside)
  }

  /// Every path with the same part, as `spray` has it, with a failure in between.
  @Test func aTransferMayBeDivided() throws {
    let workspace = try SeamBench.workspace(
      Self.jobs,
      """
      def decide(m):
          def up(t):
              a, b = t["leaves"]
              return [p for p in range(4) if m["up"][a][p] is not None and m["down"][b][p] is not None]
          return {"paths": [up(t) for t in m["transfers"]]}
      """)
    // One iteration, since no rule is asked about those that are like the last.
    let words = [
      "--set", "traffic[0].training.iterations=1", "--set", "traffic[1].training.iterations=1",
      "--set", "events[0].at=0.1 s",
    ]
    let outside = try SeamBench.result(workspace, Self.files, words)
    let inside = try SeamBench.result(
      workspace, Self.files, words + ["--set", "network.fabrics[0].balancing=spray"])
    #expect(outside == inside)
  }

  @Test(arguments: [
    ("{'paths': [[0]]}", "found paths of 1 transfers, expected those of "),
    ("{'paths': [[4] for t in m['transfers']]}", "found the path 4, expected one from 0 to 3"),
    ("{'paths': [[-1] for t in m['transfers']]}", "found the path -1, expected one from 0 to 3"),
    ("{'paths': [[] for t in m['transfers']]}", "found 0 paths, expected 1 to 65536"),
    (
      "{'paths': [1 for t in m['transfers']]}",
      "expected the paths of a transfer: [2] or [0,1,2,3]"
    ),
    ("{}", "found no \"paths\", expected a list of paths for each transfer"),
    ("{'path': 1}", "found the key \"path\", expected type, q, paths; did you mean \"paths\"?"),
    (
      "{'paths': [[1] for t in m['transfers']]}",
      "found the path 1, which is down, expected one that is up"
    ),
  ])
  func whatCannotBeEndsTheRun(_ answer: String, _ message: String) throws {
    let workspace = try SeamBench.workspace(
      Self.scenario,
      "def decide(m): return {'path': 0} if m['seam'] == 'balancing' else \(answer)")
    let error = try SeamBench.error(workspace)
    #expect(error.contains("error: exchanges by python3 policy.py: question "), "\(error)")
    #expect(error.contains(message), "\(error)")
  }

  /// Both sites of a job are spread by the program, and nothing is said of one site that a program was
  /// never asked about.
  @Test func jobsOverSitesAreSpreadToo() throws {
    let fabric =
      "hosts: 8, gpus_per_host: 8, nics_per_host: 8, nic: 400 Gbps, nics_per_leaf: 16, spines: 8, "
      + "accelerator: H100, balancing: {command: [python3, policy.py]}"
    let workspace = try SeamBench.workspace(
      """
      scenario: sites
      network:
        links: [{name: l, from: a, to: b, capacity: 800 Gbps, delay: 5 ms, two_way: true}]
        fabrics:
          - {name: f, exit: a, \(fabric)}
          - {name: g, exit: b, \(fabric)}
      traffic:
        - training:
            name: llm
            sites: [{fabric: f}, {fabric: g}]
            model: {parameters: 7e9, layers: 32, hidden: 4096, sequence: 4096}
            plan: {data: 16, tensor: 8, pipeline: 1, batch: 128, efficiency: 40 %}
            iterations: 2
      outputs: [summary, jobs]

      """, example: "paths.py")
    func metrics(_ words: [String]) throws -> [String: String] {
      let text = try SeamBench.result(workspace, ["summary.csv"], words)[1]
      return Dictionary(
        uniqueKeysWithValues: text.split(separator: "\n").dropFirst().map { line in
          let fields = line.split(separator: ",", omittingEmptySubsequences: false)
          return (String(fields[0]), String(fields[1]))
        })
    }
    let outside = try metrics([])
    let inside = try metrics([
      "--set", "network.fabrics[0].balancing=intelligent", "--set",
      "network.fabrics[1].balancing=intelligent",
    ])
    let name = "iteration_mean"
    #expect(outside[name] != nil && outside[name] == inside[name], "\(outside)")
    let alone = "efficiency_vs_one_site"
    #expect(inside[alone] != nil)
    #expect(outside[alone] == nil || outside[alone] == "")
  }

  /// A program may remember: one that takes the paths in turn is asked in every iteration.
  @Test func noIterationIsPassed() throws {
    let workspace = try SeamBench.workspace(
      Self.ring,
      """
      turn = 0
      def decide(m):
          global turn
          turn += 1
          return {"paths": [[turn % 4] for t in m["transfers"]]}
      """)
    let words = ["--set", "events=[]", "--transcript", "t.jsonl"]
    _ = try SeamBench.result(workspace, Self.files, words)
    let asked = try workspace.text(of: "t.jsonl").split(separator: "\n")
      .count { $0.contains("\"seam\":\"exchanges\"") }
    // The transfers of a ring are one phase.
    #expect(asked == 6)
  }
}
