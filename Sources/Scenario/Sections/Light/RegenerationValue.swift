// SPDX-License-Identifier: GPL-3.0-or-later
internal import YAMLReader

/// Where light may be regenerated: nowhere, at every node, or at some, by as many regenerators as each
/// of these has.
enum RegenerationValue: ScenarioValue {
  case nowhere
  case everywhere
  case at([Written<Name>])
  case stock(KeyedValues<RegeneratorCount>)

  var isAnywhere: Bool { if case .nowhere = self { false } else { true } }

  /// Whether some node has a number of them.
  var isCounted: Bool { if case .stock(let stock) = self { stock.hasCounts } else { false } }

  static var schema: Node {
    .mapping([
      (
        "anyOf",
        .list([Bool.schema, [Written<Name>].schema, KeyedValues<RegeneratorCount>.schema])
      )
    ])
  }

  static func read(_ node: Node, path: Path, problems: inout Problems) -> RegenerationValue? {
    if case .sequence = node.content {
      return [Written<Name>].read(node, path: path, problems: &problems).map { .at($0) }
    }
    if case .mapping = node.content {
      return KeyedValues.read(node, path: path, problems: &problems).map { .stock($0) }
    }
    if let scalar = node.scalar, !scalar.isQuoted, let value = Bool(scalar.text) {
      return value ? .everywhere : .nowhere
    }
    node.report(
      expected: "true, false, a list of nodes or how many each of some has", path: path,
      problems: &problems)
    return nil
  }

  var node: Node {
    switch self {
    case .nowhere: false.node
    case .everywhere: true.node
    case .at(let names): names.node
    case .stock(let stock): stock.node
    }
  }
}

/// How many regenerators a node has, or as many as it takes.
enum RegeneratorCount: ScenarioValue {
  case unlimited
  case some(Positive<Int>)

  static var schema: Node {
    .mapping([
      (
        "anyOf",
        .list([
          .mapping([("enum", .list([.text("unlimited")]))]), Positive<Int>.schema,
        ])
      )
    ])
  }

  static func read(_ node: Node, path: Path, problems: inout Problems) -> RegeneratorCount? {
    if node.scalar?.text == "unlimited" { return .unlimited }
    if let scalar = node.scalar, Int(scalar.text) == nil {
      problems.add(
        "found \(Node.quoted(scalar.text)), expected a whole number of 1 or more, or unlimited",
        at: node.place, path: path)
      return nil
    }
    return Positive<Int>.read(node, path: path, problems: &problems).map { .some($0) }
  }

  var node: Node {
    switch self {
    case .unlimited: .text("unlimited")
    case .some(let count): count.node
    }
  }
}

extension KeyedValues<RegeneratorCount> {
  fileprivate var hasCounts: Bool {
    entries.contains { if case .some = $0.value { true } else { false } }
  }
}
