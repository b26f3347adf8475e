// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation
import Testing

/// `cpnsim plan`: what it prints and writes, and what it says to mistakes.
@Suite struct PlanTests {
  static let scenario = """
    scenario: ring
    duration: 1 h
    network:
      links:
        - {name: ab, from: a, to: b, capacity: 1 Gbps, delay: 1 ms, two_way: true}
        - {name: "b'c", from: b, to: c, capacity: 1 Gbps, delay: 1 ms, two_way: true}
        - {name: ca, from: c, to: a, capacity: 1 Gbps, delay: 1 ms, two_way: true}
    classes: [{name: streams, on_failure: move}]
    traffic:
      - demand: {name: ab, from: a, to: b, rate: 2.5 Gbps}
        class: streams
      - demand: {name: bc, from: b, to: c, rate: 1.5 Gbps}
        class: streams
    outputs: [summary, demands]
    """

  private static let plan = """
    plan: ring
    scenario: s.yaml
    levels: [{loss: 0 %}, {metric: demand_loss, at_most: 0.001}]
    build: {lines: {capacity: 1 Gbps, price: 100}}
    """

  private func workspace(plan: String = PlanTests.plan) throws -> Workspace {
    let workspace = try Workspace()
    try workspace.write(Self.scenario, to: "s.yaml")
    try workspace.write(plan, to: "p.yaml")
    return workspace
  }

  @Test func aBuildIsWrittenAndRunsAsPrinted() throws {
    let workspace = try workspace()
    #expect(try workspace.cpnsim("plan", "p.yaml", "--out", "build").code == 0)
    let bill = try workspace.rows(of: "build/bom.csv")
    #expect(bill.map { $0["place"] } == ["ab", "b'c"])
    #expect(bill.map { $0["count"] } == ["3", "1"])
    #expect(bill.map { $0["cost_yuan"] } == ["300", "100"])
    let curve = try workspace.rows(of: "build/curve.csv")
    #expect(curve.count == 11 && curve.last?["loss"] == "0" && curve.first?["loss"] != "0")
    #expect(try workspace.rows(of: "build/levels.csv").allSatisfy { $0["holds"] == "yes" })
    let run = try workspace.bash("sh build/build.sh --quiet --out built")
    #expect(run.code == 0, "\(run.errors)")
    #expect(try workspace.summary(of: "built")["demand_loss"] ?? 1 < 1e-3)
  }

  /// 2.5 and 1.5 Gbps with a line of 1 Gbps at each side: divided they take two lines more, whole
  /// three, and the script divides them in a run.
  @Test(arguments: [("", 200.0), ("parts: 1\n", 300.0)])
  func demandsAreDividedInTheScriptToo(_ sample: (parts: String, cost: Double)) throws {
    let workspace = try workspace(
      plan: Self.plan.replacingOccurrences(
        of: "levels:", with: "routes: free\n\(sample.parts)fill: 95 %\nlevels:"))
    #expect(try workspace.cpnsim("plan", "p.yaml", "--out", "build").code == 0)
    let bill = try workspace.rows(of: "build/bom.csv")
    #expect(bill.reduce(0) { $0 + (Double($1["cost_yuan"] ?? "") ?? .nan) } == sample.cost)
    let run = try workspace.bash("sh build/build.sh --quiet --out built")
    #expect(run.code == 0, "\(run.errors)")
    #expect(try workspace.summary(of: "built")["demand_loss"] ?? 1 < 1e-3)
    let names = try workspace.rows(of: "built/demands.csv").compactMap { $0["demand"] }
    #expect(names.contains { $0.contains("/") } == sample.parts.isEmpty)
  }

  /// Of 4 Gbps 2.5 go from a to b, and wait for the one link there; the others have no second way.
  @Test(arguments: [
    ("streams", "wait", "62.5 % is lost with ab out of order, whatever links carry: streams waits"),
    ("streams", "move", nil),
    ("lonely", "move", "62.5 % is lost with ab out of order, whatever links carry: it has no way"),
  ])
  func itIsSaidWhatNoBuildHelps(name: String, response: String, said: String?) throws {
    let workspace = try workspace(
      plan: Self.plan.replacing("levels:", with: "failures: single\nlevels:"))
    var text = Self.scenario.replacing("on_failure: move", with: "on_failure: \(response)")
    if name == "lonely" { text.replace("to: a, capacity", with: "to: d, capacity") }
    try workspace.write(text, to: "s.yaml")
    let outcome = try workspace.cpnsim("plan", "p.yaml")
    #expect(outcome.code == (said == nil ? 0 : 1))
    guard let said else { return #expect(!outcome.output.contains("not enough")) }
    let words = outcome.output.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    #expect(words.contains("not enough: loss <= 0 %: \(said)"), "\(outcome.output)")
  }

  /// The peak is 182 Gbps: 35 lines of 5 Gbps beside 7 are just full, and their queue loses something;
  /// with one more nothing is lost.
  @Test func aLinkThatGetsJustFullHasALineMore() throws {
    let workspace = try Workspace()
    try workspace.write(
      """
      scenario: full
      duration: 1 d
      network:
        links:
          - {name: wide, from: a, to: b, capacity: 13 Gbps, delay: 9 ms, two_way: true}
          - {name: l, from: a, to: b, capacity: 7 Gbps, delay: 3 ms, two_way: true}
      traffic: [{demand: {name: d, rate: 26 Gbps, from: a, to: b, daily: [7, 3]}}]
      """, to: "s.yaml")
    try workspace.write(
      """
      plan: full
      scenario: s.yaml
      fill: 100 %
      levels: [{loss: 0 %}]
      build: {lines: {capacity: 5 Gbps, price: 7}}
      """, to: "p.yaml")
    let outcome = try workspace.cpnsim("plan", "p.yaml", "--out", "build")
    #expect(outcome.code == 0)
    #expect(
      outcome.output.contains("built for links 98 % full: with 100 % a run did not hold"),
      "\(outcome.output)")
    #expect(try workspace.rows(of: "build/bom.csv").map { $0["count"] } == ["36"])
    let run = try workspace.bash("sh build/build.sh --quiet --out built")
    #expect(try run.code == 0 && workspace.summary(of: "built")["demand_loss"] == 0)
  }

  @Test func whatCannotHoldEndsWithOne() throws {
    let plan = Self.plan.replacingOccurrences(of: "at_most: 0.001", with: "at_least: 0.5")
    let outcome = try workspace(plan: plan).cpnsim("plan", "p.yaml")
    #expect(outcome.code == 1)
    #expect(outcome.output.contains("no"))
  }

  @Test(arguments: [
    ("levels: [{loss: 0 %}, ", "levels: [{loss: 3}, ", "p.yaml:3:17: levels[0].loss: found \"3\""),
    ("build: {lines: {capacity: 1 Gbps, price: 100}}", "build: {}", "nothing that may be built"),
    ("at_most: 0.001", "class: x", "class"),
    ("loss: 0 %}", "loss: 0 %, class: x}", "levels[0].class: found \"x\", expected a class"),
    ("loss: 0 %}", "refused: 0 %, class: streams}", "class goes with"),
    ("loss: 0 %}", "latency: 3 ms, service: chat}", "expected a service: there is none"),
    ("levels: [{loss: 0 %}, ", "routes: free\nlevels: [{loss: 1 %}, ", "free routes with"),
    ("plan: ring", "plan: ring\nsolver: {within: 3}", "solver.within"),
    ("s.yaml", "t.yaml", "t.yaml"),
  ])
  func mistakesAreSaidWhereTheyStand(_ flaw: (old: String, new: String, said: String)) throws {
    let workspace = try workspace(
      plan: Self.plan.replacingOccurrences(of: flaw.old, with: flaw.new))
    let outcome = try workspace.cpnsim("plan", "p.yaml", "--out", "build")
    #expect(outcome.code == 2)
    #expect(outcome.errors.contains(flaw.said), "\(outcome.errors)")
    #expect(try workspace.bash("test ! -e build").code == 0)
  }

  @Test func failuresAreRankedAndWritten() throws {
    let workspace = try workspace()
    let outcome = try workspace.cpnsim(
      "plan", "s.yaml", "--failures", "single", "--confirm", "1", "--out", "out", "--format",
      "json", "--set",
      "classes=[{name: streams}]")
    #expect(outcome.code == 0, "\(outcome.errors)")
    let rows = try workspace.rows(of: "out/failures.csv")
    #expect(rows.count == 3 && rows[0]["rank"] == "1")
    #expect(try !workspace.rows(of: "out/confirmed.csv").isEmpty)
    let json = try JSONSerialization.jsonObject(with: Data(outcome.output.utf8)) as? [String: Any]
    #expect((json?["failures"] as? [Any])?.count == 3)
  }

  @Test func failuresAreRankedByWhatOneAsksFor() throws {
    let workspace = try workspace()
    func first(_ words: String...) throws -> String? {
      let all = ["plan", "s.yaml", "--failures", "single", "--format", "csv", "--set"]
      let outcome = try workspace.cpnsim(all + ["classes=[{name: streams}]"] + words)
      #expect(outcome.code == 0, "\(outcome.errors)")
      return outcome.output.split(separator: "\n").dropFirst().first?
        .split(separator: ",").dropFirst().first.map(String.init)
    }
    // Either takes the 1 Gbps that is carried over it; without b'c the other is 2.5 times full.
    #expect(try first() == "b'c")
    #expect(try first("--by", "links") == "b'c")
    // All of 2.5 Gbps has no way left, of 1.5 on the other.
    #expect(try first("--by", "stranded") == "ab")
  }

  @Test(arguments: [
    ("levels: [{metric: demand_lost, at_most: 3}]", "unknown metric \"demand_lost\""),
    (
      "levels: [{loss: 0 %}]\ngrowth: [{path: 'traffic[0].demand.rate', from: 1 Gbps, by: 50 %}]",
      "found growth without years"
    ),
  ])
  func whatAPlanCannotMeanIsSaid(_ levels: String, _ said: String) throws {
    let workspace = try workspace()
    try workspace.write(
      """
      plan: p
      scenario: s.yaml
      \(levels)
      build: {lines: {capacity: 1 Gbps, price: 1}}

      """, to: "p.yaml")
    let outcome = try workspace.cpnsim("plan", "p.yaml", "--quiet")
    #expect(outcome.code == 2 && outcome.errors.contains(said), "\(outcome.errors)")
  }

  /// Without the only fibre all is lost, whatever is built; nodes are bought for what was asked for.
  @Test func aLevelThatCannotHoldTightensNoOther() throws {
    let workspace = try workspace(
      plan: """
        plan: m
        scenario: s.yaml
        failures: single
        levels: [{refused: 5 %}, {loss: 0 %}]
        build: {channels: {price: 60000, transceiver: 100000, most: 40}, nodes: {price: 2500000, sites: [y]}}

        """)
    try workspace.write(
      """
      scenario: m
      duration: 24 h
      network: {nodes: [x, y], fibres: [{name: xy, between: [x, y], length: 300 km}]}
      light: {each_fibre: {channels: 2}}
      traffic:
        - {demand: {name: d, from: x, to: y, rate: 100 Gbps}}
        - tokens: {total: 1e12 tokens/day, from: {y: 1}, to: {y: {nodes: 10}}, services: [chat]}

      """, to: "s.yaml")
    let outcome = try workspace.cpnsim("plan", "p.yaml", "--quiet")
    #expect(outcome.code == 1 && outcome.output.contains("refused <= 5 %"))
    #expect(outcome.output.contains("362"), "\(outcome.output)")
  }

  @Test func theSchemaOfPlansHasTheirKeys() throws {
    let schema = try Workspace().cpnsim("schema", "plan").object()
    #expect(schema["required"] as? [String] == ["plan", "scenario", "levels", "build"])
    let keys = try #require(schema["properties"] as? [String: [String: Any]])
    #expect(
      Set(keys.keys) == [
        "plan", "scenario", "set", "unset", "failures", "fill", "routes", "parts", "levels",
        "build",
        "growth", "years", "solver",
      ])
    let level = try #require(keys["levels"]?["items"] as? [String: Any])
    #expect((level["properties"] as? [String: Any])?["availability"] != nil)
    #expect(keys["routes"]?["enum"] as? [String] == ["least-delay", "free"])
  }

  @Test(arguments: [
    (["--failures", "single", "--by", "yuan"], "--confirm"),
    (["--failures", "single", "--by", "size"], "traffic"), (["--by", "tokens"], "--failures"),
    (["--failures", "single", "--solver", "highs"], "--solver goes with"),
    (["--failures", "single", "--availability"], "expected one of them"),
    (["--failures", "triple"], "single"), (["--confirm", "2", "--availability"], "--confirm"),
    (["--failures", "single", "--top", "0"], "--top"), (["--availability"], "no fibres"),
  ])
  func mistakesOfTheCommandLineAreSaid(_ flaw: (words: [String], said: String)) throws {
    let outcome = try workspace().cpnsim(["plan", "s.yaml"] + flaw.words)
    #expect(outcome.code == 2)
    #expect(outcome.errors.contains(flaw.said), "\(outcome.errors)")
  }
}
