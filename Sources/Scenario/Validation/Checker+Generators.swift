// SPDX-License-Identifier: GPL-3.0-or-later
internal import EventKernel
internal import NetworkModel
internal import Statistics
internal import Traffic
internal import YAMLReader

extension Checker {
  mutating func generator(
    _ section: GenerateSection, trafficClass: Int, listsRoutes: Bool = false
  ) -> Generator? {
    checkEnd(
      section.stop, after: section.start, hasCount: section.count != nil, at: section.origin)
    let preset = preset(of: section)
    let sizes = sizes(of: section, preset)
    let curve = curve(of: section, preset)
    let deadline = section.deadline.map { rule($0) }
    let ways = ways(
      of: section,
      listsAll: listsRoutes || needsAllRoutes(section, trafficClass: trafficClass))
    if let ways { check(ways, of: section) }
    guard let name = section.name, let sizes, let ways else { return nil }
    let process =
      if let arrivals = section.arrivals {
        self.arrivals(arrivals, meanSize: Bytes(sizes.mean))
      } else {
        preset.flatMap { arrivals(of: section, $0) }
      }
    guard let process else { return nil }
    return Generator(
      name: name.value.text, trafficClass: trafficClass, arrivals: process, sizes: sizes,
      routes: ways.routes, start: SimTime.zero + section.start,
      stop: section.stop.map { SimTime.zero + $0.value } ?? .distantFuture,
      count: section.count?.value, curve: curve, answers: answers(of: section, preset, ways.routes),
      deadline: deadline ?? nil, ends: ways.ends)
  }

  /// The process of the arrivals; nil where its numbers are out of reach, which is reported.
  mutating func arrivals(
    _ section: ArrivalsSection, meanSize: Bytes
  ) -> ArrivalProcess? {
    guard let process = section.process(meanSize: meanSize) else {
      report(
        "the load makes more than \(Frequency.limit), expected a smaller load or larger sizes",
        at: section.origin)
      return nil
    }
    if let problem = process.gaps.problem {
      report("between two flows, in seconds, \(problem)", at: section.origin)
      return nil
    }
    return process
  }

  private mutating func check(_ ways: CheckedWays, of section: GenerateSection) {
    let total = ways.totalWeight
    guard !(total > 0 && total.isFinite) else { return }
    report(
      "found weights that add up to \(total), expected numbers nearer to 1", at: section.origin)
  }

  /// The ways of the flows of a generator with their shares; nil where one is in error.
  private mutating func ways(of section: GenerateSection, listsAll: Bool) -> CheckedWays? {
    if let path = section.path {
      return route(path: path).map { .routes([.init(route: $0, weight: 1)]) }
    }
    guard let clusters = clusterMap(section.endsAt) else { return nil }
    let ways: CheckedWays?
    if let pairs = section.pairs {
      ways = shares(of: pairs, at: section.origin, clusters).map { .routes($0) }
    } else if let from = section.from, let to = section.to {
      ways = ends(from, clusters).flatMap { from in
        ends(to, clusters).flatMap {
          self.ways(from: from, to: $0, at: section.origin, listsAll: listsAll)
        }
      }
    } else {
      ways = section.weights.flatMap { ends($0.entries, clusters) }
        .flatMap { self.ways(from: $0, to: $0, at: section.origin, listsAll: listsAll) }
    }
    if let ways { checkUse(of: section.endsAt, ways, clusters) }
    return ways
  }

  private mutating func shares(
    of pairs: [PairSection], at origin: Origin, _ clusters: ClusterMap
  ) -> [Generator.WeightedRoute]? {
    if pairs.isEmpty {
      report("found an empty list, expected at least one pair", at: origin, key: "pairs")
    }
    var shares: [Generator.WeightedRoute] = []
    var isComplete = !pairs.isEmpty
    for pair in pairs {
      guard clusters.isEmpty else {
        let from = ends([.init(node: pair.from, weight: pair.weight)], clusters)
        let to = ends([.init(node: pair.to, weight: Positive(1))], clusters)
        let some = from.flatMap { from in
          to.flatMap { product(of: from, and: $0, at: pair.origin) }
        }
        isComplete = isComplete && some != nil
        shares += some ?? []
        continue
      }
      guard let route = route(from: pair.from, to: pair.to) else {
        isComplete = false
        continue
      }
      shares.append(.init(route: route, weight: pair.weight.value))
    }
    return isComplete ? shares : nil
  }

  /// Every ordered pair of different nodes, with the product of their weights.
  mutating func gravity(_ entries: [NodeWeights.Entry]) -> [Generator.WeightedRoute]? {
    let origin = entries.first.map { Origin(place: $0.node.place, path: $0.node.path) } ?? .none
    return ends(entries, ClusterMap()).flatMap { product(of: $0, and: $0, at: origin) }
  }
}

extension ArrivalsSection {
  /// The process; nil where the load asks for more flows than there can be.
  fileprivate func process(meanSize: Bytes) -> ArrivalProcess? {
    if let poisson {
      return rate(poisson.rate, poisson.load, meanSize).map { .poisson(perSecond: $0) }
    }
    if let deterministic {
      return rate(deterministic.rate, deterministic.load, meanSize).map {
        .deterministic(perSecond: $0)
      }
    }
    return bursty.flatMap { bursty in
      rate(bursty.rate, bursty.load, meanSize).map {
        switch bursty.gaps {
        case .gamma: .bursty(perSecond: $0, variation: bursty.variation.value)
        case .lognormal: .lognormal(perSecond: $0, variation: bursty.variation.value)
        }
      }
    }
  }

  private func rate(
    _ rate: Positive<Frequency>?, _ load: Positive<BitsPerSecond>?, _ meanSize: Bytes
  ) -> Double? {
    if let rate { return rate.value.perSecond }
    return load.flatMap { Frequency(baseUnits: $0.value.value / meanSize.bits)?.perSecond }
  }
}
