// SPDX-License-Identifier: GPL-3.0-or-later
internal import NetworkModel
internal import YAMLReader

/// Makes the topology of a network, and reports what does not fit together in it.
struct NetworkBuilder {
  private(set) var topology = Topology()
  private(set) var problems: Problems
  private var nodes: [String: NodeID] = [:]

  init(problems: Problems) {
    self.problems = problems
  }

  mutating func build(_ network: NetworkSection) {
    let names = (network.nodes ?? []).map(\.name)
    problems.addRepetitions(in: names, kind: "node")
    for name in names where nodes[name.value.text] == nil {
      nodes[name.value.text] = topology.addNode(name.value.text)
    }
    problems.addRepetitions(in: network.links.map(\.name), kind: "link")
    for link in network.links { add(link) }
    if network.links.isEmpty {
      problems.add(
        found: "an empty list", expected: "at least one link", at: network.origin.place,
        path: network.origin.path.key("links"))
    }
  }

  private mutating func add(_ section: LinkSection) {
    let link = Link(
      name: section.name.value.text, ends: ends(of: section), capacity: section.capacity.value,
      delay: section.delay)
    topology.addLink(link, isTwoWay: section.isTwoWay)
    guard section.isTwoWay, section.from == nil else { return }
    problems.add(
      "a link without from and to has one direction only", at: section.origin.place,
      path: section.origin.path.key("two_way"))
  }

  private mutating func ends(of section: LinkSection) -> Link.Ends? {
    guard let from = section.from, let to = section.to else { return nil }
    let source = node(from)
    let target = node(to)
    guard let source, let target else { return nil }
    if source == target {
      problems.add(
        found: "\(Node.quoted(to.value.text)) as both ends", expected: "two different nodes",
        at: to.place, path: to.path)
    }
    return Link.Ends(source: source, target: target)
  }

  private mutating func node(_ name: Written<Name>) -> NodeID? {
    if let node = nodes[name.value.text] { return node }
    problems.add(
      unknownName(name.value.text, kind: "node", among: topology.nodes), at: name.place,
      path: name.path)
    return nil
  }
}
