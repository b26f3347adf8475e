// SPDX-License-Identifier: GPL-3.0-or-later
private import Glibc

/// A distribution of positive numbers that samples are drawn from.
///
/// It is a description, as a scenario gives it; `Sampler` draws from it.
public enum Distribution: Equatable, Sendable {
  /// The same value every time.
  case fixed(Double)
  case exponential(mean: Double)
  /// The logarithm is normal with mean `zeta` and standard deviation `sigma`.
  case lognormal(zeta: Double, sigma: Double)
  /// Pareto between two bounds, with tail exponent `alpha`.
  case boundedPareto(alpha: Double, minimum: Double, maximum: Double)
  case gamma(shape: Double, scale: Double)
  /// One of these values, each with its weight.
  case empirical(values: [Double], weights: [Double])
}

extension Distribution {
  /// Makes the lognormal distribution of this mean and coefficient of variation.
  public static func lognormal(mean: Double, variation: Double) -> Distribution {
    let variance = log1p(variation * variation)
    return .lognormal(zeta: log(mean) - variance / 2, sigma: variance.squareRoot())
  }

  /// Makes the gamma distribution of this mean and coefficient of variation.
  public static func gamma(mean: Double, variation: Double) -> Distribution {
    let square = variation * variation
    return .gamma(shape: 1 / square, scale: mean * square)
  }
}
