// SPDX-License-Identifier: GPL-3.0-or-later
internal import EventKernel
internal import NetworkModel
internal import Statistics
internal import Traffic
internal import YAMLReader

extension Checker {
  mutating func generator(_ section: GenerateSection, trafficClass: Int) -> Generator? {
    checkEnd(
      section.stop, after: section.start, hasCount: section.count != nil, at: section.origin)
    let preset = preset(of: section)
    let sizes = sizes(of: section, preset)
    let curve = curve(of: section, preset)
    let deadline = section.deadline.map { rule($0) }
    let shares = shares(of: section)
    if let shares { check(shares, of: section) }
    guard let name = section.name, let sizes, let shares else { return nil }
    let process =
      if let arrivals = section.arrivals {
        self.arrivals(arrivals, meanSize: Bytes(sizes.mean))
      } else {
        preset.flatMap { arrivals(of: section, $0) }
      }
    guard let process else { return nil }
    return Generator(
      name: name.value.text, trafficClass: trafficClass, arrivals: process, sizes: sizes,
      routes: shares, start: SimTime.zero + section.start,
      stop: section.stop.map { SimTime.zero + $0.value } ?? .distantFuture,
      count: section.count?.value, curve: curve, answers: answers(of: section, preset, shares),
      deadline: deadline ?? nil)
  }

  /// The process of the arrivals; nil where its numbers are out of reach, which is reported.
  private mutating func arrivals(
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

  private mutating func check(_ shares: [Generator.WeightedRoute], of section: GenerateSection) {
    let total = shares.reduce(0) { $0 + $1.weight }
    guard !(total > 0 && total.isFinite) else { return }
    report(
      "found weights that add up to \(total), expected numbers nearer to 1", at: section.origin)
  }

  /// The routes of a generator with their shares; nil where one is in error.
  private mutating func shares(of section: GenerateSection) -> [Generator.WeightedRoute]? {
    if let path = section.path {
      return route(path: path).map { [.init(route: $0, weight: 1)] }
    }
    if let pairs = section.pairs {
      if pairs.isEmpty {
        report("found an empty list, expected at least one pair", at: section.origin, key: "pairs")
      }
      let shares = pairs.compactMap { pair in
        route(from: pair.from, to: pair.to).map {
          Generator.WeightedRoute(route: $0, weight: pair.weight.value)
        }
      }
      return shares.count == pairs.count && !pairs.isEmpty ? shares : nil
    }
    return section.weights.flatMap { gravity($0.entries) }
  }

  /// Every ordered pair of different nodes, with the product of their weights.
  mutating func gravity(_ entries: [NodeWeights.Entry]) -> [Generator.WeightedRoute]? {
    // A node that is unknown is reported once, not once for each of its pairs.
    let areKnown = entries.map { node($0.node) != nil }.allSatisfy(\.self)
    guard areKnown, isNetworkSound else { return nil }
    var shares: [Generator.WeightedRoute] = []
    var isComplete = true
    for from in entries {
      for to in entries where to.node.value != from.node.value {
        guard let route = route(from: from.node, to: to.node) else {
          // One pair of each node is enough to show what is cut off.
          isComplete = false
          break
        }
        shares.append(.init(route: route, weight: from.weight.value * to.weight.value))
      }
    }
    return isComplete ? shares : nil
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
