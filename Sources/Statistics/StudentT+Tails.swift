// SPDX-License-Identifier: GPL-3.0-or-later
private import CGSL

extension StudentT {
  /// The probability of a value above this one, with all its digits far out.
  ///
  /// - Precondition: There is a degree of freedom.
  public static func upperTail(_ value: Double, degreesOfFreedom: Double) -> Double {
    precondition(degreesOfFreedom > 0, "t has no such distribution")
    GSLErrors.keepQuiet
    if value.isInfinite { return value > 0 ? 0 : 1 }
    return gsl_cdf_tdist_Q(value, degreesOfFreedom)
  }

  /// The value that a variable is above with this probability, which may be tiny.
  ///
  /// - Precondition: The probability lies between 0 and 1, and there is a degree of freedom.
  public static func upperQuantile(_ probability: Double, degreesOfFreedom: Double) -> Double {
    precondition(0 < probability && probability < 1 && degreesOfFreedom > 0, "t has no such value")
    GSLErrors.keepQuiet
    return gsl_cdf_tdist_Qinv(probability, degreesOfFreedom)
  }

  /// The probability that a noncentral t variable is above a value.
  ///
  /// The variable is (Z + d) / sqrt(V / k), with Z normal, V of chi-square with k degrees and d the
  /// noncentrality, so the tail above t is the integral over z from -d on of the normal density at
  /// z times the probability that V is below k (z + d)^2 / t^2. It is integrated by GSL's adaptive
  /// Gauss-Kronrod rule to an error of 1e-12; what lies beyond 12 deviations, 2e-33, is left out.
  ///
  /// - Precondition: The value is above 0, and the degrees are above 0 and at most 100,000.
  public static func noncentralUpperTail(
    _ value: Double, degreesOfFreedom: Double, noncentrality: Double
  ) -> Double {
    precondition(value > 0, "the noncentral tail is integrated above 0 only")
    precondition(0 < degreesOfFreedom && degreesOfFreedom <= 1e5, "t has no such distribution")
    GSLErrors.keepQuiet
    let reach = 12.0
    guard -noncentrality < reach else { return 0 }
    return Integral.adaptive(from: max(-noncentrality, -reach), to: reach) { z in
      let ratio = (z + noncentrality) / value
      return StandardNormal.density(z)
        * gsl_cdf_chisq_P(degreesOfFreedom * ratio * ratio, degreesOfFreedom)
    }
  }
}
