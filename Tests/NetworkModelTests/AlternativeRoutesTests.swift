// SPDX-License-Identifier: GPL-3.0-or-later
import EventKernel
import NetworkModel
import Testing

/// Routes of least delay one after the other, against all routes there are.
@Suite struct AlternativeRoutesTests {
  @Test(arguments: 0..<40) func theyAreTheFirstOfAllRoutes(seed: Int) {
    var random = RandomStream(seed: UInt64(seed), name: "alternatives")
    var topology = Topology()
    let nodes = Int.random(in: 3...6, using: &random)
    for node in 0..<nodes { topology.addNode("n\(node)") }
    for number in 0..<3 * nodes {
      let from = Int.random(in: 0..<nodes, using: &random)
      let to = (from + Int.random(in: 1..<nodes, using: &random)) % nodes
      topology.addLink(
        Link(
          name: "l\(number)",
          ends: .init(source: NodeID(index: from), target: NodeID(index: to)),
          capacity: BitsPerSecond(1),
          delay: SimDuration(nanoseconds: Int64.random(in: 0...6, using: &random))))
    }
    let target = NodeID(index: nodes - 1)
    let all = everyRoute(from: NodeID(index: 0), to: target, in: topology)
      .sorted { rank($0, topology) < rank($1, topology) }
    for count in [0, 1, 4, 1000] {
      let found = topology.routes(from: NodeID(index: 0), to: target, count: count)
      #expect(Set(found).count == found.count)
      let expected = all.prefix(count).map { rank($0, topology) }
      #expect(found.map { rank($0, topology) } == expected)
      #expect(found.allSatisfy(all.contains))
    }
  }

  private func rank(_ route: Route, _ topology: Topology) -> [Int64] {
    [
      route.links.reduce(0) { $0 + topology[$1].delay.nanoseconds }, Int64(route.links.count),
    ]
  }

  private func everyRoute(
    from source: NodeID, to target: NodeID, in topology: Topology
  ) -> [Route] {
    var all: [Route] = []
    func extend(_ links: [LinkID], _ visited: [NodeID]) {
      guard let node = visited.last, node != target else {
        return all.append(Route(source: source, target: target, links: links))
      }
      for (index, link) in topology.links.enumerated() {
        guard let ends = link.ends, ends.source == node, !visited.contains(ends.target) else {
          continue
        }
        extend(links + [LinkID(index: index)], visited + [ends.target])
      }
    }
    extend([], [source])
    return all
  }
}

extension [Int64] {
  fileprivate static func < (left: [Int64], right: [Int64]) -> Bool {
    left.lexicographicallyPrecedes(right)
  }
}
