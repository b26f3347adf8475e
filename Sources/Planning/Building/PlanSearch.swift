// SPDX-License-Identifier: GPL-3.0-or-later
internal import Light
internal import NetworkModel
internal import Scenario
internal import Simulator

/// Looks for the cheapest build with which the levels of a plan hold, year by year.
///
/// Nodes come first, where they and the channels to them cost least together. Then each link gets
/// what its fullest hour needs in any state, which is the least where nothing may be lost, since
/// routes do not depend on capacity. Where something may be lost, links give back what they can
/// (`Trimming`).
package struct PlanSearch {
  private let plan: BuildPlan
  private let jobs: Int
  private let ask: AskSolver?
  private let watch: (Double) -> Bool

  /// `ask` is asked how far each build is from the cheapest; nobody is where it is nil.
  package init(
    _ plan: BuildPlan, jobs: Int, ask: AskSolver? = nil, _ watch: @escaping (Double) -> Bool
  ) {
    self.plan = plan
    self.jobs = jobs
    self.ask = ask
    self.watch = watch
  }

  /// The builds of all years; nil where `watch` wanted to stop.
  package func years() throws -> [YearPlan]? {
    var existing = Build()
    var years: [YearPlan] = []
    for (position, year) in plan.years.enumerated() {
      guard let next = try confirmed(year, position, existing) else { return nil }
      existing = next.build
      years.append(next)
    }
    return years
  }

  /// A year's build, with more room where a run says that it does not hold.
  private func confirmed(_ year: Int?, _ position: Int, _ existing: Build) throws -> YearPlan? {
    var plan = plan
    var steps = Self.steps[...]
    // What was too little before anything was built is told by what is asked for, and not by what is left
    // over to be safe.
    var exceeded: [String]?
    while true {
      guard var found = try simulated(position, existing, plan) else { return nil }
      found.year = year
      found.exceeded = exceeded ?? found.exceeded
      exceeded = found.exceeded
      found.fill = plan.fill
      // Room on links and at sites is all that is tried again, and only where sums say that it is enough:
      // a level that they say can't hold would have the others bought for once more.
      let fails =
        (plan.channels != nil || plan.lines != nil || plan.nodes != nil)
        && found.levels.contains {
          $0.simulated != nil && !$0.holds && ($0.screened.map($0.level.allows) ?? true)
        }
      guard fails, found.short.isEmpty, let fill = steps.popFirst() else { return found }
      plan = plan.withMoreRoom(fill: fill * self.plan.fill)
    }
  }

  /// What links are filled to, of what the plan says: little less first, for those that are just full.
  private static let steps = [0.98, 0.9, 0.81, 0.729]

  private func simulated(
    _ position: Int, _ existing: Build, _ plan: BuildPlan
  ) throws -> YearPlan? {
    let year = plan.settings(ofYear: position)
    guard let regenerators = plan.regenerators else {
      return try bought(position, existing, plan, isLast: true).flatMap {
        try completed($0, plan, year, [:])
      }
    }
    let model = try plan.scenario.load(year).model
    let stock = RegeneratorLimit.stock(of: model)
    let allowed = Set(regenerators.sites ?? model.light.sites(model.topology))
    let search = RegeneratorSearch(plan, regenerators, existing, allowed: allowed) {
      try bought(position, existing, $0, isLast: $1)
    }
    return try search.find(stock).flatMap { try completed($0, plan, year, stock) }
  }

  /// A build of all but accelerators, and a run with it; a solver is asked about the last one.
  private func bought(
    _ position: Int, _ existing: Build, _ plan: BuildPlan, isLast: Bool
  ) throws -> RegeneratorSearch.Simulated? {
    let search = YearSearch(
      plan, position, existing, jobs: jobs, written: self.plan, ask: isLast ? ask : nil, watch)
    guard var found = try search.find() else { return nil }
    let settings = plan.settings(ofYear: position) + found.settings
    let outcome = try plan.scenario.outcome(settings, removing: found.removals) { _ in watch(0.9) }
    guard watch(0.9) else { return nil }
    try PlanLevels(self.plan).add(outcome, to: &found)
    found.settings = settings
    return (found, outcome)
  }

  /// With accelerators, where levels do not hold without more of them, and with its curve.
  private func completed(
    _ simulated: RegeneratorSearch.Simulated, _ plan: BuildPlan, _ year: [String],
    _ stock: [String: RegeneratorLimit]
  ) throws -> YearPlan? {
    var (found, outcome) = simulated
    if let accelerators = plan.accelerators {
      let pools = PoolSearch(self.plan, accelerators, watch)
      guard try pools.extend(&found, outcome) else { return nil }
    }
    let curve = try found.drawing?.points(of: found, year, stock, watch)
    guard let curve else { return nil }
    found.curve = curve
    (found.settings, found.removals) = (
      plan.settings + found.settings, plan.removals + found.removals
    )
    return found
  }
}

extension BuildPlan {
  /// The same with links filled less, and fewer tokens refused.
  fileprivate func withMoreRoom(fill: Double) -> BuildPlan {
    var plan = self
    plan.fill = fill
    plan.levels = levels.map { level in
      switch level {
      case .loss(let most, let name): .loss(most / 2, ofClass: name)
      case .refused(let most): .refused(most / 2)
      default: level
      }
    }
    return plan
  }
}
