// SPDX-License-Identifier: GPL-3.0-or-later

/// Student's t test of paired differences: whether their mean is 0.
///
/// With n differences of mean m and sample deviation s, t = m sqrt(n) / s is compared with n - 1
/// degrees of freedom. "Student", "The probable error of a mean", Biometrika 6 (1908). Exact where
/// the differences are normal, and near it where they are symmetric. Where they are skewed it is
/// not: of 40,000 intervals of 95 % of 20 exponential values 91.9 % held the mean, and 86.8 % of as
/// many lognormal ones of sigma 1; `MeanEstimate` holds there. `SignFlipTest` and `SignedRankTest`
/// need symmetry alone.
public struct PairedTTest: Equatable, Sendable {
  private let moments: RunningMoments

  /// Nil where there are fewer than two differences, as one says nothing about its own spread.
  public init?(differences: some Sequence<Double>) {
    moments = RunningMoments(differences)
    guard moments.count >= 2 else { return nil }
  }

  public var pairs: Int { moments.count }
  public var meanDifference: Double { moments.mean }
  /// The sample deviation of the differences.
  public var deviation: Double { moments.variance.squareRoot() }
  public var degreesOfFreedom: Double { Double(pairs - 1) }
  public var standardError: Double { (moments.variance / Double(pairs)).squareRoot() }

  /// The t statistic; 0 where all differences are 0 and infinite where all are equal.
  public var statistic: Double { distance(to: 0) }

  public var p: TailProbabilities { tails(around: 0) }

  /// The range that holds the true mean difference with a given probability.
  public func interval(level: Double = 0.95) -> ConfidenceInterval {
    let tail = (1 - level) / 2
    let quantile = StudentT.upperQuantile(tail, degreesOfFreedom: degreesOfFreedom)
    return ConfidenceInterval(
      mean: meanDifference, halfWidth: quantile * standardError, level: level)
  }

  /// Cohen's dz, the mean difference in deviations of the differences.
  ///
  /// J. Cohen, *Statistical Power Analysis for the Behavioral Sciences* (1988), 2.3.5. Infinite
  /// where all differences are equal, and 0 where they are 0.
  public var cohensDz: Double { statistic / Double(pairs).squareRoot() }

  /// Hedges' g, dz with most of its bias in small samples taken off: dz (1 - 3 / (4 df - 1)).
  ///
  /// L. V. Hedges, "Distribution theory for Glass's estimator of effect size", J. Educ. Stat. 6
  /// (1981); the factor is within 1 % of the exact one from 5 pairs on, and 0 for 2. As infinite as
  /// dz where all differences are equal.
  public var hedgesG: Double {
    cohensDz.isInfinite ? cohensDz : cohensDz * (1 - 3 / (4 * degreesOfFreedom - 1))
  }

  /// How far the mean lies above a value, in standard errors.
  func distance(to value: Double) -> Double {
    let distance = meanDifference - value
    return distance == 0 ? 0 : distance / standardError
  }

  func tails(around value: Double) -> TailProbabilities {
    let t = distance(to: value)
    return TailProbabilities(
      greater: StudentT.upperTail(t, degreesOfFreedom: degreesOfFreedom),
      less: StudentT.upperTail(-t, degreesOfFreedom: degreesOfFreedom))
  }
}

extension ConfidenceInterval {
  init(mean: Double, halfWidth: Double, level: Double) {
    self.mean = mean
    self.halfWidth = halfWidth
    self.level = level
  }
}
