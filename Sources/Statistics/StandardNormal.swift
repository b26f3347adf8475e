// SPDX-License-Identifier: GPL-3.0-or-later
private import CGSL

/// The normal distribution of mean 0 and deviation 1.
public enum StandardNormal {
  /// The probability of a value above this one, with all its digits far out.
  public static func upperTail(_ value: Double) -> Double { gsl_cdf_ugaussian_Q(value) }

  /// The value that a variable is above with this probability.
  ///
  /// - Precondition: The probability lies between 0 and 1.
  public static func upperQuantile(_ probability: Double) -> Double {
    precondition(0 < probability && probability < 1, "the normal distribution has no such value")
    return gsl_cdf_ugaussian_Qinv(probability)
  }

  static func density(_ value: Double) -> Double { gsl_ran_ugaussian_pdf(value) }
}
