// SPDX-License-Identifier: GPL-3.0-or-later
internal import Statistics

/// Adds seeds to a variant until the interval of a metric's mean is narrow enough.
///
/// It looks after 20 seeds and then each time there are half as many again, so that the seeds of a
/// variant depend on its numbers alone, and not on which run was first. To stop at the first narrow
/// interval makes intervals hold the truth somewhat less often than they say: Y. S. Chow and
/// H. Robbins, Ann. Math. Stat. 36 (1965), for why that goes away as they narrow.
public struct IntervalRule: Equatable, Sendable {
  public let metric: String
  /// The longer arm of the interval over the mean.
  public let relative: Double
  public let most: Int

  /// How many seeds a variant needs, by what its first ones gave; nil stands for a failed run.
  ///
  /// `values` has the seeds from 1 on as far as they have ended. With fewer than it asks for, the
  /// answer is the next number of seeds at which it looks.
  func wanted(_ values: [Double?]) -> Int {
    var look = min(IntervalRule.firstLook, most)
    while look < most, values.count >= look {
      if isNarrow(values.prefix(look).compactMap(\.self)) { return look }
      look = min(most, look + (look + 1) / 2)
    }
    return look
  }

  func isNarrow(_ values: [Double]) -> Bool {
    let estimate = MeanEstimate(values.filter(\.isFinite))
    guard let interval = estimate?.interval() else { return false }
    return interval.reach <= relative * interval.mean.magnitude
  }

  /// The seeds of a variant before the first look.
  public static let firstLook = 20
}
