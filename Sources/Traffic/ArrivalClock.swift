// SPDX-License-Identifier: GPL-3.0-or-later
public import EventKernel
internal import Glibc

/// Adds up gaps between arrivals, each rounded to a whole nanosecond without the sum drifting.
///
/// What rounding leaves over, at most half a nanosecond, is carried into the next gap. A sum of
/// seconds in `Double` would lose the nanoseconds after 104 days.
public struct ArrivalClock: Sendable {
  public private(set) var now: SimTime
  private var carry = 0.0

  public init(start: SimTime) {
    now = start
  }

  /// Moves on by whole nanoseconds; false where that is past the last instant of `SimTime`.
  mutating func skip(nanoseconds: Int64) -> Bool {
    let (sum, overflow) = now.nanoseconds.addingReportingOverflow(nanoseconds)
    guard !overflow else { return false }
    carry = 0
    now = SimTime(nanoseconds: sum)
    return true
  }

  /// Moves on by a gap; nil where that is past the last instant that can be represented.
  public mutating func advance(seconds: Double) -> SimTime? {
    let exact = seconds * 1e9 + carry
    let whole = exact.rounded()
    // Also false where the gap is not a number.
    guard whole >= 0, whole < 9.2e18 else { return nil }
    let (sum, overflow) = now.nanoseconds.addingReportingOverflow(Int64(whole))
    guard !overflow else { return nil }
    carry = exact - whole
    now = SimTime(nanoseconds: sum)
    return now
  }
}
