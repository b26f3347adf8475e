// SPDX-License-Identifier: GPL-3.0-or-later

/// A distribution of positive numbers that samples are drawn from.
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
