// SPDX-License-Identifier: GPL-3.0-or-later
internal import Light
package import NetworkModel
package import Simulator

/// Something that goes out of order: fibres that are cut, links that fail, a site with all of its.
package struct Failure: Sendable {
  package var name: String
  package var fibres: [FibreID] = []
  /// Links that are not made of light, both directions of each.
  package var links: [LinkID] = []
  /// The site that is out of order, where it is one.
  package var site: NodeID?

  package init(name: String, fibres: [FibreID] = [], links: [LinkID] = [], site: NodeID? = nil) {
    self.name = name
    self.fibres = fibres
    self.links = links
    self.site = site
  }

  package static let none = Failure(name: "")

  /// What the events of a scenario call what fails: a key and a name each.
  package func events(in model: Model) -> [(key: String, name: String)] {
    let plant = model.light.plant
    let firsts = links.filter { link in
      model.topology[link].reverse.map { link < $0 } ?? true
    }
    return fibres.map { ("cut", plant[$0].name) }
      + firsts.map { ("fail", model.topology[$0].name) }
  }
}

/// Which failures are looked at.
package enum FailureKind: String, CaseIterable, Sendable {
  case single, double, sites
}

extension Failure {
  /// All failures of a kind: each fibre, and each link that is not made of light; each pair of
  /// these; each site at which some of them end.
  package static func all(_ kind: FailureKind, of model: Model) -> [Failure] {
    switch kind {
    case .single: singles(of: model)
    case .double: doubles(of: model)
    case .sites: sites(of: model)
    }
  }

  private static func singles(of model: Model) -> [Failure] {
    let fibres = model.light.plant.fibres.enumerated().map { index, fibre in
      Failure(name: fibre.name, fibres: [FibreID(index: index)])
    }
    return fibres + ownLinks(of: model).map { Failure(name: $0.name, links: $0.links) }
  }

  private static func doubles(of model: Model) -> [Failure] {
    let singles = singles(of: model)
    return singles.indices.flatMap { first in
      singles[(first + 1)...].map { second in
        Failure(
          name: singles[first].name + " + " + second.name,
          fibres: singles[first].fibres + second.fibres,
          links: singles[first].links + second.links)
      }
    }
  }

  private static func sites(of model: Model) -> [Failure] {
    let own = ownLinks(of: model)
    return model.topology.nodes.indices.compactMap { index in
      let node = NodeID(index: index)
      let fibres = model.light.plant.fibres.enumerated()
        .filter { $0.element.first == node || $0.element.second == node }
        .map { FibreID(index: $0.offset) }
      let links = own.filter { $0.ends.source == node || $0.ends.target == node }
      guard !fibres.isEmpty || !links.isEmpty else { return nil }
      return Failure(
        name: model.topology.nodes[index], fibres: fibres, links: links.flatMap(\.links),
        site: node)
    }
  }

  /// The links of the network that are not made of light, each two-way one once; ports of
  /// fabrics are no part of it.
  private static func ownLinks(
    of model: Model
  ) -> [(name: String, links: [LinkID], ends: Link.Ends)] {
    let lit = Set(model.light.links.flatMap { [$0.forward, $0.back] })
    return model.topology.links.enumerated().compactMap { index, link in
      let id = LinkID(index: index)
      let isSecond = link.reverse.map { $0 < id } ?? false
      guard let ends = link.ends, !isSecond, !lit.contains(id), link.kind != .fabric else {
        return nil
      }
      return (link.name, [id] + (link.reverse.map { [$0] } ?? []), ends)
    }
  }
}
