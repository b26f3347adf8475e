// SPDX-License-Identifier: GPL-3.0-or-later

/// The parts of a number as it is written: sign, whole digits, fraction, exponent.
///
/// The one grammar of numbers: `[+-]? digits [. digits]? [eE [+-]? digits]?`. No hexadecimal,
/// no underscores, no infinity. Keeping the text lets a unit scale it without rounding twice.
public struct DecimalText: Equatable, Sendable {
  public private(set) var sign: Substring
  public private(set) var whole: Substring
  public private(set) var fraction: Substring
  public private(set) var exponent: Substring

  /// The grammar as a regular expression, without anchors.
  public static let pattern = #"[0-9]+(\.[0-9]+)?([eE][+-]?[0-9]+)?"#

  /// Reads the whole of a text.
  public init?(_ text: some StringProtocol) {
    guard let (number, rest) = DecimalText.prefix(of: Substring(text)), rest.isEmpty else {
      return nil
    }
    self = number
  }

  /// The longest number that a text begins with, and what follows it.
  public static func prefix(of text: Substring) -> (DecimalText, rest: Substring)? {
    var rest = text
    var number = DecimalText(sign: take(&rest) { $0 == "+" || $0 == "-" })
    guard number.sign.count < 2 else { return nil }
    number.whole = digits(&rest)
    guard !number.whole.isEmpty else { return nil }
    var behind = rest.dropFirst()
    if rest.first == "." {
      number.fraction = digits(&behind)
      if !number.fraction.isEmpty { rest = behind }
    }
    behind = rest.dropFirst()
    if rest.first == "e" || rest.first == "E" {
      let start = behind.startIndex
      if behind.first == "+" || behind.first == "-" { behind = behind.dropFirst() }
      if !digits(&behind).isEmpty {
        number.exponent = text[start..<behind.startIndex]
        rest = behind
      }
    }
    return (number, rest)
  }

  private init(sign: Substring) {
    self.sign = sign
    whole = ""
    fraction = ""
    exponent = ""
  }

  private static func digits(_ rest: inout Substring) -> Substring {
    take(&rest) { $0.isASCII && $0.isNumber }
  }

  private static func take(
    _ rest: inout Substring, while matches: (Character) -> Bool
  ) -> Substring {
    let taken = rest.prefix(while: matches)
    rest = rest[taken.endIndex...]
    return taken
  }
}

extension DecimalText {
  public var isNegative: Bool { sign == "-" }

  /// The number times ten to a power, rounded once; nil where it is too large to hold.
  public func value(timesTenTo power: Int = 0) -> Double? {
    let scale = exponent.isEmpty ? 0 : Int(exponent)
    guard let scale, scale.magnitude < 100_000 else {
      return isZero || exponent.first == "-" ? 0 : nil
    }
    let text = "\(sign)\(whole)\(fraction.isEmpty ? "" : ".")\(fraction)e\(scale + power)"
    guard let value = Double(text), value.isFinite else { return nil }
    return value
  }

  /// The number as a whole one; nil where it is not, or does not fit.
  public var integer: Int64? {
    if fraction.isEmpty, exponent.isEmpty { return Int64("\(sign)\(whole)") }
    return value().flatMap { Int64(exactly: $0) }
  }

  /// Whether it is written as 0; what is too small to hold is not.
  public var isZero: Bool { (whole + fraction).allSatisfy { $0 == "0" } }
}
