// SPDX-License-Identifier: GPL-3.0-or-later
import EventKernel
import NetworkModel
import Statistics
import Testing
import Traffic

/// Pairs of ends that are drawn, against the table of all pairs that they stand for.
@Suite struct DrawnEndsTests {
  private struct Pair: Hashable {
    var source: Int32
    var target: Int32
  }

  /// Ends 0, 1 and 2, of which 1 and 2 are of one place, to ends 1 to 4 out of order.
  private static let some = DrawnEnds(
    sources: [end(0, of: 0, 3), end(1, of: 9, 1), end(2, of: 9, 0.5)],
    targets: [end(4, of: 4, 2), end(1, of: 9, 1), end(3, of: 3, 5), end(2, of: 9, 4)])

  @Test func eachPairHasTheProductOfItsWeights() throws {
    let count = 200_000
    var shares: [Pair: Double] = [:]
    Self.some.forEachPair {
      shares[Pair(source: $0.index, target: $1.index)] = $2 / Self.some.totalWeight
    }
    // Nothing from 1 or 2 to 1 or 2.
    #expect(shares.count == 4 + 2 + 2)
    #expect(abs(shares.values.reduce(0, +) - 1) < 1e-12)
    var drawn: [Pair: Int] = [:]
    for flow in flows(between: Self.some, count: count) {
      drawn[try pair(flow), default: 0] += 1
    }
    #expect(Set(drawn.keys) == Set(shares.keys))
    for (pair, share) in shares {
      // Five standard errors of a share; the seed is fixed, so the test can't flicker.
      let error = 5 * (share * (1 - share) / Double(count)).squareRoot()
      #expect(abs(Double(drawn[pair] ?? 0) / Double(count) - share) < error)
    }
  }

  @Test func onePlaceMayHaveNearlyAllTheWeight() throws {
    let ends = [Self.end(0, of: 0, 1e300), Self.end(1, of: 1, 1e-9), Self.end(2, of: 2, 3e-9)]
    let flows = flows(between: DrawnEnds(sources: ends, targets: ends), count: 10_000)
    let pairs = try flows.map { try pair($0) }
    #expect(pairs.allSatisfy { ($0.source == 0) != ($0.target == 0) })
    // A quarter of those from 0 go to 1, five standard errors of which are 0.031.
    let fromHeavy = pairs.filter { $0.source == 0 }
    let share = Double(fromHeavy.count { $0.target == 1 }) / Double(fromHeavy.count)
    #expect(abs(share - 0.25) < 0.031)
  }

  @Test func startsAndSizesAreThoseOfAnyOtherWays() {
    let drawn = flows(between: Self.some, count: 1000)
    var listed = generator(between: nil, count: 1000)
    listed.routes = [.init(route: 0, weight: 1)]
    #expect(drawn.map(\.start) == flows(of: listed).map(\.start))
    #expect(drawn.map(\.bytes) == flows(of: listed).map(\.bytes))
  }

  private static func end(_ node: Int, of place: Int, _ weight: Double) -> DrawnEnds.End {
    DrawnEnds.End(node: NodeID(index: node), place: NodeID(index: place), weight: weight)
  }

  private func pair(_ flow: GeneratedFlow) throws -> Pair {
    guard case .ends(let source, let target) = flow.way else {
      throw Missing()
    }
    return Pair(source: source.index, target: target.index)
  }

  private struct Missing: Error {}

  private func generator(between ends: DrawnEnds?, count: Int) -> Generator {
    Generator(
      name: "g", trafficClass: 0, arrivals: .poisson(perSecond: 10),
      sizes: .exponential(mean: 1e6), routes: [], count: count, ends: ends)
  }

  private func flows(between ends: DrawnEnds, count: Int) -> [GeneratedFlow] {
    flows(of: generator(between: ends, count: count))
  }

  private func flows(of generator: Generator) -> [GeneratedFlow] {
    var state = GeneratorState(generator, seed: 1)
    var flows: [GeneratedFlow] = []
    while let flow = state.next() { flows.append(flow) }
    return flows
  }
}
