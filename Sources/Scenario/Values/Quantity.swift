// SPDX-License-Identifier: GPL-3.0-or-later
private import Glibc
internal import Text
internal import YAMLReader

/// A number with a unit, written as text: `400 Gbps`.
///
/// All quantities of a scenario are at least zero.
protocol Quantity: ScenarioValue, Measured {
  /// What it is, with its article: "a bit rate".
  static var noun: String { get }
  static var example: String { get }
  /// From small to large.
  static var units: [Unit] { get }
  /// The largest that is read, as the writer reads it.
  static var limit: String { get }
  /// The smallest that is read beside zero, and in base units.
  static var least: (text: String, baseUnits: Double) { get }
  /// Nil where the number of base units is too large.
  init?(baseUnits: Double)
  /// A whole number of some unit, where that is known exactly by itself; nil takes the other way.
  static func exactly(_ count: Int64, _ unit: Unit) -> Self?
}

/// A unit, as a power of ten times a factor of the base unit.
struct Unit: Sendable {
  var symbol: String
  /// Other spellings of the symbol.
  var aliases: [String] = []
  var power = 0
  var factor = 1.0
  /// True where resolved scenarios use it.
  var isCanonical = true
}

extension Quantity {
  static func exactly(_ count: Int64, _ unit: Unit) -> Self? { nil }

  static var schema: Node {
    let symbols = units.flatMap { [$0.symbol] + $0.aliases }.joined(separator: "|")
    return .mapping([
      ("type", .text("string")), ("pattern", .text("^\\+?\(DecimalText.pattern) *(\(symbols))$")),
      ("examples", .list([.text(example)])),
    ])
  }

  static func read(_ node: Node, path: Path, problems: inout Problems) -> Self? {
    guard let scalar = node.scalar else {
      node.report(
        expected: "\(noun) such as \"\(example)\"", path: path, problems: &problems)
      return nil
    }
    if let value = quickly(scalar.text) { return value }
    do throws(Refusal) {
      return try parse(scalar.text)
    } catch {
      problems.add(
        found: node.summary, expected: error.expected, at: node.place, path: path)
      return nil
    }
  }

  /// What most quantities are: a short number and a unit, with a blank between them or none.
  private static func quickly(_ text: String) -> Self? {
    text.utf8.withContiguousStorageIfAvailable { bytes in
      guard case (let number, var start)? = ShortNumber.prefix(of: bytes) else { return nil }
      while start < bytes.count, bytes[start] == UInt8(ascii: " ") { start += 1 }
      let symbol = bytes[start...]
      guard let unit = units.first(where: { $0.symbol.utf8.elementsEqual(symbol) }) else {
        return nil
      }
      if let count = number.integer, let value = exactly(count, unit) { return value }
      guard let scaled = number.value(timesTenTo: unit.power),
        let value = Self(baseUnits: scaled * unit.factor), value.isPositive,
        scaled * unit.factor >= least.baseUnits
      else { return nil }
      return value
    } ?? nil
  }

  private static func parse(_ text: String) throws(Refusal) -> Self {
    let number = DecimalText.prefix(of: Substring(text))
    let symbol = String((number?.rest ?? "").drop { $0 == " " })
    // A digit or a sign behind the number says that it is none: `1_000`, `0x10`.
    guard let number = number?.0, isSymbol(symbol)
    else {
      throw Refusal(expected: "\(noun) such as \"\(example)\"")
    }
    guard !symbol.isEmpty else {
      throw Refusal(expected: "\(noun) with a unit, such as \"\(example)\"")
    }
    guard let unit = units.first(where: { $0.symbol == symbol || $0.aliases.contains(symbol) })
    else {
      // Every unit of one letter is near every other: `m` may be minutes or anything else.
      let nearest = symbol.count > 1 ? nearestName(to: symbol, among: units.map(\.symbol)) : nil
      let hint = nearest.map { "; did you mean \"\($0)\"?" } ?? ""
      let known = units.map(\.symbol).joined(separator: ", ")
      throw Refusal(expected: "\(noun) in one of \(known)\(hint)")
    }
    guard !number.isNegative else { throw Refusal(expected: "\(noun) of at least zero") }
    if let count = number.integer, let value = exactly(count, unit) { return value }
    guard let scaled = number.value(timesTenTo: unit.power),
      let value = Self(baseUnits: scaled * unit.factor)
    else { throw Refusal(expected: "\(noun) of at most \(limit)") }
    guard value.isPositive ? scaled * unit.factor >= least.baseUnits : number.isZero else {
      throw Refusal(expected: "\(noun) of zero, or of at least \(least.text)")
    }
    return value
  }

  /// Whether a text may be a unit, known or not.
  private static func isSymbol(_ text: String) -> Bool {
    let isASCIILetters = text.utf8.allSatisfy { (0x61...0x7A).contains($0 | 0x20) }
    return isASCIILetters || text.allSatisfy { $0.isLetter || "/%-".contains($0) }
  }

  /// The text in the largest unit that reads back as the same value.
  ///
  /// The same quantity gives the same text, whatever unit it was written in.
  static func text(ofBaseUnits value: Double) -> String {
    for unit in units.reversed() where unit.isCanonical {
      let scale = Double("1e\(unit.power)").map { $0 * unit.factor } ?? 1
      let number = value / scale
      guard number >= 1 || unit.power == 0 && unit.factor == 1 else { continue }
      // Below 1e15 every whole number is exact, and stands without a `.0`.
      let digits = number == number.rounded() && number < 1e15 ? "\(Int64(number))" : "\(number)"
      guard let back = DecimalText(digits)?.value(timesTenTo: unit.power),
        back * unit.factor == value
      else { continue }
      return "\(digits) \(unit.symbol)"
    }
    return "\(value) \(units[0].symbol)"
  }
}

/// What a quantity has to be that it is not.
private struct Refusal: Error {
  var expected: String
}
