// SPDX-License-Identifier: GPL-3.0-or-later
import Statistics
import Testing

@testable import Studies

/// What a metric depends on, where it is known.
@Suite struct SensitivityTests {
  /// Two flows whose bytes add up to a metric.
  private static let scenario = """
    scenario: sum
    duration: 100 s
    network: {links: [{name: l, from: a, to: b, capacity: 1 Gbps}]}
    traffic:
      - flows:
          - {flow: x, start: 0 s, from: a, to: b, size: 1 GB}
          - {flow: y, start: 0 s, from: a, to: b, size: 1 GB}
    """

  private func sensitivity(_ study: String, of metric: String) throws -> Sensitivity {
    let bench = try Bench()
    try bench.write(Self.scenario, to: "sum.yaml")
    _ = try bench.sweep(study)
    return try Sensitivity(
      of: metric, bench.plan(study), in: StudyFolder("\(bench.path)/out"))
  }

  /// A sum of independent parts that are uniform over 1 and 3 has variances as 1 to 9, and no
  /// interactions.
  @Test func sharesOfASumAreThoseOfItsVariances() throws {
    let found = try sensitivity(
      """
      study: s
      scenario: sum.yaml
      sample: {method: saltelli, count: 64}
      axes:
        - {name: x, path: 'traffic[0].flows[x].size', between: [1 GB, 2 GB]}
        - {name: y, path: 'traffic[0].flows[y].size', between: [1 GB, 4 GB]}
      """, of: "bytes_started")
    #expect(found.shares.map(\.axis) == ["x", "y"])
    for (share, exact) in zip(found.shares, [0.1, 0.9]) {
      #expect(abs(share.first.mean - exact) < 0.03, "\(share)")
      #expect(abs(share.total.mean - exact) < 0.03, "\(share)")
    }
  }

  @Test func stepsAreComparedAllElseBeingEqual() throws {
    let found = try sensitivity(
      """
      study: s
      scenario: sum.yaml
      axes:
        - {name: x, path: 'traffic[0].flows[x].size', values: [1 GB, 3 GB]}
        - {name: y, path: 'traffic[0].flows[y].size', values: [1 GB, 2 GB, 5 GB]}
      where: x == 1 GB or y <= 2 GB
      """, of: "bytes_started")
    #expect(found.effects.map(\.to) == ["3 GB", "2 GB", "5 GB"])
    #expect(found.effects.map(\.difference.mean) == [2e9, 1e9, 4e9])
    // Of the pairs of which `where` leaves both.
    #expect(found.effects.map(\.pairs) == [2, 2, 1])
    #expect(found.effects.map(\.difference.count) == [1, 1, 1])
    #expect(found.effects.map(\.base) == [2.5e9, 3e9, 2e9])
  }

  @Test func aMetricThatNoRunHasIsAnError() throws {
    #expect(throws: UnknownMetric.self) {
      _ = try sensitivity("{study: s, scenario: sum.yaml}", of: "bytes_startet")
    }
  }
}
