// SPDX-License-Identifier: GPL-3.0-or-later
import Planning
import Scenario
import Testing

/// Availability of places, beside a long simulation.
@Suite struct AvailabilityTests {
  /// A ring of three fibres that often fail, in which light is restored at once.
  private static let ring = """
    scenario: ring
    duration: 40000 d
    network:
      nodes: [a, b, c]
      fibres:
        - {name: ab, between: [a, b], length: 400 km}
        - {name: bc, between: [b, c], length: 900 km}
        - {name: ac, between: [a, c], length: 700 km}
    light:
      failures: {cuts: {per_1000_km: 20 /y, repair: 2 d}, amplifiers: {lifetime: 900 d, repair: 1 d}}
      switching: {restoration: 1 ms}
      links: [{name: l, between: [a, b], channels: 1, protection: restoration}]
    traffic:
      - flows: [{flow: f, from: a, to: b, start: 0 s, size: 1 MB}]
    outputs: [summary]
    """

  @Test func aLongRunFindsWhatIsWorkedOut() throws {
    let sample = try PlanSample(Self.ring)
    let report = AvailabilityReport(of: try sample.scenario().load().model)
    let pair = try #require(report.pairs.first { ($0.source, $0.target) == ("a", "b") })
    #expect(pair.isExact)
    let runs = try (1...12).map { try sample.metric("link_availability", ["seed=\($0)"]) }
    let mean = runs.reduce(0, +) / 12
    let deviation = (runs.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / 11).squareRoot()
    // Student's t of 11 degrees of freedom at 99 %.
    #expect(abs(mean - pair.value) < 3.106 * deviation / 12.0.squareRoot())
    #expect(deviation < 0.2 * (1 - mean))
  }

  @Test func thePairOfAPathIsAsGoodAsItsFibresTogether() throws {
    let sample = try PlanSample(Self.ring)
    let settings = [
      "network.fibres=[{name: ab, between: [a, b], length: 400 km}]",
      "light.links[l].protection=none",
    ]
    let report = AvailabilityReport(of: try sample.scenario(settings).load().model)
    // 8 cuts a year that take 2 days each, five spans that fail each 900 days for one.
    let cuts = 365.25 / 8, amplifiers = 900.0 / 5
    let up = cuts / (cuts + 2) * amplifiers / (amplifiers + 1)
    #expect(abs(try #require(report.pairs.first).value - up) < 1e-4)
  }
}
