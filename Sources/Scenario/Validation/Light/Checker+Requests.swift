// SPDX-License-Identifier: GPL-3.0-or-later
internal import EventKernel
internal import Light
internal import NetworkModel
internal import Simulator
internal import Statistics
internal import YAMLReader

extension Checker {
  /// A source of requests; nil where it is in error, which is reported.
  mutating func requests(_ section: RequestsSection) -> RequestSource? {
    let protection = section.protection.protection
    if protection == .ring { checkRings(at: section.origin) }
    if let list = section.list {
      return .listed(inOrder(list.compactMap { request($0, protection) }))
    }
    if let trace = section.trace { return .listed(inOrder(traced(trace, protection))) }
    return section.generate.flatMap { generator($0, protection) }.map { .generated($0) }
  }

  /// Reports names that come twice, over all sources of requests.
  mutating func checkNames(of sources: [RequestsSection]) {
    problems.addRepetitions(
      in: sources.flatMap { $0.list ?? [] }.map(\.request), kind: "request")
    checkUnique(sources.compactMap { $0.generate?.name }, kind: "generator of requests")
  }

  private mutating func checkRings(at origin: Origin) {
    guard scenario.network.rings.isEmpty else { return }
    report(
      "found protection: ring in a network without rings, expected one under network.rings",
      at: origin, key: "protection")
  }

  private func inOrder(_ requests: [ListedRequest]) -> [ListedRequest] {
    requests.enumerated()
      .sorted { ($0.element.start, $0.offset) < ($1.element.start, $1.offset) }
      .map(\.element)
  }

  private mutating func request(
    _ section: RequestSection, _ standard: Protection
  ) -> ListedRequest? {
    if section.protection == .ring { checkRings(at: section.origin) }
    guard let ends = pair(section.from, section.to) else { return nil }
    return ListedRequest(
      name: section.request.value.text, start: SimTime.zero + section.start, source: ends.0,
      target: ends.1, rate: section.rate.value, hold: section.hold?.value,
      protection: section.protection?.protection ?? standard)
  }

  private mutating func pair(_ from: Written<Name>, _ to: Written<Name>) -> (NodeID, NodeID)? {
    guard let source = node(from), let target = node(to) else { return nil }
    guard source != target else {
      report(
        "found \(Node.quoted(to.value.text)) as both ends, expected two different nodes", at: to)
      return nil
    }
    return (source, target)
  }

  // MARK: - At random

  private mutating func generator(
    _ section: RequestGeneratorSection, _ protection: Protection
  ) -> RequestGenerator? {
    checkExtent(of: section)
    let holding = holding(section.holding)
    let rates = rates(section.rates)
    guard let pairs = pairs(section), let holding, let rates, let name = section.name
    else { return nil }
    checkWeights(pairs.map(\.weight), at: section.origin)
    let perSecond =
      section.arrivals.poisson?.value.perSecond
      ?? (section.arrivals.erlang?.value ?? 1) / holding.meanUntruncated_s
    guard perSecond <= 1e9 else {
      report(
        "the load makes more than \(Frequency.limit), expected a smaller load", at: section.origin)
      return nil
    }
    return RequestGenerator(
      name: name.value.text, perSecond: perSecond, holding: holding.distribution,
      longestHolding_s: holding.below_s, rates: rates, pairs: pairs, protection: protection,
      start: SimTime.zero + section.start,
      stop: section.stop.map { SimTime.zero + $0.value } ?? .distantFuture,
      count: section.count?.value, warmUp: section.warmUp)
  }

  private mutating func checkExtent(of section: RequestGeneratorSection) {
    checkEnd(
      section.stop, after: section.start, hasCount: section.count != nil, at: section.origin)
    let most = section.count.map { $0.value - 1 } ?? .max
    if section.warmUp < 0 || section.warmUp > most {
      report(
        "found \(section.warmUp), expected 0 or more, and fewer than count: the rest is counted",
        at: section.origin, key: "warm_up")
    }
  }

  private mutating func checkWeights(_ weights: [Double], at origin: Origin) {
    let total = weights.reduce(0, +)
    guard !weights.isEmpty, !(total > 0 && total.isFinite) else { return }
    report("found weights that add up to \(total), expected numbers nearer to 1", at: origin)
  }

  /// A distribution of holding times, and the bound from which on they are drawn again.
  private struct Holding {
    var distribution: Distribution
    var below_s = Double.infinity
    /// The mean before anything is drawn again, which is what a load counts.
    var meanUntruncated_s: Double
  }

  private mutating func holding(_ section: HoldingSection) -> Holding? {
    if let fixed = section.fixed?.value.seconds {
      return Holding(distribution: .fixed(fixed), meanUntruncated_s: fixed)
    }
    guard let exponential = section.exponential else { return nil }
    let mean = exponential.mean.value.seconds
    let below = exponential.below?.value.value.seconds ?? .infinity
    // Below a thousandth of the mean nearly every draw would be thrown away.
    if below < mean / 1000, let written = exponential.below {
      report("found less than a thousandth of the mean, expected more", at: written)
      return nil
    }
    return Holding(
      distribution: .exponential(mean: mean), below_s: below, meanUntruncated_s: mean)
  }

  private mutating func rates(_ section: RatesSection) -> Distribution? {
    if let fixed = section.fixed { return .fixed(fixed.value.value) }
    if let choice = section.choice {
      let values = choice.values.map(\.value.value)
      let weights = choice.weights?.map(\.value) ?? values.map { _ in 1 }
      checkWeights(weights, at: choice.origin)
      let distribution = Distribution.empirical(values: values, weights: weights)
      if let problem = distribution.problem {
        report(problem, at: choice.origin)
        return nil
      }
      return distribution
    }
    return section.uniform.flatMap { uniform($0) }
  }

  private mutating func uniform(_ section: UniformRatesSection) -> Distribution? {
    let (low, high) = (section.min.value.value, section.max.value.value)
    let count = ((high - low) / section.step.value.value * (1 + 1e-12)).rounded(.down) + 1
    guard high >= low, count <= 100_000 else {
      report(
        "found no rates or more than 100000 of them, expected min <= max and a larger step",
        at: section.origin)
      return nil
    }
    let values = (0..<Int(count)).map { low + Double($0) * section.step.value.value }
    return .empirical(values: values, weights: values.map { _ in 1 })
  }

  private mutating func pairs(
    _ section: RequestGeneratorSection
  ) -> [RequestGenerator.WeightedPair]? {
    if let pairs = section.pairs {
      let found = pairs.compactMap { entry in
        pair(entry.from, entry.to).map {
          RequestGenerator.WeightedPair(source: $0.0, target: $0.1, weight: entry.weight.value)
        }
      }
      if pairs.isEmpty {
        report("found an empty list, expected at least one pair", at: section.origin, key: "pairs")
      }
      return found.count == pairs.count && !found.isEmpty ? found : nil
    }
    if let weights = section.weights?.entries {
      let nodes = weights.map { node($0.node) }
      guard nodes.allSatisfy({ $0 != nil }) else { return nil }
      return everyPair(
        zip(nodes, weights).compactMap { id, entry in
          id.map { ($0, entry.weight.value) }
        })
    }
    if resolver.topology.nodes.count < 2 {
      report("found fewer than two nodes, expected pairs of them", at: section.origin)
    }
    return everyPair(resolver.topology.nodes.indices.map { (NodeID(index: $0), 1) })
  }

  /// Each pair once where lightpaths are two-way, both orders where they are not.
  private func everyPair(_ nodes: [(NodeID, Double)]) -> [RequestGenerator.WeightedPair] {
    let isTwoWay = scenario.light?.direction != .oneWay
    return nodes.indices.flatMap { first in
      nodes.indices.filter { isTwoWay ? $0 > first : $0 != first }.map { second in
        RequestGenerator.WeightedPair(
          source: nodes[first].0, target: nodes[second].0,
          weight: nodes[first].1 * nodes[second].1)
      }
    }
  }
}
