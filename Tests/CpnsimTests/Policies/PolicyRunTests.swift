// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation
import Testing

/// Runs whose policy is a program of its own.
@Suite struct PolicyRunTests {
  /// As the built-in ones are defined in docs/model/placement.md.
  private static let policies = [
    ("nearest", "decide = nearest"),
    (
      "least-loaded",
      """
      def load(c, t):
          p = pools[c]
          busy = total[c] - p["free"]
          return (p["queued_work"] + max(0, p["running_until"] - busy * (t / 1e9))) / total[c]
      def decide(m):
          total.update((p["id"], p["accelerators"]) for p in hello["pools"])
          return {"type": "answer", "q": m["q"], "place": [
              {"job": j["job"], "pool": min(j["candidates"], key=lambda c: load(c, m["t"]))}
              for j in m["jobs"]]}
      """
    ),
    (
      "joint",
      """
      def load(c, t):
          p = pools[c]
          busy = total[c] - p["free"]
          return (p["queued_work"] + max(0, p["running_until"] - busy * (t / 1e9))) / total[c]
      def end(j, i, t):
          c = j["candidates"][i]
          free = pools[c]["queued"] == 0 and pools[c]["free"] >= j["accelerators"]
          x = j.get("transfers", [0] * len(j["candidates"]))[i] / 1e9
          v = j.get("speeds", [1] * len(j["candidates"]))[i]
          return max(x, 0 if free else load(c, t)) + j["requested"] / 1e9 / v
      def decide(m):
          total.update((p["id"], p["accelerators"]) for p in hello["pools"])
          j = m["jobs"][0]
          i = min(range(len(j["candidates"])), key=lambda i: end(j, i, m["t"]))
          return {"type": "answer", "q": m["q"],
              "place": [{"job": j["job"], "pool": j["candidates"][i]}]}
      """
    ),
  ]

  /// With and without a registry, whose reports are late.
  @Test(arguments: policies, [[], ["--set", "pools.registry={at: c, refresh: 10 min}"]])
  func aBuiltInPolicyOutsideIsTheSame(_ policy: (String, String), _ more: [String]) throws {
    let workspace = try PolicyBench.workspace(policy.1, before: "total = {}")
    let outside = try PolicyBench.result(workspace, more)
    let inside = try PolicyBench.result(
      workspace, ["--unset", "placement", "--set", "placement=\(policy.0)"] + more)
    #expect(outside == inside)
  }

  // MARK: - Transcripts

  @Test func aTranscriptTakesThePlaceOfThePolicy() throws {
    let workspace = try PolicyBench.workspace()
    let run = try PolicyBench.result(workspace, ["--transcript", "t.jsonl"])
    let transcript = try workspace.text(of: "t.jsonl")
    // Another policy is there now, and nobody starts it.
    try workspace.write(PolicyBench.policy("decide = None"), to: "policy.py")
    #expect(
      try PolicyBench.result(workspace, ["--replay", "t.jsonl", "--transcript", "again.jsonl"])
        == run)
    #expect(try workspace.text(of: "again.jsonl") == transcript)
    // Blanks and the order of keys make no other answer; one job that goes elsewhere does.
    let other = """
      def decide(m):
          a = nearest(m)
          if 0 < QUESTION <= m["q"]: a["place"][0]["pool"] = m["jobs"][0]["candidates"][-1]
          return dict(reversed(a.items()))
      """
    for question in [0, 31] {
      try workspace.write(
        PolicyBench.policy(other.replacing("QUESTION", with: "\(question)")), to: "policy.py")
      let outcome = try workspace.cpnsim("run", "s.yaml", "--against", "t.jsonl")
      #expect(outcome.code == (question == 0 ? 0 : 1))
      #expect(
        question == 0
          ? outcome.output.contains("python3 policy.py answers all 400 questions as in t.jsonl")
          : outcome.errors.contains(": it answers otherwise than in t.jsonl\n  now:  "))
    }
    let seed = try workspace.cpnsim("run", "s.yaml", "--replay", "t.jsonl", "--set", "seed=4")
    #expect(seed.code == 1)
    #expect(seed.errors.contains("\"seed\":4,") && seed.errors.contains("\"seed\":3,"))
    let none = try workspace.cpnsim(
      "run", "s.yaml", "--unset", "placement", "--replay", "t.jsonl")
    #expect(none.code == 2)
  }

  // MARK: - Waiting, calls, time that decisions take

  private static let few = """
    scenario: few
    network: {links: [{name: l, from: a, to: b, capacity: 1 Gbps, delay: 1 ms, two_way: true}]}
    pools:
      list:
        - {name: p, at: a, accelerator: H800, count: 8}
        - {name: q, at: b, accelerator: H800, count: 8}
    placement: {command: [python3, policy.py]}
    traffic:
      - jobs:
          from: [a]
          list:
            - {job: j1, submit: 0 s, accelerators: 8, run: 100 s}
            - {job: j2, submit: 1 s, accelerators: 4, run: 100 s}
            - {job: j3, submit: 1 s, accelerators: 8, run: 100 s}
            - {job: j4, submit: 700 s, accelerators: 1, run: 100 s}
    outputs: [summary, jobs]

    """

  struct Case: Sendable, CustomTestStringConvertible {
    var testDescription: String
    var decide: String
    var settings = "ask=each"
    /// Job, pool, start in seconds; the reason in place of a start that there is not.
    var expected: [String]
    /// The jobs of each question.
    var questions: [String]
  }

  static let cases = [
    Case(
      testDescription: "calls",
      decide: """
        def decide(m):
            a = {"type": "answer", "q": m["q"]}
            if m["t"] % (600 * 10**9) == 0 and m["t"] > 0:
                if m["t"] == 600 * 10**9: a["call_at"] = 650 * 10**9
                return a | {"place": [
                    {"job": j["job"], "pool": j["candidates"][0]} for j in m["jobs"]]}
            return a | {"wait": [{"job": j["job"], "until": 10**18} for j in m["jobs"]],
                        "call_at": (m["t"] // (600 * 10**9) + 1) * 600 * 10**9}
        """, settings: "ask=together",
      expected: ["j1 p 600", "j2 p 700", "j3 p 800", "j4 p 1200"],
      // The call after ten minutes finds all three, and that fifty seconds later nobody.
      questions: ["j1", "j2 j3", "j1 j2 j3", "", "j4", "j4"]),
    Case(
      testDescription: "each alone",
      decide: """
        def decide(m):
            a = {"type": "answer", "q": m["q"]}
            if m["t"] >= 600 * 10**9:
                return a | {"place": [
                    {"job": j["job"], "pool": j["candidates"][1]} for j in m["jobs"]]}
            return a | {"wait": [{"job": j["job"]} for j in m["jobs"]], "call_at": 600 * 10**9}
        """,
      expected: ["j1 q 600", "j2 q 700", "j3 q 800", "j4 q 900"],
      questions: ["j1", "j2", "j3", "j1", "j2", "j3", "j4"]),
    Case(
      testDescription: "until a change",
      decide: """
        def decide(m):
            j, a = m["jobs"][0], {"type": "answer", "q": m["q"]}
            if pools["cpn:-/-/a/p"]["free"] >= j["accelerators"]:
                return a | {"place": [{"job": j["job"], "pool": "cpn:-/-/a/p"}]}
            return a | {"wait": [{"job": j["job"]}]}
        """,
      expected: ["j1 p 0", "j2 p 100.000000001", "j3 p 200.000000002", "j4 p 700"],
      questions: ["j1", "j2", "j3", "j2", "j3", "j3", "j4"]),
    Case(
      testDescription: "time that it takes",
      decide: """
        def decide(m):
            j, a = m["jobs"][0], {"type": "answer", "q": m["q"]}
            if j["job"] == "j4": return a | {"refuse": [{"job": "j4", "reason": "too late"}]}
            if j["job"] == "j2": a["delay"] = 3 * 10**9
            return a | {"place": [{"job": j["job"], "pool": j["candidates"][m["q"] % 2]}]}
        """, settings: "delay=2 s",
      expected: ["j1 q 2", "j2 p 4", "j3 q 102", "j4  too late"],
      questions: ["j1", "j2", "j3", "j4"]),
  ]

  @Test(arguments: cases) func whatIsAnsweredIsDone(_ example: Case) throws {
    let workspace = try Workspace()
    try workspace.write(Self.few, to: "s.yaml")
    try workspace.write(PolicyBench.policy(example.decide), to: "policy.py")
    let outcome = try workspace.cpnsim(
      "run", "s.yaml", "--quiet", "--out", "out", "--transcript", "t.jsonl", "--set",
      "placement.\(example.settings)")
    try #require(outcome.code == 0, "\(outcome.errors)")
    let jobs = try workspace.rows(of: "out/jobs.csv").map { row in
      let start = row["starting_time"] ?? ""
      return "\(row["job_id"] ?? "") \(row["pool"] ?? "") "
        + (start.isEmpty ? row["reason"] ?? "" : start)
    }
    #expect(jobs.sorted() == example.expected)
    let questions = try workspace.text(of: "t.jsonl").split(separator: "\n")
      .filter { $0.contains("\"type\":\"ask\"") }
      .map { line in
        line.matches(of: /"job":"(j\d)"/).map { String($0.1) }.joined(separator: " ")
      }
    #expect(questions == example.questions)
  }

  // MARK: - What a run is

  /// A sweep runs anew what another policy decides, and nothing where the policy is the same.
  @Test func thePolicyIsAPartOfWhatARunIs() throws {
    let workspace = try PolicyBench.workspace()
    try workspace.write("{study: s, scenario: s.yaml, seeds: 2}\n", to: "study.yaml")
    func runs() throws -> String {
      let outcome = try workspace.cpnsim("sweep", "study.yaml", "--out", "out")
      #expect(outcome.code == 0, "\(outcome.errors)")
      return outcome.errors
    }
    _ = try runs()
    let lines = { try workspace.text(of: "out/summary.csv") }
    let first = try lines()
    _ = try runs()
    #expect(try lines() == first)
    try workspace.write(
      PolicyBench.policy(
        """
        def decide(m):
            a = nearest(m)
            a["place"][0]["pool"] = m["jobs"][0]["candidates"][0]
            return a
        """), to: "policy.py")
    let other = try workspace.cpnsim("sweep", "study.yaml", "--out", "out2")
    #expect(other.code == 0, "\(other.errors)")
    #expect(try workspace.text(of: "out2/summary.csv") != first)
    let manifest = try workspace.cpnsim("run", "s.yaml", "--quiet", "--out", "run")
    #expect(manifest.code == 0)
    let inputs = try #require(
      try workspace.json(of: "run/manifest.json")["inputs"] as? [[String: Any]])
    #expect(inputs.map { $0["path"] as? String } == ["policy.py"])
  }
}
