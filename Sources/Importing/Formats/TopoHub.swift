// SPDX-License-Identifier: GPL-3.0-or-later
internal import Text

/// The node-link JSON of TopoHub, which is that of NetworkX with `pos` and `dist`.
///
/// Jurkiewicz: "TopoHub: A repository of reference Gabriel graph and real-world topologies for
/// networking research", SoftwareX 24, 2023. A node's `pos` is longitude and latitude, an edge's
/// `dist` the straight line in km: a great circle, or in the synthetic ones a line on a plane.
struct TopoHub {
  private var draft = NetworkDraft()

  static func draft(of text: InputText) throws(Fault) -> NetworkDraft {
    let root = try text.json()
    var reader = TopoHub()
    try reader.read(root)
    reader.forgetImpossibleDistances()
    return reader.draft
  }

  private mutating func read(_ root: JSONValue) throws(Fault) {
    _ = try root.members("a network in node-link form")
    guard let nodes = root["nodes"] else {
      throw Fault(found: "no \"nodes\"", expected: "a network in node-link form", at: root.offset)
    }
    // NetworkX called them links before its version 3.4.
    guard let edges = root["edges"] ?? root["links"] else {
      throw Fault(
        found: "neither \"edges\" nor \"links\"", expected: "a network in node-link form",
        at: root.offset)
    }
    if case .boolean(true)? = root["directed"]?.content { draft.isDirected = true }
    for node in try nodes.elements("a list of nodes") { try add(node) }
    for edge in try edges.elements("a list of edges") { try add(edge: edge) }
    guard let graph = root["graph"], case .object = graph.content else { return }
    if case .string(let name)? = graph["name"]?.content, !name.isEmpty { draft.name = name }
    if let demands = graph["demands"] { try add(demands: demands) }
  }

  private mutating func add(_ node: JSONValue) throws(Fault) {
    _ = try node.members("a node")
    guard let id = node["id"] else {
      throw Fault(found: "a node without \"id\"", expected: "one", at: node.offset)
    }
    var position: Position?
    if let pos = node["pos"], !pos.isNull {
      let numbers = try pos.elements("longitude and latitude")
      guard numbers.count == 2 else {
        throw Fault(
          found: "\(numbers.count) numbers", expected: "longitude and latitude", at: pos.offset)
      }
      position = Position(
        latitude: try numbers[1].number("a latitude"),
        longitude: try numbers[0].number("a longitude"))
    }
    var label: String?
    if case .string(let name)? = node["name"]?.content { label = name }
    try draft.add(
      .init(id: try id.identifier(), label: label, position: position), at: node.offset)
  }

  private mutating func add(edge: JSONValue) throws(Fault) {
    _ = try edge.members("an edge")
    guard let source = edge["source"], let target = edge["target"] else {
      throw Fault(
        found: "an edge without \"source\" or \"target\"", expected: "both", at: edge.offset)
    }
    var distance: Double?
    if let dist = edge["dist"], !dist.isNull {
      let value = try dist.number("a distance in km")
      guard value >= 0 else {
        throw Fault("the distance is negative", at: dist.offset)
      }
      distance = value
    }
    draft.edges.append(
      .init(
        source: try draft.index(of: source.identifier(), at: source.offset),
        target: try draft.index(of: target.identifier(), at: target.offset),
        straightLine_km: distance, offset: edge.offset))
  }

  /// Adds the demands, `{source: {target: value}}`.
  private mutating func add(demands: JSONValue) throws(Fault) {
    guard !demands.isNull else { return }
    for (from, targets) in try demands.members("demands by their source") {
      let source = try draft.index(of: from, at: targets.offset)
      for (to, value) in try targets.members("demands by their target") {
        let amount = try value.number("a demand")
        guard amount >= 0 else { throw Fault("the demand is negative", at: value.offset) }
        draft.demands.append(
          .init(
            source: source, target: try draft.index(of: to, at: value.offset), value: amount,
            offset: value.offset))
      }
    }
  }

  /// Drops distances that are great circles between places that are on no globe.
  ///
  /// TopoHub's copies of SNDlib's drawn networks have such: positions in pixels, and the haversine
  /// formula applied to them. The synthetic networks have positions on a plane and right distances.
  private mutating func forgetImpossibleDistances() {
    guard draft.nodes.contains(where: { $0.position?.isOnEarth == false }) else { return }
    let alike = draft.edges.filter { edge in
      guard let distance = edge.straightLine_km, let from = draft.nodes[edge.source].position,
        let to = draft.nodes[edge.target].position
      else { return false }
      return (from.greatCircle_km(to: to) - distance).magnitude <= max(1, 0.01 * distance)
    }
    guard alike.count * 2 > draft.edges.count else { return }
    for index in draft.edges.indices { draft.edges[index].straightLine_km = nil }
  }
}
