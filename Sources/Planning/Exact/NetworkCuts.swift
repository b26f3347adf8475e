// SPDX-License-Identifier: GPL-3.0-or-later

/// Ways to divide the places of a network in two, both of them in one piece.
enum NetworkCuts {
  struct Cut: Sendable {
    var isInside: [Bool]
    /// Links that leave the inside, each with its other way.
    var links: [(out: Int, back: Int)]
  }

  /// All of them where places are few, else those around a few places each.
  private static let fewPlaces = 13
  private static let mostInside = 4
  private static let most = 4_000

  static func some(of problem: RouteProblem) -> [Cut] {
    let places = problem.arcs.indices.filter { problem.arcs[$0].isUsed }
      .reduce(into: Set<Int>()) { known, link in
        known.formUnion([problem.arcs[link].source, problem.arcs[link].target])
      }.sorted()
    let groups = places.count <= fewPlaces ? all(places) : small(places, problem)
    return groups.compactMap { cut(Set($0), Set(places), problem) }
  }

  /// All groups without the last place: the others are the same cuts seen from the other side.
  private static func all(_ places: [Int]) -> [[Int]] {
    guard places.count > 1 else { return [] }
    return (1..<(1 << (places.count - 1))).map { bits in
      places.indices.filter { bits >> $0 & 1 == 1 }.map { places[$0] }
    }
  }

  /// Groups of neighbours, grown place by place.
  private static func small(_ places: [Int], _ problem: RouteProblem) -> [[Int]] {
    var known = Set(places.map { [$0] })
    var last = places.map { [$0] }
    for _ in 1..<mostInside {
      var next: [[Int]] = []
      for group in last {
        for place in group {
          for link in problem.leaving[place] where !group.contains(problem.arcs[link].target) {
            let grown = (group + [problem.arcs[link].target]).sorted()
            if known.count < most, known.insert(grown).inserted { next.append(grown) }
          }
        }
      }
      last = next
    }
    return known.sorted {
      $0.count != $1.count ? $0.count < $1.count : $0.lexicographicallyPrecedes($1)
    }
  }

  private static func cut(_ inside: Set<Int>, _ places: Set<Int>, _ problem: RouteProblem) -> Cut? {
    guard isWhole(inside, problem), isWhole(places.subtracting(inside), problem) else { return nil }
    let isInside = (0..<problem.nodeCount).map { inside.contains($0) }
    let out = problem.arcs.indices.filter {
      let arc = problem.arcs[$0]
      return arc.isUsed && isInside[arc.source] && !isInside[arc.target]
    }
    let links = out.compactMap { link -> (out: Int, back: Int)? in
      guard let part = problem.arcs[link].part,
        let back = problem.parts[part].ways.first(where: { $0 != link })
      else { return nil }
      return (link, back)
    }
    // One-way links say nothing of the way back; such cuts are left out.
    return links.count == out.count ? Cut(isInside: isInside, links: links) : nil
  }

  private static func isWhole(_ group: Set<Int>, _ problem: RouteProblem) -> Bool {
    guard let first = group.min() else { return false }
    var reached: Set = [first]
    var open = [first]
    while let place = open.popLast() {
      for link in problem.leaving[place] {
        let next = problem.arcs[link].target
        if group.contains(next), reached.insert(next).inserted { open.append(next) }
      }
    }
    return reached.count == group.count
  }
}
