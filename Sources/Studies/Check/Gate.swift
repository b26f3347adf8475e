// SPDX-License-Identifier: GPL-3.0-or-later
internal import Statistics

/// When the metrics of a suite are worse: at which level each is looked at, and how often.
///
/// The chance of a false alarm is divided over the metrics that can raise one (Bonferroni) and, for
/// each, spent over the looks: a fifth of it as Pocock does, nearly evenly, so that a gross change is
/// seen at the first look, and the rest near O'Brien and Fleming, so that the last look sees nearly
/// what a single one would. A metric is worse where the interval of its mean paired difference lies
/// wholly beyond the tolerance.
public struct Gate: Equatable, Sendable {
  /// After how many pairs.
  public let looks: [Int]
  /// The one-sided level of each look.
  public let levels: [Double]
  /// What is caught at the last look beyond the tolerance, in deviations of the paired differences.
  public let effect: Double

  /// What settles early that a metric is no worse: one chance in twenty to be wrong at each look.
  public static let settlingLevel = 0.05
  /// The part of the budget that is spent evenly.
  private static let earlyShare = 0.2
  /// How often the gate catches what it is said to see.
  public static let power = 0.8

  /// - Precondition: Looks rise from 2 on; the chance lies between 0 and a half.
  public init(looks: [Int], falseAlarm: Double, metrics: Int) {
    self.looks = looks
    let budget = falseAlarm / Double(max(1, metrics))
    let early = Self.levels(looks, budget * Self.earlyShare, .pocock)
    let late = Self.levels(looks, budget * (1 - Self.earlyShare), .obrienFleming)
    levels = zip(early, late).map(max)
    let last = looks.count - 1
    effect = PairedPower(pairs: looks[last], level: levels[last], sides: .one)
      .smallestEffect(power: Self.power)
  }

  private static func levels(
    _ looks: [Int], _ level: Double, _ spending: AlphaSpending
  ) -> [Double] {
    GroupSequentialLooks(counts: looks, level: level, sides: .one, spending: spending)
      .looks.map(\.nominalLevel)
  }

  /// Judges a metric by as many pairs as there are at a look, by its position.
  ///
  /// A value that is not there is not a number; between runs of different seeds that says nothing.
  public func judge(
    _ metric: GatedMetric, candidate: [Double], baseline: [Double], look: Int,
    areOfOneSeed: Bool = true
  ) -> Judgement {
    let pairs = zip(candidate, baseline).filter { $0.isFinite && $1.isFinite }
    let values = (candidate: pairs.map(\.0), baseline: pairs.map(\.1))
    var judgement = Judgement(seeds: candidate.count, pairs: pairs.count)
    let isNew = zip(candidate, baseline).contains { $0.isFinite && !$1.isFinite }
    judgement.lost =
      areOfOneSeed ? zip(candidate, baseline).count { !$0.isFinite && $1.isFinite } : 0
    judgement.baselineMean = MeanEstimate(values.baseline)?.mean
    judgement.candidateMean = MeanEstimate(values.candidate)?.mean
    judgement.tolerance = metric.tolerance.amount(ofBaseline: judgement.baselineMean ?? 0)
    guard
      let comparison = PairedComparison(
        of: values.candidate, against: values.baseline, goal: metric.goal,
        tolerance: judgement.tolerance, level: 1 - 2 * levels[look])
    else {
      let isSame = !isNew && pairs.allSatisfy { $0 == $1 } && look == looks.count - 1
      judgement.verdict = judgement.lost > 0 ? .lost : isSame ? .identical : .undecided
      return judgement
    }
    let interval = comparison.test.interval(level: 1 - 2 * levels[look])
    judgement.difference = comparison.difference.mean
    judgement.interval = .init(low: interval.lower, high: interval.upper)
    judgement.deviation = comparison.difference.deviation
    judgement.sees = judgement.tolerance + effect * comparison.difference.deviation
    judgement.verdict =
      judgement.lost > 0 ? .lost : verdict(comparison, level: levels[look])
    if isNew, judgement.verdict == .identical { judgement.verdict = .equal }
    return judgement
  }

  private func verdict(_ comparison: PairedComparison, level: Double) -> Judgement.Verdict {
    if comparison.difference.mean == 0, comparison.difference.deviation == 0 { return .identical }
    if comparison.beyondP <= level { return .worse }
    if comparison.equivalenceP <= Self.settlingLevel { return .equal }
    guard isNoWorse(comparison) else { return .undecided }
    let interval = comparison.test.interval(level: 1 - 2 * level)
    let isBetter = comparison.goal == .lower ? interval.upper < 0 : interval.lower > 0
    return isBetter ? .better : .noWorse
  }

  /// Whether a difference worse than the tolerance is ruled out.
  private func isNoWorse(_ comparison: PairedComparison) -> Bool {
    let sign = comparison.goal == .lower ? 1.0 : -1
    guard let tails = comparison.difference.tails(around: sign * comparison.tolerance) else {
      return false
    }
    let p = comparison.goal == .lower ? tails.less : tails.greater
    return p <= Self.settlingLevel
  }
}

/// What a gate says of a metric after some pairs.
public struct Judgement: Equatable, Sendable {
  public enum Verdict: String, CaseIterable, Sendable {
    /// Each value is what it was.
    case identical
    /// The difference lies within the tolerance.
    case equal
    /// The whole interval lies on the better side.
    case better
    /// Not worse by more than the tolerance; perhaps better.
    case noWorse = "no worse"
    /// The pairs show none of these; the metric may be worse by less than the gate sees.
    case undecided
    case worse
    /// The baseline has values where there are none now.
    case lost = "no value"
  }

  public struct Interval: Equatable, Sendable {
    public var low: Double
    public var high: Double
  }

  public var verdict = Verdict.undecided
  /// The runs that it is judged by, and how many of them have values on both sides.
  public var seeds: Int
  public var pairs: Int
  /// The seeds with a value in the baseline and none now.
  public var lost = 0
  public var baselineMean: Double?
  public var candidateMean: Double?
  /// The tolerance in the metric's unit.
  public var tolerance = 0.0
  /// Candidate less baseline; nil for fewer than two pairs.
  public var difference: Double?
  /// The interval of the difference, at the level of the look.
  public var interval: Interval?
  /// The deviation of the paired differences.
  public var deviation: Double?
  /// What change for the worse is caught in 8 of 10 cases once all looks are taken.
  public var sees: Double?

  init(seeds: Int, pairs: Int) {
    self.seeds = seeds
    self.pairs = pairs
  }

  /// Whether it is not what it should be.
  public var isBad: Bool { verdict == .worse || verdict == .lost }

  /// Whether more pairs could change it.
  public var isOpen: Bool { verdict == .undecided }
}
