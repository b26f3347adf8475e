// SPDX-License-Identifier: GPL-3.0-or-later

/// Two one-sided t tests: whether a mean difference lies within a tolerance.
///
/// The claim is made where both "at or below the lower margin" and "at or above the upper" are
/// rejected, so that p is the greater of the two; at level a this is the same as the interval of
/// probability 1 - 2a lying wholly within the margins. D. J. Schuirmann, J. Pharmacokinet.
/// Biopharm. 15 (1987). Valid where the t test is.
public struct EquivalenceTest: Equatable, Sendable {
  /// The probability of such data were the truth at or below the lower margin.
  public let pLower: Double
  /// The probability of such data were the truth at or above the upper margin.
  public let pUpper: Double

  /// The greater of both: small where the difference lies within the margins.
  public var p: Double { max(pLower, pUpper) }

  /// - Precondition: The lower margin is below the upper.
  public init(_ test: PairedTTest, lower: Double, upper: Double) {
    precondition(lower < upper, "an equivalence test has a range")
    pLower = test.tails(around: lower).greater
    pUpper = test.tails(around: upper).less
  }
}
