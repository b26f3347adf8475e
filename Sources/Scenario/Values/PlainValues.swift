// SPDX-License-Identifier: GPL-3.0-or-later
private import Glibc
internal import Text
package import YAMLReader

/// Any text; what looks like a number or a truth value needs no quotes to be text.
extension String: ScenarioValue {
  package static let schema = Node.mapping([
    ("type", .list([.text("string"), .text("number"), .text("boolean")]))
  ])

  package static func read(_ node: Node, path: Path, problems: inout Problems) -> String? {
    if let scalar = node.scalar { return scalar.text }
    node.report(expected: "text", path: path, problems: &problems)
    return nil
  }

  package var node: Node { .text(self) }
}

extension Bool: ScenarioValue {
  package static var schema: Node { .mapping([("type", .text("boolean"))]) }

  package static func read(_ node: Node, path: Path, problems: inout Problems) -> Bool? {
    if let scalar = node.scalar, !scalar.isQuoted, let value = Bool(scalar.text) { return value }
    node.report(expected: "true or false", path: path, problems: &problems)
    return nil
  }

  package var node: Node { .plain("\(self)") }
}

/// What plain numbers may be, where a key says no more.
///
/// Wide enough for all that a scenario counts, and so narrow that products of a few of them stay
/// numbers.
enum PlainRange {
  static let greatest = 1e18
  /// The least of a number that is not 0.
  static let least = 1e-18
  static let integers = -1_000_000_000...1_000_000_000
}

/// A number without a unit.
extension Double: ScenarioValue {
  package static var schema: Node {
    .mapping([
      ("type", .text("number")), ("minimum", .plain("-1e18")), ("maximum", .plain("1e18")),
    ])
  }

  package static func read(_ node: Node, path: Path, problems: inout Problems) -> Double? {
    if let scalar = node.scalar, !scalar.isQuoted, let number = DecimalText(scalar.text) {
      let value = number.value() ?? .infinity
      if number.isZero || (PlainRange.least...PlainRange.greatest).contains(value.magnitude) {
        return value
      }
      node.report(
        expected: value.magnitude < 1 ? "0, or a number of at least 1e-18" : "a number up to 1e18",
        path: path, problems: &problems)
      return nil
    }
    node.report(expected: "a finite decimal number", path: path, problems: &problems)
    return nil
  }

  /// Whole numbers are written without the `.0`.
  package var node: Node {
    let isShort = self == rounded() && magnitude < 1e15
    return .plain(isShort ? "\(Int64(self))" : "\(self)")
  }
}

extension Int: ScenarioValue {
  package static var schema: Node {
    .mapping([
      ("type", .text("integer")), ("minimum", .plain("\(PlainRange.integers.lowerBound)")),
      ("maximum", .plain("\(PlainRange.integers.upperBound)")),
    ])
  }

  package static func read(_ node: Node, path: Path, problems: inout Problems) -> Int? {
    if let scalar = node.scalar, !scalar.isQuoted, let number = DecimalText(scalar.text) {
      if let value = number.integer.flatMap({ Int(exactly: $0) }),
        PlainRange.integers.contains(value)
      {
        return value
      }
      // What is whole and too large is something else to mend than what is not whole.
      if number.isWhole {
        node.report(
          expected: "a whole number up to 1000000000", path: path, problems: &problems)
        return nil
      }
    }
    node.report(expected: "a whole number", path: path, problems: &problems)
    return nil
  }

  package var node: Node { .plain("\(self)") }
}

/// The number that every random stream of a run derives from.
struct Seed: ScenarioValue, Equatable {
  var value: UInt64

  /// Those that every reader of JSON can hold in 64 bits with a sign.
  static let schema = Node.mapping([
    ("type", .text("integer")), ("minimum", .plain("0")), ("maximum", .plain("\(Int64.max)")),
  ])

  static func read(_ node: Node, path: Path, problems: inout Problems) -> Seed? {
    if let scalar = node.scalar, !scalar.isQuoted, let value = DecimalText(scalar.text)?.integer,
      value >= 0
    {
      return Seed(value: UInt64(value))
    }
    node.report(
      expected: "a whole number from 0 to \(Int64.max)", path: path, problems: &problems)
    return nil
  }

  var node: Node { .plain("\(value)") }
}

extension DecimalText {
  /// Whether it is a whole number, however large.
  fileprivate var isWhole: Bool {
    guard let value = value() else { return exponent.first != "-" }
    return value == value.rounded()
  }
}
