// SPDX-License-Identifier: GPL-3.0-or-later
import EventKernel
import NetworkModel
import Testing

@Suite struct PairSearchTests {
  /// Random links with few delays, so that many routes are equal: the route of each pair is that of the search
  /// from its source to all.
  @Test(arguments: 0..<60) func findsTheRouteOfTheSearchToAll(seed: UInt64) {
    var random = RandomStream(seed: seed, name: "pairs")
    let count = Int.random(in: 2..<40, using: &random)
    let network = randomNetwork(
      places: count, links: Double.random(in: 0.5..<4, using: &random),
      delays: 0...Int64.random(in: 0..<4, using: &random), using: &random)
    var search = PairSearch(ahead: OutgoingLinks(network), back: .reversed(network))
    for source in 0..<count {
      let all = ShortestPaths(from: NodeID(index: source), in: network)
      for target in 0..<count where target != source {
        let target = NodeID(index: target)
        #expect(
          search.links(from: NodeID(index: source), to: target)
            == all.route(to: target, in: network)?.links)
      }
    }
  }

  /// Where a network is large pairs are searched for by themselves at first, and by source later on.
  @Test func aLargeNetworkHasTheSameRoutes() {
    var random = RandomStream(seed: 1, name: "large")
    let network = randomNetwork(places: 1200, links: 2, delays: 1...1000, using: &random)
    var resolver = PathResolver(network)
    for source in stride(from: 0, to: 1200, by: 399) {
      let source = NodeID(index: source)
      let all = ShortestPaths(from: source, in: network)
      for target in 0..<1200 {
        let target = NodeID(index: target)
        #expect(resolver.route(from: source, to: target) == all.route(to: target, in: network))
      }
    }
  }

  /// Links that are not two-way; so many times as many as places.
  private func randomNetwork(
    places: Int, links: Double, delays: ClosedRange<Int64>, using random: inout RandomStream
  ) -> Topology {
    var network = Topology()
    for place in 0..<places { network.addNode("n\(place)") }
    for number in 0..<Int(links * Double(places)) {
      let source = Int.random(in: 0..<places, using: &random)
      let target = (source + Int.random(in: 1..<places, using: &random)) % places
      network.addLink(
        Link(
          name: "l\(number)",
          ends: Link.Ends(source: NodeID(index: source), target: NodeID(index: target)),
          capacity: BitsPerSecond(1e9),
          delay: SimDuration(nanoseconds: Int64.random(in: delays, using: &random))))
    }
    return network
  }
}
