// SPDX-License-Identifier: GPL-3.0-or-later
internal import Traffic
internal import YAMLReader

/// What a site serves: both of its rates, a number of nodes, or whatever comes.
enum SiteSpeed: ScenarioValue {
  case unlimited
  case limited(SiteSpeedSection)

  static let example =
    "{ZJK: {in: 2e8 tokens/s, out: 4e7 tokens/s}, SG: {nodes: 100}, GA: unlimited}"

  static var schema: Node {
    .mapping([
      (
        "anyOf",
        .list([
          .mapping([("enum", .list([.text("unlimited")]))]), SiteSpeedSection.schema,
        ])
      )
    ])
  }

  static func read(_ node: Node, path: Path, problems: inout Problems) -> SiteSpeed? {
    if node.scalar?.text == "unlimited" { return .unlimited }
    guard let scalar = node.scalar else {
      return SiteSpeedSection.read(node, path: path, problems: &problems).map { .limited($0) }
    }
    problems.add(
      "found the single rate \(Node.quoted(scalar.text)), expected {in: ..., out: ...}, {nodes: ...} "
        + "or unlimited: machines take tokens in or give them out, many times as many in as out, so "
        + "that one rate of both does not tell what they serve", at: node.place, path: path)
    return nil
  }

  var node: Node {
    switch self {
    case .unlimited: .text("unlimited")
    case .limited(let section): section.node
    }
  }

  /// Nil where it has no limit.
  var speed: TokenSpeed? {
    guard case .limited(let section) = self else { return nil }
    if let nodes = section.nodes { return .nodes(nodes.value) }
    guard let input = section.input, let output = section.output else { return nil }
    return TokenSpeed(input: input.value.perSecond, output: output.value.perSecond)
  }
}

/// What all machines of a site serve together.
struct SiteSpeedSection: Section {
  var origin = Origin.none
  var input: Positive<TokenRate>?
  var output: Positive<TokenRate>?
  var nodes: Positive<Double>?

  static let shape = Shape<SiteSpeedSection>(
    "What all machines of a site serve together: tokens in, or tokens out, of each as many at most.",
    fields: [
      .optional("in", \.input, "What they take in while they give nothing out."),
      .optional("out", \.output, "What they give out while they take nothing in."),
      .optional(
        "nodes", \.nodes,
        "So many nodes of eight H800 in place of both: 73,700 tokens/s in, or 14,800 out, each."),
    ],
    rules: [.exactlyOne(["in", "nodes"]), .needs("in", "out"), .needs("out", "in")])
}
