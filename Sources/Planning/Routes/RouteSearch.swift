// SPDX-License-Identifier: GPL-3.0-or-later
internal import EventKernel
internal import Glibc

/// Looks for the routes of demands with which the build is cheapest.
///
/// Some demands are taken out, and put back one after the other where that costs least as things
/// stand then; what comes of it is kept where it is no dearer, or a little dearer at first
/// (annealing). Those taken out go over one link, so that a channel of it may be spared, or are any.
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

  /// The best routes of some searches, by demand; nil where `watch` wanted to stop.
  static func routes(
    _ problem: RouteProblem, seed: UInt64, jobs: Int, _ watch: (Double) -> Bool
  ) -> [[Int32]]? {
    let found = inParallel(Array(0..<starts(problem)), jobs: jobs, watch) { start in
      var search = RouteSearch(problem, seed: seed, start)
      search.run()
      return search.best
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
      current.put(demand, on: problem.demands[demand].home)
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
        for (demand, route) in taken { current.put(demand, on: route) }
      }
      if current.cost < best.cost - 1e-9 { best = current }
    }
  }

  /// Takes demands out, and gives them in the order in which they come back, with their routes.
  private mutating func takeSome() -> [(demand: Int, route: [Int32])] {
    let parts = current.builtParts
    var pool = Array(problem.demands.indices)
    if stream.nextUniform() < 0.7, let part = parts.randomElement(using: &stream) {
      pool = current.demands(over: part)
    }
    pool.shuffle(using: &stream)
    let count = 1 + Int(stream.nextUniform() * Double(min(8, pool.count)))
    return pool.prefix(count).map { demand in
      let route = current.routes[demand]
      current.take(demand)
      return (demand, route)
    }
  }

  private mutating func replace(_ demand: Int) {
    // What a route is good for under a failure on it, no price of a link tells.
    if problem.states.count > 1, stream.nextUniform() < 0.5 { return tryAll(demand) }
    // By how much it counts that a link gets fuller, though nothing has to be built for it.
    let share = 0.02 + 0.5 * stream.nextUniform() * stream.nextUniform()
    let noise = 0.3 * stream.nextUniform()
    let rate = problem.demands[demand].rates.max() ?? 0
    let weights = problem.arcs.indices.map { link -> Double in
      guard problem.arcs[link].isUsed, !problem.states[0].isDown[link] else { return .infinity }
      let step = current.step(on: link, rate)
      let price = (step.price + share * step.filled) * (1 + noise * stream.nextUniform())
      return price + 1e-9 * (1 + problem.arcs[link].delay)
    }
    let route = problem.cheapestRoute(
      from: problem.demands[demand].source, to: problem.demands[demand].target, weights)
    current.put(demand, on: route ?? problem.demands[demand].home)
  }
}

extension RouteSearch {
  private static let mostRoutes = 12

  /// Puts a demand on the best of some routes as things stand, of equals on any.
  private mutating func tryAll(_ demand: Int) {
    if known[demand].isEmpty { known[demand] = routes(of: demand) }
    var best = (cost: Double.infinity, route: problem.demands[demand].home)
    for route in known[demand].shuffled(using: &stream) {
      current.put(demand, on: route)
      if current.cost < best.cost - 1e-9 { best = (current.cost, route) }
      current.take(demand)
    }
    current.put(demand, on: best.route)
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
}
