// SPDX-License-Identifier: GPL-3.0-or-later
import EventKernel
import NetworkModel
import Testing

@Suite struct PathFinderTests {
  private static let measures = [PathMeasure.km, .hops, .delay(perKm: 4, perHop: 1)]

  @Test(arguments: 0..<3) func pathsAreThoseOfAnExhaustiveSearch(measure: Int) {
    let measure = Self.measures[measure]
    var stream = RandomStream(seed: 1, name: "plants")
    var found = 0
    for _ in 0..<60 {
      let sites = Int.random(in: 2..<7, using: &stream)
      let fibres = Int.random(in: 0..<11, using: &stream)
      let plant = FibrePlant.random(sites: sites, fibres: fibres, using: &stream)
      let (from, to) = (NodeID(index: 0), NodeID(index: sites - 1))
      let expected = plant.allPaths(from: from, to: to).sorted { measure.precedes($0, $1) }
      let paths = PathFinder(plant).shortest(from: from, to: to, count: 1000, by: measure)
      #expect(paths.map(\.fibres) == expected.map(\.fibres))
      #expect(paths.map(\.sites) == expected.map(\.sites))
      found += paths.count
      let few = PathFinder(plant).shortest(from: from, to: to, count: 3, by: measure)
      #expect(few == Array(paths.prefix(3)))
    }
    #expect(found > 200)
  }

  @Test(arguments: 0..<3) func disjointPairsAreTheBestOfAllPairs(measure: Int) {
    let measure = Self.measures[measure]
    var stream = RandomStream(seed: 2, name: "plants")
    var found = 0
    for _ in 0..<800 {
      let sites = Int.random(in: 4..<8, using: &stream)
      let fibres = Int.random(in: 5..<13, using: &stream)
      let plant = FibrePlant.random(
        sites: sites, fibres: fibres, longest: 30, using: &stream)
      let (from, to) = (NodeID(index: 0), NodeID(index: sites - 1))
      let best = leastPair(plant.allPaths(from: from, to: to), by: measure)
      let pair = PathFinder(plant).disjointPair(from: from, to: to, by: measure)
      #expect((pair == nil) == (best == nil))
      guard let (first, second) = pair else { continue }
      found += 1
      #expect(Set(first.fibres).isDisjoint(with: second.fibres))
      #expect(sum(first, second, by: measure) == best)
      #expect(measure.precedes(first, second))
    }
    #expect(found > 300)
  }

  private func leastPair(_ paths: [FibrePath], by measure: PathMeasure) -> [Int]? {
    var best: [Int]?
    for (index, first) in paths.enumerated() {
      for second in paths[..<index] where Set(first.fibres).isDisjoint(with: second.fibres) {
        let total = sum(first, second, by: measure)
        if best.map({ total.lexicographicallyPrecedes($0) }) ?? true { best = total }
      }
    }
    return best
  }

  private func sum(_ first: FibrePath, _ second: FibrePath, by measure: PathMeasure) -> [Int] {
    zip(measure.value(of: first), measure.value(of: second)).map { $0 + $1 }
  }

  /// The shortest path uses a fibre of either of the two, so that taking it away leaves none.
  @Test func theTrapOfTheShortestPathIsAvoided() {
    var plant = FibrePlant()
    for (first, second, km) in [(0, 1, 1.0), (1, 2, 1), (2, 3, 1), (0, 2, 9), (1, 3, 9)] {
      plant.add(
        Fibre(
          name: "\(first)\(second)", first: NodeID(index: first), second: NodeID(index: second),
          length: Kilometres(km)))
    }
    let pair = PathFinder(plant).disjointPair(from: NodeID(index: 0), to: NodeID(index: 3), by: .km)
    #expect(pair?.0.sites.map(\.index) == [0, 1, 3])
    #expect(pair?.1.sites.map(\.index) == [0, 2, 3])
  }

  @Test func fibresToAvoidAreAvoided() {
    var stream = RandomStream(seed: 3, name: "plants")
    let plant = FibrePlant.random(sites: 6, fibres: 12, using: &stream)
    let (from, to) = (NodeID(index: 0), NodeID(index: 5))
    let cut: Set = [FibreID(index: 2), FibreID(index: 7)]
    let finder = PathFinder(plant)
    let all = finder.shortest(from: from, to: to, count: 1000, by: .km)
    let left = finder.shortest(from: from, to: to, count: 1000, by: .km, avoiding: cut)
    #expect(left == all.filter { cut.isDisjoint(with: $0.fibres) })
    #expect(left.count < all.count && !left.isEmpty)
  }

  @Test func aSiteHasNoPathToItselfOrToASiteThatIsNotThere() {
    var stream = RandomStream(seed: 4, name: "plants")
    let finder = PathFinder(FibrePlant.random(sites: 3, fibres: 5, using: &stream))
    let site = NodeID(index: 1)
    #expect(finder.shortest(from: site, to: site, count: 2, by: .km).isEmpty)
    #expect(finder.shortest(from: site, to: NodeID(index: 9), count: 2, by: .km).isEmpty)
    #expect(finder.disjointPair(from: site, to: site, by: .hops) == nil)
  }
}
