// SPDX-License-Identifier: GPL-3.0-or-later
internal import Light
internal import NetworkModel
internal import Scenario
internal import Simulator

/// Looks for the nodes at which regenerators make levels hold that do not hold without.
///
/// All nodes that are allowed come first: where that is no better there are none. Then those that a
/// run does not use go, and of the others one after the other, as long as the levels hold and the
/// whole gets no dearer. What a node has is what a run had in use there at once at most, so that the
/// run is the same as with no more than these.
struct RegeneratorSearch {
  private let plan: BuildPlan
  private let regenerators: BuildPlan.Regenerators
  private let existing: Build
  /// The build of a plan, simulated; nil where somebody wanted to stop.
  private let built: (BuildPlan) throws -> Simulated?

  typealias Simulated = (year: YearPlan, outcome: RunOutcome)

  init(
    _ plan: BuildPlan, _ regenerators: BuildPlan.Regenerators, _ existing: Build,
    built: @escaping (BuildPlan) throws -> Simulated?
  ) {
    self.plan = plan
    self.regenerators = regenerators
    self.existing = existing
    self.built = built
  }

  /// Nil where somebody wanted to stop.
  func find(_ model: Model) throws -> Simulated? {
    let before = Set(existing.regenerators.keys)
    guard let plain = try trial(before) else { return nil }
    guard plain.year.failing != .none else { return plain }
    let allowed = Set(regenerators.sites ?? model.light.sites(model.topology))
    guard let all = try trial(before.union(allowed)) else { return nil }
    guard all.year.failing < plain.year.failing else { return plain }
    var best = all
    let used = before.union(all.outcome.regenerators.filter { $0.value > 0 }.keys)
    guard let next = try trial(used) else { return nil }
    if next.year.failing <= best.year.failing { best = next }
    // The least used first: most of its price is for little.
    let counts = best.outcome.regenerators
    for site in counts.keys.sorted(by: { (counts[$0] ?? 0, $0) < (counts[$1] ?? 0, $1) })
    where !before.contains(site) {
      let fewer = Set(best.year.build.regenerators.keys).union(before).subtracting([site])
      guard let next = try trial(fewer) else { return nil }
      let isBetter =
        next.year.failing <= best.year.failing && next.year.cost <= best.year.cost + 1e-9
      if isBetter { best = next }
    }
    return best
  }

  private func trial(_ sites: Set<String>) throws -> Simulated? {
    var plan = plan
    plan.regenerating = sites
    guard var found = try built(plan) else { return nil }
    found.year.build.regenerators = existing.regenerators.merging(
      found.outcome.regenerators.filter { $0.value > 0 }, uniquingKeysWith: max)
    for (site, count) in found.year.build.regenerators.sorted(by: { $0.key < $1.key }) {
      let more = count - (existing.regenerators[site] ?? 0)
      guard more > 0 else { continue }
      found.year.items.append(
        .init(
          kind: .regenerators, place: site, count: more, price: regenerators.price,
          reason: "as many lightpaths at once that do not reach without, in a run"))
    }
    return found
  }
}

extension YearPlan {
  /// How much of what is to hold does not.
  struct Failing: Comparable {
    var short: Int
    var levels: Int
    /// By how much, of all levels together.
    var excess: Double

    static let none = Failing(short: 0, levels: 0, excess: 0)

    static func < (one: Failing, other: Failing) -> Bool {
      (one.short, one.levels, one.excess) < (other.short, other.levels, other.excess)
    }
  }

  var failing: Failing {
    let open = levels.filter { !$0.holds }
    let excess = open.reduce(0) { sum, result in
      sum + ((result.simulated ?? result.screened).map { result.level.excess(of: $0) } ?? 0)
    }
    return Failing(short: short.count, levels: open.count, excess: excess)
  }
}

extension LightModel {
  /// The places at which fibres end, by name.
  func sites(_ topology: Topology) -> [String] {
    let sites = Set(plant.fibres.flatMap { [$0.first, $0.second] })
    return sites.map { topology[$0] }.sorted()
  }
}
