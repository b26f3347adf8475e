// SPDX-License-Identifier: GPL-3.0-or-later
private import CGSL
private import Glibc

/// What the likeliest parameters of four families of distributions depend on.
///
/// With x the numbers, all above 0, and m, l and v the mean of x and the mean and the variance of
/// ln x, the likelihood is greatest at
///
///     exponential      mean = m
///     lognormal        zeta = l, sigma^2 = v, divided by n and not by n - 1
///     gamma            ln k - psi(k) = ln m - l, scale = m / k
///     bounded Pareto   L = min x, H = max x, 1/a - c / (e^(a c) - 1) = l - ln L, c = ln (H / L)
///
/// N. L. Johnson, S. Kotz, N. Balakrishnan, *Continuous Univariate Distributions* 1 (1994); for the
/// bounded Pareto I. B. Aban, M. M. Meerschaert, A. K. Panorska, "Parameter estimation for the
/// truncated Pareto distribution", J. Amer. Stat. Assoc. 101 (2006). As H grows a tends to Hill's
/// estimator, 1 / (l - ln L).
public struct PositiveMoments: Equatable, Sendable {
  private var values = RunningMoments()
  private var logarithms = RunningMoments()
  public private(set) var minimum = Double.infinity
  public private(set) var maximum = 0.0

  public init() {}

  public var count: Int { values.count }

  /// Takes in a number.
  ///
  /// - Precondition: It is above 0 and finite.
  public mutating func add(_ value: Double) {
    precondition(value > 0 && value < .infinity, "these moments are of numbers above 0")
    values.add(value)
    logarithms.add(log(value))
    minimum = min(minimum, value)
    maximum = max(maximum, value)
  }
}

extension PositiveMoments {
  /// Nil where there is no number, as for the other families.
  var exponential: Distribution? { count > 0 ? .exponential(mean: values.mean) : nil }

  var lognormal: Distribution? {
    guard count > 0 else { return nil }
    let variance = logarithms.variance * Double(count - 1) / Double(count)
    return .lognormal(zeta: logarithms.mean, sigma: variance.squareRoot())
  }

  /// Nil where the numbers are equal, so that the likelihood has no greatest value.
  var gamma: Distribution? {
    let excess = log(values.mean) - logarithms.mean
    // Below this the difference of the two logarithms has lost its digits.
    guard count > 0, excess > 1e-9 else { return nil }
    GSLErrors.keepQuiet
    // Newton's method for a function of 1/k, which is nearly straight: T. P. Minka, "Estimating a
    // gamma distribution" (2002). Four or five steps do; it starts from his equation 1 for large k.
    var shape =
      (3 - excess + ((excess - 3) * (excess - 3) + 24 * excess).squareRoot()) / (12 * excess)
    for _ in 0..<50 {
      let slope = shape - shape * shape * gsl_sf_psi_1(shape)
      let next = 1 / (1 / shape + (log(shape) - gsl_sf_psi(shape) - excess) / slope)
      guard next > 0, next.isFinite else { return nil }
      let isDone = abs(next - shape) <= 1e-12 * shape
      shape = next
      if isDone { break }
    }
    return .gamma(shape: shape, scale: values.mean / shape)
  }

  /// Nil where the logarithms crowd the upper bound, as then no exponent is above 0.
  var boundedPareto: Distribution? {
    let span = log(maximum / minimum)
    let excess = logarithms.mean - log(minimum)
    guard count > 0, span > 0, excess > 0, excess < span / 2 else { return nil }
    // The left-hand side falls from c/2 at 0 to below the right at 1/excess, Hill's estimate.
    var low = 0.0
    var high = 1 / excess
    for _ in 0..<200 {
      let middle = low + (high - low) / 2
      guard middle > low, middle < high else { break }
      if 1 / middle - span / expm1(middle * span) > excess { low = middle } else { high = middle }
    }
    return .boundedPareto(alpha: high, minimum: minimum, maximum: maximum)
  }
}
