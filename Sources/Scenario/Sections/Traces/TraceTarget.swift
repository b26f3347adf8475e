// SPDX-License-Identifier: GPL-3.0-or-later
internal import YAMLReader

/// Where the rows of a trace are served: nodes, or a pool that its jobs run on.
enum TraceTarget: ScenarioValue {
  case nodes(NodeShares)
  case pool(PoolChoiceSection)
  /// The pools, by the placement policy.
  case anyPool

  /// What stands for all pools.
  static let any = "any"

  static var schema: Node {
    .mapping([("anyOf", .list([NodeShares.schema, PoolChoiceSection.schema]))])
  }

  static func read(_ node: Node, path: Path, problems: inout Problems) -> TraceTarget? {
    if case .mapping(let entries) = node.content, entries.count == 1, entries[0].key == "pool",
      let scalar = entries[0].value.scalar, Double(scalar.text) == nil
    {
      if scalar.text == any { return .anyPool }
      return PoolChoiceSection.read(node, path: path, problems: &problems).map { .pool($0) }
    }
    return NodeShares.read(node, path: path, problems: &problems).map { .nodes($0) }
  }

  /// The nodes; nil for pools.
  var nodes: NodeShares? {
    if case .nodes(let shares) = self { shares } else { nil }
  }

  var node: Node {
    switch self {
    case .nodes(let shares): shares.node
    case .pool(let section): section.node
    case .anyPool: .mapping([("pool", .text(Self.any))])
    }
  }
}
