// SPDX-License-Identifier: GPL-3.0-or-later
internal import Glibc

// Numbers are formatted here and not by printf: no locale can reach them, and a row of three
// costs less than one call of snprintf.
extension ByteBuffer {
  mutating func append(_ value: Int64) {
    if value < 0 { append(byte: UInt8(ascii: "-")) }
    append(digits: value.magnitude)
  }

  /// Appends the shortest decimal that reads back as the same finite number.
  ///
  /// Whole numbers below 2^54 have neither point nor exponent; minus zero loses its sign.
  mutating func append(finite value: Double) {
    // Where `description` turns to exponents; below, it would put ".0" behind whole numbers.
    if abs(value) < 0x1p54 {
      let whole = Int64(value)
      if Double(whole) == value {
        append(whole)
        return
      }
    }
    append(text: value.description)
  }

  /// Appends nanoseconds as a decimal number of seconds, exactly.
  mutating func append(nanosecondsAsSeconds value: Int64) {
    if value < 0 { append(byte: UInt8(ascii: "-")) }
    let (seconds, rest) = value.magnitude.quotientAndRemainder(dividingBy: 1_000_000_000)
    append(digits: seconds)
    guard rest > 0 else { return }
    var fraction = rest
    var length = 9
    while fraction % 10 == 0 {
      fraction /= 10
      length -= 1
    }
    append(byte: UInt8(ascii: "."))
    fill(extend(by: length), with: fraction, length: length)
  }

  private mutating func append(digits value: UInt64) {
    var length = 1
    var bound: UInt64 = 10
    while length < 19, value >= bound {
      length += 1
      bound *= 10
    }
    // 10^19 is the last power of ten that a UInt64 holds: the twentieth digit has no bound to reach.
    if length == 19, value >= bound { length = 20 }
    fill(extend(by: length), with: value, length: length)
  }

  private func fill(_ place: UnsafeMutablePointer<UInt8>, with value: UInt64, length: Int) {
    var rest = value
    var index = length
    while index > 0 {
      index -= 1
      let (quotient, digit) = rest.quotientAndRemainder(dividingBy: 10)
      place[index] = UInt8(ascii: "0") + UInt8(truncatingIfNeeded: digit)
      rest = quotient
    }
  }
}
