// SPDX-License-Identifier: GPL-3.0-or-later
public import Statistics

/// What a metric of one side says beside that of another.
public struct MetricComparison: Sendable {
  public enum Verdict: String, CaseIterable, Sendable {
    /// All runs of the pairs have equal digests: they did the same, and nothing is tested.
    case identical
    /// The difference lies within the tolerance, or is none in any pair.
    case equal
    case better, worse
    /// A difference, of a metric that is neither better nor worse for it.
    case higher, lower
    /// The runs show none of these.
    case undecided
    /// One pair says nothing of chance.
    case untested
    /// No seed has a value on both sides.
    case unpaired
  }

  /// A count that a mean or a share is taken over, as the mean of its pairs.
  public struct Count: Equatable, Sendable {
    public var metric: String
    public var baseline: Double
    public var candidate: Double
  }

  public let metric: ComparedMetric
  /// Which way it gets better; nil where neither is.
  public let better: PairedComparison.Goal?
  /// How many pairs have a value on both sides.
  public let pairs: Int
  /// The means over these pairs; not a number without any.
  public let baseline: Double
  public let candidate: Double
  /// Of the pairs with a difference; nil below two pairs, and where none has any.
  public let test: PairedComparison?
  /// Of several metrics together; nil where nothing is tested.
  public internal(set) var adjustedP: Double?
  public internal(set) var verdict: Verdict
  /// What it is taken over, where the two sides differ in that.
  public internal(set) var over: [Count] = []
  /// The pair that is farthest apart; nil where none differs.
  public internal(set) var farthest: Pair?

  /// Candidate less baseline.
  public var difference: Double { candidate - baseline }

  /// The difference as a part of the baseline; not a number where that is 0.
  public var share: Double {
    difference == 0 ? 0 : baseline == 0 ? .nan : difference / abs(baseline)
  }

  /// Whether all pairs have equal values.
  public let isSame: Bool

  init(
    _ metric: ComparedMetric, better: PairedComparison.Goal?,
    pairs: [(baseline: Double, candidate: Double)], isIdentical: Bool, tolerance: Double,
    level: Double
  ) {
    let (first, second) = (pairs.map(\.baseline), pairs.map(\.candidate))
    self.metric = metric
    self.better = better
    self.pairs = pairs.count
    baseline = MeanEstimate(first)?.mean ?? .nan
    candidate = MeanEstimate(second)?.mean ?? .nan
    isSame = !pairs.isEmpty && first == second
    test =
      isSame || pairs.count < 2
      ? nil
      : PairedComparison(
        of: second, against: first, goal: better ?? .lower, tolerance: tolerance * abs(baseline),
        level: level)
    verdict =
      pairs.isEmpty
      ? .unpaired
      : isSame && isIdentical ? .identical : pairs.count == 1 ? .untested : .equal
  }

  /// The p that decides.
  ///
  /// Differences that are all the same leave t nothing to go by: two pairs would then prove any
  /// difference. The exact p knows how many they are.
  var p: Double? {
    guard let test else { return nil }
    let scale = max(abs(baseline), abs(candidate))
    return test.difference.deviation <= 1e-12 * scale ? test.exactP : test.p
  }

  /// Decides, once it is known what the p of all metrics together makes of this one.
  mutating func decide(adjustedP: Double) {
    guard let test else { return }
    self.adjustedP = adjustedP
    verdict =
      switch test.verdict(adjustedP: adjustedP) {
      case .equal: .equal
      case .undecided: .undecided
      case .better: better == nil ? .lower : .better
      case .worse: better == nil ? .higher : .worse
      }
  }
}
