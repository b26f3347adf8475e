// SPDX-License-Identifier: GPL-3.0-or-later
package import EventKernel

/// A constant rate from an instant to another, in whole bits per second.
package struct BandwidthWindow: Equatable, Sendable {
  package var start: SimTime
  package var end: SimTime
  package var rate: Int64
}

/// What a transfer asks of a calendar: so many bits, at no more than a rate.
///
///     length(r) = time + guard(time),   time = ceil(bits / r),   guard(time) = 1 us + time / 2^30
///
/// The guard keeps the rounding of clocks and rates out of what is promised: the last bit is there
/// before the window ends, and so before the deadline that the window ends by.
package struct BandwidthNeed: Sendable {
  package var bits: Double
  /// Whole bits per second, at least 1.
  package var mostRate: Int64

  package init(bits: Double, mostRate: Int64) {
    self.bits = bits
    self.mostRate = mostRate
  }

  /// No window is longer, so that instants stay far from the last one that can be told.
  private static let longest: Int64 = 1 << 61
  private static let leastGuard: Int64 = 1000

  /// The time for which a rate is taken, in nanoseconds; nil where it is too long to be told.
  package func length(at rate: Int64) -> Int64? {
    let time = (bits * 1e9 / Double(rate)).rounded(.up)
    guard time < Double(BandwidthNeed.longest) else { return nil }
    return Int64(time) + BandwidthNeed.leastGuard + Int64(time) >> 30
  }

  /// The least rate that takes no longer than a time; nil where that is too short for any.
  package func leastRate(within length: Int64) -> Int64? {
    let time = length - BandwidthNeed.leastGuard - length >> 30
    guard time > 0 else { return nil }
    let exact = (bits * 1e9 / Double(time)).rounded(.up)
    guard exact < 0x1p62 else { return nil }
    // A quotient of large numbers may be rounded to just below what it takes.
    let rate = max(1, Int64(exact))
    if let needed = self.length(at: rate), needed <= length { return rate }
    return rate + 1 + rate >> 50
  }

  /// The window that a rate makes from an instant on; nil where its end can't be told.
  package func window(at rate: Int64, from start: SimTime) -> BandwidthWindow? {
    guard let length = length(at: rate) else { return nil }
    let end = start + SimDuration(nanoseconds: length)
    guard end < .distantFuture else { return nil }
    return BandwidthWindow(start: start, end: end, rate: rate)
  }
}
