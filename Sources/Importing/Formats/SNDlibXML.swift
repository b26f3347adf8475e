// SPDX-License-Identifier: GPL-3.0-or-later

/// The XML format of SNDlib: `<network>` with `<networkStructure>` and `<demands>`.
enum SNDlibXML {
  static func draft(of text: InputText) throws(Fault) -> NetworkDraft {
    let root = try XMLReader.root(of: text)
    guard root.name == "network" else {
      throw Fault(found: "<\(root.name)>", expected: "<network>", at: root.offset)
    }
    var draft = NetworkDraft()
    if let unit = root.first("meta")?.first("unit")?.word { draft.take(unit: unit) }
    guard let structure = root.first("networkStructure"), let nodes = structure.first("nodes"),
      let links = structure.first("links")
    else {
      throw Fault("no <networkStructure> with <nodes> and <links>", at: root.offset)
    }
    // The schema's own default where the file says nothing.
    draft.isDrawing = nodes[attribute: "coordinatesType"] != "geographical"
    for node in nodes.all("node") { try draft.addNode(node) }
    try draft.add(links.all("link").map { element throws(Fault) in try draft.link(element) })
    for demand in root.first("demands")?.all("demand") ?? [] { try draft.addDemand(demand) }
    return draft
  }
}

extension NetworkDraft {
  fileprivate mutating func addNode(_ element: XMLElement) throws(Fault) {
    let id = try element.required(attribute: "id")
    var position: Position?
    if let coordinates = element.first("coordinates") {
      position = Position(
        latitude: try coordinates.required("y").number(),
        longitude: try coordinates.required("x").number())
    }
    try add(.init(id: id, label: nil, position: position), at: element.offset)
  }

  fileprivate func link(_ element: XMLElement) throws(Fault) -> SNDlibLink {
    let ends = try ends(of: element)
    let capacity = try element.first("preInstalledModule")?.first("capacity")?.number()
    return SNDlibLink(
      source: ends.source, target: ends.target, capacity: capacity ?? 0, offset: element.offset)
  }

  fileprivate mutating func addDemand(_ element: XMLElement) throws(Fault) {
    let ends = try ends(of: element)
    let value = try element.required("demandValue").number()
    let unit = try element.first("routingUnit")?.number() ?? 1
    guard value >= 0, unit >= 0 else {
      throw Fault("the demand is negative", at: element.offset)
    }
    demands.append(
      .init(
        source: ends.source, target: ends.target, value: value * unit, offset: element.offset))
  }

  private func ends(of element: XMLElement) throws(Fault) -> (source: Int, target: Int) {
    let source = try element.required("source")
    let target = try element.required("target")
    return (
      try index(of: source.text.trimmed, at: source.offset),
      try index(of: target.text.trimmed, at: target.offset)
    )
  }
}
