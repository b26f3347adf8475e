// SPDX-License-Identifier: GPL-3.0-or-later
internal import Scenario
package import YAMLReader

/// A value of any kind, which is handed on to a scenario as it stands.
struct Raw: ScenarioValue {
  var node = Node.plain("")
  var path = Path.root

  static let schema = Node.mapping([])

  static func read(_ node: Node, path: Path, problems: inout Problems) -> Raw? {
    if case .broken = node.content { return nil }
    return Raw(node: node, path: path)
  }
}

/// Settings: a path and a value each.
package struct ValuesAtPaths: ScenarioValue {
  package struct Entry: Sendable {
    package var path: String
    package var place: Place
    package var value: Node
  }

  package var entries: [Entry] = []

  package init() {}

  private init(_ entries: [Entry]) {
    self.entries = entries
  }

  package static let schema = Node.mapping([("type", .text("object"))])

  package static func read(_ node: Node, path: Path, problems: inout Problems) -> ValuesAtPaths? {
    guard case .mapping(let entries) = node.content else {
      node.report(
        expected: "paths and their values, such as {duration: 2 h}", path: path,
        problems: &problems)
      return nil
    }
    return ValuesAtPaths(
      entries.map { Entry(path: $0.key, place: $0.keyPlace, value: $0.value) })
  }

  package var node: Node { .mapping(entries.map { ($0.path, $0.value) }) }
}

/// Files, each with the label it has in tables.
struct LabelledPaths: ScenarioValue {
  var entries: [(label: String, path: Written<String>)] = []

  static let schema = Node.mapping([
    ("type", .text("object")), ("additionalProperties", String.schema),
    ("minProperties", .plain("1")),
  ])

  static func read(_ node: Node, path: Path, problems: inout Problems) -> LabelledPaths? {
    guard case .mapping(let entries) = node.content, !entries.isEmpty else {
      node.report(
        expected: "labels and files, such as {a: a.yaml, b: b.yaml}", path: path,
        problems: &problems)
      return nil
    }
    var read: [(label: String, path: Written<String>)] = []
    for entry in entries {
      let file = Written<String>.read(
        entry.value, path: path.key(entry.key), problems: &problems)
      if let file { read.append((entry.key, file)) }
    }
    return read.count == entries.count ? LabelledPaths(entries: read) : nil
  }

  var node: Node { .mapping(entries.map { ($0.label, $0.path.node) }) }
}
