// SPDX-License-Identifier: GPL-3.0-or-later

/// The chance that one place reaches another over edges that fail, without rounding but that of
/// sums.
///
/// What lies on no way between them is cut off, edges in a row and side by side are made one, and
/// what is left is split by an edge at the source (factoring):
///
///     R = up x R(its ends made one) + (1 - up) x R(without it)
///
/// Source: A. Satyanarayana and M. K. Chang, Networks 13, 1983.
package struct ExactReliability {
  private var steps: Int

  private typealias Edge = FailingNetwork.Edge

  /// - Parameter most: How many splits are tried; there may be two to the number of edges.
  package init(most: Int = 20_000) {
    steps = most
  }

  /// Nil where it would take too long.
  package mutating func chance(
    from source: Int, to targets: Set<Int>, in network: FailingNetwork
  ) -> Double? {
    guard !targets.contains(source), let target = targets.first else { return 1 }
    // Several targets are as good as one.
    let edges = network.edges.map { edge in
      Edge(
        targets.contains(edge.first) ? target : edge.first,
        targets.contains(edge.second) ? target : edge.second, up: edge.up)
    }
    return chance(source, target, edges)
  }

  private mutating func chance(_ source: Int, _ target: Int, _ given: [Edge]) -> Double? {
    if source == target { return 1 }
    let edges = reduced(given, source, target)
    guard let place = edges.firstIndex(where: { $0.first == source || $0.second == source }) else {
      return 0
    }
    if edges.count == 1 { return edges[0].up }
    guard steps > 0 else { return nil }
    steps -= 1
    var rest = edges
    let edge = rest.remove(at: place)
    let other = edge.first == source ? edge.second : edge.first
    let merged = rest.map { edge in
      Edge(
        edge.first == other ? source : edge.first, edge.second == other ? source : edge.second,
        up: edge.up)
    }
    guard let with = chance(source, other == target ? source : target, merged),
      let without = chance(source, target, rest)
    else { return nil }
    return edge.up * with + (1 - edge.up) * without
  }

  // MARK: - Reductions

  private func reduced(_ given: [Edge], _ source: Int, _ target: Int) -> [Edge] {
    var edges = connected(given, to: source)
    while let smaller = step(edges, source, target) { edges = smaller }
    return edges
  }

  /// Without edges that the source never reaches, and those that lead back to where they begin.
  private func connected(_ edges: [Edge], to source: Int) -> [Edge] {
    var reached: Set = [source]
    var grows = true
    while grows {
      grows = false
      for edge in edges where reached.contains(edge.first) != reached.contains(edge.second) {
        reached.insert(edge.first)
        reached.insert(edge.second)
        grows = true
      }
    }
    return edges.filter { $0.first != $0.second && reached.contains($0.first) && $0.up > 0 }
  }

  /// Edges side by side as one, then dead ends cut off, then two in a row as one; nil where nothing is to do.
  private func step(_ edges: [Edge], _ source: Int, _ target: Int) -> [Edge]? {
    let merged = withoutParallels(edges)
    var ends: [Int: [Int]] = [:]
    for (index, edge) in merged.enumerated() {
      ends[edge.first, default: []].append(index)
      ends[edge.second, default: []].append(index)
    }
    let inner = ends.filter { $0.key != source && $0.key != target }
    if let dead = inner.filter({ $0.value.count == 1 }).min(by: { $0.key < $1.key }) {
      var rest = merged
      rest.remove(at: dead.value[0])
      return rest
    }
    if let between = inner.filter({ $0.value.count == 2 }).min(by: { $0.key < $1.key }) {
      return series(merged, at: between.key, between.value)
    }
    return merged.count < edges.count ? merged : nil
  }

  private func series(_ edges: [Edge], at place: Int, _ pair: [Int]) -> [Edge] {
    let (one, other) = (edges[pair[0]], edges[pair[1]])
    var rest = edges
    rest.remove(at: max(pair[0], pair[1]))
    rest.remove(at: min(pair[0], pair[1]))
    let first = one.first == place ? one.second : one.first
    let second = other.first == place ? other.second : other.first
    if first != second { rest.append(Edge(first, second, up: one.up * other.up)) }
    return rest
  }

  private func withoutParallels(_ edges: [Edge]) -> [Edge] {
    var positions: [[Int]: Int] = [:]
    var merged: [Edge] = []
    for edge in edges where edge.first != edge.second {
      let key = [min(edge.first, edge.second), max(edge.first, edge.second)]
      if let known = positions[key] {
        merged[known].up = 1 - (1 - merged[known].up) * (1 - edge.up)
      } else {
        positions[key] = merged.count
        merged.append(edge)
      }
    }
    return merged
  }
}
