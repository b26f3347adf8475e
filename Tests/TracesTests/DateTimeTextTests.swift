// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation
import Testing

@testable import Traces

@Suite struct DateTimeTextTests {
  @Test(arguments: [
    // date -u -d '2023-11-16 18:17:03' +%s
    ("2023-11-16 18:17:03.9799600", 1_700_158_623_979_960_000),
    ("2023-11-16T18:17:03Z", 1_700_158_623_000_000_000),
    ("2023-11-16t18:17:03z", 1_700_158_623_000_000_000),
    ("2023-11-16T19:17:03.5+01:00", 1_700_158_623_500_000_000),
    ("2023-11-16T12:47:03-0530", 1_700_158_623_000_000_000),
    ("2023-11-16 20:17:03+02", 1_700_158_623_000_000_000),
    ("1970-01-01 00:00:00.000000001", 1),
    // Halves of a nanosecond go up, and what follows does not matter.
    ("1970-01-01 00:00:00.00000000149999", 1), ("1970-01-01 00:00:00.0000000015", 2),
    ("1970-01-01 00:00:00.9999999999", 1_000_000_000),
    ("2024-02-29 00:00:00", 1_709_164_800_000_000_000),
    ("2000-02-29 00:00:00", 951_782_400_000_000_000),
    // A leap second is the second after it.
    ("2016-12-31T23:59:60Z", 1_483_228_800_000_000_000),
    ("2262-04-11T23:47:16.854775807Z", Int64.max),
    ("2262-04-11T23:47:16.854775808Z", Int64.max),
  ])
  func datesAreNanosecondsSince1970(text: String, nanoseconds: Int64) {
    #expect(parsed(text) == nanoseconds)
  }

  @Test(arguments: [
    "2023-11-16", "2023-11-16 18:17", "2023-13-01 00:00:00", "2023-00-01 00:00:00",
    "2023-02-29 00:00:00", "1900-02-29 00:00:00", "2023-11-31 00:00:00", "2023-11-16 24:00:00",
    "2023-11-16 18:60:00", "2023-11-16 18:17:61", "2023-11-16 18:17:03.", "2023-11-16 18:17:03 Z",
    "2023-11-16 18:17:03+1", "2023-11-16 18:17:03+01:60", "2023-11-16_18:17:03",
    "2023-1-16 18:17:03", " 2023-11-16 18:17:03", "2023-11-16 18:17:03Zx", "",
  ])
  func whatIsNoDateIsNone(text: String) {
    #expect(parsed(text) == nil)
  }

  /// Every day of 290 years, all that can be told, against Foundation's calendar.
  @Test func daysAreThoseOfTheCalendar() throws {
    var calendar = Calendar(identifier: .gregorian)
    calendar.timeZone = try #require(TimeZone(secondsFromGMT: 0))
    var date = Date(timeIntervalSince1970: 0)
    for day in stride(from: 0, to: 106_000, by: 1) {
      let parts = calendar.dateComponents([.year, .month, .day], from: date)
      let text = String(
        format: "%04d-%02d-%02d 00:00:00", parts.year ?? 0, parts.month ?? 0, parts.day ?? 0)
      #expect(parsed(text) == Int64(day) * 86_400_000_000_000)
      date += 86_400
    }
  }

  private func parsed(_ text: String) -> Int64? {
    let bytes = Array(text.utf8)
    return bytes.withUnsafeBufferPointer { DateTimeText.nanoseconds($0) }
  }
}
