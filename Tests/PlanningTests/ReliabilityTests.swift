// SPDX-License-Identifier: GPL-3.0-or-later
import Planning
import Testing

/// Availability of ways through networks of a few edges, of which all states can be gone through.
@Suite struct ReliabilityTests {
  @Test func exactIsWhatAllStatesTogetherSay() {
    var draws = Draws(7)
    for _ in 0..<200 {
      let network = random(&draws, mostEdges: 11)
      let source = draws.below(network.placeCount)
      let targets = Set((0..<1 + draws.below(2)).map { _ in draws.below(network.placeCount) })
      var exact = ExactReliability()
      let found = exact.chance(from: source, to: targets, in: network) ?? .nan
      #expect(abs(found - enumerated(source, targets, network)) < 1e-12)
    }
  }

  @Test func aBridgeByHand() {
    // Two ways of two edges with a fifth across: the textbook's bridge at 0.9 each.
    let ends = [(0, 1), (0, 2), (1, 2), (1, 3), (2, 3)]
    let network = FailingNetwork(
      placeCount: 4, edges: ends.map { .init($0.0, $0.1, up: 0.9) })
    var exact = ExactReliability()
    let found = exact.chance(from: 0, to: [3], in: network) ?? .nan
    #expect(abs(found - 0.97848) < 1e-12)
  }

  @Test func givesUpWhereItWouldTakeTooLong() {
    var edges: [FailingNetwork.Edge] = []
    for first in 0..<12 {
      for second in first + 1..<12 { edges.append(.init(first, second, up: 0.9)) }
    }
    var exact = ExactReliability(most: 50)
    #expect(
      exact.chance(from: 0, to: [11], in: FailingNetwork(placeCount: 12, edges: edges)) == nil)
  }

  @Test func samplesHoldTheTruthAsOftenAsTheySay() {
    var draws = Draws(11)
    var inside = 0
    var all = 0
    for seed in 0..<60 {
      let network = random(&draws, mostEdges: 10)
      guard network.edges.count > 3 else { continue }
      let question = SampledReliability.Question(from: 0, to: [network.placeCount - 1])
      var sampled = SampledReliability(network, [question])
      sampled.sample(400, seed: UInt64(seed))
      let truth = enumerated(0, [network.placeCount - 1], network)
      let found = sampled.chance(of: 0)
      all += 1
      if found.low - 1e-12 <= truth, truth <= found.high + 1e-12 { inside += 1 }
    }
    #expect(all >= 40)
    #expect(Double(inside) / Double(all) > 0.88, "\(inside) of \(all)")
  }

  @Test func nothingIsSampledOfWhatIsGoneThrough() {
    let network = FailingNetwork(
      placeCount: 3, edges: [.init(0, 1, up: 0.99), .init(1, 2, up: 0.98)])
    var sampled = SampledReliability(network, [.init(from: 0, to: [2])])
    sampled.sample(10, seed: 1)
    #expect(sampled.sampledPart == 0)
    #expect(abs(sampled.chance(of: 0).value - 0.99 * 0.98) < 1e-15)
  }

  // MARK: - All states

  private func random(_ draws: inout Draws, mostEdges: Int) -> FailingNetwork {
    let places = 2 + draws.below(5)
    let edges = (0..<1 + draws.below(mostEdges)).map { _ in
      FailingNetwork.Edge(draws.below(places), draws.below(places), up: 0.5 + draws.uniform() / 2)
    }
    return FailingNetwork(placeCount: places, edges: edges)
  }

  private func enumerated(_ source: Int, _ targets: Set<Int>, _ network: FailingNetwork) -> Double {
    (0..<1 << network.edges.count).reduce(0) { sum, state in
      var chance = 1.0
      var reached: Set = [source]
      for (index, edge) in network.edges.enumerated() {
        chance *= state >> index & 1 == 1 ? edge.up : 1 - edge.up
      }
      for _ in 0..<network.placeCount {
        for (index, edge) in network.edges.enumerated() where state >> index & 1 == 1 {
          if reached.contains(edge.first) { reached.insert(edge.second) }
          if reached.contains(edge.second) { reached.insert(edge.first) }
        }
      }
      return sum + (reached.isDisjoint(with: targets) ? 0 : chance)
    }
  }
}
