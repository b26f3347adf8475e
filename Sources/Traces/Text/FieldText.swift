// SPDX-License-Identifier: GPL-3.0-or-later
internal import EventKernel

// What a field of a trace holds, or what is wrong with it.

typealias FieldText = UnsafeBufferPointer<UInt8>

extension UnsafeBufferPointer<UInt8> {
  /// More than any count of tokens or processors, and exact as a `Double`.
  private static var largestCount: Double { 1e15 }

  /// What is expected of a name, since results are read by people; quotes keep tabs and lines apart.
  static var aName: String { "a name without control characters" }

  var isUTF8: Bool {
    var seen: UInt8 = 0
    for byte in self { seen |= byte }
    return seen < 0x80 || String(validating: self, as: UTF8.self) != nil
  }

  /// Whether it has a control character in it that is no tab and no end of a line; it is UTF-8.
  var hasControl: Bool {
    var previous: UInt8 = 0
    for byte in self {
      let isBlank = byte == 0x09 || byte == 0x0A || byte == 0x0D
      // The second control characters, U+0080 to U+009F, are two bytes.
      if byte < 0x20 && !isBlank || byte == 0x7F || previous == 0xC2 && byte < 0xA0 { return true }
      previous = byte
    }
    return false
  }

  /// Whether it says that a value is not known, as the Standard Workload Format and Batsim do.
  var isUnknown: Bool {
    isEmpty || count == 2 && self[0] == UInt8(ascii: "-") && self[1] == UInt8(ascii: "1")
  }

  /// A whole number that is not negative, perhaps written with a point or an exponent.
  func wholeNumber(_ column: @autoclosure () -> String) throws(TraceError.Problem) -> Int {
    if let number = shortCount { return number }
    guard let number = DecimalField(self), !number.isNegative || number.isZero,
      number.double <= Self.largestCount, number.double == number.double.rounded()
    else {
      throw .unexpected(
        column: column(), expected: "a whole number from 0 to 1e15", found: shown(self))
    }
    return Int(number.double)
  }

  /// The number that up to 15 digits and nothing else are, which nearly all fields are.
  private var shortCount: Int? {
    guard !isEmpty, count <= 15 else { return nil }
    var value = 0
    for byte in self {
      guard byte.isDigit else { return nil }
      value = value &* 10 &+ Int(byte &- UInt8(ascii: "0"))
    }
    return value
  }

  /// A number that is not negative.
  func number(_ column: @autoclosure () -> String) throws(TraceError.Problem) -> Double {
    guard let number = DecimalField(self), !number.isNegative || number.isZero,
      number.double.isFinite
    else { throw .unexpected(column: column(), expected: "a number from 0 on", found: shown(self)) }
    return number.isZero ? 0 : number.double
  }

  /// An instant: a number of units, or a date and a time of day.
  func instant(
    _ column: @autoclosure () -> String, in unit: TimeUnit
  ) throws(TraceError.Problem) -> SimTime {
    let nanoseconds: Int64?
    if DateTimeText.begins(self) {
      nanoseconds = DateTimeText.nanoseconds(self)
    } else if let whole = shortCount, case .seconds = unit, whole < 9_000_000_000 {
      nanoseconds = Int64(whole) * 1_000_000_000
    } else {
      nanoseconds = try duration(column(), in: unit, "a number from 0 on or a date-time")
        .nanoseconds
    }
    guard let nanoseconds else {
      throw .unexpected(
        column: column(), expected: "a date-time such as 2023-11-16T18:17:03.98Z",
        found: shown(self))
    }
    guard nanoseconds >= 0 else {
      throw .unexpected(column: column(), expected: "a date from 1970 on", found: shown(self))
    }
    guard nanoseconds < .max else { throw .beyondTime(column: column(), text: shown(self)) }
    return SimTime(nanoseconds: nanoseconds)
  }

  /// A length of time, which is not negative.
  func duration(
    _ column: @autoclosure () -> String, in unit: TimeUnit,
    _ expected: String = "a number from 0 on"
  ) throws(TraceError.Problem) -> SimDuration {
    if let whole = shortCount, case .seconds = unit, whole < 9_000_000_000 {
      return SimDuration(nanoseconds: Int64(whole) * 1_000_000_000)
    }
    guard let number = DecimalField(self), !number.isNegative || number.isZero else {
      throw .unexpected(column: column(), expected: expected, found: shown(self))
    }
    guard let nanoseconds = number.nanoseconds(in: unit) else {
      throw .beyondTime(column: column(), text: shown(self))
    }
    return SimDuration(nanoseconds: nanoseconds)
  }

  /// A name, which is not empty.
  func name(_ column: @autoclosure () -> String) throws(TraceError.Problem) -> String {
    guard let name = String(validating: self, as: UTF8.self) else {
      throw .notUTF8(column: column())
    }
    guard !name.isEmpty, !hasControl else {
      throw .unexpected(column: column(), expected: Self.aName, found: shown(self))
    }
    return name
  }
}
