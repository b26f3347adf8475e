// SPDX-License-Identifier: GPL-3.0-or-later
internal import NetworkModel

// Everywhere in a scenario a place, fibre or link may go by another name than its own: `Shaoguan`
// and `韶关` for SG. From here on all of them have the name that results give them.

/// What names mean in a scenario: fibres and links by the same name are two things.
struct ScenarioNames {
  var fibres: NetworkNames
  var links: NetworkNames

  func node(_ name: String) -> String { links.node(name) }
}

extension Scenario {
  /// The other names of places; none but on the built-in network.
  var placeNames: PlaceNames {
    network.use == .national ? PlaceNames(NationalNetwork()) : .none
  }

  /// What names mean, once the network is whole.
  func names(_ places: PlaceNames) -> ScenarioNames {
    let nodes = (network.nodes ?? []).map(\.name.value.text)
    var fibres: [NetworkNames.Line] = network.rings.map { .init($0.name.value.text) }
    for fibre in network.fibres { fibres.append(.init(fibre.name, fibre.between?.value)) }
    var links: [NetworkNames.Line] = []
    for link in light?.links ?? [] { links.append(.init(link.name, link.between.value)) }
    for link in network.links {
      links.append(.init(link.name, [link.from, link.to].compactMap(\.self)))
    }
    return ScenarioNames(
      fibres: NetworkNames(places, nodes: nodes, lines: fibres),
      links: NetworkNames(places, nodes: nodes, lines: links))
  }

  /// Gives what the file says of the network the names that the built-in one has.
  ///
  /// Before the two are put together: what has the same name is the same thing. A name that the
  /// file gives to something else as well stays as it is.
  mutating func nameNetwork(like placed: NationalNetwork.PlacedPlant, _ places: PlaceNames) {
    let names = NetworkNames(
      places, nodes: placed.sites.map(\.name),
      lines: placed.fibres.map { .init($0.name, ends: ($0.first, $0.second)) }
        + placed.plant.rings.map { .init($0.name) })
    func renamed(_ own: [Written<Name>]) -> (String) -> String {
      let taken = Set(own.map(\.value.text))
      return { name in
        let canonical = names.line(name)
        return taken.contains(canonical) ? name : canonical
      }
    }
    let (fibre, ring) = (
      renamed(network.fibres.map(\.name)), renamed(network.rings.map(\.name))
    )
    let link = renamed((light?.links ?? []).map(\.name))
    network.nodes?.mutateEach { $0.name.rename(names.node) }
    network.rings.mutateEach { $0.name.rename(ring) }
    network.fibres.mutateEach { section in
      section.name.rename(fibre)
      section.between?.value.renameEach(names.node)
    }
    light?.links.mutateEach { section in
      section.name.rename(link)
      section.between.value.renameEach(names.node)
    }
    network.links.mutateEach { section in
      section.from?.rename(names.node)
      section.to?.rename(names.node)
    }
  }

  /// Gives what the file refers to the names that the network has, once it is whole.
  mutating func nameReferences(_ names: ScenarioNames) {
    network.rings.mutateEach { $0.fibres.value.renameEach(names.fibres.line) }
    network.fabrics.mutateEach { $0.exit?.node.rename(names.node) }
    light?.regeneration.rename(names)
    light?.paths.list?.mutateEach { $0.value.renameEach(names.fibres.nodeOrLine) }
    light?.links.mutateEach { link in
      link.route?.value.renameEach(names.fibres.nodeOrLine)
      link.ring?.rename(names.fibres.line)
    }
    light?.requests.mutateEach { $0.rename(names) }
    traffic.mutateEach { $0.rename(names) }
    pools?.list.mutateEach { $0.at.rename(names.node) }
    pools?.registry?.at.rename(names.node)
    events.mutateEach { $0.rename(names) }
  }
}

extension NetworkNames.Line {
  fileprivate init(_ name: Written<Name>, _ ends: [Written<Name>]?) {
    guard let ends, ends.count == 2 else {
      self.init(name.value.text)
      return
    }
    self.init(name.value.text, ends: (ends[0].value.text, ends[1].value.text))
  }
}

extension Written<Name> {
  mutating func rename(_ name: (String) -> String) { value = Name(name(value.text)) }
}

extension [Written<Name>] {
  mutating func renameEach(_ name: (String) -> String) { mutateEach { $0.rename(name) } }
}

extension Array {
  mutating func mutateEach(_ change: (inout Element) -> Void) {
    for index in indices { change(&self[index]) }
  }
}

extension RegenerationValue {
  fileprivate mutating func rename(_ names: ScenarioNames) {
    switch self {
    case .nowhere, .everywhere: break
    case .at(var nodes):
      nodes.mutateEach { $0.rename(names.node) }
      self = .at(nodes)
    case .stock(var stock):
      stock.entries.mutateEach { $0.name.rename(names.node) }
      self = .stock(stock)
    }
  }
}
