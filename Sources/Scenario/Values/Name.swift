// SPDX-License-Identifier: GPL-3.0-or-later
internal import NetworkModel
internal import YAMLReader

/// The name of a node, a link, a class, a generator or a flow.
///
/// It can stand in a column of a CSV file and in a path of names joined by `;` as it is.
struct Name: ScenarioValue, Hashable {
  var text: String

  init(_ text: String) {
    self.text = text
  }

  static let schema = Node.mapping([
    ("type", .list([.text("string"), .text("number"), .text("boolean")])),
    ("pattern", .text(#"^(?!.*:back$)(?! )[^;,"\u0000-\u001f\u007f-\u009f]+(?<! )$"#)),
  ])

  static func read(_ node: Node, path: Path, problems: inout Problems) -> Name? {
    guard let scalar = node.scalar, !scalar.text.isEmpty else {
      node.report(expected: "a name", path: path, problems: &problems)
      return nil
    }
    if let problem = problem(scalar.text) {
      problems.add(problem, at: node.place, path: path)
      return nil
    }
    return Name(scalar.text)
  }

  /// What is wrong with a text as a name; nil where nothing is.
  static func problem(_ text: String) -> String? {
    guard !text.isEmpty else { return "found no name, expected one" }
    return fault(of: text).map {
      "found the name \(Node.quoted(text)) \($0.found), expected \($0.expected)"
    }
  }

  private static func fault(of text: String) -> (found: String, expected: String)? {
    if text.hasPrefix(" ") || text.hasSuffix(" ") {
      return ("with a blank at its start or end", "a name without")
    }
    if text.hasSuffix(Topology.backSuffix) {
      return (
        "that ends in \(Topology.backSuffix)",
        "another; that is the other direction of a two-way link"
      )
    }
    if text == "ceiling" {
      return ("\"ceiling\"", "another; in results it stands for a class's own ceiling")
    }
    if isPlain(text) { return nil }
    let isControl = text.unicodeScalars.contains { $0.properties.generalCategory == .control }
    if isControl || text.contains(where: { ";,\"".contains($0) || $0.isNewline }) {
      return ("with ; , \" or a control character in it", "a name without")
    }
    return nil
  }

  /// Whether a text is of printable ASCII alone, and has nothing in it that a name can't have.
  private static func isPlain(_ text: String) -> Bool {
    text.utf8.allSatisfy { byte in
      switch byte {
      case UInt8(ascii: ";"), UInt8(ascii: ","), UInt8(ascii: "\""): false
      default: (0x20..<0x7F).contains(byte)
      }
    }
  }

  var node: Node { .text(text) }
}
