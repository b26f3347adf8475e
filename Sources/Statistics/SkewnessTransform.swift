// SPDX-License-Identifier: GPL-3.0-or-later
private import Glibc

/// Hall's cubic, which takes the skewness out of the t statistic of a mean.
///
/// Where values of skewness k lean to the right, t = (m - mu) sqrt(n) / s leans to the left. With
/// c = k / sqrt n,
///
///     g(t) = t + c (t^2 / 3 + 1 / 6) + c^2 t^3 / 27 = ((1 + c t / 3)^3 - 1) / c + c / 6
///
/// has no skewness left of the order of 1 / sqrt n, rises everywhere and has an inverse in closed
/// form. P. Hall, "On the removal of skewness by transformation", J. R. Stat. Soc. B 54 (1992).
struct SkewnessTransform {
  /// c, which is not 0.
  let slope: Double

  func callAsFunction(_ t: Double) -> Double {
    t + slope * (t * t / 3 + 1.0 / 6) + slope * slope * t * t * t / 27
  }

  func inverse(_ value: Double) -> Double {
    3 / slope * (cbrt(1 + slope * (value - slope / 6)) - 1)
  }
}
