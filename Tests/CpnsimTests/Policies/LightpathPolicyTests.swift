// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation
import Testing

/// By which path and channels a lightpath goes is said by a program of its own.
@Suite struct LightpathPolicyTests {
  static let scenario = """
    scenario: lightpaths
    seed: 3
    network:
      nodes: [a, b, c, d]
      fibres:
        - {name: ab, between: [a, b], length: 100 km}
        - {name: bc, between: [b, c], length: 100 km}
        - {name: cd, between: [c, d], length: 100 km}
        - {name: da, between: [d, a], length: 100 km}
        - {name: ac, between: [a, c], length: 250 km}
    light:
      grid: {first: 191.35 THz, spacing: 50 GHz, channels: 6}
      reach: [{rate: 100 Gbps}]
      paths: {count: 3}
      setup: 1 min
      assignment: {command: [python3, policy.py]}
      requests:
        - generate:
            name: r
            arrivals: {erlang: 14}
            holding: {exponential: 1 h}
            rates: {choice: {values: [40 Gbps, 100 Gbps, 200 Gbps], weights: [2, 3, 1]}}
            between: all
            count: 300
    events: [{at: 5 h, cut: ab, for: 3 h}]
    outputs: [summary, requests, lightpaths, events]

    """

  private static let files = ["requests.csv", "lightpaths.csv", "events.csv"]

  private static func inside(_ workspace: Workspace, _ words: [String]) throws -> [String] {
    try SeamBench.result(workspace, files, words)
  }

  @Test func theExampleDecidesAsFirstFit() throws {
    let workspace = try SeamBench.workspace(Self.scenario, example: "lightpaths.py")
    let outside = try SeamBench.result(workspace, Self.files, ["--transcript", "t.jsonl"])
    #expect(outside == (try Self.inside(workspace, ["--set", "light.assignment=first-fit"])))
    #expect(outside != (try Self.inside(workspace, ["--set", "light.assignment=last-fit"])))
    #expect(try SeamBench.result(workspace, Self.files, ["--replay", "t.jsonl"]) == outside)
    // Some ride on what is lit, some need two lightpaths, some find no room: nobody is asked of them.
    for word in [",lit,", ",groomed,", ",blocked,no-channel,"] {
      #expect(outside[1].contains(word), "\(word)")
    }
    #expect(try workspace.text(of: "t.jsonl").contains("\"left\":100000000000,"))
  }

  /// On the path of fewest hops the highest channel; and the lowest channel that is free on any path.
  @Test(arguments: [
    ("{'path': 0, 'first': m['paths'][0]['free'][-1][1] - 1}", ["light.assignment=last-fit"]),
    (
      "min(({'path': i, 'first': p['free'][0][0]} for i, p in enumerate(m['paths'])), "
        + "key=lambda c: (c['first'], c['path']))",
      ["light.assignment=first-fit", "light.search=channel-first"]
    ),
  ])
  func aBuiltInRuleOutsideIsTheSame(_ answer: String, _ rule: [String]) throws {
    let workspace = try SeamBench.workspace(Self.scenario, "def decide(m): return \(answer)")
    let outside = try SeamBench.result(workspace, Self.files)
    #expect(outside == (try Self.inside(workspace, rule.flatMap { ["--set", $0] })))
  }

  /// What is refused counts as blocked, and is told why.
  @Test func whatIsRefusedGetsNothing() throws {
    let workspace = try SeamBench.workspace(
      Self.scenario,
      "def decide(m): return {'refuse': 'too far'} if m['paths'][0]['km'] > 150 else "
        + "{'path': 0, 'first': m['paths'][0]['free'][0][0]}")
    let outcome = try workspace.cpnsim("run", "s.yaml", "--quiet", "--out", "out")
    try #require(outcome.code == 0, "\(outcome.errors)")
    let rows = try workspace.rows(of: "out/requests.csv")
    let refused = rows.filter { $0["outcome"] == "refused" }
    #expect(refused.count > 10 && refused.allSatisfy { $0["reason"] == "too far" })
    let summary = try workspace.text(of: "out/summary.csv")
    #expect(summary.contains("\nrequests_refused,\(refused.count),"))
    let blocked = rows.count { $0["outcome"] == "blocked" }
    #expect(summary.contains("\nrequests_blocked,\(blocked + refused.count),"))
    let name = try #require(refused.first?["request"])
    let told = try workspace.cpnsim("explain", "out", "request", name)
    #expect(told.output.contains("The policy program refused it."), "\(told.output)\(told.errors)")
  }

  @Test(arguments: [
    ("{'path': 9, 'first': 0}", "found the path 9, expected one from 0 to "),
    (
      "{'path': 0, 'first': 6}", "found the first slot 6, expected one with which 1 free ones begin"
    ),
    ("{'path': 0, 'first': -1}", "found the first slot -1, expected one"),
    ("{'path': 0}", "found neither a path with its first slot nor a refusal, or both"),
    (
      "{'path': 0, 'first': 0, 'refuse': 'no'}",
      "found neither a path with its first slot nor a refusal, or both"
    ),
    ("{'refuse': ''}", "found a reason of 0 bytes"),
    ("{'channel': 1}", "found the key \"channel\", expected type, q, path, first, refuse"),
    // Taken by another by then.
    ("{'path': 0, 'first': 0}", "found the first slot 0, expected one with which"),
  ])
  func whatCannotBeEndsTheRun(_ answer: String, _ message: String) throws {
    let workspace = try SeamBench.workspace(Self.scenario, "def decide(m): return \(answer)")
    let error = try SeamBench.error(workspace)
    #expect(error.contains("error: lightpaths by python3 policy.py: question "), "\(error)")
    #expect(error.contains(message), "\(error)")
  }

  @Test(arguments: [
    ("light.conversion=true", "found `conversion` with an `assignment` by a program"),
    ("light.requests[0].protection=1+1", "found requests protected by a second lightpath"),
    ("light.requests=[]", "found an `assignment` by a program without requests"),
  ])
  func whatIsNotAskedAboutIsAMistake(_ setting: String, _ message: String) throws {
    let workspace = try SeamBench.workspace(Self.scenario, example: "lightpaths.py")
    let outcome = try workspace.cpnsim("validate", "s.yaml", "--set", setting)
    #expect(outcome.code == 2 && outcome.errors.contains(message), "\(outcome.errors)")
  }
}
