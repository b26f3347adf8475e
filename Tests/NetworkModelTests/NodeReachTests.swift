// SPDX-License-Identifier: GPL-3.0-or-later
import EventKernel
import Testing

@testable import NetworkModel

/// What leads where, and routes from nodes that one link leaves, against plain searches.
@Suite struct NodeReachTests {
  @Test(arguments: 0..<30) func reachIsWhatRoutesGetTo(seed: Int) {
    let network = network(seed)
    let reach = NodeReach(in: network)
    for source in nodes(of: network) {
      let search = ShortestPaths(from: source, in: network)
      let ahead = reach.nodes(from: source)
      for target in nodes(of: network) {
        let isReached = source == target || search.route(to: target, in: network) != nil
        #expect(ahead[Int(target.index)] == isReached)
        #expect(reach.nodes(leadingTo: target)[Int(source.index)] == isReached)
      }
    }
  }

  @Test(arguments: 0..<30) func whatLeavesByOneLinkTakesTheRouteOfASearchOfItsOwn(seed: Int) {
    let network = network(seed)
    var resolver = PathResolver(network)
    for source in nodes(of: network) {
      let search = ShortestPaths(from: source, in: network)
      for target in nodes(of: network) {
        #expect(resolver.route(from: source, to: target) == search.route(to: target, in: network))
      }
    }
  }

  private func nodes(of network: Topology) -> [NodeID] {
    network.nodes.indices.map(NodeID.init(index:))
  }

  /// A few nodes with many ties among their delays, and leaves on them with one link or two.
  private func network(_ seed: Int) -> Topology {
    var random = RandomStream(seed: UInt64(seed), name: "reach")
    var network = Topology()
    let inner = Int.random(in: 2...5, using: &random)
    let count = inner + Int.random(in: 1...6, using: &random)
    for node in 0..<count { network.addNode("n\(node)") }
    func link(_ from: Int, _ to: Int, isTwoWay: Bool) {
      network.addLink(
        Link(
          name: "l\(network.links.count)",
          ends: .init(source: NodeID(index: from), target: NodeID(index: to)),
          capacity: BitsPerSecond(1),
          delay: SimDuration(nanoseconds: Int64.random(in: 0...2, using: &random))),
        isTwoWay: isTwoWay)
    }
    for _ in 0..<2 * inner {
      let from = Int.random(in: 0..<inner, using: &random)
      let to = (from + Int.random(in: 1..<inner, using: &random)) % inner
      link(from, to, isTwoWay: Bool.random(using: &random))
    }
    for leaf in inner..<count {
      link(leaf, Int.random(in: 0..<leaf, using: &random), isTwoWay: Bool.random(using: &random))
    }
    return network
  }
}
