// SPDX-License-Identifier: GPL-3.0-or-later
package import EventKernel

/// A flow begins now or at a coming full hour, whichever makes it cheapest.
///
/// What it costs is the mean price over the time that it would take alone. It waits for a day at
/// most, and never beyond the instant from which its floor alone meets its deadline. Once it
/// sends it is not stopped, for its floor is promised.
package struct OffPeak: FlowScheduling {
  /// One for each hour of the day, from midnight on.
  package let prices: [Double]

  package func start(of flow: SchedulingQuestion, at now: SimTime) -> SimTime {
    let hour = OffPeak.hour
    let latest = min(flow.latestStart ?? .distantFuture, now + OffPeak.day)
    var best = now
    var least = meanPrice(from: now, for: flow.idealTime)
    var next = SimTime(nanoseconds: (now.nanoseconds / hour + 1) * hour)
    while next <= latest {
      let price = meanPrice(from: next, for: flow.idealTime)
      // Sums of the same prices in another order may differ in their last digits.
      if price < least - 1e-9 * abs(least) { (best, least) = (next, price) }
      next = next + SimDuration(nanoseconds: hour)
    }
    return best
  }

  /// The mean price over a time from an instant on; all whole days in it cost the same.
  package func meanPrice(from start: SimTime, for time: SimDuration) -> Double {
    let length = max(time.nanoseconds, 1)
    let (days, rest) = length.quotientAndRemainder(dividingBy: OffPeak.day.nanoseconds)
    var sum = Double(days) * Double(OffPeak.hour) * prices.reduce(0, +)
    var (from, left) = (start.nanoseconds % OffPeak.day.nanoseconds, rest)
    while left > 0 {
      let part = min(left, OffPeak.hour - from % OffPeak.hour)
      sum += Double(part) * prices[Int(from / OffPeak.hour % 24)]
      from += part
      left -= part
    }
    return sum / Double(length)
  }

  private static let hour: Int64 = 3_600_000_000_000
  private static let day = SimDuration(nanoseconds: 24 * hour)
}
