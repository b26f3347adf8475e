// SPDX-License-Identifier: GPL-3.0-or-later
import EventKernel
import NetworkModel
import Testing

@Suite struct ShortestPathsTests {
  private func path(_ topology: Topology, _ source: Int, _ target: Int) -> String? {
    let paths = ShortestPaths(from: NodeID(index: source), in: topology)
    return topology.names(paths.route(to: NodeID(index: target), in: topology))
  }

  @Test func theLeastDelayWinsOverFewerHops() {
    let network = topology(
      nodes: "abc",
      links: [
        Sketch(name: "direct", ends: "ac", delay: 5), Sketch(name: "x", ends: "ab", delay: 2),
        Sketch(name: "y", ends: "bc", delay: 2),
      ])
    #expect(path(network, 0, 2) == "x y")
  }

  @Test func ofEqualDelaysTheFewerHopsWin() {
    let network = topology(
      nodes: "abc",
      links: [
        Sketch(name: "x", ends: "ab", delay: 2), Sketch(name: "y", ends: "bc", delay: 2),
        Sketch(name: "direct", ends: "ac", delay: 4),
      ])
    #expect(path(network, 0, 2) == "direct")
  }

  @Test func ofEqualRoutesTheLowestLinkIntoEachNodeWins() {
    // Two routes of two hops without delay: d is entered by the earlier of bd and cd.
    let network = topology(
      nodes: "abcd",
      links: [
        Sketch(name: "ab", ends: "ab"), Sketch(name: "ac", ends: "ac"),
        Sketch(name: "cd", ends: "cd"), Sketch(name: "bd", ends: "bd"),
        Sketch(name: "second", ends: "ac"),
      ])
    #expect(path(network, 0, 3) == "ac cd")
  }

  @Test func oneWayLinksAreNotTakenBackwards() {
    let network = topology(nodes: "ab", links: [Sketch(name: "x", ends: "ab")])
    #expect(path(network, 0, 1) == "x")
    #expect(path(network, 1, 0) == nil)
    #expect(path(network, 0, 0) == nil)
  }

  @Test func delaysTooLongToAddUpStillHaveARoute() {
    let network = topology(
      nodes: "abc",
      links: [
        Sketch(name: "x", ends: "ab", delay: .max), Sketch(name: "y", ends: "bc", delay: .max),
      ])
    #expect(path(network, 0, 2) == "x y")
  }

  /// Bellman's equations, relaxed until nothing changes, on random networks.
  @Test(arguments: 0..<30) func delaysEqualThoseOfRepeatedRelaxation(seed: Int) throws {
    var state = UInt64(seed) &* 0x9E37_79B9_7F4A_7C15 &+ 1
    func draw(_ bound: Int) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int(state >> 33) % bound
    }
    let letters = Array("abcdefgh")
    let links = (0..<20).map { number in
      let source = draw(8)
      let target = (source + 1 + draw(7)) % 8
      return Sketch(
        name: "l\(number)", ends: String([letters[source], letters[target]]),
        delay: Int64(draw(4)))
    }
    let network = topology(nodes: "abcdefgh", links: links)
    var expected = [Int64?](repeating: nil, count: 8)
    expected[0] = 0
    for _ in 0..<8 {
      for link in network.links {
        let ends = try #require(link.ends)
        guard let start = expected[Int(ends.source.index)] else { continue }
        let end = start + link.delay.nanoseconds
        expected[Int(ends.target.index)] = min(expected[Int(ends.target.index)] ?? end, end)
      }
    }
    let paths = ShortestPaths(from: NodeID(index: 0), in: network)
    for node in 1..<8 {
      let route = paths.route(to: NodeID(index: node), in: network)
      let delay = route?.links.reduce(0) { $0 + network[$1].delay.nanoseconds }
      #expect(delay == expected[node])
    }
  }
}
