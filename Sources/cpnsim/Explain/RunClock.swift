// SPDX-License-Identifier: GPL-3.0-or-later

internal import Compute
internal import EventKernel
internal import Results
internal import Text

/// Instants of a run as a clock shows them: `21:15`, `21:15 of day 2`, or seconds in a short run.
struct RunClock {
  let calendar: RunCalendar
  /// Whether the run is too short for clocks.
  let isShort: Bool

  private static let minute: Int64 = 60_000_000_000

  init(_ calendar: RunCalendar, upTo end: SimTime) {
    self.calendar = calendar
    isShort = end.nanoseconds < 30 * Self.minute
  }

  func text(_ instant: SimTime) -> String {
    guard !isShort else { return formatted(seconds: instant.seconds) }
    // To the nearest minute, which may be that of another day.
    let minutes = (instant.nanoseconds + Self.minute / 2) / Self.minute
    let day = minutes / (24 * 60)
    let clock = "\(two(minutes / 60 % 24)):\(two(minutes % 60))"
    return day == 0 ? clock : "\(clock) of day \(day + 1)"
  }

  /// With the date: `2026-07-06 21:15`.
  func date(_ instant: SimTime) -> String {
    let minutes = calendar.nanosecondOfDay(at: instant) / Self.minute
    return "\(calendar.date(at: instant)) \(two(minutes / 60)):\(two(minutes % 60))"
  }

  private func two(_ number: Int64) -> String { (number < 10 ? "0" : "") + String(number) }
}
