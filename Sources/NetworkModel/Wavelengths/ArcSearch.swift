// SPDX-License-Identifier: GPL-3.0-or-later

/// The least path between two sites over the arcs and sites that are not blocked.
///
/// Dijkstra's algorithm from the target backwards, then a walk from the source that takes, of all
/// arcs on least paths, the one to the site of lowest index, and of parallel fibres the lowest.
/// That walk is the least path in the order of sites and then of fibres among those of equal cost,
/// which a search forwards would not find without carrying whole paths around.
struct ArcSearch {
  let arcs: FibreArcs
  /// By fibre.
  let costs: [PathCost]
  var isArcBlocked: [Bool]
  var isSiteBlocked: [Bool]
  /// By site; only those in `touched` were reached by the last search.
  private var rest: [PathCost]
  private var touched: [Int] = []
  private var queue = CostHeap()

  init(arcs: FibreArcs, costs: [PathCost]) {
    self.arcs = arcs
    self.costs = costs
    isArcBlocked = Array(repeating: false, count: arcs.count)
    isSiteBlocked = Array(repeating: false, count: arcs.siteCount)
    rest = Array(repeating: .unreached, count: arcs.siteCount)
  }

  /// The arcs of the least path; nil where there is none.
  mutating func leastPath(from source: Int, to target: Int) -> [Int32]? {
    guard hasWayOn(from: source) else { return nil }
    settle(from: target, until: source)
    guard rest[source] != .unreached else { return nil }
    var path: [Int32] = []
    var site = source
    while site != target {
      guard let arc = nextArc(from: site) else { return nil }
      path.append(arc)
      site = arcs.head(Int(arc))
    }
    return path
  }

  /// Whether any arc leads on from a site, which spares a search from most sites of a ring.
  private func hasWayOn(from site: Int) -> Bool {
    arcs.leaving(site).contains { !isArcBlocked[Int($0)] && !isSiteBlocked[arcs.head(Int($0))] }
  }

  func cost(of path: some Sequence<Int32>) -> PathCost {
    path.reduce(.zero) { $0 + costs[Int($1) / 2] }
  }

  /// Finds what is left to the target from every site no farther from it than the source.
  private mutating func settle(from target: Int, until source: Int) {
    for site in touched { rest[site] = .unreached }
    touched.removeAll(keepingCapacity: true)
    queue.removeAll()
    guard !isSiteBlocked[target] else { return }
    reach(target, at: .zero)
    while let (cost, site) = queue.pop() {
      // A lower cost of the same site was queued later and has been handled already.
      guard cost == rest[site] else { continue }
      if site == source { return }
      for arc in arcs.leaving(site) where !isArcBlocked[Int(arc) ^ 1] {
        let neighbour = arcs.head(Int(arc))
        let longer = cost + costs[Int(arc) / 2]
        if !isSiteBlocked[neighbour], longer < rest[neighbour] {
          reach(neighbour, at: longer)
        }
      }
    }
  }

  private mutating func reach(_ site: Int, at cost: PathCost) {
    rest[site] = cost
    touched.append(site)
    queue.push(cost, site: site)
  }

  private func nextArc(from site: Int) -> Int32? {
    var best: Int32?
    for arc in arcs.leaving(site) where !isArcBlocked[Int(arc)] {
      let head = arcs.head(Int(arc))
      guard !isSiteBlocked[head], rest[head] != .unreached,
        rest[head] + costs[Int(arc) / 2] == rest[site]
      else { continue }
      if let known = best, arcs.head(Int(known)) <= head { continue }
      best = arc
    }
    return best
  }
}

/// A binary heap of sites by cost.
private struct CostHeap {
  private var entries: [(cost: PathCost, site: Int)] = []

  mutating func removeAll() {
    entries.removeAll(keepingCapacity: true)
  }

  mutating func push(_ cost: PathCost, site: Int) {
    entries.append((cost, site))
    var child = entries.count - 1
    while child > 0 {
      let parent = (child - 1) / 2
      guard entries[child].cost < entries[parent].cost else { return }
      entries.swapAt(child, parent)
      child = parent
    }
  }

  mutating func pop() -> (cost: PathCost, site: Int)? {
    guard let least = entries.first else { return nil }
    let last = entries.removeLast()
    guard !entries.isEmpty else { return least }
    entries[0] = last
    var parent = 0
    while true {
      var smallest = parent
      for child in 2 * parent + 1...2 * parent + 2
      where child < entries.count && entries[child].cost < entries[smallest].cost {
        smallest = child
      }
      guard smallest != parent else { return least }
      entries.swapAt(smallest, parent)
      parent = smallest
    }
  }
}
