// SPDX-License-Identifier: GPL-3.0-or-later
internal import NetworkModel

/// GraphML as the Internet Topology Zoo writes it.
///
/// Knight, Nguyen, Falkner, Bowden, Roughan: "The Internet Topology Zoo", IEEE JSAC 29(9), 2011.
/// Attributes stand in `<data>` elements whose keys are declared at the top. Read are the nodes'
/// `label`, `Latitude` and `Longitude`, and the edges' `LinkSpeedRaw` in bit/s; no attribute there
/// is a length.
struct GraphML {
  /// The names of attributes by their keys; those of nodes and of edges may have the same key.
  private var nodeKeys: [String: String] = [:]
  private var edgeKeys: [String: String] = [:]
  private var graphKeys: [String: String] = [:]

  static func draft(of text: InputText) throws(Fault) -> NetworkDraft {
    let root = try XMLReader.root(of: text)
    guard root.name == "graphml" else {
      throw Fault(found: "<\(root.name)>", expected: "<graphml>", at: root.offset)
    }
    guard let graph = root.first("graph") else {
      throw Fault(found: "<graphml> without <graph>", expected: "one", at: root.offset)
    }
    var draft = NetworkDraft()
    try GraphML(keysOf: root).read(graph, into: &draft)
    let graphs = root.all("graph").count
    if graphs > 1 { draft.warnings.append("only the first of \(graphs) graphs is read") }
    let hyperedges = graph.all("hyperedge").count
    if hyperedges > 0 { draft.warnings.append("left out \(hyperedges) <hyperedge>") }
    return draft
  }

  private init(keysOf root: XMLElement) {
    for key in root.all("key") {
      guard let id = key[attribute: "id"] else { continue }
      let name = (key[attribute: "attr.name"] ?? id).lowercased()
      let domain = key[attribute: "for"] ?? "all"
      if domain == "node" || domain == "all" { nodeKeys[id] = name }
      if domain == "edge" || domain == "all" { edgeKeys[id] = name }
      if domain == "graph" || domain == "all" { graphKeys[id] = name }
    }
  }

  private func read(_ graph: XMLElement, into draft: inout NetworkDraft) throws(Fault) {
    draft.isDirected = graph[attribute: "edgedefault"] == "directed"
    let own = data(of: graph, graphKeys)
    draft.name = own["label"]?.word ?? own["network"]?.word ?? graph[attribute: "id"]
    for node in graph.all("node") { try add(node, to: &draft) }
    for edge in graph.all("edge") { try add(edge: edge, to: &draft) }
  }

  private func add(_ node: XMLElement, to draft: inout NetworkDraft) throws(Fault) {
    let id = try node.required(attribute: "id")
    let data = data(of: node, nodeKeys)
    var position: Position?
    if let latitude = data["latitude"], latitude.word != nil,
      let longitude = data["longitude"], longitude.word != nil
    {
      position = Position(latitude: try latitude.number(), longitude: try longitude.number())
    }
    let label = data["label"]?.word
    try draft.add(
      // The Zoo's tools write a missing label as Python spells it.
      .init(id: id, label: label == "None" ? "" : label, position: position), at: node.offset)
  }

  private func add(edge: XMLElement, to draft: inout NetworkDraft) throws(Fault) {
    let source = try edge.required(attribute: "source")
    let target = try edge.required(attribute: "target")
    let speed = data(of: edge, edgeKeys)["linkspeedraw"]
    let rate = try speed?.word == nil ? nil : speed?.number()
    draft.edges.append(
      .init(
        source: try draft.index(of: source, at: edge.offset),
        target: try draft.index(of: target, at: edge.offset),
        capacity: rate.flatMap { $0 > 0 ? BitsPerSecond($0) : nil }, offset: edge.offset))
  }

  /// The data of an element by the names of their keys, in lower case; the first of each counts.
  private func data(of element: XMLElement, _ keys: [String: String]) -> [String: XMLElement] {
    var found: [String: XMLElement] = [:]
    for data in element.all("data") {
      guard let key = data[attribute: "key"], let name = keys[key], found[name] == nil else {
        continue
      }
      found[name] = data
    }
    return found
  }
}
