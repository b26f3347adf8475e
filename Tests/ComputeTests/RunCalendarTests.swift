// SPDX-License-Identifier: GPL-3.0-or-later
import EventKernel
import Foundation
import Testing

@testable import Compute

@Suite struct RunCalendarTests {
  /// Foundation's calendar is not ours.
  @Test func everyDayIsThatOfAnotherCalendar() throws {
    var other = Calendar(identifier: .gregorian)
    other.timeZone = try #require(TimeZone(secondsFromGMT: 0))
    var isOld = true
    for number in stride(from: -25_000, to: 300_000, by: 17) {
      let date = Date(timeIntervalSince1970: Double(number) * 86_400)
      let parts = other.dateComponents([.year, .month, .day, .weekday], from: date)
      let day = CalendarDay(number: number)
      #expect([day.year, day.month, day.day] == [parts.year, parts.month, parts.day])
      #expect(day.weekday.rawValue % 7 + 1 == parts.weekday)
      #expect(day.number == number)
      let days = other.range(of: .day, in: .month, for: date)
      #expect(day.daysInMonth == days?.count)
      isOld = isOld && day.year < 2000
    }
    #expect(!isOld)
  }

  @Test func aRunWithoutADayBeginsOnAMondayOfJuly() {
    let calendar = RunCalendar.standard
    #expect(calendar.start.description == "2024-07-01" && calendar.start.weekday == .monday)
    let newYear = CalendarDay(year: calendar.start.year, month: 1, day: 1)
    #expect(newYear?.weekday == .monday)
  }

  @Test func instantsHaveTheirDayAndHour() throws {
    let calendar = RunCalendar(start: try #require(CalendarDay("2024-02-28")))
    let time = SimTime(nanoseconds: (2 * 24 + 13) * 3_600_000_000_000 - 1)
    #expect(calendar.date(at: time).description == "2024-03-01")
    #expect(calendar.hour(at: time) == 12 && calendar.day(at: time) == 2)
    #expect(calendar.nanosecondOfDay(at: time) == 13 * 3_600_000_000_000 - 1)
    #expect(calendar.beginning(ofDay: 2).nanoseconds == 48 * 3_600_000_000_000)
    let before = SimTime(nanoseconds: -1)
    #expect(calendar.date(at: before).description == "2024-02-27")
    #expect(calendar.hour(at: before) == 23)
  }

  @Test(arguments: [
    "2026-02-29", "2026-13-01", "2026-00-10", "2026-7-1", "26-07-01", "2026-07-01 ", "2026-07",
    "1899-12-31", "+026-07-01", "2026-06-31", "", "2026-07-0१",
  ])
  func whatIsNoDateIsNotRead(text: String) {
    #expect(CalendarDay(text) == nil)
  }
}
