// SPDX-License-Identifier: GPL-3.0-or-later

/// Finds what a user means by a name: nodes by their other names, lines by their ends.
///
/// A name that something has is that thing. Otherwise `Zhangjiakou-Beijing` is the line between
/// the two, whatever it is called and whichever of them comes first.
public struct NetworkNames: Sendable {
  /// A fibre, a link or a ring; a ring has no ends.
  public struct Line: Sendable {
    public var name: String
    public var ends: (first: String, second: String)?

    public init(_ name: String, ends: (first: String, second: String)? = nil) {
      self.name = name
      self.ends = ends
    }
  }

  private struct Pair: Hashable {
    var first: String
    var second: String
  }

  private let places: PlaceNames
  private let nodes: Set<String>
  private let names: Set<String>
  /// The lines from one node to another.
  private var between: [Pair: [String]] = [:]

  public init(_ places: PlaceNames = .none, nodes: some Sequence<String>, lines: [Line]) {
    self.places = places
    self.nodes = Set(nodes)
    names = Set(lines.map(\.name))
    for line in lines {
      guard let ends = line.ends else { continue }
      between[Pair(first: ends.first, second: ends.second), default: []].append(line.name)
    }
  }

  /// Whether nodes go by other names than their own.
  public var haveNodesOtherNames: Bool { !places.isEmpty }

  /// The name that the network has for a node; the name itself where it has none.
  public func node(_ name: String) -> String {
    if nodes.contains(name) { return name }
    guard let short = places[name], nodes.contains(short) else { return name }
    return short
  }

  /// The name that the network has for a line; the name itself where it has none.
  public func line(_ name: String) -> String {
    let spelling = LineSpelling(node: node, isLine: names.contains) { first, second in
      between[Pair(first: first, second: second)] ?? []
    }
    return spelling.line(name) ?? name
  }

  /// What the network calls a node or a line of this name; nodes come first.
  public func nodeOrLine(_ name: String) -> String {
    if nodes.contains(name) || names.contains(name) { return name }
    let place = node(name)
    return place == name ? line(name) : place
  }
}

/// How the name of a line may be spelt: its own, or those of its ends with a dash between them.
struct LineSpelling {
  /// The name that the network has for a node.
  let node: (String) -> String
  let isLine: (String) -> Bool
  /// The lines from one node to another.
  let between: (String, String) -> [String]

  /// The name of the line that is meant; nil where that is none, or more than one.
  func line(_ name: String) -> String? {
    if isLine(name) { return name }
    let back = Topology.backSuffix
    if name.hasSuffix(back) { return line(String(name.dropLast(back.count))).map { $0 + back } }
    for dash in name.indices where "-–—".contains(name[dash]) {
      let first = node(String(name[..<dash]))
      let second = node(String(name[name.index(after: dash)...]))
      if let found = line(from: first, to: second) { return found }
    }
    return nil
  }

  private func line(from first: String, to second: String) -> String? {
    // `ZJK-ring` begins with a place and does not end with one.
    if let named = ["\(first)-\(second)", "\(second)-\(first)"].first(where: isLine) {
      return named
    }
    let forward = between(first, second)
    if forward.count == 1 { return forward[0] }
    let all = forward + between(second, first)
    return all.count == 1 ? all[0] : nil
  }
}
