// SPDX-License-Identifier: GPL-3.0-or-later

/// The mean of independent values, with intervals and tests that hold where values are skewed too.
///
/// Student's t fails for skewed values: of its intervals of 95 % of 20 values 92 % hold the mean
/// where values are exponential, 87 % where they are lognormal of sigma 1. So where the skewness
/// that is measured, G1, is beyond the deviation that it has for normal values, an interval
/// reaches to the farther of t's end and that of Hall's transformation (`SkewnessTransform`), and
/// a p is the greater of both. D. N. Joanes and C. A. Gill, "Comparing measures of sample skewness
/// and kurtosis", The Statistician 47 (1998), have G1 and its deviation. As G1 of few skewed values
/// is far too small (2.0 on average for 20 lognormal ones, and not 6.2), it is taken times 1 + 4/n.
/// This factor, the threshold, and taking the farther end were chosen by simulation. The inverse of
/// the transformation is steep where it turns, and an end of it may lie more than four times as far
/// out as t's; beyond three times that brings nothing, and an end lies no farther.
///
/// Of intervals of 95 % so many in a hundred held the mean, by t alone and as they are here, in
/// 40,000 studies each (deviation 0.1):
///
///     values                  n = 5      n = 10      n = 20      n = 40     n = 100
///     normal               95.2 95.9   95.0 95.7   94.9 95.4   94.9 95.2   94.9 95.0
///     uniform              93.5 95.2   94.5 97.0   94.9 96.8   94.7 95.5   94.9 95.1
///     Student's, 3 degrees 96.4 96.9   96.0 96.3   95.8 95.9   95.2 95.3   95.5 95.6
///     exponential          88.3 91.3   89.9 95.1   91.9 96.3   93.2 96.2   94.3 96.2
///     lognormal, sigma 0.5 91.9 93.4   92.0 94.5   93.1 95.5   93.7 95.7   94.4 95.9
///     lognormal, sigma 1   82.2 86.8   84.0 92.8   86.8 94.4   89.0 94.8   91.6 95.3
///     Pareto, alpha 3      80.4 85.6   82.3 92.6   85.3 94.1   87.3 94.4   90.5 94.9
///     Pareto, alpha 2.5    77.8 83.7   79.8 91.8   82.6 93.3   85.5 93.6   88.3 93.8
///
/// So it holds from 10 values on, and for very skewed ones from 20. Below 10 no method that was
/// tried holds for these, the bootstrap of t included: the values that make the mean are not in the
/// sample. Nor does any for rare events: of 20 values that are 1 in one of twenty cases and else 0,
/// a third of the samples are all 0. For that more runs are needed, or longer ones.
public struct MeanEstimate: Equatable, Sendable {
  public let count: Int
  public let mean: Double
  /// The sample deviation; 0 for one value.
  public let deviation: Double
  /// G1, n / ((n - 1) (n - 2)) times the sum of ((x - mean) / deviation)^3; 0 for fewer than three
  /// values or equal ones.
  public let skewness: Double

  /// Nil where there is no value.
  ///
  /// - Precondition: Values are finite.
  public init?(_ values: [Double]) {
    precondition(values.allSatisfy(\.isFinite), "a value is not finite")
    guard !values.isEmpty else { return nil }
    let moments = RunningMoments(values)
    count = moments.count
    mean = Self.mean(of: values) ?? moments.mean
    deviation = moments.variance.squareRoot()
    skewness = Self.skewness(values, moments)
  }

  /// How many times as far out as t's an end may lie.
  static let farthest = 3.0

  /// The deviation of the mean.
  public var standardError: Double { deviation / Double(count).squareRoot() }

  /// What intervals and tests are made by.
  public var method: MeanInterval.Method { transform == nil ? .student : .skewed }

  /// The range that holds the true mean with a given probability; without width where all values
  /// are equal, and nil for one value, which says nothing about its own spread.
  ///
  /// - Precondition: The level lies between 0 and 1.
  public func interval(level: Double = 0.95) -> MeanInterval? {
    precondition(0 < level && level < 1, "an interval has a probability between 0 and 1")
    guard count >= 2 else { return nil }
    let quantile = StudentT.upperQuantile((1 - level) / 2, degreesOfFreedom: Double(count - 1))
    var below = quantile
    var above = quantile
    if let transform {
      let most = Self.farthest * quantile
      below = max(below, min(most, transform.inverse(quantile)))
      above = max(above, min(most, -transform.inverse(-quantile)))
    }
    return MeanInterval(
      mean: mean, lower: mean - below * standardError, upper: mean + above * standardError,
      level: level, method: method)
  }

  /// How often chance alone gives a mean as far from a value as this one; nil for one value.
  ///
  /// An interval of probability 1 - 2a ends where a tail is a.
  public func tails(around value: Double) -> TailProbabilities? {
    guard count >= 2 else { return nil }
    let distance = mean - value
    let t = distance == 0 ? 0 : distance / standardError
    let corrected = transform?(t) ?? t
    return TailProbabilities(
      greater: tail(t, corrected: corrected), less: tail(-t, corrected: -corrected))
  }

  private func tail(_ t: Double, corrected: Double) -> Double {
    let least = min(t, corrected)
    return tail(above: t > 0 ? max(least, t / Self.farthest) : least)
  }

  private func tail(above value: Double) -> Double {
    StudentT.upperTail(value, degreesOfFreedom: Double(count - 1))
  }

  /// What takes the skewness out; nil where no more is seen than normal values may show.
  private var transform: SkewnessTransform? {
    let n = Double(count)
    guard count >= 3 else { return nil }
    let chance = (6 * n * (n - 1) / ((n - 2) * (n + 1) * (n + 3))).squareRoot()
    guard abs(skewness) > chance else { return nil }
    return SkewnessTransform(slope: skewness * (1 + 4 / n) / n.squareRoot())
  }

  /// The mean, without digits behind those that values have; nil where their sum overflows.
  ///
  /// What each addition loses is kept beside the sum: A. Neumaier, ZAMM 54 (1974).
  private static func mean(of values: [Double]) -> Double? {
    var sum = 0.0
    var lost = 0.0
    for value in values {
      let next = sum + value
      lost += abs(sum) >= abs(value) ? (sum - next) + value : (value - next) + sum
      sum = next
    }
    let count = Double(values.count)
    let mean = sum / count
    guard mean.isFinite, lost.isFinite else { return nil }
    return mean + (sum.addingProduct(-mean, count) + lost) / count
  }

  private static func skewness(_ values: [Double], _ moments: RunningMoments) -> Double {
    guard values.count >= 3, moments.variance > 0 else { return 0 }
    let deviation = moments.variance.squareRoot()
    let cubes = values.reduce(0.0) { sum, value in
      let step = (value - moments.mean) / deviation
      return sum + step * step * step
    }
    let n = Double(values.count)
    return cubes * n / ((n - 1) * (n - 2))
  }
}
