// SPDX-License-Identifier: GPL-3.0-or-later
internal import EventKernel
internal import NetworkModel
internal import Scheduling
internal import Simulator
internal import Traffic
internal import YAMLReader

extension NetworkBuilder {
  /// Adds the fabrics, each with links and nodes of its own; one in error is left out.
  mutating func build(_ sections: [FabricSection], beside network: NetworkSection) {
    problems.addRepetitions(in: sections.map(\.name), kind: "fabric")
    let taken = (network.nodes ?? []).map(\.name) + network.links.map(\.name)
    for section in sections {
      let prefix = section.name.value.text + "/"
      for name in taken where name.value.text.hasPrefix(prefix) {
        problems.add(
          found: Node.quoted(name.value.text),
          expected: "a name that does not start like those of the fabric", at: name.place,
          path: name.path)
      }
      fabrics.append(fabric(section))
    }
  }

  private mutating func fabric(_ section: FabricSection) -> BalancedFabric? {
    guard let spines = spines(of: section), let wire = interconnect(of: section) else {
      return nil
    }
    let mostDelay = SimDuration(nanoseconds: 1_000_000_000)
    if section.delay.value > mostDelay {
      problems.add(
        found: section.delay.node.summary, expected: "at most 1 s", at: section.delay.place,
        path: section.delay.path)
      return nil
    }
    guard hasPartsInRange(section) else { return nil }
    var design = FabricDesign(
      name: section.name.value.text, hosts: section.hosts.value,
      gpusPerHost: section.gpusPerHost.value, nicsPerHost: section.nicsPerHost.value,
      nicRate: section.nic.value, isRailOptimised: section.isRailOptimised,
      nicsPerLeaf: section.nicsPerLeaf.value, uplinksPerLeaf: spines,
      uplinkRate: section.uplink?.value,
      pods: section.pods.map {
        .init(leaves: $0.leaves.value, uplinksPerSpine: $0.coresPerSpine.value)
      },
      linkDelay: section.delay.value, interconnect: wire)
    design.port = port
    do throws(FabricProblem) {
      let fabric = try Fabric(design, in: &topology)
      if let exit = section.exit { addExit(exit, of: design) }
      return BalancedFabric(fabric, section.loadBalancing)
    } catch {
      problems.add(
        found: error.found, expected: error.expected, at: section.origin.place,
        path: section.path(of: error.part))
      return nil
    }
  }

  /// Whether transfers are divided into no more parts than the memory of a run has room for.
  private mutating func hasPartsInRange(_ section: FabricSection) -> Bool {
    let parts = [("queue_pairs", section.queuePairs.value), ("flowlets", section.flowlets.value)]
    for (key, count) in parts where count > LoadBalancing.mostParts {
      problems.add(
        found: "\(count)", expected: "1 to \(LoadBalancing.mostParts)", at: section.origin.place,
        path: section.origin.path.key(key))
      return false
    }
    return true
  }

  /// The way out of a fabric, from where its highest switches are to a node of the network.
  private mutating func addExit(_ section: ExitSection, of design: FabricDesign) {
    guard let outside = node(section.node) else { return }
    let cards = Double(design.hosts * design.nicsPerHost) * design.nicRate.value
    let rate = section.rate?.value ?? BitsPerSecond(cards / (section.convergence?.value ?? 1))
    guard rate.value >= 1, rate.value <= 1e18 else {
      problems.add(
        found: "an exit of \(rate.value) bit/s", expected: "1 bit/s to 1000 Pbit/s",
        at: section.origin.place, path: section.origin.path)
      return
    }
    let name = "\(design.name)/exit"
    let top: FabricTier = design.pods == nil ? .spine : .core
    topology.addLink(
      Link(
        name: name, ends: .init(source: topology.addNode(name), target: outside), capacity: rate,
        delay: SimDuration(nanoseconds: design.linkDelay.nanoseconds * Int64(top.hops / 2)),
        port: port, kind: .access), isTwoWay: true)
  }

  /// The uplinks of a leaf, given as such or by what they are to carry; nil where that is no number.
  private mutating func spines(of section: FabricSection) -> Int? {
    if let spines = section.spines { return spines.value }
    let uplink = section.uplink?.value ?? section.nic.value
    let into = Double(section.nicsPerLeaf.value) * section.nic.value.value
    let wanted = into / uplink.value / (section.oversubscription?.value ?? 1)
    let spines = wanted.rounded()
    guard abs(wanted - spines) < 1e-6 * wanted, spines >= 1, spines <= 1e6 else {
      problems.add(
        found: "\(wanted) uplinks for each leaf",
        expected: "an oversubscription or an uplink rate that makes it a whole number",
        at: section.origin.place, path: section.origin.path.key("oversubscription"))
      return nil
    }
    return Int(spines)
  }

  private mutating func interconnect(of section: FabricSection) -> FabricDesign.Interconnect? {
    var type: Accelerator?
    if let name = section.accelerator {
      type = Accelerator.builtIn(named: name.value)
      if type == nil {
        problems.add(
          problems.unknown(
            name.value, kind: "accelerator", among: Accelerator.builtIn().map(\.name)),
          at: name.place, path: name.path)
        return nil
      }
    }
    if let given = section.interconnect {
      return .init(rate: given.rate.value, delay: given.delay)
    }
    return type.map { .init(rate: $0.interconnect, delay: .zero) } ?? .instant
  }
}

extension FabricSection {
  fileprivate var loadBalancing: LoadBalancing {
    // Where a program decides, it does so where the controller of this one would.
    switch balancing.rule ?? .intelligent {
    case .ecmp: .ecmp(queuePairs: queuePairs.value)
    case .flowlet: .flowlet(count: flowlets.value)
    case .spray: .spray
    case .intelligent: .intelligent(queuePairs: queuePairs.value)
    }
  }

  fileprivate func path(of part: FabricProblem.Part) -> Path {
    switch part {
    case .hosts: origin.path.key("hosts")
    case .gpusPerHost: origin.path.key("gpus_per_host")
    case .nicsPerHost: origin.path.key("nics_per_host")
    case .nicRate: origin.path.key("nic")
    case .nicsPerLeaf: origin.path.key("nics_per_leaf")
    case .uplinks: origin.path.key("spines")
    case .uplinkRate: origin.path.key("uplink")
    case .podLeaves: origin.path.key("pods").key("leaves")
    case .spineUplinks: origin.path.key("pods").key("cores_per_spine")
    }
  }
}
