// SPDX-License-Identifier: GPL-3.0-or-later
import NetworkModel
internal import Results
import Simulator
import Testing

@testable import Planning

/// Routes that a plan chooses, beside all routes that there are.
@Suite struct RouteTests {
  private static func plan(_ more: String = "") -> String {
    """
    routes: free
    fill: 80 %
    levels: [{loss: 0 %}]
    build: {lines: {capacity: 1 Gbps, price: 10}}
    \(more)
    """
  }

  private func problem(_ sample: BuildSample) throws -> RouteProblem {
    let screen = try sample.screen()
    let demands = screen.site.freeDemands(screen.screening.hours)
    return RouteProblem(screen, demands, existing: Build())
  }

  /// All ways from one place to another that pass none twice.
  private func ways(_ problem: RouteProblem, from source: Int, to target: Int) -> [[Int32]] {
    var found: [[Int32]] = []
    func go(_ node: Int, _ passed: Set<Int>, _ route: [Int32]) {
      guard node != target else { return found.append(route) }
      for link in problem.leaving[node] where !passed.contains(problem.arcs[link].target) {
        let next = problem.arcs[link].target
        go(next, passed.union([next]), route + [Int32(link)])
      }
    }
    go(source, [source], [])
    return found
  }

  private func cheapest(_ problem: RouteProblem) -> Double {
    var loads = RoutedLoads(problem)
    var best = Double.infinity
    func go(_ demand: Int) {
      guard demand < problem.demands.count else { return best = min(best, loads.cost) }
      let one = problem.demands[demand]
      for way in ways(problem, from: one.source, to: one.target) {
        loads.put(demand, on: RoutePart(links: way))
        go(demand + 1)
        loads.take(demand)
      }
    }
    go(0)
    return best
  }

  @Test(arguments: ["failures: none", "failures: single"])
  func theRoutesAreTheCheapestOfAll(failures: String) throws {
    var draws = Draws(11)
    var spared = 0.0
    for _ in 0..<4 {
      let text = BuildSample.square(&draws, demands: 4)
      let sample = try BuildSample(text, Self.plan("parts: 1\n" + failures))
      let found = try sample.found()
      let best = cheapest(try problem(sample))
      #expect(abs(found.cost - best) < 1e-6)
      let fixed = try BuildSample(
        text, Self.plan(failures).replacing("routes: free", with: "routes: least-delay"))
      spared += try fixed.found().cost - found.cost
    }
    #expect(spared > 0)
  }

  /// By hand: 1.56 Gbps from a to b are 0.78 each way round, and no line is full to more than 80 %.
  @Test(arguments: [("", 0.0), ("parts: 1", 10.0)])
  func aDemandIsDividedWhereThatSparesALine(_ sample: (parts: String, cost: Double)) throws {
    let links = [("a", "b"), ("b", "c"), ("c", "a")].map { one, other in
      "{name: \(one)\(other), from: \(one), to: \(other), capacity: 1 Gbps, delay: 1 ms, two_way: true}"
    }
    let text = """
      scenario: ring
      duration: 1 h
      network: {links: [\(links.joined(separator: ", "))]}
      classes: [{name: moves, on_failure: move}]
      traffic: [{demand: {name: d, from: a, to: b, rate: 1.56 Gbps}, class: moves}]
      """
    let built = try BuildSample(text, Self.plan(sample.parts))
    let found = try built.found()
    #expect(found.cost == sample.cost)
    let run = try built.plan.scenario.summary(found.settings, removing: found.removals)
    #expect(run.rows.first { $0.metric == "demand_loss" }?.value ?? .nan < 1e-9)
  }

  /// Demands that are divided need no more than whole ones, and no less than any cut has to have.
  @Test(arguments: ["failures: none", "failures: single"])
  func partsCostNoMoreThanWholesAndNoLessThanCuts(failures: String) throws {
    var draws = Draws(14)
    for _ in 0..<2 {
      let text = BuildSample.square(&draws, demands: 4)
      let sample = try BuildSample(text, Self.plan(failures))
      let found = try sample.found().cost
      let problem = try problem(sample)
      #expect(found <= cheapest(problem) + 1e-6)
      let program = RoutingProgram(problem, areMoved: problem.demands.map { _ in true }).program
      let cuts = program.rows.filter { $0.relation == .atLeast }
      #expect(!cuts.isEmpty)
      for cut in cuts { #expect(found >= 10 * cut.bound - 1e-6) }
    }
  }

  /// A real choice of routes is allowed in the program that a solver gets.
  @Test func aChoiceOfRoutesIsAllowedInTheProgram() throws {
    var draws = Draws(12)
    for _ in 0..<20 {
      let problem = try problem(
        BuildSample(BuildSample.square(&draws), Self.plan()))
      var loads = RoutedLoads(problem)
      for (index, demand) in problem.demands.enumerated() {
        let all = ways(problem, from: demand.source, to: demand.target)
        // In two parts, of which some are on the same way.
        for thousandths in [300, 700] {
          let way = all[draws.below(all.count)]
          loads.put(index, on: RoutePart(links: way, thousandths: thousandths))
        }
      }
      let program = RoutingProgram(problem, areMoved: problem.demands.map { _ in true })
      #expect(program.flowStates == 1)
      let values = values(loads, problem)
      #expect(program.program.allows(values))
      #expect(abs(program.program.cost(of: values) - loads.cost) < 1e-6)
      // With a line less at a link that has some, its load is too much.
      let place = try #require(problem.parts.indices.first { values[$0] > 0 })
      var less = values
      less[place] -= 1
      #expect(!program.program.allows(less))
    }
  }

  /// Numbers of lines, then what the demands from each place send over each link.
  private func values(_ loads: RoutedLoads, _ problem: RouteProblem) -> [Double] {
    func load(_ link: Int, of demand: Int) -> Double {
      loads.routes[demand].filter { $0.links.contains(Int32(link)) }
        .reduce(0) { $0 + $1.share * problem.demands[demand].rates[0] }
    }
    let topLoads = problem.arcs.indices.map { link in
      loads.routes.indices.reduce(0.0) { $0 + load(link, of: $1) }
    }
    let counts = problem.parts.enumerated().map { index, part in
      let room = problem.states[0].rooms[index]
      let need = part.ways.map { topLoads[$0] }.max() ?? 0
      return max(0, ((need / problem.fill - room.there) / room.each * (1 - 1e-12)).rounded(.up))
    }
    let unit = problem.states[0].rooms.map(\.each).max() ?? 1
    let sources = Set(problem.demands.map(\.source)).sorted()
    let flows = sources.flatMap { source in
      problem.arcs.indices.map { link in
        loads.routes.indices.reduce(0.0) { sum, index in
          problem.demands[index].source == source ? sum + load(link, of: index) / unit : sum
        }
      }
    }
    return counts + flows
  }

  /// With the routes that were chosen, and what is built for them, a run loses nothing.
  @Test func whatIsBuiltForChosenRoutesHoldsInARun() throws {
    var draws = Draws(13)
    for _ in 0..<3 {
      let sample = try BuildSample(BuildSample.square(&draws), Self.plan("failures: single"))
      let found = try sample.found()
      let links = try sample.screen().site.model.topology.links.map(\.name)
      for link in links where !link.hasSuffix(":back") {
        let run = try sample.plan.scenario.summary(
          found.settings + ["events=[{at: 0 s, fail: \(link)}]"], removing: found.removals)
        let loss = run.rows.first { $0.metric == "demand_loss" }?.value ?? .nan
        #expect(loss < 1e-3, "\(link): \(loss)")
      }
    }
  }
}
