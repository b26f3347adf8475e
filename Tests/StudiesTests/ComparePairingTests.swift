// SPDX-License-Identifier: GPL-3.0-or-later
import Testing

@testable import Studies

/// Which runs are pairs, and what is said of those that are none.
@Suite struct ComparePairingTests {
  private func comparison(
    _ baseline: ComparedSide, _ candidate: ComparedSide, _ rules: ComparisonRules = .init()
  ) throws -> Comparison {
    try Comparison(baseline, candidate, rules)
  }

  @Test func equalDigestsAreIdenticalWithoutATest() throws {
    let values = [("fct_mean", [1.0, 2, 4]), ("events", [5.0, 6, 7])]
    let seeds = ["x", "y", "z"]
    var sides = [CompareSketch.side("a", values), CompareSketch.side("b", values)]
    for side in sides.indices {
      for run in seeds.indices { sides[side].variants[0].runs[run].digest = seeds[run] }
    }
    let same = try comparison(sides[0], sides[1])
    #expect(same.isIdentical && same.tests == 0)
    #expect(same["fct_mean"]?.verdict == .identical)
    // The same numbers after other events are equal, and no more.
    sides[1].variants[0].runs[2].digest = "other"
    let equal = try comparison(sides[0], sides[1])
    #expect(!equal.isIdentical && equal["fct_mean"]?.verdict == .equal && equal.tests == 0)
  }

  @Test func runsAreFoundByTheirSeeds() throws {
    let comparison = try comparison(
      CompareSketch.side("a", [("fct_mean", [1, 2, 4])], seeds: [1, 2, 3]),
      CompareSketch.side("b", [("fct_mean", [5, 3, 9])], seeds: [3, 2, 7]))
    let metric = try #require(comparison["fct_mean"])
    #expect(metric.pairs == 2 && metric.baseline == 3 && metric.candidate == 4)
    #expect(comparison.notes.contains { $0.contains("1 run of a, 1 run of b") })
  }

  @Test func twoSingleRunsAreAPairOfAnySeeds() throws {
    let comparison = try comparison(
      CompareSketch.side("a", [("fct_mean", [1])], seeds: [1]),
      CompareSketch.side("b", [("fct_mean", [2])], seeds: [2]))
    #expect(comparison["fct_mean"]?.pairs == 1)
    #expect(comparison.notes.contains { $0.hasPrefix("the seeds differ, 1 and 2") })
  }

  /// Copies of one pair would make a proof of what it shows.
  @Test func seedsWithoutEffectAreOnePair() throws {
    let comparison = try comparison(
      CompareSketch.side("a", [("fct_mean", Array(repeating: 2, count: 20))], digest: "x"),
      CompareSketch.side("b", [("fct_mean", Array(repeating: 1, count: 20))], digest: "y"))
    #expect(comparison["fct_mean"]?.verdict == .untested && comparison.variants[0].pairs == 1)
    #expect(comparison.notes.contains { $0.hasPrefix("no seed changes anything") })
  }

  @Test func metricsOfOneSideAreListed() throws {
    let comparison = try comparison(
      CompareSketch.side(
        "a", [("fct_mean", [1, 2]), ("blocking", [1, 1]), ("fct_p99", [.nan, .nan])]),
      CompareSketch.side(
        "b", [("fct_mean", [2, 1]), ("demand_loss", [0, 0]), ("fct_p99", [3, 4])]))
    let variant = comparison.variants[0]
    #expect(variant.metrics.map(\.metric.name) == ["fct_mean"])
    #expect(variant.onlyBaseline == ["blocking"])
    #expect(variant.onlyCandidate == ["demand_loss", "fct_p99"])
  }

  /// A mean over the flows that were left is better for what it leaves out.
  @Test func denominatorsAreShownWhereTheyDiffer() throws {
    let comparison = try comparison(
      CompareSketch.side(
        "a",
        [
          ("flows_started", [10, 12]), ("flows_finished", [9, 12]), ("fct_mean", [5, 6]),
          ("bulk/fct_p99", [7, 8]), ("blocking", [0.1, 0.2]), ("requests", [4, 4]),
          ("tier/requests", [1, 2]), ("tier/blocking", [0.1, 0.3]),
        ]),
      CompareSketch.side(
        "b",
        [
          ("flows_started", [10, 12]), ("flows_finished", [5, 7]), ("fct_mean", [3, 4]),
          ("bulk/fct_p99", [6, 9]), ("blocking", [0.2, 0.2]), ("requests", [4, 4]),
          ("tier/requests", [2, 2]), ("tier/blocking", [0.2, 0.1]),
        ]))
    let found = comparison.variants[0].denominators
    #expect(
      found.map(\.count) == [
        .init(metric: "flows_finished", baseline: 10.5, candidate: 6),
        .init(metric: "tier/requests", baseline: 1.5, candidate: 2),
      ])
    #expect(found.map(\.metrics) == [["fct_mean", "bulk/fct_p99"], ["tier/blocking"]])
  }

  @Test func otherAxesAreAnError() throws {
    var first = CompareSketch.side("a", [("fct_mean", [1])])
    var second = CompareSketch.side("b", [("fct_mean", [1])])
    (first.axes, second.axes) = (["load", "rule"], ["load", "cut"])
    #expect(throws: IncomparableSides.self) { try comparison(first, second) }
    do {
      _ = try comparison(first, second)
    } catch {
      #expect(
        "\(error)" == "a and b are studies over other axes; axes of the first alone: rule; "
          + "of the second alone: cut")
    }
  }

  @Test func variantsAreFoundByTheirLabels() throws {
    func side(_ name: String, _ variants: [(String, Double)]) -> ComparedSide {
      ComparedSide(
        name: name, about: "", axes: ["load"], metrics: [ComparedMetric("fct_mean")],
        variants: variants.map { label, value in
          ComparedVariant(
            labels: [label],
            runs: (1...3).map {
              .init(seed: $0, digest: "\(name)\($0)", values: [value + Double($0)])
            })
        })
    }
    let comparison = try comparison(
      side("a", [("1", 10), ("2", 20)]), side("b", [("3", 0), ("2", 30)]))
    #expect(comparison.variants.map(\.labels) == [["2"]])
    #expect(comparison["fct_mean"]?.difference == 10)
    #expect(comparison.notes.count { $0.hasPrefix("left out, as") } == 2)
    #expect(throws: IncomparableSides.self) {
      try self.comparison(side("a", [("1", 1)]), side("b", [("2", 2)]))
    }
  }

  @Test func anUnknownMetricIsNamed() throws {
    var rules = ComparisonRules()
    rules.metrics = ["fct_meen"]
    let sides = ["a", "b"].map { CompareSketch.side($0, [("fct_mean", [1, 2])]) }
    #expect(throws: UnknownMetric.self) { try comparison(sides[0], sides[1], rules) }
    rules.metrics = ["fct_mean"]
    #expect(try comparison(sides[0], sides[1], rules).variants[0].metrics.count == 1)
  }
}
