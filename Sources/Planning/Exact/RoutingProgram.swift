// SPDX-License-Identifier: GPL-3.0-or-later
internal import Scenario
internal import Simulator
internal import Traffic

/// How few channels and lines are enough whatever routes demands take, as a program for a solver.
///
/// Each demand may be divided over any routes here, and anew in each state and hour: with f what the
/// demands from a place send over a link, and b the number that is built there,
///
///     the least  sum of price b    where  sum of f + all else <= fill (there + each b)
///
/// and what comes into each place and ends there does so. Real demands take a few routes, and one of
/// least delay under a failure, so that the least here is no more than that of any build that holds.
/// For each cut S | T between places it also has what follows from whole numbers:
///
///     sum over links of the cut of b  >=  ceil((demands from S to T / fill - there) / each)
struct RoutingProgram: Sendable {
  private let problem: RouteProblem
  private(set) var program = MixedProgram()
  /// In how many states whole flows are looked at, and how many cuts.
  private(set) var flowStates = 0
  private(set) var cutCount = 0

  private static let mostVariables = 60_000
  private static let mostCuts = 20_000

  init(_ problem: RouteProblem, areMoved: [Bool]) {
    self.problem = problem
    for part in problem.parts {
      _ = program.addVariable(cost: part.price, most: part.most.map(Double.init), isWhole: true)
    }
    let cuts = NetworkCuts.some(of: problem)
    for (index, state) in problem.states.enumerated() {
      let isRouted = areMoved.map { index == 0 || $0 }
      for hour in problem.tellingHours {
        for cut in cuts { add(cut, state, hour, isRouted) }
      }
    }
    for (index, state) in problem.states.enumerated() {
      let isRouted = areMoved.map { index == 0 || $0 }
      for hour in problem.tellingHours { addFlows(state, hour, isRouted) }
    }
  }

  // MARK: - Cuts

  private mutating func add(
    _ cut: NetworkCuts.Cut, _ state: RouteProblem.State, _ hour: Int, _ isRouted: [Bool]
  ) {
    guard cutCount < Self.mostCuts else { return }
    let links = cut.links.filter { !state.isDown[$0.out] }
    let parts = links.compactMap { problem.arcs[$0.out].part }
    let each = parts.map { state.rooms[$0].each }.max() ?? 0
    guard each > 0 else { return }
    let least =
      [true, false].map { isOut -> Double in
        let asked = problem.demands.indices.reduce(0.0) { sum, index in
          let demand = problem.demands[index]
          let (from, to) = (cut.isInside[demand.source], cut.isInside[demand.target])
          return sum + (isRouted[index] && from == isOut && to != isOut ? demand.rates[hour] : 0)
        }
        let fixed = links.reduce(0.0) {
          $0 + state.fixed[(isOut ? $1.out : $1.back) * problem.hours + hour]
        }
        let there = parts.reduce(0.0) { $0 + state.rooms[$1].there }
        return ((asked + fixed) / problem.fill - there) / each
      }.max() ?? 0
    let whole = (least * (1 - 1e-9) - 1e-9).rounded(.up)
    guard whole > 0 else { return }
    cutCount += 1
    program.addRow(Set(parts).sorted().map { .init(1, $0) }, .atLeast, whole)
  }

  // MARK: - Flows

  private mutating func addFlows(
    _ state: RouteProblem.State, _ hour: Int, _ isRouted: [Bool]
  ) {
    let routed = problem.demands.indices.filter {
      isRouted[$0] && problem.demands[$0].rates[hour] > 0
    }
    let sources = Set(routed.map { problem.demands[$0].source }).sorted()
    let links = problem.arcs.indices.filter { problem.arcs[$0].isUsed && !state.isDown[$0] }
    guard !sources.isEmpty,
      program.variables.count + sources.count * links.count <= Self.mostVariables
    else { return }
    flowStates += 1
    let unit = problem.parts.indices.map { state.rooms[$0].each }.max() ?? 1
    var flows: [[Int]] = []
    for source in sources {
      let own = links.map { _ in program.addVariable() }
      flows.append(own)
      var asked = [Double](repeating: 0, count: problem.nodeCount)
      for index in routed where problem.demands[index].source == source {
        asked[problem.demands[index].target] += problem.demands[index].rates[hour]
      }
      for node in 0..<problem.nodeCount where node != source {
        let terms = links.enumerated().compactMap { place, link -> MixedProgram.Term? in
          let arc = problem.arcs[link]
          guard arc.source == node || arc.target == node else { return nil }
          return .init(arc.target == node ? 1 : -1, own[place])
        }
        if !terms.isEmpty { program.addRow(terms, .equal, asked[node] / unit) }
      }
    }
    for (place, link) in links.enumerated() {
      guard let part = problem.arcs[link].part else { continue }
      let room = state.rooms[part]
      let left = room.there * problem.fill - state.fixed[link * problem.hours + hour]
      program.addRow(
        flows.map { .init(1, $0[place]) } + [.init(-room.each * problem.fill / unit, part)],
        .atMost, left / unit + 1e-9)
    }
  }
}

extension RouteProblem {
  /// Hours that no other hour has as much of everything in; the first of equals.
  var tellingHours: [Int] {
    func isLess(_ one: Int, _ other: Int) -> Bool {
      demands.allSatisfy { $0.rates[one] <= $0.rates[other] }
        && states.allSatisfy { state in
          arcs.indices.allSatisfy {
            state.fixed[$0 * hours + one] <= state.fixed[$0 * hours + other]
          }
        }
    }
    return (0..<hours).reduce(into: []) { kept, hour in
      guard !kept.contains(where: { isLess(hour, $0) }) else { return }
      kept.removeAll { isLess($0, hour) }
      kept.append(hour)
    }
  }
}
