// SPDX-License-Identifier: GPL-3.0-or-later
internal import YAMLReader

/// Any text that is not empty.
extension String: ScenarioValue {
  static var schema: Node { .mapping([("type", .text("string"))]) }

  static func read(_ node: Node, path: Path, problems: inout Problems) -> String? {
    if let scalar = node.scalar { return scalar.text }
    node.report(expected: "text", path: path, problems: &problems)
    return nil
  }

  var node: Node { .text(self) }
}

extension Bool: ScenarioValue {
  static var schema: Node { .mapping([("type", .text("boolean"))]) }

  static func read(_ node: Node, path: Path, problems: inout Problems) -> Bool? {
    if let scalar = node.scalar, !scalar.isQuoted, let value = Bool(scalar.text) { return value }
    node.report(expected: "true or false", path: path, problems: &problems)
    return nil
  }

  var node: Node { .plain("\(self)") }
}

/// A number without a unit.
extension Double: ScenarioValue {
  static var schema: Node { .mapping([("type", .text("number"))]) }

  static func read(_ node: Node, path: Path, problems: inout Problems) -> Double? {
    if let scalar = node.scalar, !scalar.isQuoted, let value = DecimalText(scalar.text)?.value() {
      return value
    }
    node.report(expected: "a finite decimal number", path: path, problems: &problems)
    return nil
  }

  var node: Node { .plain("\(self)") }
}

extension Int: ScenarioValue {
  static var schema: Node { .mapping([("type", .text("integer"))]) }

  static func read(_ node: Node, path: Path, problems: inout Problems) -> Int? {
    if let scalar = node.scalar, !scalar.isQuoted,
      let value = DecimalText(scalar.text)?.integer.flatMap({ Int(exactly: $0) })
    {
      return value
    }
    node.report(expected: "a whole number", path: path, problems: &problems)
    return nil
  }

  var node: Node { .plain("\(self)") }
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
