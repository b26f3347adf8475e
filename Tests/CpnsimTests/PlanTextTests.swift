// SPDX-License-Identifier: GPL-3.0-or-later
import Testing

/// What a plan prints and writes, and how it answers mistakes.
@Suite struct PlanTextTests {
  private func planned(_ scenario: String, _ plan: String) throws -> (Workspace, Outcome) {
    let workspace = try Workspace()
    try workspace.write(scenario + "\n", to: "s.yaml")
    try workspace.write(plan + "\nscenario: s.yaml\nsolver: none\n", to: "p.yaml")
    return (workspace, try workspace.cpnsim("plan", "p.yaml", "--quiet", "--out", "build"))
  }

  /// Links with names that look like positions, or have brackets in them: the right one is built.
  @Test(arguments: ["1", "l[1]", "+", "a=b"]) func aLinkIsFoundByAnyName(name: String) throws {
    let (workspace, outcome) = try planned(
      """
      scenario: s
      duration: 1 h
      network:
        links:
          - {name: "\(name)", from: a, to: b, capacity: 100 Gbps}
          - {name: "0", from: b, to: c, capacity: 100 Gbps}
      traffic: [{demand: {name: d, from: a, to: b, rate: 150 Gbps}}]
      """,
      """
      plan: "p\\necho HACKED"
      levels: [{loss: 0 %}]
      build: {lines: {capacity: 100 Gbps, price: 1}}
      """)
    try #require(outcome.code == 0, "\(outcome.errors)")
    let run = try workspace.bash("sh build/build.sh --quiet --out built")
    #expect(run.code == 0 && !run.output.contains("HACKED"), "\(run.errors)")
    #expect(try workspace.summary(of: "built")["demand_loss"] == 0)
  }

  /// What was too little before is told in the unit of the level, and by the level that was asked for.
  @Test func whatIsExceededIsToldAsItWasAsked() throws {
    let (_, late) = try planned(
      """
      scenario: s
      duration: 1 h
      network: {links: [{name: ab, from: a, to: b, capacity: 100 Gbps, delay: 5 ms}]}
      traffic: [{demand: {name: d, from: a, to: b, rate: 150 Gbps}}]
      """,
      """
      plan: p
      levels: [{latency: 4 ms}, {loss: 1 %}]
      build: {lines: {capacity: 100 Gbps, price: 1}}
      """)
    #expect(late.output.contains("exceeded: latency <= 4 ms: 5 ms before anything is built\n"))
    #expect(late.output.contains("exceeded: loss <= 1 %: 33.33333 % before anything is built\n"))
  }

  @Test(arguments: [
    (
      "growth: [{path: 'traffic[9].demand.rate', from: 1 Gbps, by: 60 %/y}]\nyears: [2026, 2027]",
      "error: p.yaml:4:17: growth[0].path: traffic[9].demand.rate: traffic has elements 0 to 0, not 9\n"
    ),
    ("set: {network.foo: 3}", "error: p.yaml:4:7: set: network.foo: network: unknown key \"foo\""),
    (
      "failures: none",
      "error: p.yaml:3:63: build.fibres[0].between[1]: found \"zz\", expected a node of the scenario, "
        + "or another new fibre that goes on from there: there are a, b"
    ),
  ])
  func mistakesAreToldWhereTheyStand(line: String, error: String) throws {
    let (_, outcome) = try planned(
      """
      scenario: s
      duration: 1 h
      network: {fibres: [{name: ab, between: [a, b], length: 80 km}]}
      light: {each_fibre: {channels: 1}}
      traffic: [{demand: {name: d, from: a, to: b, rate: 1 Gbps}}]
      """,
      """
      plan: p
      levels: [{loss: 0 %}]
      build: {channels: {price: 1}, fibres: [{name: x, between: [a, \
      \(line.hasPrefix("failures") ? "zz" : "b")], length: 1 km, price: 1}]}
      \(line)
      """)
    #expect(outcome.code == 2)
    #expect(outcome.errors.hasPrefix(error), "\(outcome.errors)")
  }
}
