// SPDX-License-Identifier: GPL-3.0-or-later
internal import NetworkModel
internal import YAMLReader

// What is said of names that nothing has, or that stand for the same thing twice.

extension Checker {
  func unknownNode(_ name: String) -> String {
    problems.unknown(
      name, kind: "node", among: resolver.topology.nodes, orOneOf: resolver.places.all)
  }

  /// What to say of a name that no link has; a fibre is no link before it is lit as one.
  func unknownLink(_ name: String) -> String {
    if let fibre = fibre(meantBy: name) {
      return "\(Node.quoted(fibre)) is a fibre and no link, expected a link; light: {each_fibre: "
        + "{channels: 4}} makes one of each fibre, and cut fails a fibre"
    }
    let links = scenario.network.links.map(\.name) + (scenario.light?.links ?? []).map(\.name)
    return problems.unknown(name, kind: "link", among: links.map(\.value.text))
  }

  func unknownFibre(_ name: String) -> String {
    guard resolver.link(named: name) != nil else {
      return problems.unknown(name, kind: "fibre", among: plant.fibres.map(\.name))
    }
    return "\(Node.quoted(name)) is a link and no fibre, expected a fibre; fail fails a link"
  }

  private func fibre(meantBy name: String) -> String? {
    guard !plant.fibres.isEmpty else { return nil }
    let names = scenario.names(resolver.places).fibres
    let fibre = names.line(name)
    return fibres[fibre] == nil ? nil : fibre
  }

  /// Reports a node that weights name twice, by its own name and by another.
  mutating func checkWeightsOfNodes() {
    for entry in scenario.traffic {
      for weights in [entry.generate?.weights, entry.demand?.weights, entry.elastic?.weights] {
        checkEachOnce(weights?.entries.map(\.node) ?? [])
      }
      for shares in [entry.trace?.from, entry.trace?.to?.nodes] {
        checkEachOnce(shares?.entries.map(\.node) ?? [])
      }
      if case .nodes(let entries)? = entry.tokens?.from.value { checkEachOnce(entries.map(\.node)) }
      if case .nodes(let entries)? = entry.tokens?.to.value { checkEachOnce(entries.map(\.node)) }
    }
    for source in scenario.light?.requests ?? [] {
      checkEachOnce(source.generate?.weights?.entries.map(\.node) ?? [])
    }
  }

  private mutating func checkEachOnce(_ nodes: [Written<Name>]) {
    var seen: Set<Name> = []
    for node in nodes where !seen.insert(node.value).inserted {
      report(
        "found \(Node.quoted(node.value.text)) for the second time, under another of its names; "
          + "expected each node once", at: node)
    }
  }
}
