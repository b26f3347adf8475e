// SPDX-License-Identifier: GPL-3.0-or-later

internal import CommandLine
internal import Compute
internal import EventKernel
internal import Text

/// An instant of a run as people write it: "21:00" of the first day, "21 h" or "90 min" after the
/// start, "2026-07-07 21:00" by the calendar.
struct WatchedTime: ArgumentValue {
  static let valueName = "time"
  static let example: String? = "21:00"

  let argumentText: String
  private let day: CalendarDay?
  /// Nanoseconds behind that day's midnight, or the start of the run.
  private let offset: Int64

  init?(argument: String) {
    argumentText = argument
    let parts = argument.split { $0 == " " || $0 == "T" }
    if let first = parts.first, let day = CalendarDay(first) {
      guard parts.count <= 2 else { return nil }
      let clock = parts.count == 2 ? Self.clock(parts[1]) : 0
      guard let clock else { return nil }
      (self.day, offset) = (day, clock)
    } else {
      guard let offset = Self.clock(Substring(argument)) ?? Self.length(argument) else {
        return nil
      }
      (day, self.offset) = (nil, offset)
    }
  }

  /// The instant of a run; negative for a day before it begins.
  func instant(in calendar: RunCalendar) -> SimTime {
    guard let day else { return SimTime(nanoseconds: offset) }
    return calendar.beginning(ofDay: calendar.number(of: day))
      + SimDuration(nanoseconds: offset)
  }

  /// `21:00` or `21:00:30`, from 00:00 to 24:00.
  private static func clock(_ text: Substring) -> Int64? {
    let parts = text.split(separator: ":", omittingEmptySubsequences: false)
    guard 2...3 ~= parts.count else { return nil }
    var seconds: Int64 = 0
    for (part, limit) in zip(parts, [24, 59, 59]) {
      guard 1...2 ~= part.utf8.count, let number = Int64(part), 0...Int64(limit) ~= number,
        part.utf8.allSatisfy({ $0 &- UInt8(ascii: "0") < 10 })
      else { return nil }
      seconds = seconds * 60 + number
    }
    if parts.count == 2 { seconds *= 60 }
    return seconds <= 86_400 ? seconds * 1_000_000_000 : nil
  }

  /// `21 h` or `90 min`.
  private static func length(_ text: String) -> Int64? {
    let units: [(symbol: String, seconds: Double)] = [
      ("ms", 1e-3), ("s", 1), ("min", 60), ("h", 3600), ("d", 86_400),
    ]
    guard let (number, rest) = DecimalText.prefix(of: Substring(text)),
      let unit = units.first(where: { $0.symbol == rest.drop { $0 == " " } }),
      let value = number.value(), value >= 0
    else { return nil }
    return SimDuration(seconds: value * unit.seconds)?.nanoseconds
  }
}
