// SPDX-License-Identifier: GPL-3.0-or-later
import Testing

@testable import Studies

/// The intervals of `summary.csv` hold the true means as often as they say.
///
/// Every variant has a generator of another name, and with it a random stream of its own: each is a
/// study by itself, whose means are known by Wald's identity. The long version of this is the
/// benchmark `studies --coverage 1000`.
@Suite struct StudyCoverageTests {
  private static let studies = 120
  private static let seeds = 10

  /// So many of 120 hold the truth with a probability of 95 % each, but for 3 in 1,000 times.
  private static let expected = 106...119

  @Test func intervalsHoldTheTruth() throws {
    let bench = try Bench()
    try bench.write(
      """
      scenario: known
      duration: 1 s
      network: {links: [{name: l, from: a, to: b, capacity: 100 Gbps}]}
      traffic:
        - generate: {name: g, from: a, to: b, arrivals: {poisson: 20 /s}, sizes: {exponential: 1 MB}}

      """, to: "known.yaml")
    let names = (1...Self.studies).map { "g\($0)" }.joined(separator: ", ")
    let end = try bench.sweep(
      """
      study: coverage
      scenario: known.yaml
      seeds: \(Self.seeds)
      axes: [{name: draw, path: 'traffic[0].generate.name', values: [\(names)]}]
      metrics: [flows_started, bytes_started]
      """)
    #expect(end.done == Self.studies * Self.seeds)
    let rows = try bench.rows("out/summary.csv")
    for (metric, mean) in [("flows_started", 20.0), ("bytes_started", 20e6)] {
      let intervals = rows.filter { $0["metric"] == metric }.compactMap { row in
        Double(row["low"] ?? "").flatMap { low in Double(row["high"] ?? "").map { (low, $0) } }
      }
      #expect(intervals.count == Self.studies)
      let held = intervals.count { $0.0 <= mean && mean <= $0.1 }
      #expect(Self.expected.contains(held), "\(metric): \(held) of \(intervals.count)")
      // Half of those that miss are to lie on either side.
      #expect(intervals.contains { $0.1 < mean } || intervals.contains { $0.0 > mean })
    }
  }
}
