// SPDX-License-Identifier: GPL-3.0-or-later
internal import EventKernel
internal import Glibc

/// An instant between nanoseconds: what rounding would leave over is kept.
///
/// Steps follow each other by the thousand, and their ends must not drift.
struct EngineClock: Equatable, BitwiseCopyable, Sendable {
  private(set) var nanoseconds: Int64
  /// From 0 to below 1.
  private var rest = 0.0

  init(_ time: SimTime) {
    nanoseconds = time.nanoseconds
  }

  /// The last whole nanosecond by then.
  var floor: SimTime { SimTime(nanoseconds: nanoseconds) }

  /// The nearest whole nanosecond.
  var nearest: SimTime { SimTime(nanoseconds: rest < 0.5 ? nanoseconds : nanoseconds + 1) }

  /// So many steps of so many seconds later; nil where that is past the last instant.
  func advanced(by seconds: Double, steps: Int64) -> EngineClock? {
    let exact = rest + seconds * 1e9 * Double(steps)
    let whole = exact.rounded(.down)
    guard whole < 9e18 else { return nil }
    let (sum, overflow) = nanoseconds.addingReportingOverflow(Int64(whole))
    guard !overflow else { return nil }
    var clock = self
    (clock.nanoseconds, clock.rest) = (sum, exact - whole)
    return clock
  }

  /// How many steps of so many seconds it takes to come to an instant or past it.
  func steps(of seconds: Double, to time: SimTime) -> Int64 {
    let gap = Double(time.nanoseconds - nanoseconds) - rest
    let steps = (gap / (seconds * 1e9)).rounded(.up)
    return steps < 9e18 ? max(0, Int64(steps)) : .max
  }
}
