// SPDX-License-Identifier: GPL-3.0-or-later
package import YAMLReader

/// A value that is more than nothing, or not.
package protocol Measured {
  var isPositive: Bool { get }
}

extension Double: Measured {
  package var isPositive: Bool { self > 0 }
}

extension Int: Measured {
  package var isPositive: Bool { self > 0 }
}

/// A value greater than zero.
package struct Positive<Value: ScenarioValue & Measured>: ScenarioValue {
  package var value: Value

  package init(_ value: Value) {
    self.value = value
  }

  package static var schema: Node {
    guard case .mapping(let entries) = Value.schema.content else { return Value.schema }
    return .mapping(
      entries.filter { $0.key != "minimum" }.map { entry in
        // A number with a digit other than 0 before its exponent.
        guard entry.key == "pattern", case .scalar(let pattern) = entry.value.content else {
          return (entry.key, entry.value)
        }
        return (entry.key, .text("^(?=[+0.]*[1-9])" + pattern.text.dropFirst()))
      } + (Value.schema.isNumeric ? [("exclusiveMinimum", .plain("0"))] : []))
  }

  package static func read(_ node: Node, path: Path, problems: inout Problems) -> Self? {
    guard let value = Value.read(node, path: path, problems: &problems) else { return nil }
    guard value.isPositive else {
      node.report(expected: "more than zero", path: path, problems: &problems)
      return nil
    }
    return Positive(value)
  }

  package var node: Node { value.node }
}

extension Node {
  fileprivate var isNumeric: Bool {
    guard case .mapping(let entries) = content,
      let type = entries.first(where: { $0.key == "type" })?.value.scalar
    else { return false }
    return type.text == "number" || type.text == "integer"
  }
}
