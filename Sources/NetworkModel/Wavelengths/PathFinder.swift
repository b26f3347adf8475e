// SPDX-License-Identifier: GPL-3.0-or-later

/// Paths over the fibres of a plant, in an order that depends on the plant alone.
///
/// Of two paths the one with less of the measure comes first; then the one of fewer hops, or of
/// fewer km where hops are the measure; then the one whose sites come first, compared one by one
/// by their index; then, among parallel fibres, the one whose fibres come first.
public struct PathFinder: Sendable {
  let plant: FibrePlant
  let arcs: FibreArcs
  private let costs: [PathMeasure: [PathCost]]

  /// What fibres cost by some measures is worked out at once, by any other for each question.
  public init(_ plant: FibrePlant, measures: Set<PathMeasure> = []) {
    self.plant = plant
    arcs = FibreArcs(plant)
    costs = Dictionary(
      uniqueKeysWithValues: measures.map { ($0, PathCost.costs(of: plant.fibres, by: $0)) })
  }

  /// The first paths of that order, at most so many.
  ///
  /// J. Yen, "Finding the k shortest loopless paths in a network", Management Science 17 (1971),
  /// with E. Lawler's partition (Management Science 18, 1972), by which no path is found twice.
  ///
  /// - Complexity: O(k n) searches over the plant, for n sites on a path.
  public func shortest(
    from: NodeID, to: NodeID, count: Int, by measure: PathMeasure, avoiding: Set<FibreID> = []
  ) -> [FibrePath] {
    guard count > 0, from != to, has(from), has(to) else { return [] }
    var search = PathEnumeration(
      self.search(by: measure, avoiding: avoiding), from: Int(from.index), to: Int(to.index))
    var paths: [FibrePath] = []
    while paths.count < count, let arcs = search.next() {
      paths.append(path(over: arcs, from: from))
    }
    return paths
  }

  func has(_ site: NodeID) -> Bool { 0 <= site.index && site.index < plant.siteCount }

  func search(by measure: PathMeasure, avoiding: Set<FibreID>) -> ArcSearch {
    var search = ArcSearch(
      arcs: arcs, costs: costs[measure] ?? PathCost.costs(of: plant.fibres, by: measure))
    for fibre in avoiding {
      search.isArcBlocked[2 * Int(fibre.index)] = true
      search.isArcBlocked[2 * Int(fibre.index) + 1] = true
    }
    return search
  }

  func path(over path: [Int32], from source: NodeID) -> FibrePath {
    let fibres = path.map { FibreID(index: Int($0) / 2) }
    return FibrePath(
      sites: [source] + path.map { NodeID(index: arcs.head(Int($0))) }, fibres: fibres,
      length: Kilometres(fibres.reduce(0) { $0 + plant[$1].length.value }))
  }
}

/// The paths between two sites one after the other, from the first on.
struct PathEnumeration {
  /// The first path of one part of the paths: those that share a beginning and not the next arc.
  private struct Candidate {
    var path: [Int32]
    var cost: PathCost
    /// The number of arcs that all paths of this part begin with.
    var shared: Int
    /// The arcs by which no path of this part goes on from there.
    var barred: [Int32]
  }

  private var search: ArcSearch
  private let source: Int
  private let target: Int
  private var candidates: [Candidate] = []
  private var latest: Candidate?
  private var isStarted = false

  init(_ search: ArcSearch, from source: Int, to target: Int) {
    self.search = search
    self.source = source
    self.target = target
  }

  /// The arcs of the next path; nil where there are no more.
  mutating func next() -> [Int32]? {
    if let latest {
      split(latest)
    } else if !isStarted {
      isStarted = true
      addFirst(of: [], from: source, barring: [])
    }
    latest = takeLeast()
    return latest?.path
  }

  /// Divides the other paths of a candidate's part by where they leave it.
  ///
  /// The sites of what they share are blocked meanwhile, one more with each arc.
  private mutating func split(_ candidate: Candidate) {
    let sites = [source] + candidate.path.map { search.arcs.head(Int($0)) }
    for site in sites[..<candidate.shared] { search.isSiteBlocked[site] = true }
    for position in candidate.shared..<candidate.path.count {
      let barred = position == candidate.shared ? candidate.barred : []
      addFirst(
        of: candidate.path[..<position], from: sites[position],
        barring: barred + [candidate.path[position]])
      search.isSiteBlocked[sites[position]] = true
    }
    for site in sites { search.isSiteBlocked[site] = false }
  }

  private mutating func addFirst(
    of beginning: ArraySlice<Int32>, from site: Int, barring barred: [Int32]
  ) {
    let wasBlocked = barred.map { search.isArcBlocked[Int($0)] }
    for arc in barred { search.isArcBlocked[Int(arc)] = true }
    if let rest = search.leastPath(from: site, to: target) {
      let path = beginning + rest
      candidates.append(
        Candidate(
          path: Array(path), cost: search.cost(of: path), shared: beginning.count, barred: barred))
    }
    for (arc, blocked) in zip(barred, wasBlocked) { search.isArcBlocked[Int(arc)] = blocked }
  }

  private mutating func takeLeast() -> Candidate? {
    guard var least = candidates.indices.first else { return nil }
    for index in candidates.indices where precedes(candidates[index], candidates[least]) {
      least = index
    }
    candidates.swapAt(least, candidates.count - 1)
    return candidates.removeLast()
  }

  private func precedes(_ left: Candidate, _ right: Candidate) -> Bool {
    if left.cost != right.cost { return left.cost < right.cost }
    let leftSites = left.path.lazy.map { search.arcs.head(Int($0)) }
    let rightSites = right.path.lazy.map { search.arcs.head(Int($0)) }
    if !leftSites.elementsEqual(rightSites) {
      return leftSites.lexicographicallyPrecedes(rightSites)
    }
    return left.path.lexicographicallyPrecedes(right.path)
  }
}
