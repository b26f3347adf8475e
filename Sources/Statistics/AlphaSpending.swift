// SPDX-License-Identifier: GPL-3.0-or-later
private import Glibc

/// How much of the chance of a false alarm is spent by when, where data are looked at repeatedly.
///
/// K. K. G. Lan and D. L. DeMets, "Discrete sequential boundaries for clinical trials", Biometrika
/// 70 (1983). Looks need not be equally spaced nor their number known before.
public enum AlphaSpending: Equatable, Sendable {
  /// Little at first: 2 - 2 F(z / sqrt t) with F normal and F(z) = 1 - a / 2, near O'Brien and
  /// Fleming's boundary. An early alarm needs an overwhelming difference; the last look is hardly
  /// dearer than a single one.
  case obrienFleming
  /// Nearly evenly: a ln(1 + (e - 1) t), near Pocock's boundary, equal at all looks.
  case pocock

  /// What is spent on one side when a share of all data is in.
  ///
  /// - Precondition: The side's level lies between 0 and 1, and the share is above 0 and at most 1.
  public func spent(level: Double, at share: Double) -> Double {
    precondition(0 < level && level < 1 && 0 < share && share <= 1, "nothing is spent so")
    if share == 1 { return level }
    switch self {
    case .obrienFleming:
      let quantile = StandardNormal.upperQuantile(level / 2)
      return 2 * StandardNormal.upperTail(quantile / share.squareRoot())
    case .pocock: return level * log1p((M_E - 1) * share)
    }
  }
}
