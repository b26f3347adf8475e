// SPDX-License-Identifier: GPL-3.0-or-later
import Statistics
import Testing

@testable import Studies

/// What is the same run more than once is one observation, and no more.
@Suite struct CopiedRunTests {
  private static let scenario = """
    scenario: s
    duration: 20 s
    network:
      links:
        - {name: wire, from: a, to: b, capacity: 10 Gbps}
        - {name: idle, from: a, to: c, capacity: 10 Gbps}
    traffic:
      - generate:
          name: copies
          from: a
          to: b
          sizes: {exponential: {mean: 100 MB}}
          arrivals: {poisson: {load: 8 Gbps}}
    outputs: [summary]
    """

  private func sensitivity(_ study: String) throws -> Sensitivity {
    let bench = try Bench()
    try bench.write(Self.scenario, to: "s.yaml")
    try bench.write(
      Self.scenario.replacing(
        "wire, from: a, to: b, capacity: 10", with: "wire, from: a, to: b, capacity: 12"),
      to: "t.yaml")
    _ = try bench.sweep(study)
    return try Sensitivity(
      of: "fct_mean", bench.plan(study), in: StudyFolder("\(bench.path)/out"))
  }

  /// A link that nobody uses has ten capacities: ten times as many pairs, and not one observation more.
  @Test func pairsOfOneSeedAreOneObservation() throws {
    func study(_ idle: String) -> String {
      """
      study: s
      scenario: s.yaml
      seeds: 5
      axes:
        - {name: cap, path: 'network.links[wire].capacity', values: [10 Gbps, 11 Gbps]}
        - {name: idle, path: 'network.links[idle].capacity', \(idle)}
      """
    }
    let one = try #require(try sensitivity(study("values: [1 Gbps]")).effects.first)
    let ten = try #require(
      try sensitivity(study("range: {from: 1 Gbps, to: 10 Gbps, step: 1 Gbps}")).effects.first)
    #expect((one.pairs, ten.pairs) == (5, 50))
    #expect(one.difference.count == 5 && ten.difference.count == 5)
    let (narrow, wide) = (
      try #require(ten.difference.interval()), try #require(one.difference.interval())
    )
    #expect(abs(narrow.lower - wide.lower) < 1e-12 && abs(narrow.upper - wide.upper) < 1e-12)
    #expect(one.difference.mean < 0)
  }

  /// The scenarios of a study are an axis like any other.
  @Test func scenariosAreAnAxis() throws {
    let found = try sensitivity(
      "{study: s, scenarios: {ten: s.yaml, twelve: t.yaml}, seeds: 3}")
    #expect(found.effects.map(\.axis) == ["scenario"])
    #expect(found.effects.map(\.from) == ["ten"] && found.effects.map(\.to) == ["twelve"])
    #expect(try #require(found.effects.first).difference.mean < 0)
  }

  /// Points of a Saltelli design that come again: their runs are rows of one variant, told once.
  @Test func pointsThatComeAgainAreToldOnce() throws {
    let bench = try Bench()
    try bench.write(Self.scenario, to: "s.yaml")
    let study = """
      study: s
      scenario: s.yaml
      seeds: 2
      sample: {method: saltelli, count: 2}
      metrics: [fct_mean]
      axes:
        - {name: cap, path: 'network.links[wire].capacity', between: [10 Gbps, 12 Gbps]}
        - {name: idle, path: 'network.links[idle].capacity', between: [1 Gbps, 2 Gbps]}
      """
    _ = try bench.sweep(study)
    let rows = try bench.text("out/summary.csv").split(separator: "\n").dropFirst()
    let keys = rows.map { $0.split(separator: ",").prefix(4).joined(separator: ",") }
    #expect(Set(keys).count == keys.count && keys.count < 8)
    let side = try ComparedSide(study: "\(bench.path)/out")
    for variant in side.variants { #expect(variant.runs.map(\.seed) == [1, 2]) }
  }
}
