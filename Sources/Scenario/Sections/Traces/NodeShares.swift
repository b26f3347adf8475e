// SPDX-License-Identifier: GPL-3.0-or-later
internal import YAMLReader

/// A node, or several with a weight each.
struct NodeShares: ScenarioValue {
  var entries: [NodeWeights.Entry]
  private var isPlain: Bool

  static var schema: Node {
    .mapping([
      (
        "anyOf",
        .list([
          Name.schema, NodeWeights.schema(least: 1),
        ])
      )
    ])
  }

  static func read(_ node: Node, path: Path, problems: inout Problems) -> NodeShares? {
    if node.scalar != nil {
      return Written<Name>.read(node, path: path, problems: &problems).map {
        NodeShares(entries: [.init(node: $0, weight: Positive(1))], isPlain: true)
      }
    }
    let expected = "a node, or a mapping of nodes to their weights"
    return NodeWeights.entries(
      of: node, least: 1, expected: expected, path: path, problems: &problems
    ).map { NodeShares(entries: $0, isPlain: false) }
  }

  var node: Node {
    if isPlain, let only = entries.first { return only.node.node }
    return .mapping(entries.map { ($0.node.value.text, $0.weight.node) })
  }
}

extension NodeShares {
  /// Several nodes, all alike.
  init(alike names: [Written<Name>]) {
    entries = names.map { .init(node: $0, weight: Positive(1)) }
    isPlain = false
  }
}
