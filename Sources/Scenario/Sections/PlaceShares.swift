// SPDX-License-Identifier: GPL-3.0-or-later
internal import YAMLReader

/// One end of random flows: built-in places with their weights, or nodes with weights of their own.
enum PlaceShares: ScenarioValue {
  /// The capitals of the built-in provinces, by the demand of each.
  case provinces
  /// The built-in clusters, by their published capacity.
  case clusters
  case nodes(NodeShares)

  static let words = ["provinces", "clusters"]

  static var schema: Node {
    .mapping([
      (
        "anyOf",
        .list([.mapping([("enum", .list(words.map(Node.text)))]), NodeShares.schema])
      )
    ])
  }

  static func read(_ node: Node, path: Path, problems: inout Problems) -> PlaceShares? {
    switch node.scalar?.text {
    case "provinces": .provinces
    case "clusters": .clusters
    default: NodeShares.read(node, path: path, problems: &problems).map { .nodes($0) }
    }
  }

  var node: Node {
    switch self {
    case .provinces: .text("provinces")
    case .clusters: .text("clusters")
    case .nodes(let shares): shares.node
    }
  }
}

/// Where in a cluster traffic begins and ends.
enum ClusterEnds: String, Choice {
  /// At its site, where the backbone comes in.
  case gateways
  /// At its data centres, all alike.
  case dataCentres = "data-centres"
}
