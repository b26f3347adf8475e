// SPDX-License-Identifier: GPL-3.0-or-later
internal import NetworkModel
internal import Simulator
internal import YAMLReader

/// An output by its word, or the links with what is wanted of them: `{links: {by: class}}`.
struct OutputItem: ScenarioValue {
  var kind: Outputs.Kind
  var links: LinkRowsSection?

  private static let word = Outputs.Kind.links.rawValue

  static var schema: Node {
    .mapping([
      (
        "anyOf",
        .list([
          Outputs.Kind.schema,
          .mapping([
            ("type", .text("object")),
            ("properties", .mapping([(word, LinkRowsSection.schema)])),
            ("required", .list([.text(word)])), ("additionalProperties", .plain("false")),
          ]),
        ])
      )
    ])
  }

  static func read(_ node: Node, path: Path, problems: inout Problems) -> OutputItem? {
    guard case .mapping(let entries) = node.content else {
      return Outputs.Kind.read(node, path: path, problems: &problems).map { OutputItem(kind: $0) }
    }
    guard entries.count == 1, entries[0].key == word else {
      node.report(
        expected: "a word, or {links: {by: class, only: backbone}}", path: path,
        problems: &problems)
      return nil
    }
    return LinkRowsSection.read(entries[0].value, path: path.key(word), problems: &problems).map {
      OutputItem(kind: .links, links: $0)
    }
  }

  var node: Node {
    guard let links else { return kind.node }
    return .mapping([(Self.word, links.node)])
  }
}

/// Which rows links.csv has.
struct LinkRowsSection: Section {
  var origin = Origin.none
  var by: LinkGrouping?
  var only: LinkKinds?

  static let shape = Shape<LinkRowsSection>(
    "Which rows links.csv has.",
    fields: [
      .optional("by", \.by, "class: beside the row of a link one of each class that it carried."),
      .optional(
        "only", \.only, "The kind of links that are told of, or several: [backbone, local]."),
    ])

  var rows: Outputs.LinkRows {
    var rows = Outputs.LinkRows()
    rows.areByClass = by == .trafficClass
    rows.kinds = Set(only?.kinds ?? [])
    return rows
  }
}

/// One kind of links, or a list of kinds.
struct LinkKinds: ScenarioValue {
  var kinds: [LinkKind]

  static var schema: Node {
    .mapping([("anyOf", .list([LinkKind.schema, [LinkKind].schema]))])
  }

  static func read(_ node: Node, path: Path, problems: inout Problems) -> LinkKinds? {
    if case .sequence(let kinds) = node.content, !kinds.isEmpty {
      return [LinkKind].read(node, path: path, problems: &problems).map { LinkKinds(kinds: $0) }
    }
    return LinkKind.read(node, path: path, problems: &problems).map { LinkKinds(kinds: [$0]) }
  }

  var node: Node { kinds.count == 1 ? kinds[0].node : kinds.node }
}

/// What the rows of links are told apart by.
enum LinkGrouping: String, Choice {
  case trafficClass = "class"
}
