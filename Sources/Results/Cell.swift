// SPDX-License-Identifier: GPL-3.0-or-later
public import Text

/// A value to show.
public enum Cell: Equatable, Sendable {
  case text(String)
  case count(Int)
  /// A count with its thousands apart, or a ratio; not a number where there is none.
  case number(Double)
  /// A number of which people want four digits, however small it is.
  case precise(Double)
  /// A count of which three digits are enough.
  case amount(Double)
  /// Bits per second.
  case rate(Double)
  case size(bytes: Double)
  /// A time; not a number where there is none.
  case seconds(Double)
  case duration(nanoseconds: Int64)
  /// An instant, which even people get in full: two of them may differ in the last digit.
  case instant(nanoseconds: Int64)
  case share(Double)
  /// Of fibre.
  case length(kilometres: Double)
  /// A value in a unit that takes no prefix, such as decibels.
  case level(Double, String)
  /// A value in a unit that people read with another prefix or none, such as kWh, kg or yuan.
  case quantity(Double, String)
  /// Names in order, such as the links of a path.
  case names([String])
  case absent

  public static func number(_ count: some BinaryInteger) -> Cell { .number(Double(count)) }
}

extension Cell {
  /// The value as people read it.
  public var shown: String {
    switch self {
    case .text(let text): text
    case .count(let count): String(count)
    case .number(let value): formatted(number: value)
    case .precise(let value): formatted(digits: 4, of: value)
    case .amount(let value): formatted(count: value)
    case .rate(let rate): formatted(bitsPerSecond: rate)
    case .size(let bytes): formatted(bytes: bytes)
    case .seconds(let value): value.isNaN ? "-" : formatted(seconds: value)
    case .duration(let nanoseconds): formatted(seconds: Double(nanoseconds) / 1e9)
    case .instant(let nanoseconds): Cell.decimalSeconds(nanoseconds) + " s"
    case .share(let part): formatted(percentOf: part)
    case .length(let kilometres): Cell.plain((kilometres * 10).rounded() / 10) + " km"
    case .level(let value, let unit):
      Cell.decimal(value, places: unit == "THz" ? 4 : 2) + " " + unit
    case .quantity(let value, let unit): formatted(value, unit: unit)
    case .names(let names): names.joined(separator: ";")
    case .absent: "-"
    }
  }

  /// The value as a field of a CSV file.
  public var plain: String {
    switch self {
    case .text(let text): text
    case .count(let count): String(count)
    case .number(let value), .precise(let value), .amount(let value), .rate(let value),
      .size(let value),
      .seconds(let value), .share(let value), .length(let value), .level(let value, _),
      .quantity(let value, _):
      Cell.plain(value)
    case .duration(let nanoseconds), .instant(let nanoseconds): Cell.decimalSeconds(nanoseconds)
    case .names(let names): names.joined(separator: ";")
    case .absent: ""
    }
  }

  public var json: JSON {
    switch self {
    case .text(let text): .string(text)
    case .count(let count): .integer(Int64(count))
    case .number(let value), .precise(let value), .amount(let value), .rate(let value),
      .size(let value),
      .seconds(let value), .share(let value), .length(let value), .level(let value, _),
      .quantity(let value, _):
      .number(value)
    case .duration(let nanoseconds), .instant(let nanoseconds):
      .raw(Cell.decimalSeconds(nanoseconds))
    case .names(let names): .array(names.map { .string($0) })
    case .absent: .null
    }
  }

  /// A number with so many decimals, for people.
  private static func decimal(_ value: Double, places: Int) -> String {
    guard value.isFinite, value.magnitude < 1e12 else { return "\(value)" }
    let scale = [1, 10, 100, 1000, 10_000][places]
    let scaled = Int((value.magnitude * Double(scale)).rounded())
    let fraction = String(scaled % scale + scale).dropFirst()
    return (value < 0 && scaled > 0 ? "-" : "") + "\(scaled / scale)"
      + (fraction.isEmpty ? "" : "." + fraction)
  }

  /// The shortest decimal that reads back the same; nothing for what is not a number.
  public static func plain(_ value: Double) -> String {
    if value.isNaN { return "" }
    return value == value.rounded() && abs(value) < 0x1p53 ? "\(Int64(value))" : "\(value)"
  }

  /// Whole nanoseconds as exact decimal seconds; they are not negative.
  private static func decimalSeconds(_ nanoseconds: Int64) -> String {
    let (whole, rest) = nanoseconds.quotientAndRemainder(dividingBy: 1_000_000_000)
    guard rest > 0 else { return "\(whole)" }
    var digits = String(rest + 1_000_000_000).dropFirst()
    while digits.last == "0" { digits.removeLast() }
    return "\(whole).\(digits)"
  }
}
