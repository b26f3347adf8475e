// SPDX-License-Identifier: GPL-3.0-or-later
internal import YAMLReader

/// Where light may be regenerated: nowhere, at every node, or at some.
enum RegenerationValue: ScenarioValue {
  case nowhere
  case everywhere
  case at([Written<Name>])

  var isAnywhere: Bool { if case .nowhere = self { false } else { true } }

  static var schema: Node {
    .mapping([("anyOf", .list([Bool.schema, [Written<Name>].schema]))])
  }

  static func read(_ node: Node, path: Path, problems: inout Problems) -> RegenerationValue? {
    if case .sequence = node.content {
      return [Written<Name>].read(node, path: path, problems: &problems).map { .at($0) }
    }
    if let scalar = node.scalar, !scalar.isQuoted, let value = Bool(scalar.text) {
      return value ? .everywhere : .nowhere
    }
    node.report(expected: "true, false or a list of nodes", path: path, problems: &problems)
    return nil
  }

  var node: Node {
    switch self {
    case .nowhere: false.node
    case .everywhere: true.node
    case .at(let names): names.node
    }
  }
}
