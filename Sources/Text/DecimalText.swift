// SPDX-License-Identifier: GPL-3.0-or-later

/// The parts of a number as it is written: sign, whole digits, fraction, exponent.
///
/// The one grammar of numbers: `[+-]? digits [. digits]? [eE [+-]? digits]?`. No hexadecimal,
/// no underscores, no infinity. Keeping the text lets a unit scale it without rounding twice.
public struct DecimalText: Equatable, Sendable {
  public private(set) var sign: Substring = ""
  public private(set) var whole: Substring = ""
  public private(set) var fraction: Substring = ""
  public private(set) var exponent: Substring = ""

  /// The grammar as a regular expression, without anchors.
  public static let pattern = #"[0-9]+(\.[0-9]+)?([eE][+-]?[0-9]+)?"#

  /// What may be missing of a number.
  public enum Style: Sendable {
    /// Nothing: digits stand on both sides of a point.
    case complete
    /// The digits on one side of a point, as in `.5` and `5.`, which other programs write.
    case loose
  }

  /// Reads the whole of a text.
  public init?(_ text: some StringProtocol, _ style: Style = .complete) {
    var rest = Substring(text).utf8
    self.init(beginningOf: &rest, style)
    guard rest.isEmpty else { return nil }
  }

  /// The longest number that a text begins with, and what follows it.
  public static func prefix(of text: Substring) -> (DecimalText, rest: Substring)? {
    var rest = text.utf8
    guard let number = DecimalText(beginningOf: &rest, .complete) else { return nil }
    return (number, Substring(rest))
  }

  private init?(beginningOf rest: inout Substring.UTF8View, _ style: Style) {
    if let byte = rest.first, byte.isSign { sign = Substring(rest.prefix(1)) }
    rest = rest.dropFirst(sign.utf8.count)
    whole = Self.digits(&rest)
    var behind = rest.dropFirst()
    if rest.first == UInt8(ascii: "."), !whole.isEmpty || style == .loose {
      fraction = Self.digits(&behind)
      if !fraction.isEmpty || style == .loose { rest = behind }
    }
    guard !whole.isEmpty || !fraction.isEmpty else { return nil }
    guard let mark = rest.first, mark | 0x20 == UInt8(ascii: "e") else { return }
    let written = rest.dropFirst()
    behind = written
    if let byte = behind.first, byte.isSign { behind = behind.dropFirst() }
    guard !Self.digits(&behind).isEmpty else { return }
    exponent = Substring(written[..<behind.startIndex])
    rest = behind
  }

  private static func digits(_ rest: inout Substring.UTF8View) -> Substring {
    let digits = rest.prefix { $0 &- UInt8(ascii: "0") < 10 }
    rest = rest[digits.endIndex...]
    return Substring(digits)
  }
}

extension UInt8 {
  fileprivate var isSign: Bool { self == UInt8(ascii: "+") || self == UInt8(ascii: "-") }
}

extension DecimalText {
  public var isNegative: Bool { sign == "-" }

  /// Whether JSON lets it stand: without a plus, and without a zero before other digits.
  public var isJSON: Bool { sign != "+" && (whole == "0" || whole.first != "0") }

  /// The number times ten to a power, rounded once; nil where it is too large to hold.
  public func value(timesTenTo power: Int = 0) -> Double? {
    let scale = exponent.isEmpty ? 0 : Int(exponent)
    guard let scale, scale.magnitude < 100_000 else {
      return isZero || exponent.first == "-" ? 0 : nil
    }
    if let value = shortValue(timesTenTo: scale + power) { return value }
    let text = "\(sign)\(whole)\(fraction.isEmpty ? "" : ".")\(fraction)e\(scale + power)"
    guard let value = Double(text), value.isFinite else { return nil }
    return value
  }

  /// The number times ten to a power where its digits and the power of ten are exact as they stand; nil
  /// where they are not.
  private func shortValue(timesTenTo power: Int) -> Double? {
    guard whole.utf8.count + fraction.utf8.count <= ShortNumber.mostDigits else { return nil }
    var digits: Int64 = 0
    for byte in whole.utf8 { digits = digits * 10 + Int64(byte &- UInt8(ascii: "0")) }
    for byte in fraction.utf8 { digits = digits * 10 + Int64(byte &- UInt8(ascii: "0")) }
    let short = ShortNumber(digits: digits, places: fraction.utf8.count)
    return short.value(timesTenTo: power).map { isNegative ? -$0 : $0 }
  }

  /// The number as a whole one; nil where it is not, or does not fit.
  public var integer: Int64? {
    if fraction.isEmpty, exponent.isEmpty { return Int64("\(sign)\(whole)") }
    return value().flatMap { Int64(exactly: $0) }
  }

  /// Whether it is written as 0; what is too small to hold is not.
  public var isZero: Bool { (whole + fraction).allSatisfy { $0 == "0" } }
}
