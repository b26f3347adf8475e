// SPDX-License-Identifier: GPL-3.0-or-later
internal import YAMLReader

/// Where requests come from: the built-in provinces, or nodes with a weight each.
enum TokenOrigins: ScenarioValue {
  case provinces
  case nodes([NodeWeights.Entry])

  static let expectation = "provinces, or a mapping of nodes to their weights"

  static var schema: Node {
    .mapping([
      (
        "anyOf",
        .list([
          .mapping([("enum", .list([.text("provinces")]))]),
          NodeWeights.schema(least: 1),
        ])
      )
    ])
  }

  static func read(_ node: Node, path: Path, problems: inout Problems) -> TokenOrigins? {
    if node.scalar?.text == "provinces" { return .provinces }
    return NodeWeights.entries(
      of: node, least: 1, expected: expectation, path: path, problems: &problems
    ).map { .nodes($0) }
  }

  var node: Node {
    switch self {
    case .provinces: .text("provinces")
    case .nodes(let entries): .mapping(entries.map { ($0.node.value.text, $0.weight.node) })
    }
  }
}

/// Where requests are served: the built-in clusters, or nodes with what each serves.
enum TokenTargets: ScenarioValue {
  struct Entry: Sendable {
    var node: Written<Name>
    var speed: SiteSpeed
  }

  case clusters
  case nodes([Entry])

  static let expectation =
    "clusters, or a mapping of nodes to what they serve, as \(SiteSpeed.example)"

  static var schema: Node {
    .mapping([
      (
        "anyOf",
        .list([
          .mapping([("enum", .list([.text("clusters")]))]),
          .mapping([
            ("type", .text("object")), ("additionalProperties", SiteSpeed.schema),
            ("minProperties", .plain("1")),
          ]),
        ])
      )
    ])
  }

  static func read(_ node: Node, path: Path, problems: inout Problems) -> TokenTargets? {
    if node.scalar?.text == "clusters" { return .clusters }
    guard case .mapping(let entries) = node.content, !entries.isEmpty else {
      node.report(expected: expectation, path: path, problems: &problems)
      return nil
    }
    var read: [Entry] = []
    for entry in entries {
      let place = path.key(entry.key)
      let name = Written(Name(entry.key), place: entry.keyPlace, path: place)
      if let speed = SiteSpeed.read(entry.value, path: place, problems: &problems) {
        read.append(Entry(node: name, speed: speed))
      }
    }
    return read.count == entries.count ? .nodes(read) : nil
  }

  var node: Node {
    switch self {
    case .clusters: .text("clusters")
    case .nodes(let entries): .mapping(entries.map { ($0.node.value.text, $0.speed.node) })
    }
  }
}
