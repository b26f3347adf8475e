// SPDX-License-Identifier: GPL-3.0-or-later
import Statistics
import Testing

@testable import Studies

/// What a comparison says of one metric, against numbers worked out elsewhere.
@Suite struct CompareMetricTests {
  private static let baseline = [10.1, 9.7, 10.4, 9.9, 10.2, 10.6, 9.5, 10.0]
  /// Clearly slower, by 2 %; within 1 %; and nothing but noise.
  private static let slower = [10.35, 9.85, 10.65, 10.05, 10.5, 10.7, 9.75, 10.3]
  private static let near = [10.16, 9.66, 10.43, 9.88, 10.27, 10.58, 9.52, 10.01]
  private static let noisy = [10.9, 9.1, 10.6, 10.3, 9.6, 11.0, 9.4, 9.7]

  private static func comparison(_ rules: ComparisonRules = ComparisonRules()) throws -> Comparison
  {
    try Comparison(
      CompareSketch.side(
        "a",
        [
          ("fct_mean", baseline), ("slowdown_mean", baseline), ("blocking", baseline),
          ("events", baseline),
        ]),
      CompareSketch.side(
        "b",
        [
          ("fct_mean", slower), ("slowdown_mean", near), ("blocking", noisy), ("events", baseline),
        ]),
      rules)
  }

  /// By scipy 1.17 of the differences: `ttest_rel`, all 256 flips of signs, two `t.sf`, and
  /// `false_discovery_control` of the three p; `events` does not move and is not tested.
  private static let truth: [(name: String, numbers: [Double])] = [
    (
      "fct_mean",
      [
        10.26875, 0.21875, 0.15580010685993945, 0.281699893140061, 7.679851175528685e-05,
        0.0078125, 0.9984995834748669, 2.5823653630123506, 0.00023039553526586054,
      ]
    ),
    (
      "slowdown_mean",
      [
        10.06375, 0.01375, -0.019069240789252012, 0.046569240789252314, 0.35483983500570504,
        0.390625, 0.00021200791296638262, 0.31134277456935355, 0.5322597525085575,
      ]
    ),
    (
      "blocking",
      [
        10.075, 0.025, -0.40070273519133776, 0.450702735191338, 0.8934667350213801, 0.9453125,
        0.34375618369142613, 0.043641351504430256, 0.8934667350213801,
      ]
    ),
  ]

  @Test func theNumbersAreThoseOfSciPy() throws {
    let comparison = try Self.comparison()
    #expect(comparison.tests == 3)
    for (name, numbers) in Self.truth {
      let metric = try #require(comparison[name])
      let test = try #require(metric.test)
      #expect(metric.pairs == 8)
      let ours = [
        metric.candidate, metric.difference, test.interval.lower, test.interval.upper, test.p,
        test.exactP, test.equivalenceP, test.effect ?? .nan, metric.adjustedP ?? .nan,
      ]
      #expect(abs(metric.baseline - 10.05) < 1e-12)
      #expect(abs(metric.share - numbers[1] / 10.05) < 1e-12)
      for (ours, theirs) in zip(ours, numbers) {
        #expect(abs(ours - theirs) < 1e-9 * max(1, abs(theirs)), "\(name): \(ours), \(theirs)")
      }
    }
  }

  @Test func theVerdictsFollow() throws {
    let comparison = try Self.comparison()
    let verdicts = try #require(comparison.variants.first).metrics.map(\.verdict)
    #expect(verdicts == [.worse, .equal, .undecided, .equal])
    #expect(comparison["events"]?.test == nil && comparison["events"]?.adjustedP == nil)
  }

  @Test func theToleranceDecidesWhatIsEqual() throws {
    var rules = ComparisonRules()
    rules.tolerance = 0
    #expect(try Self.comparison(rules)["slowdown_mean"]?.verdict == .undecided)
    rules.tolerance = 0.05
    #expect(try Self.comparison(rules)["fct_mean"]?.verdict == .equal)
    #expect(try Self.comparison(rules)["blocking"]?.verdict == .equal)
  }

  @Test(arguments: [
    ("fct_mean", MetricComparison.Verdict.worse), ("bulk/fct_p99", .worse),
    ("tokens_served", .better), ("lightpaths_lit", .higher), ("no_such_word", .higher),
  ])
  func theDirectionIsThatOfTheMetric(name: String, verdict: MetricComparison.Verdict) throws {
    let metric = try CompareSketch.metric(name, Self.baseline, Self.slower)
    #expect(metric.verdict == verdict)
    let opposite: [MetricComparison.Verdict: MetricComparison.Verdict] = [
      .worse: .better, .better: .worse, .higher: .lower,
    ]
    #expect(
      try CompareSketch.metric(name, Self.slower, Self.baseline).verdict == opposite[verdict])
  }

  @Test func theUserMaySayWhatIsBetter() throws {
    var rules = ComparisonRules()
    rules.better = ["lightpaths_lit": .lower]
    let metric = try CompareSketch.metric("lightpaths_lit", Self.baseline, Self.slower, rules)
    #expect(metric.verdict == .worse && metric.better == .lower)
  }

  @Test func onePairIsNotTested() throws {
    let metric = try CompareSketch.metric("fct_mean", [2], [3])
    #expect(metric.verdict == .untested && metric.test == nil && metric.pairs == 1)
    #expect(metric.difference == 1 && metric.share == 0.5)
  }

  /// By t two equal differences would prove anything: they have no spread.
  @Test(arguments: [(2, MetricComparison.Verdict.undecided), (5, .undecided), (6, .worse)])
  func equalDifferencesNeedEnoughPairs(
    pairs: Int, verdict: MetricComparison.Verdict
  ) throws {
    let baseline = Array(0..<pairs).map { Double($0) + 1 }
    let metric = try CompareSketch.metric("flows_broken", baseline, baseline.map { $0 + 1 })
    #expect(metric.verdict == verdict)
    #expect(metric.adjustedP == 2 / Double(1 << pairs))
  }

  @Test func pairsWithoutAValueAreLeftOut() throws {
    let metric = try CompareSketch.metric(
      "fct_mean", [1, .nan, 3, 4], [2, 2, .nan, 5])
    #expect(metric.pairs == 2 && metric.baseline == 2.5 && metric.candidate == 3.5)
    #expect(try CompareSketch.metric("fct_mean", [1, .nan], [.nan, 2]).verdict == .unpaired)
  }
}
