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
          Name.schema,
          .mapping([
            ("type", .text("object")), ("additionalProperties", Positive<Double>.schema),
            ("minProperties", .plain("1")),
          ]),
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
    guard case .mapping(let entries) = node.content, !entries.isEmpty else {
      node.report(
        expected: "a node, or a mapping of nodes to their weights", path: path,
        problems: &problems)
      return nil
    }
    let read = entries.map { entry in
      Positive<Double>.read(entry.value, path: path.key(entry.key), problems: &problems).map {
        NodeWeights.Entry(
          node: Written(Name(entry.key), place: entry.keyPlace, path: path.key(entry.key)),
          weight: $0)
      }
    }
    let good = read.compactMap(\.self)
    return good.count == read.count ? NodeShares(entries: good, isPlain: false) : nil
  }

  var node: Node {
    if isPlain, let only = entries.first { return only.node.node }
    return .mapping(entries.map { ($0.node.value.text, $0.weight.node) })
  }
}
