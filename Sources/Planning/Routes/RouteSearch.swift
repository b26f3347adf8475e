// SPDX-License-Identifier: GPL-3.0-or-later
internal import EventKernel
internal import Glibc

/// Looks for the routes of demands with which the build is cheapest.
///
/// Some demands are taken out, and put back one after the other where that costs least as things
/// stand then; what comes of it is kept where it is no dearer, or a little dearer at first
/// (annealing). Those taken out go over one link, so that a channel of it may be spared, or are any.
/// What would need a channel more is divided, where a plan allows it: what there is room for goes
/// there, and the rest where it costs least.
/// - Complexity: a round takes some searches of routes, each quadratic in places, and under failures
///   as many sums as there are states.
struct RouteSearch: Sendable {
  private let problem: RouteProblem
  private var stream: RandomStream
  private var current: RoutedLoads
  private var best: RoutedLoads

  /// Searches of small problems are cheap, and chance counts for more in them.
  private static func starts(_ problem: RouteProblem) -> Int {
    problem.demands.count > 300 ? 4 : 12
  }
  private static let roundsOfADemand = 300
  private static let rounds = 400...200_000
  private static let mostTaken = 30

  /// The best routes of some searches, by demand; nil where `watch` wanted to stop.
  static func routes(
    _ problem: RouteProblem, seed: UInt64, jobs: Int, _ watch: (Double) -> Bool
  ) -> [[RoutePart]]? {
    let found = inParallel(Array(0..<starts(problem)), jobs: jobs, watch) { start in
      var search = RouteSearch(problem, seed: seed, start)
      search.run()
      return search.mended()
    }
    return found?.reduce(nil as RoutedLoads?) { best, next in
      best.map { $0.cost <= next.cost ? $0 : next } ?? next
    }?.routes
  }

  /// The rise in cost at which a round is kept every third time or so, at first.
  private let warmth: Double
  /// By demand, some routes that it may take; empty as long as nobody has asked.
  private var known: [[[Int32]]]

  private init(_ problem: RouteProblem, seed: UInt64, _ start: Int) {
    self.problem = problem
    known = problem.demands.map { _ in [] }
    let price = problem.parts.map(\.price).reduce(0, +) / Double(max(1, problem.parts.count))
    warmth = start.isMultiple(of: 2) ? price : price / 3
    stream = RandomStream(seed: seed, name: "plan/routes/\(start)")
    current = RoutedLoads(problem)
    for demand in problem.demands.indices {
      current.put(demand, on: RoutePart(links: problem.demands[demand].home))
    }
    best = current
  }

  private mutating func run() {
    guard !problem.demands.isEmpty else { return }
    let asked = Self.roundsOfADemand * problem.demands.count
    let rounds = min(max(asked, Self.rounds.lowerBound), Self.rounds.upperBound)
    // From the price of a channel or so, or a third of it, down to next to nothing.
    for round in 0..<rounds {
      let heat = warmth * pow(1e-3, Double(round) / Double(rounds))
      let cost = current.cost
      let taken = takeSome()
      for (demand, _) in taken { replace(demand) }
      let rise = current.cost - cost
      if rise > 1e-9, stream.nextUniform() >= exp(-rise / heat) {
        for (demand, _) in taken { current.take(demand) }
        for (demand, parts) in taken { current.put(demand, on: parts) }
      }
      if current.cost < best.cost - 1e-9 { best = current }
    }
  }

  /// Takes demands out, and gives them in the order in which they come back, with their routes.
  private mutating func takeSome() -> [(demand: Int, parts: [RoutePart])] {
    let parts = current.builtParts
    if stream.nextUniform() < 0.4, let part = barelyNeeded(of: parts) { return takeOne(of: part) }
    var pool = Array(problem.demands.indices)
    if stream.nextUniform() < 0.7, let part = parts.randomElement(using: &stream) {
      pool = current.demands(over: part)
    }
    pool.shuffle(using: &stream)
    let count = 1 + Int(stream.nextUniform() * Double(min(8, pool.count)))
    return pool.prefix(count).map { take($0) }
  }

  /// Of a few links that something is built at, the one whose last is filled least.
  private mutating func barelyNeeded(of parts: [Int]) -> Int? {
    let some = (0..<3).compactMap { _ in parts.randomElement(using: &stream) }
    return some.min { current.excess(of: $0) < current.excess(of: $1) }
  }

  /// Takes demands off a link until it needs one less.
  private mutating func takeOne(of part: Int) -> [(demand: Int, parts: [RoutePart])] {
    let pool = current.demands(over: part).shuffled(using: &stream)
    let count = current.counts[part]
    var taken: [(demand: Int, parts: [RoutePart])] = []
    for demand in pool where current.counts[part] >= count {
      guard taken.count < Self.mostTaken else { break }
      taken.append(take(demand))
    }
    return taken.shuffled(using: &stream)
  }

  private mutating func take(_ demand: Int) -> (demand: Int, parts: [RoutePart]) {
    let parts = current.routes[demand]
    current.take(demand)
    return (demand, parts)
  }

  private mutating func replace(_ demand: Int) {
    // What a route is good for under a failure on it, no price of a link tells.
    if problem.states.count > 1, stream.nextUniform() < 0.5 { return tryAll(demand) }
    // By how much it counts that a link gets fuller, though nothing has to be built for it.
    let share = 0.02 + 0.5 * stream.nextUniform() * stream.nextUniform()
    let noise = 0.3 * stream.nextUniform()
    let cost = current.cost
    current.put(demand, on: RoutePart(links: cheapest(demand, share, noise, 1)))
    guard problem.mostParts > 1, current.cost > cost + 1e-9 else { return }
    let undivided = current
    current.take(demand)
    divide(demand, share, noise)
    if current.cost > undivided.cost - 1e-9 { current = undivided }
  }

  /// The route on which a part of a demand costs least as things stand, or its own.
  private mutating func cheapest(
    _ demand: Int, _ share: Double, _ noise: Double, _ part: Double, within rooms: [Double]? = nil
  ) -> [Int32] {
    let ends = problem.demands[demand]
    let rate = part * (ends.rates.max() ?? 0)
    let weights = problem.arcs.indices.map { link -> Double in
      guard problem.arcs[link].isUsed, !problem.states[0].isDown[link] else { return .infinity }
      if let rooms, rooms[link] < part { return .infinity }
      let step = current.step(on: link, rate)
      let price = (step.price + share * step.filled) * (1 + noise * stream.nextUniform())
      return price + 1e-9 * (1 + problem.arcs[link].delay)
    }
    return problem.cheapestRoute(from: ends.source, to: ends.target, weights) ?? ends.home
  }
}

// MARK: - Parts of demands

extension RouteSearch {
  /// Less of a demand is not worth a route of its own.
  private static let leastThousandths = 20

  /// Puts a demand where there is room, in a few parts, and the rest where that costs least.
  private mutating func divide(_ demand: Int, _ share: Double, _ noise: Double) {
    let ends = problem.demands[demand]
    var left = RoutePart.whole
    for _ in 1..<problem.mostParts {
      let rooms = problem.arcs.indices.map { link -> Double in
        guard problem.arcs[link].isUsed, !problem.states[0].isDown[link] else { return 0 }
        return current.room(on: link, for: demand)
      }
      let widest = problem.widest(from: ends.source, to: ends.target, rooms)
      let fits = Int(
        min(Double(left), (widest * (1 - 1e-9) * Double(RoutePart.whole)).rounded(.down)))
      guard fits >= min(left, Self.leastThousandths) else { break }
      let part = Double(fits) / Double(RoutePart.whole)
      let links = cheapest(demand, share, noise, part, within: rooms)
      current.put(demand, on: RoutePart(links: links, thousandths: fits))
      left -= fits
      if left == 0 { return }
    }
    let part = Double(left) / Double(RoutePart.whole)
    let links = cheapest(demand, share, noise, part)
    current.put(demand, on: RoutePart(links: links, thousandths: left))
  }

  /// The best that was found, with no demand divided that need not be.
  private func mended() -> RoutedLoads {
    var loads = best
    for demand in loads.routes.indices where loads.routes[demand].count > 1 {
      let parts = loads.routes[demand]
      let (whole, cost) = (parts.map { RoutePart(links: $0.links) }, loads.cost)
      for one in whole {
        loads.take(demand)
        loads.put(demand, on: one)
        if loads.cost <= cost + 1e-9 { break }
        loads.take(demand)
        loads.put(demand, on: parts)
      }
    }
    return loads
  }
}

extension RouteSearch {
  private static let mostRoutes = 12

  /// Puts a demand on the best of some routes as things stand, of equals on any.
  private mutating func tryAll(_ demand: Int) {
    if known[demand].isEmpty { known[demand] = routes(of: demand) }
    var best = (cost: Double.infinity, route: problem.demands[demand].home)
    for route in known[demand].shuffled(using: &stream) {
      current.put(demand, on: RoutePart(links: route))
      if current.cost < best.cost - 1e-9 { best = (current.cost, route) }
      current.take(demand)
    }
    current.put(demand, on: RoutePart(links: best.route))
  }

  /// Different routes between its ends, by prices of links that are drawn by lot.
  private mutating func routes(of demand: Int) -> [[Int32]] {
    let ends = problem.demands[demand]
    var found = [ends.home]
    for _ in 0..<4 * Self.mostRoutes where found.count < Self.mostRoutes {
      let weights = problem.arcs.indices.map { link -> Double in
        guard problem.arcs[link].isUsed, !problem.states[0].isDown[link] else { return .infinity }
        return 0.1 + stream.nextUniform()
      }
      let route = problem.cheapestRoute(from: ends.source, to: ends.target, weights)
      if let route, !found.contains(route) { found.append(route) }
    }
    return found
  }
}

extension RouteProblem {
  /// Dijkstra's algorithm without a heap, since networks here have some dozens of nodes.
  func cheapestRoute(from source: Int, to target: Int, _ weights: [Double]) -> [Int32]? {
    var costs = [Double](repeating: .infinity, count: nodeCount)
    var entries = [Int](repeating: -1, count: nodeCount)
    var isDone = [Bool](repeating: false, count: nodeCount)
    costs[source] = 0
    while true {
      var node = -1
      for other in 0..<nodeCount where !isDone[other] && costs[other] < .infinity {
        if node < 0 || costs[other] < costs[node] { node = other }
      }
      guard node >= 0 else { return nil }
      if node == target { break }
      isDone[node] = true
      for link in leaving[node] where costs[node] + weights[link] < costs[arcs[link].target] {
        costs[arcs[link].target] = costs[node] + weights[link]
        entries[arcs[link].target] = link
      }
    }
    var route: [Int32] = []
    var node = target
    while node != source {
      route.append(Int32(entries[node]))
      node = arcs[entries[node]].source
    }
    return route.reversed()
  }

  /// The most for which there is a way with so much room on each of its links.
  func widest(from source: Int, to target: Int, _ rooms: [Double]) -> Double {
    var widths = [Double](repeating: 0, count: nodeCount)
    var isDone = [Bool](repeating: false, count: nodeCount)
    widths[source] = .infinity
    while true {
      var node = -1
      for other in 0..<nodeCount where !isDone[other] && widths[other] > 0 {
        if node < 0 || widths[other] > widths[node] { node = other }
      }
      guard node >= 0 else { return 0 }
      if node == target { return widths[node] }
      isDone[node] = true
      for link in leaving[node] {
        let width = min(widths[node], rooms[link])
        if width > widths[arcs[link].target] { widths[arcs[link].target] = width }
      }
    }
  }
}
