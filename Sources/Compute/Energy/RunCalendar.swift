// SPDX-License-Identifier: GPL-3.0-or-later
public import EventKernel

/// Which day and hour the instants of a run are.
///
/// A run begins at midnight, local time, of a day; the whole country keeps one time. Leap seconds
/// are left out, as they are by every clock that people go by.
public struct RunCalendar: Hashable, Sendable {
  /// The day of time 0.
  public let start: CalendarDay
  private let startNumber: Int

  public init(start: CalendarDay) {
    self.start = start
    startNumber = start.number
  }

  /// Of runs that name no day: July 1st of 2024, a Monday, in a year that began on a Monday.
  ///
  /// So the first day of a run is a Monday, as the curves of traffic through the week have it.
  public static let standard = RunCalendar(start: CalendarDay(number: 19_905))

  /// Whole days since time 0; negative before it.
  public func day(at time: SimTime) -> Int {
    let (days, rest) = time.nanoseconds.quotientAndRemainder(dividingBy: Self.nanosecondsOfDay)
    return Int(rest < 0 ? days - 1 : days)
  }

  /// The date of a day of the run, counted from 0.
  public func date(ofDay day: Int) -> CalendarDay { CalendarDay(number: startNumber + day) }

  public func date(at time: SimTime) -> CalendarDay { date(ofDay: day(at: time)) }

  /// What the clock on the wall shows, in nanoseconds since midnight.
  public func nanosecondOfDay(at time: SimTime) -> Int64 {
    let rest = time.nanoseconds % Self.nanosecondsOfDay
    return rest < 0 ? rest + Self.nanosecondsOfDay : rest
  }

  /// From 0 to 23.
  public func hour(at time: SimTime) -> Int {
    Int(nanosecondOfDay(at: time) / Self.nanosecondsOfHour)
  }

  /// Whole days from time 0 to a date; negative before it.
  public func number(of date: CalendarDay) -> Int { date.number - startNumber }

  /// The midnight that a day of the run begins with.
  public func beginning(ofDay day: Int) -> SimTime {
    SimTime(nanoseconds: Int64(day) * Self.nanosecondsOfDay)
  }

  public static let nanosecondsOfDay: Int64 = 86_400_000_000_000
  public static let nanosecondsOfHour: Int64 = 3_600_000_000_000
}
