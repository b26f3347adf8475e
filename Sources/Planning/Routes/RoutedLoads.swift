// SPDX-License-Identifier: GPL-3.0-or-later

/// Routes of all demands, what they ask of links in all states, and what that costs.
struct RoutedLoads: Sendable {
  private let problem: RouteProblem
  /// By demand; empty while it is taken out.
  private(set) var routes: [[RoutePart]]
  /// By state, then by link and hour.
  private var loads: [[Double]]
  /// By part, how many are built.
  private(set) var counts: [Int]
  private(set) var cost = 0.0

  /// More than a part may have costs so many times its price, and what no number carries likewise.
  private static let beyond = 1e4

  init(_ problem: RouteProblem) {
    self.problem = problem
    routes = problem.demands.map { _ in [] }
    loads = problem.states.map(\.fixed)
    counts = problem.parts.map { _ in 0 }
    for part in problem.parts.indices {
      counts[part] = count(of: part)
      cost += price(of: part, counts[part])
    }
  }

  mutating func take(_ demand: Int) {
    for part in routes[demand] { change(demand, part, by: -1) }
    routes[demand] = []
  }

  mutating func put(_ demand: Int, on parts: [RoutePart]) {
    for part in parts { put(demand, on: part) }
  }

  /// Puts a part of a demand on a route, beside the parts that are put already.
  mutating func put(_ demand: Int, on part: RoutePart) {
    if let known = routes[demand].firstIndex(where: { $0.links == part.links }) {
      routes[demand][known].thousandths += part.thousandths
    } else {
      routes[demand].append(part)
    }
    change(demand, part, by: 1)
  }

  private mutating func change(_ demand: Int, _ part: RoutePart, by sign: Double) {
    let (rates, factor) = (problem.demands[demand].rates, sign * part.share)
    var touched: [Int] = []
    for (index, state) in problem.states.enumerated() {
      let isHit = part.links.contains { state.isDown[Int($0)] }
      for link in (isHit ? state.detours[demand] : part.links) ?? [] {
        for hour in rates.indices {
          loads[index][Int(link) * rates.count + hour] += factor * rates[hour]
        }
        if let part = problem.arcs[Int(link)].part, !touched.contains(part) { touched.append(part) }
      }
    }
    for part in touched {
      cost -= price(of: part, counts[part])
      counts[part] = count(of: part)
      cost += price(of: part, counts[part])
    }
  }

  // MARK: - What links cost

  /// How many of a part its fullest hour takes in any state; nothing for one way, both without.
  private func count(of part: Int) -> Int {
    problem.parts[part].ways.reduce(0) { max($0, count(of: part, way: $1, more: 0)) }
  }

  /// How much of the last that is built of a part is filled.
  func excess(of part: Int) -> Double {
    let ways = problem.parts[part].ways
    return ways.reduce(0.0) { max($0, need(of: part, way: $1, more: 0)) } - Double(counts[part] - 1)
  }

  private func count(of part: Int, way: Int, more: Double) -> Int {
    Int((need(of: part, way: way, more: more) * (1 - 1e-9)).rounded(.up))
  }

  private func need(of part: Int, way: Int, more: Double) -> Double {
    var most = 0.0
    for (index, state) in problem.states.enumerated() where !state.isDown[way] {
      let room = state.rooms[part]
      let start = way * problem.hours
      var load = 0.0
      for hour in 0..<problem.hours { load = max(load, loads[index][start + hour]) }
      let missing = (load + more) / problem.fill - room.there
      guard missing > 1e-9 * room.each else { continue }
      most = max(most, room.each > 0 ? missing / room.each : 1e6)
    }
    return most
  }

  private func price(of part: Int, _ count: Int) -> Double {
    let one = problem.parts[part]
    let beyond = max(0, count - (one.most ?? Int.max))
    return one.price * (Double(count) + Self.beyond * Double(beyond))
  }

  /// What so much more on a link would cost, and how much of what it has that would fill.
  func step(on link: Int, _ rate: Double) -> (price: Double, filled: Double) {
    guard let part = problem.arcs[link].part else { return (0, 0) }
    let room = problem.states[0].rooms[part]
    let more = max(counts[part], count(of: part, way: link, more: rate))
    let filled = room.each > 0 ? problem.parts[part].price * rate / problem.fill / room.each : 0
    return (price(of: part, more) - price(of: part, counts[part]), filled)
  }

  /// The part of a demand that a link has room for with what is built now.
  func room(on link: Int, for demand: Int) -> Double {
    guard let part = problem.arcs[link].part else { return .infinity }
    let rates = problem.demands[demand].rates
    var least = Double.infinity
    for (index, state) in problem.states.enumerated() where !state.isDown[link] {
      let room = state.rooms[part]
      let carries = (room.there + room.each * Double(counts[part])) * problem.fill
      for hour in rates.indices where rates[hour] > 0 {
        let left = carries - loads[index][link * rates.count + hour]
        least = min(least, left / rates[hour])
      }
    }
    return max(0, least)
  }

  /// The demands over a link, by position.
  func demands(over part: Int) -> [Int] {
    let ways = problem.parts[part].ways
    return routes.indices.filter { demand in
      routes[demand].contains { $0.links.contains { ways.contains(Int($0)) } }
    }
  }

  /// The parts of which any is built.
  var builtParts: [Int] { counts.indices.filter { counts[$0] > 0 } }
}
