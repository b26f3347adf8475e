// SPDX-License-Identifier: GPL-3.0-or-later
internal import NetworkModel
internal import YAMLReader

/// A network card of a fabric: host and number.
struct CardName: Equatable, Sendable {
  var host: Int
  var nic: Int

  var text: String { "h\(host)n\(nic)" }
}

/// One card of a fabric, as `h3n2`, or some, as `h0-15n2` or `h0n0-7`.
struct CardNames: Equatable, Sendable {
  var hosts: ClosedRange<Int>
  var nics: ClosedRange<Int>

  var count: Int { hosts.count * nics.count }

  /// Host by host.
  var cards: [CardName] {
    hosts.flatMap { host in nics.map { CardName(host: host, nic: $0) } }
  }

  init?(_ text: String) {
    guard text.hasPrefix("h"), let mark = text.firstIndex(of: "n"),
      let hosts = Self.range(text[..<mark].dropFirst()),
      let nics = Self.range(text[mark...].dropFirst()),
      // More than any fabric has, in one entry, is a slip of the pen.
      hosts.count * nics.count <= FabricDesign.mostGPUs
    else { return nil }
    (self.hosts, self.nics) = (hosts, nics)
  }

  /// A number, or two with a dash between them.
  private static func range(_ text: Substring) -> ClosedRange<Int>? {
    let parts = text.split(separator: "-", omittingEmptySubsequences: false)
    let numbers = parts.compactMap { number($0) }
    guard numbers.count == parts.count, (1...2).contains(parts.count),
      let first = numbers.first, let last = numbers.last, first <= last
    else { return nil }
    return first...last
  }

  private static func number(_ text: Substring) -> Int? {
    guard (1...5).contains(text.utf8.count), text.allSatisfy({ ("0"..."9").contains($0) }) else {
      return nil
    }
    return Int(text)
  }

  private static func text(_ range: ClosedRange<Int>) -> String {
    range.count == 1 ? "\(range.lowerBound)" : "\(range.lowerBound)-\(range.upperBound)"
  }

  var text: String { "h\(Self.text(hosts))n\(Self.text(nics))" }
}

extension CardNames: ScenarioValue {
  static let schema = Node.mapping([
    ("type", .text("string")),
    ("pattern", .text("^h[0-9]{1,5}(-[0-9]{1,5})?n[0-9]{1,5}(-[0-9]{1,5})?$")),
  ])

  static func read(_ node: Node, path: Path, problems: inout Problems) -> CardNames? {
    if let names = node.scalar.flatMap({ CardNames($0.text) }) { return names }
    node.report(
      expected: "a card as \"h3n2\", or several as \"h0-15n2\" or \"h0n0-7\"", path: path,
      problems: &problems)
    return nil
  }

  var node: Node { .text(text) }
}
