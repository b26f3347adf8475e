// SPDX-License-Identifier: GPL-3.0-or-later
private import CGSL
private import Glibc

extension Distribution {
  /// The probability that a variable is at most this value.
  ///
  /// - Precondition: The distribution's `problem` is nil.
  public func cumulative(_ value: Double) -> Double {
    switch self {
    case .fixed(let only): value >= only ? 1 : 0
    case .exponential(let mean): value > 0 ? -expm1(-value / mean) : 0
    case .lognormal(let zeta, let sigma):
      value > 0 ? Self.normal(log(value) - zeta, sigma: sigma) : 0
    case .boundedPareto(let alpha, let minimum, let maximum):
      value <= minimum
        ? 0
        : value >= maximum
          ? 1 : expm1(-alpha * log(value / minimum)) / expm1(-alpha * log(maximum / minimum))
    case .gamma(let shape, let scale): value > 0 ? Self.gamma(value / scale, shape: shape) : 0
    case .empirical(let values, let weights):
      zip(values, weights).reduce(0) { $0 + ($1.0 <= value ? $1.1 : 0) } / weights.reduce(0, +)
    }
  }

  /// Of the normal distribution around 0; erfc keeps the digits of the lower tail.
  private static func normal(_ distance: Double, sigma: Double) -> Double {
    sigma > 0 ? erfc(-distance / (sigma * 2.squareRoot())) / 2 : distance >= 0 ? 1 : 0
  }

  /// Of the gamma distribution of scale 1.
  ///
  /// GSL loses its way where the shape is in the millions. From 1e5 on the cube root is normal to
  /// within 1e-7: E. B. Wilson, M. M. Hilferty, "The distribution of chi-square", Proc. Natl.
  /// Acad. Sci. 17 (1931).
  private static func gamma(_ value: Double, shape: Double) -> Double {
    GSLErrors.keepQuiet
    guard shape >= 1e5 else { return gsl_cdf_gamma_P(value, shape, 1) }
    let ninth = 1 / (9 * shape)
    return normal(cbrt(value / shape) - 1 + ninth, sigma: ninth.squareRoot())
  }
}
