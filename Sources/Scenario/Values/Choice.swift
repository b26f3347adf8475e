// SPDX-License-Identifier: GPL-3.0-or-later
internal import Simulator
package import YAMLReader

/// One of a few words.
package protocol Choice: ScenarioValue, RawRepresentable<String>, CaseIterable {}

extension Choice {
  private static var words: [String] { allCases.map(\.rawValue) }

  package static var schema: Node { .mapping([("enum", .list(words.map(Node.text)))]) }

  package static func read(_ node: Node, path: Path, problems: inout Problems) -> Self? {
    guard let scalar = node.scalar else {
      node.report(
        expected: "one of \(words.joined(separator: ", "))", path: path, problems: &problems)
      return nil
    }
    if let value = Self(rawValue: scalar.text) { return value }
    problems.add(
      unknownName(scalar.text, kind: "word", among: words), at: node.place, path: path)
    return nil
  }

  package var node: Node { .text(rawValue) }
}

/// How routes are found for flows that name no path.
enum RoutingMethod: String, Choice {
  case shortestDelay = "shortest-delay"
}

extension Outputs.Kind: Choice {}
