// SPDX-License-Identifier: GPL-3.0-or-later
internal import EventKernel
package import NetworkModel

/// The routes that lightpaths take, with what each can carry, found as they are asked for.
package struct CandidateStore: Sendable {
  private let boxedModel: Boxed<LightModel>
  private let finder: PathFinder
  private let siteCount: Int32
  /// The named paths of each pair of sites.
  private let named: [Int32: [FibrePath]]
  /// All routes: their strands for the router, and what is known of them.
  package private(set) var table = CandidateTable()
  package private(set) var paths: [FibrePath] = []
  package private(set) var grades: [RouteGrade] = []
  private var grader: RouteGrader
  private var known: [FibrePath: CandidateID] = [:]
  /// The candidates of each pair of sites.
  private var byPair: [Int32: [CandidateID]] = [:]
  private var disjointByPair: [Int32: [DisjointPair]] = [:]

  package init(_ model: LightModel, siteCount: Int) {
    boxedModel = Boxed(model)
    self.siteCount = Int32(siteCount)
    finder = PathFinder(
      model.plant, measures: [CandidateStore.measure(of: model.paths.order), .km])
    grader = RouteGrader(model)
    var named: [Int32: [FibrePath]] = [:]
    for path in model.paths.named ?? [] {
      guard let first = path.sites.first, let last = path.sites.last else { continue }
      let pair = CandidateStore.pair(
        first.index, last.index, siteCount: Int32(siteCount), isTwoWay: model.isTwoWay)
      named[pair, default: []].append(path)
    }
    self.named = named
  }

  private var model: LightModel {
    _read { yield boxedModel.value }
  }

  /// The number that stands for a pair of sites; both orders are one pair where lightpaths are
  /// two-way.
  package func pair(_ source: Int32, _ target: Int32) -> Int32 {
    CandidateStore.pair(source, target, siteCount: siteCount, isTwoWay: model.isTwoWay)
  }

  private static func pair(
    _ source: Int32, _ target: Int32, siteCount: Int32, isTwoWay: Bool
  ) -> Int32 {
    isTwoWay
      ? min(source, target) * siteCount + max(source, target) : source * siteCount + target
  }

  package func path(_ index: CandidateID) -> FibrePath { paths[index.index] }

  package func grade(_ index: CandidateID) -> RouteGrade { grades[index.index] }

  /// The modes that close on a route, the fastest first, and what is left above their needs.
  package func modes(_ index: CandidateID) -> [ClosingMode] { grader.modes(of: index.index) }

  /// The rows of the spectrum that a fibre has.
  package func rows(of fibre: FibreID) -> [Int32] {
    model.isTwoWay ? [fibre.index] : [2 * fibre.index, 2 * fibre.index + 1]
  }

  /// The rings that some link or request relies on.
  package var protectedRings: Set<Int> {
    var rings = Set(model.links.filter { $0.protection == .ring }.compactMap(\.ring))
    if model.hasRequestsOnRings { rings.formUnion(model.plant.rings.indices) }
    return rings
  }
}

// MARK: - Finding

extension CandidateStore {
  /// The routes to try between two sites, in order.
  package mutating func candidates(pair: Int32) -> [CandidateID] {
    if let known = byPair[pair] { return known }
    let found = find(pair).map { add($0) }
    byPair[pair] = found
    return found
  }

  /// The candidates of every pair that asked for some, in the order of the pairs.
  package var triedPairs: [[CandidateID]] { byPair.sorted { $0.key < $1.key }.map(\.value) }

  private func find(_ pair: Int32) -> [FibrePath] {
    guard model.paths.named == nil else { return named[pair] ?? [] }
    let (source, target) = ends(of: pair)
    switch model.paths.order {
    case .measured(let measure):
      return finder.shortest(from: source, to: target, count: model.paths.count, by: measure)
    case .spectrum:
      let paths = finder.shortest(from: source, to: target, count: model.paths.count, by: .hops)
      let keys = paths.map { Double($0.hops) / grader.efficiency(of: $0) }
      return zip(keys, paths).enumerated()
        .sorted { ($0.element.0, $0.offset) < ($1.element.0, $1.offset) }
        .map(\.element.1)
    }
  }

  package func ends(of pair: Int32) -> (source: NodeID, target: NodeID) {
    (NodeID(index: Int(pair / siteCount)), NodeID(index: Int(pair % siteCount)))
  }

  /// The position of a route, which is added and graded where it is new.
  package mutating func add(_ path: FibrePath) -> CandidateID {
    if let index = known[path] { return index }
    let index = CandidateID(table.addPath(strands: rows(of: path)))
    precondition(index.index == paths.count, "routes are counted alike in both tables")
    paths.append(path)
    grades.append(grader.grade(path))
    known[path] = index
    return index
  }

  /// The rows of a route's fibres, in order.
  package func rows(of path: FibrePath) -> [Int32] {
    zip(path.fibres, path.sites).map { fibre, site in
      guard !model.isTwoWay else { return fibre.index }
      return 2 * fibre.index + (model.plant[fibre].first == site ? 0 : 1)
    }
  }

  /// The shortest routes between two sites over what is left.
  package func detours(pair: Int32, avoiding fibres: Set<FibreID>) -> [FibrePath] {
    let (source, target) = ends(of: pair)
    return finder.shortest(
      from: source, to: target, count: model.paths.count,
      by: CandidateStore.measure(of: model.paths.order), avoiding: fibres)
  }

  /// By what routes are found, before they are put in order.
  private static func measure(of order: PathRule.Order) -> PathMeasure {
    if case .measured(let measure) = order { measure } else { .hops }
  }

  /// Two routes without a common fibre, by their positions.
  package struct DisjointPair: Equatable, Sendable {
    package var first: CandidateID
    package var second: CandidateID

    package func other(than path: CandidateID) -> CandidateID { path == first ? second : first }
  }

  /// Pairs of disjoint routes, in the order in which they are tried.
  ///
  /// First those among the candidates: for each of them in order, the others in order. Behind
  /// them the pair that is shortest together, which may be all there is.
  package mutating func disjointPairs(pair: Int32) -> [DisjointPair] {
    if let known = disjointByPair[pair] { return known }
    let all = candidates(pair: pair)
    var pairs: [DisjointPair] = []
    for first in all {
      for second in all where second != first && areDisjoint(first, second) {
        pairs.append(DisjointPair(first: first, second: second))
      }
    }
    if model.paths.named == nil, let best = shortestDisjoint(pair), !pairs.contains(best) {
      pairs.append(best)
    }
    disjointByPair[pair] = pairs
    return pairs
  }

  private mutating func shortestDisjoint(_ pair: Int32) -> DisjointPair? {
    let (source, target) = ends(of: pair)
    guard let (one, two) = finder.disjointPair(from: source, to: target, by: .km) else {
      return nil
    }
    let isOrdered = one.length <= two.length
    return DisjointPair(first: add(isOrdered ? one : two), second: add(isOrdered ? two : one))
  }

  /// Each fibre of a route as a route of its own.
  package mutating func fibresApart(of index: CandidateID) -> [CandidateID] {
    let whole = path(index)
    return (0..<whole.hops).map { add(whole.part($0..<$0 + 1, in: model.plant)) }
  }

  /// What each step of a table by length carries, for those that ask how far something reaches.
  package func stepChoices(for demand: LightpathDemand, _ guardSlots: Int32) -> [RouteChoice] {
    guard case .byLength(let steps) = model.rating else { return [] }
    return steps.compactMap { step in
      switch step.carries {
      case .rate(let rate):
        return rate.value >= demand.leastRate
          ? RouteChoice(slots: 1, mode: -1, lineRate: rate.value) : nil
      case .efficiency(let efficiency):
        let rate = max(demand.rate, demand.leastRate)
        let slots = (rate / (FlexibleGrid.slotWidth_GHz * 1e9 * efficiency)).rounded(.up)
        guard slots >= 1, slots < 1e6 else { return nil }
        return RouteChoice(slots: Int32(slots) + guardSlots, mode: -1, lineRate: rate)
      }
    }
  }

  package func areDisjoint(_ first: CandidateID, _ second: CandidateID) -> Bool {
    Set(path(first).fibres).isDisjoint(with: path(second).fibres)
  }

  /// Both ways round a ring between two sites, the shorter first; nil where one is not on it.
  package mutating func arcs(ofRing ring: Int, from source: NodeID, to target: NodeID)
    -> DisjointPair?
  {
    guard let arcs = model.plant.arcs(ofRing: ring, from: source, to: target) else { return nil }
    let isOrdered = arcs.0.length <= arcs.1.length
    return DisjointPair(
      first: add(isOrdered ? arcs.0 : arcs.1), second: add(isOrdered ? arcs.1 : arcs.0))
  }
}
