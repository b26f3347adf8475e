// SPDX-License-Identifier: GPL-3.0-or-later
internal import Light
internal import Simulator
internal import Text
internal import Traffic

/// The routes that a plan has chosen, as settings, and the problem that they answer.
struct PlannedRoutes: Sendable {
  let settings: [String]
  let removals: [String]
  let program: MixedProgram
  let scope: String

  /// Nil where `watch` wanted to stop.
  init?(_ screen: BuildScreen, existing: Build, jobs: Int, _ watch: (Double) -> Bool) {
    let model = screen.site.model
    let demands = screen.site.freeDemands(screen.screening.hours)
    let problem = RouteProblem(screen, demands, existing: existing)
    guard let routes = RouteSearch.routes(problem, seed: model.seed, jobs: jobs, watch) else {
      return nil
    }
    let changed = zip(demands, routes).filter { [RoutePart(links: $0.home)] != $1 }
      .map { $0.settings($1, model.topology) }
    settings = changed.map(\.set)
    removals = changed.flatMap(\.unset)
    let bounded = RoutingProgram(
      problem, areMoved: demands.map { model.classes[$0.trafficClass].onFailure == .move })
    program = bounded.program
    scope =
      "whatever routes demands take, over \(counted(bounded.flowStates, "state")) and "
      + counted(bounded.cutCount, "cut")
  }
}
