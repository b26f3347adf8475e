// SPDX-License-Identifier: GPL-3.0-or-later

/// The parts of a decimal number in text: `-12.5e-3`, and nothing that is not decimal.
///
/// Nearly all numbers of a trace are up to 18 digits with or without a point. Those are read in one
/// pass into an integer and a power of ten; whatever else there is takes a second look at the text.
///
/// Seconds go to nanoseconds straight from the digits. A detour through `Double` would round
/// twice, and beyond 104 days it can't tell neighbouring nanoseconds apart.
struct DecimalField {
  private let text: UnsafeBufferPointer<UInt8>
  let isNegative: Bool
  /// Where the digits start and end, the point among them.
  private let digits: Range<Int>
  private let wholeDigits: Int
  private let exponent: Int
  /// All digits as an integer, where they are few enough for one; nil where they are not.
  private let significand: UInt64?
  private let fractionDigits: Int

  private static let mostDigits = 18

  /// Nil where the text is not a decimal number.
  init?(_ text: UnsafeBufferPointer<UInt8>) {
    self.text = text
    var index = 0
    var sign: UInt8 = 0
    if index < text.count, text[index] == UInt8(ascii: "-") || text[index] == UInt8(ascii: "+") {
      sign = text[index]
      index += 1
    }
    isNegative = sign == UInt8(ascii: "-")
    let start = index
    var value: UInt64 = 0
    index = DecimalField.readDigits(of: text, from: index, into: &value)
    wholeDigits = index - start
    var fraction = 0
    if index < text.count, text[index] == UInt8(ascii: ".") {
      let end = DecimalField.readDigits(of: text, from: index + 1, into: &value)
      fraction = end - index - 1
      index = end
    }
    digits = start..<index
    fractionDigits = fraction
    let digitCount = wholeDigits + fraction
    guard digitCount > 0 else { return nil }
    significand = digitCount <= DecimalField.mostDigits ? value : nil
    guard let exponent = DecimalField.exponent(in: text, from: index) else { return nil }
    self.exponent = exponent
  }

  var isZero: Bool {
    for index in digits where text[index] > UInt8(ascii: "0") { return false }
    return true
  }

  /// The number of seconds as the nearest nanosecond, halves away from zero; nil on overflow.
  ///
  /// The sign is left to the caller.
  var nanoseconds: Int64? {
    if let significand, exponent == 0, wholeDigits <= 9, fractionDigits <= 9 {
      return Int64(significand * DecimalField.wholePowers[9 - fractionDigits])
    }
    return nanoseconds(in: .seconds)
  }

  /// The number of units as the nearest nanosecond, halves away from zero; nil on overflow.
  ///
  /// The sign is left to the caller.
  func nanoseconds(in unit: TimeUnit) -> Int64? {
    var value: UInt64 = 0
    var power = wholeDigits - 1 + exponent + unit.power
    for index in digits {
      guard let digit = digit(at: index) else { continue }
      if power < 0 {
        // All that decides between up and down is the first digit behind the nanoseconds.
        if power == -1, digit >= 5 { value += 1 }
        break
      }
      let (product, overflow) = value.multipliedReportingOverflow(by: 10)
      guard !overflow, product <= UInt64(Int64.max) else { return nil }
      value = product + digit
      power -= 1
    }
    if value > 0, power >= 0 {
      for _ in 0..<min(power + 1, 20) {
        let (product, overflow) = value.multipliedReportingOverflow(by: 10)
        guard !overflow else { return nil }
        value = product
      }
    }
    return Int64(exactly: value)
  }

  /// The nearest `Double`; infinite on overflow.
  var double: Double {
    if let significand, significand < 1 << 53, exponent == 0 {
      let magnitude = Double(significand) / DecimalField.powersOfTen[fractionDigits]
      return isNegative ? -magnitude : magnitude
    }
    return carefulDouble
  }

  private var carefulDouble: Double {
    var value: UInt64 = 0
    var power = exponent
    var isFraction = false
    for index in digits {
      guard let digit = digit(at: index) else {
        isFraction = true
        continue
      }
      guard value < 900_000_000_000_000 else { return slowDouble }
      value = value * 10 + digit
      if isFraction { power -= 1 }
    }
    // Both operands are exact up to 10^22, so that one operation rounds once (Clinger 1990).
    guard abs(power) <= 22 else { return slowDouble }
    let magnitude = Double(value)
    let scaled =
      power < 0
      ? magnitude / DecimalField.powersOfTen[-power] : magnitude * DecimalField.powersOfTen[power]
    return isNegative ? -scaled : scaled
  }
}

extension DecimalField {
  private var slowDouble: Double {
    Double(String(decoding: text, as: UTF8.self)) ?? .nan
  }

  /// Nil for the point.
  private func digit(at index: Int) -> UInt64? {
    let byte = text[index]
    return byte == UInt8(ascii: ".") ? nil : UInt64(byte - UInt8(ascii: "0"))
  }

  private static let powersOfTen: [Double] = [
    1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16,
    1e17, 1e18, 1e19, 1e20, 1e21, 1e22,
  ]

  private static let wholePowers: [UInt64] = [
    1, 10, 100, 1_000, 10_000, 100_000, 1_000_000, 10_000_000, 100_000_000, 1_000_000_000,
  ]

  /// Appends digits to a value, which is worth nothing once there are too many, and tells their end.
  @inline(__always)
  private static func readDigits(
    of text: UnsafeBufferPointer<UInt8>, from start: Int, into value: inout UInt64
  ) -> Int {
    var index = start
    while index < text.count {
      let digit = text[index] &- UInt8(ascii: "0")
      guard digit < 10 else { break }
      value = value &* 10 &+ UInt64(digit)
      index &+= 1
    }
    return index
  }

  private static func endOfDigits(in text: UnsafeBufferPointer<UInt8>, from start: Int) -> Int {
    var index = start
    while index < text.count, text[index] &- UInt8(ascii: "0") < 10 { index += 1 }
    return index
  }

  /// The exponent at the end of the text, 0 where there is none, nil where it is something else.
  private static func exponent(in text: UnsafeBufferPointer<UInt8>, from start: Int) -> Int? {
    guard start < text.count else { return 0 }
    guard text[start] | 0x20 == UInt8(ascii: "e") else { return nil }
    var index = start + 1
    var isNegative = false
    if index < text.count, text[index] == UInt8(ascii: "-") || text[index] == UInt8(ascii: "+") {
      isNegative = text[index] == UInt8(ascii: "-")
      index += 1
    }
    let end = endOfDigits(in: text, from: index)
    guard end > index, end == text.count else { return nil }
    var value = 0
    while index < end {
      // Far beyond any length of the digits, and far from overflow.
      value = min(value * 10 + Int(text[index] - UInt8(ascii: "0")), 1 << 40)
      index += 1
    }
    return isNegative ? -value : value
  }
}
