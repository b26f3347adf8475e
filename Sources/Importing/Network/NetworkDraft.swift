// SPDX-License-Identifier: GPL-3.0-or-later
internal import NetworkModel

/// A network as its file has it, before names, lengths and directions are put in order.
struct NetworkDraft {
  struct Node {
    var id: String
    /// The name where the file gives one beside the identifier.
    var label: String?
    /// Longitude and latitude in degrees, or whatever else the file counts in.
    var position: Position?
  }

  struct Edge {
    var source: Int
    var target: Int
    /// The length of the straight line, where the file gives it.
    var straightLine_km: Double?
    var capacity: BitsPerSecond?
    /// Where in the text it stands.
    var offset: Int?
  }

  struct Demand {
    var source: Int
    var target: Int
    /// In `demandUnit`s.
    var value: Double
    /// Where in the text it stands.
    var offset: Int?
  }

  var name: String?
  var nodes: [Node] = []
  var edges: [Edge] = []
  var demands: [Demand] = []
  /// Nil where the file does not state it.
  var demandUnit: BitsPerSecond?
  /// True where the file says that positions are those on a drawing.
  var isDrawing = false
  /// True where an edge has one direction, and its opposite is the other strand of the same fibre.
  var isDirected = false
  var warnings: [String] = []

  private var indices: [String: Int] = [:]

  init(name: String? = nil) {
    self.name = name
  }

  /// Adds a node whose identifier must be new.
  mutating func add(_ node: Node, at offset: Int) throws(Fault) {
    guard indices.updateValue(nodes.count, forKey: node.id) == nil else {
      throw Fault("a second node \(Fault.quoted(node.id))", at: offset)
    }
    nodes.append(node)
  }

  /// The position of a node that an edge or a demand names.
  func index(of id: String, at offset: Int) throws(Fault) -> Int {
    if let index = indices[id] { return index }
    throw Fault(
      found: "\(Fault.quoted(id)), which is no node of the file", expected: "one of its nodes",
      at: offset)
  }

  /// Whether demands have a direction: links do, or some pair of nodes stands there both ways.
  ///
  /// No format says so itself. A network with undirected demands has each pair once.
  var hasDirectedDemands: Bool {
    if isDirected { return true }
    struct Ends: Hashable {
      var source: Int
      var target: Int
    }
    let known = Set(demands.map { Ends(source: $0.source, target: $0.target) })
    return known.contains {
      $0.source != $0.target && known.contains(Ends(source: $0.target, target: $0.source))
    }
  }
}
