// SPDX-License-Identifier: GPL-3.0-or-later

/// What a metric of one setting says beside that of another, run with the same seeds.
///
/// All is said of the differences of pairs, candidate less baseline. Their interval, `p` and
/// `equivalenceP` are those of `MeanEstimate`, which hold where differences are skewed; `test` has
/// Student's beside them. Where runs
/// differ by chance alone, differences are symmetric and the t test holds too; far out, where a gate
/// with few false alarms looks, it sees more: at a level of 1 in 20,000 it saw a normal difference of
/// 1.7 deviations with 20 pairs in 98 of 100 studies, and `MeanEstimate` in 86. So `beyondP` is by t.
///
/// 20 metrics without a difference, at 5 to 50 pairs, after Benjamini and Hochberg: `p` called any at
/// 5 % in 4.2 to 4.7 % of 4,000 suites of normal values, and in fewer of skewed ones.
public struct PairedComparison: Equatable, Sendable {
  /// Which way a metric gets better.
  public enum Goal: String, Equatable, Sendable {
    case lower, higher
  }

  public enum Verdict: String, Equatable, Sendable {
    /// The difference lies within the tolerance.
    case equal
    case better, worse
    /// The data show none of these.
    case undecided
  }

  /// Up to so many pairs `exactP` is by sign flips, and beyond by ranks.
  public static let fewPairs = 20

  public let goal: Goal
  /// How much a mean may move and still count as equal, in units of the metric.
  public let tolerance: Double
  /// The probability of the interval; what is left of 1 is the level of the tests.
  public let level: Double
  /// The mean difference, with its deviation.
  public let difference: MeanEstimate
  /// The range of the true mean difference.
  public let interval: MeanInterval
  /// The t test of the differences.
  public let test: PairedTTest
  /// The two-sided p of no difference, which decides: the greater of Student's and of the one that
  /// takes skewness out.
  public let p: Double
  /// The two-sided p of no difference that needs symmetric differences alone: exact by all flips of
  /// their signs for few pairs, by Wilcoxon's signed ranks for more.
  public let exactP: Double
  /// The p of a difference as great as the tolerance: small where settings are equal within it.
  ///
  /// By two one-sided tests. At a tolerance of 0 it is 1, and 0 where all differences are 0.
  public let equivalenceP: Double
  /// The one-sided p of a candidate that is worse by no more than the tolerance: small where it is
  /// worse by more.
  ///
  /// By the t test alone, so that its power is that of `PairedPower`. Of suites of 20 metrics that
  /// are looked at 4 times at a budget of 0.1 %, 0 of 10,000 were red where there was no difference,
  /// and 12 where there was one just as great as the tolerance; 310 where such differences had an
  /// exponential tail towards better.
  public let beyondP: Double

  /// Nil where there are fewer than two pairs.
  ///
  /// - Precondition: There are as many values of both, all finite, in the order of the same seeds;
  ///   the tolerance is not negative, and the level lies between 0 and 1.
  public init?(
    of candidate: [Double], against baseline: [Double], goal: Goal, tolerance: Double = 0,
    level: Double = 0.95
  ) {
    precondition(candidate.count == baseline.count && tolerance >= 0, "pairs have no such form")
    let differences = Self.differences(of: candidate, against: baseline)
    guard let difference = MeanEstimate(differences),
      let interval = difference.interval(level: level),
      let test = PairedTTest(differences: differences),
      let none = difference.tails(around: 0), let low = difference.tails(around: -tolerance),
      let high = difference.tails(around: tolerance)
    else { return nil }
    self.goal = goal
    self.tolerance = tolerance
    self.level = level
    self.difference = difference
    self.interval = interval
    self.test = test
    p = none.twoSided
    exactP = Self.exact(differences)
    let isNone = difference.mean == 0 && difference.deviation == 0
    equivalenceP = tolerance > 0 ? max(low.greater, high.less) : isNone ? 0 : 1
    beyondP =
      goal == .lower ? test.tails(around: tolerance).greater : test.tails(around: -tolerance).less
  }

  /// The difference in deviations of the differences, by Hedges; nil for two pairs, of which his
  /// correction leaves nothing.
  public var effect: Double? { test.pairs > 2 ? test.hedgesG : nil }

  /// The range of the true mean difference by Student's t alone.
  public var studentInterval: ConfidenceInterval { test.interval(level: level) }

  /// Equal where two one-sided tests say so, else better or worse where p says so, or what
  /// `MultipleTesting` made of it where there are many metrics.
  public func verdict(adjustedP: Double? = nil) -> Verdict {
    if equivalenceP <= 1 - level { return .equal }
    guard (adjustedP ?? p) <= 1 - level else { return .undecided }
    return (difference.mean < 0) == (goal == .lower) ? .better : .worse
  }

  /// Differences without what sums are rounded by: where each pair differs by a millionth of a millionth at
  /// most there is none, and where the differences do, all are the first.
  private static func differences(of candidate: [Double], against baseline: [Double]) -> [Double] {
    let rounding = zip(candidate, baseline).map { 1e-12 * max($0.magnitude, $1.magnitude) }
    let differences = zip(candidate, baseline).map(-)
    guard let least = differences.min(), let most = differences.max(), let coarsest = rounding.max()
    else { return [] }
    if zip(differences, rounding).allSatisfy({ $0.magnitude <= $1 }) {
      return differences.map { _ in 0 }
    }
    return most - least <= coarsest ? differences.map { _ in differences[0] } : differences
  }

  private static func exact(_ differences: [Double]) -> Double {
    differences.count <= fewPairs
      ? SignFlipTest(differences: differences).p.twoSided
      : SignedRankTest(differences: differences).p.twoSided
  }
}
