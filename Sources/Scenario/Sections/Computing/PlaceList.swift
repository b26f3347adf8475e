// SPDX-License-Identifier: GPL-3.0-or-later
internal import YAMLReader

/// Nodes: one, several alike, several with a weight each, or the built-in provinces or clusters.
enum PlaceList: ScenarioValue {
  case shares(PlaceShares)
  /// All alike.
  case list([Written<Name>])

  static var schema: Node {
    .mapping([
      (
        "anyOf",
        .list([
          PlaceShares.schema,
          .mapping([
            ("type", .text("array")), ("items", Name.schema), ("minItems", .plain("1")),
          ]),
        ])
      )
    ])
  }

  static func read(_ node: Node, path: Path, problems: inout Problems) -> PlaceList? {
    guard case .sequence(let elements) = node.content else {
      return PlaceShares.read(node, path: path, problems: &problems).map { .shares($0) }
    }
    guard !elements.isEmpty else {
      node.report(expected: "a node or more", path: path, problems: &problems)
      return nil
    }
    return [Written<Name>].read(node, path: path, problems: &problems).map { .list($0) }
  }

  var node: Node {
    switch self {
    case .shares(let shares): shares.node
    case .list(let names): names.node
    }
  }

  /// The same as nodes with weights, where they are not built-in ones.
  var shares: PlaceShares {
    switch self {
    case .shares(let shares): shares
    case .list(let names): .nodes(NodeShares(alike: names))
    }
  }
}
