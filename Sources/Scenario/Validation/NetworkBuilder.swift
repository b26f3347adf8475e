// SPDX-License-Identifier: GPL-3.0-or-later
internal import EventKernel
internal import NetworkModel
internal import Simulator
internal import YAMLReader

/// Makes the topology of a network, and reports what does not fit together in it.
struct NetworkBuilder {
  var topology = Topology()
  var problems: Problems
  /// Nil for one in error.
  var fabrics: [BalancedFabric?] = []
  private var nodes: [String: NodeID] = [:]
  /// The port of links that say nothing of theirs.
  private(set) var port = Port.shallowBuffer

  /// The cluster whose local ring a place is on, where the network is built in.
  private var clusters: [String: String] = [:]

  init(problems: Problems) {
    self.problems = problems
  }

  /// The links of the section, and behind them those that are made of light.
  ///
  /// A network without any link is of use only where there are pools.
  mutating func build(_ network: NetworkSection, lit: [LitLinkSection], hasPools: Bool = false) {
    port = network.port?.applied(to: port) ?? port
    if network.use == .national { clusters = NationalNetwork().clustersOfLocalRings }
    let names = (network.nodes ?? []).map(\.name)
    problems.addRepetitions(in: names, kind: "node")
    for name in names where nodes[name.value.text] == nil {
      nodes[name.value.text] = topology.addNode(name.value.text)
    }
    problems.addRepetitions(in: network.links.map(\.name) + lit.map(\.name), kind: "link")
    for link in network.links { add(link) }
    for link in lit { add(link) }
    build(network.fabrics, beside: network)
    if network.links.isEmpty, network.fibres.isEmpty, network.fabrics.isEmpty, network.use == nil,
      !(hasPools && network.nodes?.isEmpty == false)
    {
      problems.add(
        found: "none", expected: "at least one link", at: network.origin.place,
        path: network.origin.path.key("links"))
    }
  }

  private mutating func add(_ section: LinkSection) {
    let link = Link(
      name: section.name.value.text, ends: ends(of: section), capacity: section.capacity.value,
      delay: section.delay, port: section.port?.applied(to: port) ?? port,
      kind: section.kind ?? kind(between: section.from, section.to))
    topology.addLink(link, isTwoWay: section.isTwoWay)
    guard section.isTwoWay, section.from == nil else { return }
    problems.add(
      "a link without from and to has one direction only", at: section.origin.place,
      path: section.origin.path.key("two_way"))
  }

  /// A link made of light: two-way, with the capacity and the delay that its light will give it.
  private mutating func add(_ section: LitLinkSection) {
    let between = section.between
    guard between.value.count == 2 else {
      problems.add(
        found: "\(between.value.count) nodes", expected: "the two that it joins",
        at: between.place, path: between.path)
      return
    }
    guard let ends = ends(from: between.value[0], to: between.value[1]) else { return }
    let link = Link(
      name: section.name.value.text, ends: ends, capacity: .zero, delay: .zero,
      port: section.port?.applied(to: port) ?? port,
      kind: section.kind ?? kind(between: between.value[0], between.value[1]))
    topology.addLink(link, isTwoWay: true)
  }

  /// The kind of a link that says nothing of it, by its ends.
  private func kind(between from: Written<Name>?, _ to: Written<Name>?) -> LinkKind {
    guard let from, let to, let cluster = clusters[from.value.text],
      clusters[to.value.text] == cluster
    else { return .backbone }
    return .local
  }

  private mutating func ends(of section: LinkSection) -> Link.Ends? {
    guard let from = section.from, let to = section.to else { return nil }
    return ends(from: from, to: to)
  }

  private mutating func ends(from: Written<Name>, to: Written<Name>) -> Link.Ends? {
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

  mutating func node(_ name: Written<Name>) -> NodeID? {
    if let node = nodes[name.value.text] { return node }
    problems.add(
      problems.unknown(name.value.text, kind: "node", among: topology.nodes), at: name.place,
      path: name.path)
    return nil
  }
}
