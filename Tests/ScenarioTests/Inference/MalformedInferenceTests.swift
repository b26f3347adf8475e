// SPDX-License-Identifier: GPL-3.0-or-later
import Scenario
import Testing

/// What is said of services that are wrong.
@Suite struct MalformedInferenceTests {
  static let sound = """
    scenario: s
    network:
      nodes: [a, b, c]
      links: [{name: ab, from: a, to: b, capacity: 1 Gbps, two_way: true}]
    pools: {list: [{name: p1, at: a, accelerator: H800, count: 16}, {name: p2, at: b, accelerator: H100, count: 8}]}
    traffic:
      - inference:
          pool: p1
          replicas: 2
          engine: {accelerators: 8, times: knots.csv}
          requests: {file: requests.csv}
          from: [b]
      - inference:
          name: second
          sites: [{pool: p2, engine: {accelerators: 2, rates: {prefill: 1 tokens/s, decode: 1 tokens/s}}}]
          requests: {arrivals: {poisson: 1 /s}, count: 5, input_tokens: {fixed: 1}, output_tokens: {fixed: 1}}
    """

  static let knots = "batch_tokens,prompt_time_ms,token_time_ms\n1,10,10\n2,20,11\n"

  @Test func theSoundScenarioHasNoProblem() throws {
    #expect(try found(Self.sound) == [])
  }

  static let flaws = [
    Flaw(
      "pool: p1", "pool: p3",
      "s.yaml:8:13: traffic[0].inference.pool: unknown pool \"p3\"; did you mean \"p1\"? (known: "
        + "p1, p2)"),
    Flaw(
      "replicas: 2", "replicas: 3",
      "s.yaml:8:7: traffic[0].inference.replicas: found 3 replicas of 8 accelerators, expected "
        + "at most the 16 of the pool \"p1\""),
    Flaw(
      "pool: p2", "pool: p1",
      "s.yaml:14:7: traffic[1].inference.replicas: found 1 replicas of 2 accelerators, expected at "
        + "most the 16 of the pool \"p1\" beside the 16 that other services hold"),
    Flaw(
      "knots.csv", "none.csv",
      "s.yaml:10:40: traffic[0].inference.engine.times: the file \"none"),
    Flaw(
      "requests.csv", "none.csv",
      "s.yaml:11:24: traffic[0].inference.requests.file: the trace \"none"),
    Flaw(
      "from: [b]", "from: [c]",
      "s.yaml:12:13: traffic[0].inference.from: found \"c\", from where no route leads to any site "
        + "and back, expected one"),
    Flaw(
      "times: knots.csv", "mixed: 0",
      "s.yaml:10:40: traffic[0].inference.engine.mixed: found 0.0, expected a factor from 0.01"),
    Flaw(
      "rates: {prefill: 1 tokens/s, decode: 1 tokens/s}", "batch_tokens: 5",
      "s.yaml:15:34: traffic[1].inference.sites[0].engine: found neither times nor rates, and no "
        + "tokens a second of H100, expected times, rates, or one of"),
    Flaw(
      "arrivals: {poisson: 1 /s}", "preset: philly",
      "s.yaml:16:26: traffic[1].inference.requests.preset: unknown preset of requests \"philly\""),
    Flaw(
      "count: 5, ", "",
      "s.yaml:16:17: traffic[1].inference.requests: never ends; expected stop or count here, or a "
        + "duration of the scenario"),
  ]

  @Test(arguments: flaws) func aFlawIsReportedWhereItIs(_ flaw: Flaw) throws {
    let text = Self.sound.replacing(flaw.from, with: flaw.to, maxReplacements: 1)
    try #require(text != Self.sound)
    let found = try found(text)
    #expect(found.count == 1 && found.first?.hasPrefix(flaw.problems[0]) == true, "\(found)")
  }

  @Test(arguments: [
    ("1,10,10\n1,20,11", "line 3: found batch_tokens 1 behind 1.0, expected more in each line"),
    ("1,10,10\n2,x,11", "line 3: found prompt_time_ms \"x\", expected a number above zero"),
    ("1,10,10\n2,5", "line 3: found 2 fields, expected 3"), ("1,10,10", "found 1 knots in"),
    ("10,10,10\n11,20,10", "found times in \"knots.csv\" that come to nothing"),
  ])
  func aBadKnotIsReportedWithItsLine(rows: String, problem: String) throws {
    let header = "batch_tokens,prompt_time_ms,token_time_ms\n"
    let found = try found(Self.sound, knots: header + rows + "\n")
    #expect(found.count == 1 && found.first?.contains(problem) == true, "\(found)")
  }

  private func found(_ text: String, knots: String = knots) throws -> [String] {
    let requests = "arrival_s,input_tokens,output_tokens\n0,1,1\n"
    return try problems(text, files: ["knots.csv": knots, "requests.csv": requests])
  }
}
