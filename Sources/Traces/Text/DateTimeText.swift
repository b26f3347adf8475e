// SPDX-License-Identifier: GPL-3.0-or-later

/// A date and a time of day in text, as RFC 3339 and ISO 8601 write them.
///
/// `2023-11-16 18:17:03.9799600`, `2023-11-16T18:17:03Z`, `2023-11-16T19:17:03.98+01:00`: a blank
/// or a T between date and time, any number of decimals, and perhaps an offset. Without one it is
/// universal time. A leap second is the first second of the minute that follows.
struct DateTimeText {
  private let text: UnsafeBufferPointer<UInt8>
  private var index = 0

  /// Whether a text can be meant as a date: it has a year and a hyphen, which no number has.
  static func begins(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
    text.count > 4 && text[4] == UInt8(ascii: "-") && text[3].isDigit
  }

  /// Nanoseconds since the start of 1970, to the nearest; nil where the text is no date-time.
  ///
  /// What lies before 1970 is negative, and what does not fit in 64 bits is the greatest number.
  static func nanoseconds(_ text: UnsafeBufferPointer<UInt8>) -> Int64? {
    var reader = DateTimeText(text: text)
    return reader.nanoseconds()
  }

  private init(text: UnsafeBufferPointer<UInt8>) {
    self.text = text
  }

  private mutating func nanoseconds() -> Int64? {
    guard let year = digits(4), skip("-"), let month = digits(2), skip("-"), let day = digits(2),
      (1...12).contains(month), (1...Self.days(inMonth: month, of: year)).contains(day),
      skip("T") || skip("t") || skip(" "),
      let hour = digits(2), hour < 24, skip(":"), let minute = digits(2), minute < 60, skip(":"),
      let second = digits(2), second <= 60, let fraction = fraction(), let offset = offset(),
      index == text.count
    else { return nil }
    let days = Self.daysSince1970(year: year, month: month, day: day)
    let seconds = days * 86_400 + hour * 3600 + minute * 60 + second - offset
    let (product, overflow) = Int64(seconds).multipliedReportingOverflow(by: 1_000_000_000)
    guard !overflow else { return seconds < 0 ? -1 : .max }
    let (sum, overflows) = product.addingReportingOverflow(fraction)
    return overflows ? .max : sum
  }

  /// The decimals of the second in nanoseconds; 0 where there is no point, nil where none follow.
  private mutating func fraction() -> Int64? {
    guard skip(".") else { return 0 }
    let start = index
    var nanoseconds: Int64 = 0
    while index < text.count, text[index].isDigit {
      let digit = Int64(text[index] - UInt8(ascii: "0"))
      if index - start < 9 { nanoseconds = nanoseconds * 10 + digit }
      // All that decides between up and down is the first digit behind the nanoseconds.
      if index - start == 9, digit >= 5 { nanoseconds += 1 }
      index += 1
    }
    guard index > start else { return nil }
    for _ in 0..<max(0, 9 - (index - start)) { nanoseconds *= 10 }
    return nanoseconds
  }

  /// How many seconds local time is ahead: `Z`, `+hh:mm`, `+hhmm`, `+hh` or nothing.
  private mutating func offset() -> Int? {
    guard index < text.count else { return 0 }
    if skip("Z") || skip("z") { return 0 }
    let isBehind = text[index] == UInt8(ascii: "-")
    guard skip("-") || skip("+"), let hours = digits(2), hours < 24 else { return nil }
    var minutes = 0
    if index < text.count {
      _ = skip(":")
      guard let number = digits(2), number < 60 else { return nil }
      minutes = number
    }
    return (isBehind ? -1 : 1) * (hours * 3600 + minutes * 60)
  }

  private mutating func digits(_ count: Int) -> Int? {
    guard index + count <= text.count else { return nil }
    var value = 0
    for place in index..<index + count {
      guard text[place].isDigit else { return nil }
      value = value * 10 + Int(text[place] - UInt8(ascii: "0"))
    }
    index += count
    return value
  }

  private mutating func skip(_ mark: Unicode.Scalar) -> Bool {
    guard index < text.count, text[index] == UInt8(ascii: mark) else { return false }
    index += 1
    return true
  }
}

extension DateTimeText {
  private static func days(inMonth month: Int, of year: Int) -> Int {
    let isLeap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
    return switch month {
    case 2: isLeap ? 29 : 28
    case 4, 6, 9, 11: 30
    default: 31
    }
  }

  /// The days from the first of 1970 in the Gregorian calendar, also before it.
  ///
  /// Years begin in March, so that the leap day is their last; the days before a month are then
  /// a straight line, rounded. H. Hinnant, "chrono-Compatible Low-Level Date Algorithms" (2013).
  private static func daysSince1970(year: Int, month: Int, day: Int) -> Int {
    let marchYear = month > 2 ? year : year - 1
    let marchMonth = (month + 9) % 12
    let leapDays = marchYear / 4 - marchYear / 100 + marchYear / 400
    // The first of 1970 is day 719,468 of a count that begins with the March of year 0.
    return marchYear * 365 + leapDays + (153 * marchMonth + 2) / 5 + day - 1 - 719_468
  }
}

extension UInt8 {
  var isDigit: Bool { self &- UInt8(ascii: "0") < 10 }
}
