// SPDX-License-Identifier: GPL-3.0-or-later
package import YAMLReader

/// A type that a scenario file can hold.
///
/// A conforming type reads back what it writes: `read(value.node)` equals `value`, and the
/// schema accepts exactly what `read` accepts, as far as a schema can tell.
package protocol ScenarioValue: Sendable {
  /// Its JSON Schema.
  static var schema: Node { get }
  /// Reports a node that does not hold such a value, and gives nil.
  static func read(_ node: Node, path: Path, problems: inout Problems) -> Self?
  /// The value as the resolved scenario writes it.
  var node: Node { get }
}

/// A value that knows where it was written.
package protocol PlacedValue {
  var place: Place { get set }
  var path: Path { get set }
}

/// A value and where it was written, for the checks that come after reading.
package struct Written<Value: ScenarioValue>: ScenarioValue, PlacedValue {
  package var value: Value
  package var place: Place
  package var path: Path

  package init(_ value: Value, place: Place = .file, path: Path = .root) {
    self.value = value
    self.place = place
    self.path = path
  }

  package static var schema: Node { Value.schema }

  package static func read(_ node: Node, path: Path, problems: inout Problems) -> Self? {
    Value.read(node, path: path, problems: &problems).map {
      Written($0, place: node.place, path: path)
    }
  }

  package var node: Node { value.node }
}

/// A list of values; all of its elements are read, so that all their problems are reported.
extension Array: ScenarioValue where Element: ScenarioValue {
  package static var schema: Node {
    .mapping([("type", .text("array")), ("items", Element.schema)])
  }

  package static func read(_ node: Node, path: Path, problems: inout Problems) -> Self? {
    guard case .sequence(let elements) = node.content else {
      node.report(expected: "a list", path: path, problems: &problems)
      return nil
    }
    var good: Self = []
    good.reserveCapacity(elements.count)
    for (index, element) in elements.enumerated() {
      guard let value = Element.read(element, path: path.element(index), problems: &problems) else {
        continue
      }
      good.append(value)
    }
    return good.count == elements.count ? good : nil
  }

  package var node: Node { .list(map(\.node)) }
}

extension Node {
  /// The text of a scalar that says something; nil for anything else.
  package var scalar: Scalar? {
    guard case .scalar(let scalar) = content, !isNothing else { return nil }
    return scalar
  }
}
