// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation
import Testing

/// Where tokens go is said by a program of its own.
@Suite struct TokenPolicyTests {
  static let scenario = """
    scenario: tokens
    duration: 1 d
    network:
      links:
        - {name: ab, from: a, to: b, capacity: 10 Gbps, delay: 2 ms, two_way: true}
        - {name: bc, from: b, to: c, capacity: 10 Gbps, delay: 3 ms, two_way: true}
        - {name: ac, from: a, to: c, capacity: 10 Gbps, delay: 9 ms, two_way: true}
    classes: [{name: moving, on_failure: move, patience: 0 s}]
    traffic:
      - class: moving
        tokens:
          total: 3e11 tokens/day
          from: {a: 5, b: 2, c: 3}
          to: {b: {nodes: 40}, c: {nodes: 200}}
          services: [chat, code]
          serve: {command: [python3, policy.py]}
      - generate:
          name: beside
          arrivals: {poisson: 20 /h}
          sizes: {fixed: 3 GB}
          from: a
          to: c
    events: [{at: 10.5 h, fail: bc, for: 3 h}]
    outputs: [summary, flows, tokens, token-sites]

    """

  private static let files = ["tokens.csv", "token-sites.csv", "flows.csv"]

  /// Whether two runs came to the same, but for what the order of sums leaves in the last digits: a
  /// built-in policy has streams laid for the whole day, a program as it sends over them.
  private func isSame(_ one: [String], _ other: [String]) -> Bool {
    guard one[0] == other[0], one.count == other.count else { return false }
    return zip(one.dropFirst(), other.dropFirst()).allSatisfy { one, other in
      let (one, other) = (one.split { ",\n".contains($0) }, other.split { ",\n".contains($0) })
      return one.count == other.count
        && zip(one, other).allSatisfy { one, other in
          guard let left = Double(one), let right = Double(other) else { return one == other }
          // What is lost is a small difference of what is offered and served.
          return abs(left - right) <= 1e-9 * max(abs(left), abs(right)) + 1e-5
        }
    }
  }

  /// What every program here knows: what is asked for and how far it is, by source.
  private static let learning = """
    asked, delays = {}, {}
    def learn(m):
        for s in m["tokens"][0]["sources"]:
            if "asked" in s: asked[s["at"]] = s["asked"]
            if "delays" in s: delays[s["at"]] = s["delays"]

    """

  @Test func aBuiltInPolicyOutsideIsTheSame() throws {
    let workspace = try SeamBench.workspace(Self.scenario, example: "sites.py")
    let outside = try SeamBench.result(workspace, Self.files, ["--transcript", "t.jsonl"])
    let inside = try SeamBench.result(
      workspace, Self.files, ["--set", "traffic[0].tokens.serve=nearest"])
    #expect(isSame(outside, inside))
    // Some tokens go to each site, some nowhere, and the failure is seen.
    #expect(outside[2].contains(",c,"))
    let lines = try workspace.text(of: "t.jsonl").split(separator: "\n")
    let asked = lines.count { $0.contains("\"type\":\"ask\"") }
    #expect(asked == 27)
    #expect(lines.contains { $0.contains("\"delays\":[22000000,") })
    // Who does not change is not told of again: c has all it needs at home.
    let news = lines.filter { $0.contains("\"type\":\"changed\"") }
    #expect(news.contains { !$0.contains("delays") })
    let replayed = try SeamBench.result(workspace, Self.files, ["--replay", "t.jsonl"])
    #expect(replayed == outside)
  }

  /// It is asked again when it wants to be, once at a time.
  @Test func callsAreKept() throws {
    let workspace = try SeamBench.workspace(
      Self.scenario,
      Self.learning + """
        def decide(m):
            call = {} if m["t"] >= 90 * 10**9 else {"call_at": m["t"] + 30 * 10**9}
            return {"refuse": [{"from": s["at"], "part": 1} for s in hello["tokens"][0]["sources"]]} | call
        """)
    _ = try SeamBench.result(workspace, [], ["--transcript", "t.jsonl"])
    let asked = try workspace.text(of: "t.jsonl").split(separator: "\n")
      .filter { $0.contains("\"type\":\"ask\"") && $0.contains("\"step\":0}") }
    // At 0, 30, 60 and 90 s, and as the next day begins.
    #expect(asked.count == 5)
  }

  @Test(arguments: [
    ("{'send': [{'from': 'x', 'to': 'b', 'part': 1}]}", "found a part of \"x\", expected one of"),
    ("{'send': [{'from': 'a', 'to': 'a', 'part': 1}]}", "found the site \"a\", expected one of"),
    (
      "{'send': [{'from': 'a', 'to': 'b', 'service': 'video', 'part': 1}]}",
      "found the service \"video\", expected one of those of the greeting"
    ),
    (
      "{'send': [{'from': 'a', 'to': 'b', 'part': 2}]}", "found the part 2.0 of \"a\", expected one"
    ),
    (
      "{'send': [{'from': 'a', 'part': 1}]}", "found no \"to\" for a part of \"a\", expected a site"
    ),
    (
      "{'send': [{'from': 'a', 'to': 'b', 'part': 0.5}] * 2}",
      "found \"a\" to \"b\" twice, expected one part"
    ),
    (
      "{'send': [{'from': 'a', 'to': 'b', 'part': 0.5}]}",
      "found parts of \"a\" for \"chat\" that add up to 0.5, expected 1, with what is refused"
    ),
    (
      "{'send': [{'from': s, 'to': 'b', 'part': 1} for s in 'abc']}",
      "times what the site \"b\" can serve, expected 1 at most"
    ),
    (
      "{'sent': []}",
      "found the key \"sent\", expected type, q, send, refuse, call_at; did you mean"
    ),
    (
      "{'refuse': [{'from': s, 'part': 1} for s in 'abc'], 'call_at': 0}",
      "found call_at 0, expected"
    ),
  ])
  func whatCannotBeEndsTheRun(_ answer: String, _ message: String) throws {
    let workspace = try SeamBench.workspace(Self.scenario, "def decide(m): return \(answer)")
    let error = try SeamBench.error(workspace)
    #expect(error.contains("error: tokens by python3 policy.py: question 1: "), "\(error)")
    #expect(error.contains(message), "\(error)")
  }

  /// No way leads from b to the site c while its links are down.
  @Test func nothingGoesWhereNoWayLeads() throws {
    let workspace = try SeamBench.workspace(
      Self.scenario,
      Self.learning + """
        def decide(m):
            if m["t"] < 12 * 3600 * 10**9:
                return {"refuse": [{"from": s, "part": 1} for s in "abc"]}
            return {"send": [{"from": "b", "to": "c", "part": 0.5}],
                    "refuse": [{"from": "b", "part": 0.5}] + [{"from": s, "part": 1} for s in "ac"]}
        """)
    let error = try SeamBench.error(
      workspace, ["--set", "events[+]={at: 11 h, fail: ab, for: 5 h}"])
    #expect(
      error.contains(
        "found a part of \"b\" to \"c\", where no way leads, expected another site"), "\(error)")
  }

  /// Two programs for two traffics, and one for both; one transcript says whose line it is.
  @Test func severalProgramsDecide() throws {
    let workspace = try SeamBench.workspace(Self.scenario, example: "sites.py")
    try workspace.write(SeamBench.example("sites.py"), to: "other.py")
    let second = """
      traffic[+]={tokens: {name: second, total: 1e10 tokens/day, from: {a: 1}, services: [chat], \
      to: {b: {nodes: 20}, c: {nodes: 20}}, serve: {command: [python3, other.py]}}}
      """
    let both = ["--set", second, "--transcript", "t.jsonl"]
    let outside = try SeamBench.result(workspace, Self.files, both)
    let inside = try SeamBench.result(
      workspace, Self.files,
      [
        "--set", second, "--set", "traffic[0].tokens.serve=nearest", "--set",
        "traffic[2].tokens.serve=nearest",
      ])
    #expect(isSame(outside, inside))
    let lines = try workspace.text(of: "t.jsonl").split(separator: "\n")
    #expect(
      lines.contains { $0.contains("\"seam\":\"tokens 2\",\"sent\":{\"type\":\"ask\",\"q\":1,") })
    #expect(
      try SeamBench.result(workspace, Self.files, ["--set", second, "--replay", "t.jsonl"])
        == outside)
    let against = try workspace.cpnsim(
      "run", "s.yaml", "--set", second, "--against", "t.jsonl")
    #expect(against.code == 0)
    for name in [
      "tokens: python3 policy.py answers all 27", "tokens 2: python3 other.py answers all",
    ] {
      #expect(against.output.contains(name), "\(against.output)")
    }
  }
}
