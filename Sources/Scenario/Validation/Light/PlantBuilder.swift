// SPDX-License-Identifier: GPL-3.0-or-later
internal import NetworkModel
internal import YAMLReader

/// Makes the fibre plant of a network, and reports what does not fit together in it.
struct PlantBuilder {
  private(set) var plant: FibrePlant
  private(set) var problems: Problems
  private let nodes: [String: NodeID]
  private let nodeNames: [String]
  private let standard: LineDesign
  private(set) var fibres: [String: FibreID] = [:]
  private(set) var rings: [String: Int] = [:]

  /// What does not say how it is built is built like the line, which is checked once for all.
  init(topology: Topology, line: LineSection?, problems: Problems) {
    plant = FibrePlant(siteCount: topology.nodes.count)
    nodeNames = topology.nodes
    nodes = Dictionary(
      topology.nodes.enumerated().map { ($1, NodeID(index: $0)) },
      uniquingKeysWith: { first, _ in first })
    var problems = problems
    var standard = LineDesign.standard
    if let line {
      let design = line.applied(to: standard)
      do throws(OpticsError) {
        try design.validate()
        standard = design
      } catch {
        problems.add(error.description, at: line.origin.place, path: line.origin.path)
      }
    }
    self.standard = standard
    self.problems = problems
  }

  mutating func build(_ network: NetworkSection) {
    problems.addRepetitions(in: network.fibres.map(\.name), kind: "fibre")
    for fibre in network.fibres { add(fibre) }
    problems.addRepetitions(in: network.rings.map(\.name), kind: "ring")
    let named = Set(network.fibres.map(\.name.value))
    for ring in network.rings { add(ring, of: named) }
  }

  private mutating func add(_ section: FibreSection) {
    guard let ends = ends(of: section), let length = section.length?.value else {
      if section.between != nil, section.length == nil {
        report("found no length, expected one", at: section.origin)
      }
      return
    }
    let line = section.line?.applied(to: standard) ?? standard
    do throws(OpticsError) {
      try line.validate()
    } catch {
      report(error.description, at: section.line?.origin ?? section.origin)
      return
    }
    let fibre = plant.add(
      Fibre(
        name: section.name.value.text, first: ends.0, second: ends.1, length: length,
        line: line))
    fibres[section.name.value.text] = fibre
  }

  private mutating func ends(of section: FibreSection) -> (NodeID, NodeID)? {
    guard let between = section.between else {
      report("found no nodes, expected between: [a, b]", at: section.origin)
      return nil
    }
    guard between.value.count == 2 else {
      problems.add(
        found: "\(between.value.count) nodes", expected: "the two that it joins",
        at: between.place, path: between.path)
      return nil
    }
    let found = between.value.map { node($0) }
    guard let first = found[0], let second = found[1] else { return nil }
    guard first != second else {
      problems.add(
        found: "\(Node.quoted(between.value[1].value.text)) as both ends",
        expected: "two different nodes", at: between.place, path: between.path)
      return nil
    }
    return (first, second)
  }

  private mutating func node(_ name: Written<Name>) -> NodeID? {
    if let node = nodes[name.value.text] { return node }
    problems.add(
      problems.unknown(name.value.text, kind: "node", among: nodeNames), at: name.place,
      path: name.path)
    return nil
  }

  /// Adds a ring of fibres of the given names; one that has a fibre in error is left out.
  private mutating func add(_ section: RingSection, of named: Set<Name>) {
    var members: [FibreID] = []
    for name in section.fibres.value {
      guard let fibre = fibres[name.value.text] else {
        if named.contains(name.value) { return }
        problems.add(
          problems.unknown(name.value.text, kind: "fibre", among: plant.fibres.map(\.name)),
          at: name.place, path: name.path)
        return
      }
      members.append(fibre)
    }
    let position = plant.rings.count
    plant.add(FibreRing(name: section.name.value.text, fibres: members))
    rings[section.name.value.text] = position
    guard plant.sites(ofRing: position) == nil else { return }
    problems.add(
      found: "fibres that are no cycle",
      expected: "three or more that follow each other and end where they start",
      at: section.fibres.place, path: section.fibres.path)
  }

  private mutating func report(_ text: String, at origin: Origin) {
    problems.add(text, at: origin.place, path: origin.path)
  }
}
