// SPDX-License-Identifier: GPL-3.0-or-later
import Testing

@testable import Studies

/// In which variant and run of a study a metric moved most.
@Suite struct MostMovedTests {
  private static let metrics = [ComparedMetric("fct_mean", unit: "s"), ComparedMetric("events")]

  /// Runs of the seeds from 1 on, with a value of both metrics each.
  private func variant(_ label: String, _ side: String, _ values: [(Double, Double)])
    -> ComparedVariant
  {
    ComparedVariant(
      labels: [label],
      runs: values.enumerated().map { place, pair in
        ComparedRun(
          seed: UInt64(place + 1), digest: "\(side) \(label) \(place)", values: [pair.0, pair.1])
      })
  }

  private func side(_ name: String, _ variants: [ComparedVariant]) -> ComparedSide {
    ComparedSide(
      name: name, about: "", axes: ["load"], metrics: Self.metrics, variants: variants)
  }

  /// Completion times rise by 0.1 s or so at a load of 10, by 1 s at 20, there most in seed 3.
  @Test func theVariantAndTheRunAreNamed() throws {
    let flat = (1...8).map { (Double($0), 5.0) }
    let steps = [1.0, 1.1, 1.9, 0.9, 1.0, 1.05, 0.95, 1.2]
    let few = zip(flat, steps).map { ($0.0 + $1 / 10, $0.1) }
    let far = zip(flat, steps).map { ($0.0 + $1, $0.1) }
    let comparison = try Comparison(
      side("a", [variant("10", "a", flat), variant("20", "a", flat)]),
      side("b", [variant("10", "b", few), variant("20", "b", far)]), ComparisonRules())
    let moved = comparison.mostMoved
    #expect(moved.map(\.metric.name) == ["fct_mean"])
    let most = try #require(moved.first)
    #expect(most.labels == ["20"])
    #expect(most.pair == .init(seed: 3, baseline: 3, candidate: 4.9))
    let mean = steps.reduce(0, +) / 8
    #expect(abs(most.difference - mean) < 1e-12 && abs(most.share - mean / 4.5) < 1e-12)
    // Where it moved less it has a run of its own that is farthest.
    let first = try #require(comparison.variants[0].metrics.first)
    #expect(first.farthest?.seed == 3 && first.hasMoved)
  }

  /// What differs by chance alone has not moved.
  @Test func whatIsUndecidedHasNotMoved() throws {
    let values = [(1.0, 5.0), (2, 5), (3, 5), (4, 5)]
    let other = [(1.5, 5.0), (1.4, 5), (3.3, 5), (3.8, 5)]
    let comparison = try Comparison(
      side("a", [variant("10", "a", values)]), side("b", [variant("10", "b", other)]),
      ComparisonRules())
    #expect(comparison.variants[0].metrics[0].verdict == .undecided)
    #expect(comparison.mostMoved.isEmpty)
  }

  /// One pair shows a difference and is not tested: it is named all the same.
  @Test func anOnlyRunIsNamed() throws {
    let comparison = try Comparison(
      side("a", [variant("10", "a", [(1, 5)]), variant("20", "a", [(1, 5)])]),
      side("b", [variant("10", "b", [(4, 5)]), variant("20", "b", [(3, 5)])]), ComparisonRules())
    let most = try #require(comparison.mostMoved.first)
    #expect(comparison.mostMoved.count == 1 && most.labels == ["10"] && most.difference == 3)
  }
}
