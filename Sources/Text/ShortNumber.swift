// SPDX-License-Identifier: GPL-3.0-or-later

/// A number of up to fifteen digits without sign and exponent: `1`, `0.25`.
///
/// What most numbers of a file are. Its digits and the powers of ten that they are multiplied with are
/// exact, so that the product rounds once (W. Clinger, "How to read floating point numbers accurately",
/// PLDI 1990).
public struct ShortNumber: Equatable, Sendable {
  private let digits: Int64
  /// How many of the digits stand behind the point.
  private let places: Int

  static let mostDigits = 15

  init(digits: Int64, places: Int) {
    self.digits = digits
    self.places = places
  }

  /// The number that bytes begin with, and how many of them it takes; nil where they begin with none, or
  /// with a longer one.
  public static func prefix(of bytes: UnsafeBufferPointer<UInt8>) -> (ShortNumber, length: Int)? {
    var (digits, end) = (Int64(0), 0)
    func take() -> Int {
      let start = end
      while end < bytes.count, case let digit = bytes[end] &- UInt8(ascii: "0"), digit < 10 {
        if end > mostDigits { return 0 }
        digits = digits * 10 + Int64(digit)
        end += 1
      }
      return end - start
    }
    let whole = take()
    guard whole > 0, whole <= mostDigits else { return nil }
    guard end < bytes.count, bytes[end] == UInt8(ascii: ".") else {
      return (ShortNumber(digits: digits, places: 0), end)
    }
    end += 1
    let places = take()
    guard places > 0, whole + places <= mostDigits else { return nil }
    return (ShortNumber(digits: digits, places: places), end)
  }

  /// The number times ten to a power, rounded once; nil where that power is not exact.
  @inline(__always)
  public func value(timesTenTo power: Int = 0) -> Double? {
    let power = power - places
    guard power.magnitude < Self.tens.count else { return nil }
    let tens = Self.tens[Int(power.magnitude)]
    return power < 0 ? Double(digits) / tens : Double(digits) * tens
  }

  /// The number as a whole one; nil where it is not.
  public var integer: Int64? {
    places == 0 ? digits : value().flatMap { Int64(exactly: $0) }
  }

  /// The powers of ten that are exact.
  private static let tens: [Double] = [
    1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17,
    1e18, 1e19, 1e20, 1e21, 1e22,
  ]
}
