// SPDX-License-Identifier: GPL-3.0-or-later
internal import Simulator
internal import Traffic

/// How many nodes tokens need, and where they are cheapest together with the channels to them.
struct NodeSearch {
  let plan: BuildPlan
  let site: BuildSite
  let existing: Build
  /// The most of what is asked for that may be refused in an hour.
  let refused: Double
  /// What the channels cost that go with some nodes.
  let channelCost: ([String: Int]) -> Double

  private static let mostTrials = 60

  /// The nodes in all, by site; those that are there where nothing is to be built.
  func find() -> [String: Int] {
    guard let nodes = plan.nodes, let traffic = site.model.tokens.first, !hasEnough(existing.nodes)
    else { return existing.nodes }
    let places = traffic.sites.filter { place in
      place.speed != nil && (nodes.sites?.contains(place.node) ?? true)
    }
    guard !places.isEmpty else { return existing.nodes }
    return best(places, traffic)
  }

  private func best(_ places: [TokenSite], _ traffic: TokenTraffic) -> [String: Int] {
    var trials = 0
    func cost(_ weights: [Double]) -> (Double, [String: Int]) {
      trials += 1
      let built = least(weights, places)
      let count = built.values.reduce(0, +) - existing.nodes.values.reduce(0, +)
      return (Double(count) * (plan.nodes?.price ?? 0) + channelCost(built), built)
    }
    let speeds = places.map { $0.speed?.output ?? 0 }
    var starts = [speeds, places.map { _ in 1 }]
    starts += places.indices.map { place in places.indices.map { $0 == place ? 1 : 0 } }
    var found =
      starts.map { ($0.normalised, cost($0.normalised)) }
      .reduce(nil as ([Double], (Double, [String: Int]))?) { best, next in
        best.map { $0.1.0 <= next.1.0 ? $0 : next } ?? next
      } ?? ([], (0, existing.nodes))
    for part in [0.5, 0.25] {
      for (from, to) in places.indices.flatMap({ one in places.indices.map { (one, $0) } }) {
        guard from != to, found.0[from] > 1e-3, trials < Self.mostTrials else { continue }
        var weights = found.0
        let moved = weights[from] * part
        weights[from] -= moved
        weights[to] += moved
        let next = cost(weights)
        if next.0 < found.1.0 { found = (weights, next) }
      }
    }
    return found.1.1
  }

  /// The fewest nodes more that are enough where they stand by some weights.
  private func least(_ weights: [Double], _ places: [TokenSite]) -> [String: Int] {
    func built(_ count: Int) -> [String: Int] {
      var nodes = existing.nodes
      for (place, weight) in zip(places, weights) where weight > 0 {
        nodes[place.node, default: 0] += Int((weight * Double(count)).rounded(.up))
      }
      return nodes
    }
    var high = 1
    while !hasEnough(built(high)), high < 1 << 40 { high *= 2 }
    var low = high / 2
    while high - low > 1 {
      let middle = (low + high) / 2
      if hasEnough(built(middle)) { high = middle } else { low = middle }
    }
    return built(high)
  }

  /// Whether sites with such nodes serve what is to be served in each step of the day.
  ///
  /// A site serves one part in as many of all that is asked for as that takes of its time.
  private func hasEnough(_ nodes: [String: Int]) -> Bool {
    var build = Build()
    build.nodes = nodes
    guard let traffic = site.planned(build, plan).tokens.first else { return true }
    if traffic.sites.contains(where: { $0.speed == nil }) { return true }
    return (0..<traffic.steps).allSatisfy { step in
      var asked = TokenCount()
      for tokens in traffic.asked(inStep: step) {
        for (service, tokens) in zip(traffic.services, tokens) {
          asked += service.parts(of: tokens)
        }
      }
      guard asked.total > 0 else { return true }
      let parts = traffic.sites.reduce(0) { $0 + 1 / $1.use(by: asked) }
      // A little more, so that rounding refuses nothing.
      return parts >= (1 - refused) * (1 + 1e-6)
    }
  }
}

extension [Double] {
  fileprivate var normalised: [Double] {
    let sum = reduce(0, +)
    return map { $0 / sum }
  }
}
