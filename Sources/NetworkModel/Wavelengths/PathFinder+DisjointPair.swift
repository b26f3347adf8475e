// SPDX-License-Identifier: GPL-3.0-or-later

extension PathFinder {
  /// Two paths without a common fibre whose measures add up to the least; nil where none are.
  ///
  /// The first is the shortest that the fibres of the two allow. Their sites may coincide.
  ///
  /// R. Bhandari, *Survivable Networks* (1999), 3.3, after J. Suurballe and R. Tarjan, "A quick
  /// method for finding shortest pairs of disjoint paths", Networks 14 (1984): the second search
  /// may run against the first path, and takes back what it cost there. It takes away the trap of
  /// removing the shortest path and finding nothing left.
  public func disjointPair(
    from: NodeID, to: NodeID, by measure: PathMeasure, avoiding: Set<FibreID> = []
  ) -> (FibrePath, FibrePath)? {
    guard from != to, has(from), has(to) else { return nil }
    var search = search(by: measure, avoiding: avoiding)
    let (source, target) = (Int(from.index), Int(to.index))
    guard let first = search.leastPath(from: source, to: target),
      let second = returnablePath(from: source, to: target, around: first, in: search)
    else { return nil }
    // Both together, less the fibres that the second passes against the first.
    var isUsed = [Bool](repeating: false, count: arcs.count)
    for arc in first + second {
      if isUsed[Int(arc) ^ 1] { isUsed[Int(arc) ^ 1] = false } else { isUsed[Int(arc)] = true }
    }
    search.isArcBlocked = isUsed.map { !$0 }
    guard let shorter = search.leastPath(from: source, to: target) else { return nil }
    for arc in shorter { search.isArcBlocked[Int(arc)] = true }
    guard let longer = search.leastPath(from: source, to: target) else { return nil }
    return (path(over: shorter, from: from), path(over: longer, from: from))
  }

  /// The least path that keeps off a first one, but may run against it and takes its cost back.
  ///
  /// Costs below zero ask for Bellman and Ford's algorithm; the first path being least, no cycle
  /// has a cost below zero.
  private func returnablePath(
    from source: Int, to target: Int, around first: [Int32], in search: ArcSearch
  ) -> [Int32]? {
    var costs = (0..<arcs.count).map { search.isArcBlocked[$0] ? nil : search.costs[$0 / 2] }
    for arc in first {
      costs[Int(arc)] = nil
      costs[Int(arc) ^ 1] = -search.costs[Int(arc) / 2]
    }
    var reached = [PathCost](repeating: .unreached, count: arcs.siteCount)
    var entry = [Int32](repeating: -1, count: arcs.siteCount)
    reached[source] = .zero
    var isChanging = true
    while isChanging {
      isChanging = false
      for arc in 0..<arcs.count {
        guard let cost = costs[arc], reached[arcs.tail(arc)] != .unreached else { continue }
        let total = reached[arcs.tail(arc)] + cost
        guard total < reached[arcs.head(arc)] else { continue }
        reached[arcs.head(arc)] = total
        entry[arcs.head(arc)] = Int32(arc)
        isChanging = true
      }
    }
    return walk(back: entry, from: target, to: source)
  }

  private func walk(back entry: [Int32], from target: Int, to source: Int) -> [Int32]? {
    var path: [Int32] = []
    var site = target
    while site != source {
      guard entry[site] >= 0 else { return nil }
      path.append(entry[site])
      site = arcs.tail(Int(entry[site]))
    }
    return path.reversed()
  }
}
