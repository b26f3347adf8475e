// SPDX-License-Identifier: GPL-3.0-or-later
internal import NetworkModel
internal import Traffic
internal import YAMLReader

// Between few ends, all pairs are listed with their routes. Between many, a list would grow with
// their square, most of it for pairs that no flow is ever drawn for: then the ends are drawn, and
// a pair has its route when it first comes.

/// The ways of random flows.
enum CheckedWays {
  case routes([Generator.WeightedRoute])
  case ends(DrawnEnds)

  /// The routes that are listed.
  var routes: [Generator.WeightedRoute] {
    if case .routes(let all) = self { all } else { [] }
  }

  var ends: DrawnEnds? {
    if case .ends(let ends) = self { ends } else { nil }
  }

  /// The sum of the weights of all pairs.
  var totalWeight: Double {
    switch self {
    case .routes(let all): all.reduce(0) { $0 + $1.weight }
    case .ends(let ends): ends.totalWeight
    }
  }
}

extension Checker {
  /// The most pairs of ends that are listed: those of 512 places.
  static let mostListedPairs = 1 << 18

  /// Every pair of one of each, with the product of their weights; none of a place with itself.
  ///
  /// Where the caller has to know all routes, they are listed however many there are.
  mutating func ways(
    from sources: [WeightedEnd], to targets: [WeightedEnd], at origin: Origin, listsAll: Bool
  ) -> CheckedWays? {
    guard !listsAll, sources.count * targets.count > Checker.mostListedPairs else {
      return product(of: sources, and: targets, at: origin).map { .routes($0) }
    }
    return areJoined(sources, targets)
      ? .ends(DrawnEnds(sources: drawn(sources), targets: drawn(targets))) : nil
  }

  /// Whether flows of a section need all their routes before any is drawn.
  func needsAllRoutes(_ section: GenerateSection, trafficClass: Int) -> Bool {
    section.preset != nil || section.transfers != nil
      || scenario.classes[trafficClass].transport.value.isLossless
  }

  private func drawn(_ ends: [WeightedEnd]) -> [DrawnEnds.End] {
    ends.compactMap { end in
      resolver.node(named: end.node.value.text).map {
        DrawnEnds.End(node: $0, place: end.place, weight: end.weight)
      }
    }
  }

  /// Whether routes lead from all sources to all targets; one pair of each source is reported.
  private mutating func areJoined(_ sources: [WeightedEnd], _ targets: [WeightedEnd]) -> Bool {
    let reach = NodeReach(in: resolver.topology)
    let (ends, goals) = (drawn(sources), drawn(targets))
    guard let first = ends.first else { return false }
    // What leads to the first of them gets wherever that leads.
    var ahead = reach.nodes(from: first.node)
    let back = reach.nodes(leadingTo: first.node)
    let isAhead = goals.allSatisfy { ahead[Int($0.node.index)] }
    if isAhead, ends.allSatisfy({ back[Int($0.node.index)] }) { return true }
    var areJoined = true
    for (source, end) in zip(sources, ends) {
      ahead = reach.nodes(from: end.node)
      let missing = goals.firstIndex { $0.place != end.place && !ahead[Int($0.node.index)] }
      guard let missing else { continue }
      _ = route(from: source.node, to: targets[missing].node)
      areJoined = false
    }
    return areJoined
  }
}
