// SPDX-License-Identifier: GPL-3.0-or-later
internal import EventKernel

/// A fabric whose nodes and links stand in a topology.
///
/// Where a cable stands follows from its number, so nothing is kept of 16,384 accelerators but
/// the design: cables of the cards come first, then those of the leaves, then those of the spines,
/// each two links, up and down.
///
/// - Complexity: O(cables) to build; every question is O(1).
public struct Fabric: Sendable {
  public let design: FabricDesign
  /// The position in the topology of the first of its links.
  public let firstLink: Int
  public let leafCount: Int
  /// 1 without a third tier.
  public let podCount: Int

  /// Adds the nodes and links of a design to a topology.
  ///
  /// Names start with that of the fabric: `f/h3n2` is a card and its cable, `f/leaf1-spine5` an
  /// uplink, and with pods `f/pod0spine5-core5.2` one to a core.
  public init(_ design: FabricDesign, in topology: inout Topology) throws(FabricProblem) {
    if let problem = design.problem { throw problem }
    self.design = design
    firstLink = topology.links.count
    let leaves =
      design.isRailOptimised
      ? design.nicsPerHost * Self.parts(design.hosts, of: design.nicsPerLeaf)
      : Self.parts(design.hosts * design.nicsPerHost, of: design.nicsPerLeaf)
    leafCount = leaves
    podCount = design.pods.map { Self.parts(leaves, of: $0.leaves) } ?? 1
    addLeaves(to: &topology)
    if let pods = design.pods { addCores(pods, to: &topology) }
  }

  private static func parts(_ count: Int, of size: Int) -> Int { (count + size - 1) / size }

  public var nicCount: Int { design.hosts * design.nicsPerHost }

  /// The spines of a pod, or all where there is one tier above the leaves.
  public var spinesPerPod: Int { design.uplinksPerLeaf }

  public var uplinksPerSpine: Int { design.pods?.uplinksPerSpine ?? 0 }

  var cableCount: Int {
    nicCount + leafCount * design.uplinksPerLeaf
      + (design.pods == nil ? 0 : podCount * spinesPerPod * uplinksPerSpine)
  }

  /// The positions in the topology of all its links.
  public var links: Range<Int> { firstLink..<firstLink + 2 * cableCount }

  /// The positions of the links above the leaves, up and down.
  public var uplinks: Range<Int> { firstLink + 2 * nicCount..<links.upperBound }
}

// MARK: - Building

extension Fabric {
  private func addLeaves(to topology: inout Topology) {
    let name = design.name
    let leaves = (0..<leafCount).map { topology.addNode("\(name)/leaf\($0)") }
    var spines: [NodeID] = []
    for pod in 0..<podCount {
      for spine in 0..<spinesPerPod {
        spines.append(topology.addNode("\(name)/\(spineName(spine, ofPod: pod))"))
      }
    }
    for nic in 0..<nicCount {
      let cable = "\(name)/\(self.name(ofNIC: nic))"
      add(cable, topology.addNode(cable), leaves[leaf(ofNIC: nic)], design.nicRate, to: &topology)
    }
    for leaf in 0..<leafCount {
      let pod = pod(ofLeaf: leaf)
      for spine in 0..<spinesPerPod {
        add(
          "\(name)/leaf\(leaf)-\(design.pods == nil ? "" : "pod\(pod)")spine\(spine)",
          leaves[leaf], spines[pod * spinesPerPod + spine], design.uplinkRate, to: &topology)
      }
    }
  }

  private func addCores(_ pods: FabricDesign.Pods, to topology: inout Topology) {
    let name = design.name
    // The spines were added last but for the cards.
    let firstSpine = topology.nodes.count - nicCount - podCount * spinesPerPod
    let firstCore = topology.nodes.count
    for spine in 0..<spinesPerPod {
      for core in 0..<pods.uplinksPerSpine { topology.addNode("\(name)/core\(spine).\(core)") }
    }
    for pod in 0..<podCount {
      for spine in 0..<spinesPerPod {
        let node = NodeID(index: firstSpine + pod * spinesPerPod + spine)
        for core in 0..<pods.uplinksPerSpine {
          add(
            "\(name)/\(spineName(spine, ofPod: pod))-core\(spine).\(core)", node,
            NodeID(index: firstCore + spine * pods.uplinksPerSpine + core), design.uplinkRate,
            to: &topology)
        }
      }
    }
  }

  private func spineName(_ spine: Int, ofPod pod: Int) -> String {
    design.pods == nil ? "spine\(spine)" : "pod\(pod)spine\(spine)"
  }

  private func add(
    _ name: String, _ below: NodeID, _ above: NodeID, _ rate: BitsPerSecond,
    to topology: inout Topology
  ) {
    topology.addLink(
      Link(
        name: name, ends: .init(source: below, target: above), capacity: rate,
        delay: design.linkDelay, port: design.port, kind: .fabric), isTwoWay: true)
  }
}
