// SPDX-License-Identifier: GPL-3.0-or-later
internal import Light
internal import NetworkModel
internal import Scenario
internal import Simulator

/// Looks for the nodes at which regenerators make levels hold that do not hold without.
///
/// What is there comes first, and is enough where the levels hold with it. Else all nodes that are
/// allowed have as many as it takes: where that is no better nothing is bought. Then the nodes at which a
/// run takes no more than there are have what there is, and of the others one after the other, as long
/// as the levels hold and the whole gets no dearer. What a node gets is what a run had in use there at
/// once at most, so that the run is the same as with no more than these.
struct RegeneratorSearch {
  private let plan: BuildPlan
  private let regenerators: BuildPlan.Regenerators
  private let existing: Build
  private let allowed: Set<String>
  /// The build of a plan, simulated, and whether it is the last; nil where somebody wanted to stop.
  private let built: (BuildPlan, Bool) throws -> Simulated?

  typealias Simulated = (year: YearPlan, outcome: RunOutcome)

  init(
    _ plan: BuildPlan, _ regenerators: BuildPlan.Regenerators, _ existing: Build,
    allowed: Set<String>, built: @escaping (BuildPlan, Bool) throws -> Simulated?
  ) {
    self.plan = plan
    self.regenerators = regenerators
    self.existing = existing
    self.allowed = allowed
    self.built = built
  }

  /// Nil where somebody wanted to stop; `there` is what nodes have in the scenario.
  func find(_ there: [String: RegeneratorLimit]) throws -> Simulated? {
    let stock = there.merging(existing.regenerators.mapValues { .some($0) }) { there, bought in
      if case .some(let count) = bought { there.more(count) } else { there }
    }
    guard let open = try nodes(stock) else { return nil }
    return try trial(open, stock, isLast: true)
  }

  /// The nodes that get more; nil where somebody wanted to stop.
  private func nodes(_ stock: [String: RegeneratorLimit]) throws -> Set<String>? {
    guard let plain = try trial([], stock) else { return nil }
    guard plain.year.failing != .none else { return [] }
    guard let all = try trial(allowed, stock) else { return nil }
    guard all.year.failing < plain.year.failing else { return [] }
    var best = all
    var open = allowed.filter { more(at: $0, all.outcome, stock) > 0 }
    guard let next = try trial(open, stock) else { return nil }
    if next.year.failing <= best.year.failing { best = next } else { open = allowed }
    // The least used first: most of its price is for little.
    let counts = best.outcome.regenerators
    for site in open.sorted(by: { (counts[$0] ?? 0, $0) < (counts[$1] ?? 0, $1) })
    where open.contains(site) {
      guard let next = try trial(open.subtracting([site]), stock) else { return nil }
      let isBetter =
        next.year.failing <= best.year.failing && next.year.cost <= best.year.cost + 1e-9
      guard isBetter else { continue }
      best = next
      open = open.filter { more(at: $0, next.outcome, stock) > 0 }
    }
    return open
  }

  /// With as many as it takes at some nodes, and what there is at others.
  private func trial(
    _ open: Set<String>, _ stock: [String: RegeneratorLimit], isLast: Bool = false
  ) throws -> Simulated? {
    var plan = plan
    plan.regenerating = stock
    for site in open { plan.regenerating[site] = .unlimited }
    guard var found = try built(plan, isLast) else { return nil }
    var limits = stock
    found.year.build.regenerators = existing.regenerators
    for site in open.sorted() {
      let more = more(at: site, found.outcome, stock)
      guard more > 0 else { continue }
      limits[site] = (stock[site] ?? .some(0)).more(more)
      found.year.build.regenerators[site, default: 0] += more
      found.year.items.append(
        .init(
          kind: .regenerators, place: site, count: more, price: regenerators.price,
          reason: "as many lightpaths at once that do not reach without, in a run"))
    }
    found.year.settings =
      found.year.settings.filter { !RegeneratorLimit.isSetting($0) }
      + RegeneratorLimit.settings(of: limits)
    return found
  }

  /// How many more than there are a run had in use at a node at once.
  private func more(
    at site: String, _ outcome: RunOutcome, _ stock: [String: RegeneratorLimit]
  ) -> Int {
    (stock[site] ?? .some(0)).excess(of: outcome.regenerators[site] ?? 0)
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
