// SPDX-License-Identifier: GPL-3.0-or-later
internal import Scenario
internal import Simulator

/// Looks for the fewest accelerators more with which levels hold that runs alone tell.
///
/// Each trial is a run: twice as many until all levels hold, then half-way back and so on; all at one
/// pool, each of few or else the one that is used most, or at each by how many it has. Then each pool
/// gives back what it can, and of few pools one gives several for one less at another, while that helps.
struct PoolSearch {
  private let plan: BuildPlan
  private let accelerators: BuildPlan.Accelerators
  private let watch: (Double) -> Bool

  /// So many times what there is is enough for nothing where it is not enough for these levels.
  private static let mostTimes = 16
  /// Of so many pools each is tried by itself.
  private static let few = 4
  /// So many are moved at once.
  private static let mostMoved = 8

  init(
    _ plan: BuildPlan, _ accelerators: BuildPlan.Accelerators,
    _ watch: @escaping (Double) -> Bool
  ) {
    self.plan = plan
    self.accelerators = accelerators
    self.watch = watch
  }

  /// Adds what makes a build hold, if anything does; false where `watch` wanted to stop.
  func extend(_ found: inout YearPlan, _ outcome: RunOutcome) throws -> Bool {
    let open = found.levels.filter { $0.level.isOfPools && $0.simulated != nil && !$0.holds }
    guard !open.isEmpty else { return true }
    let pools = outcome.pools.filter { accelerators.pools.contains($0.pool) }
    guard !pools.isEmpty else { return true }
    let busiest = pools.reduce(pools[0]) { $1.use > $0.use ? $1 : $0 }
    let all = max(accelerators.step, pools.reduce(0) { $0 + $1.accelerators })
    let single = [busiest] + pools.filter { $0.pool != busiest.pool && pools.count <= Self.few }
    let shares =
      single.map { [$0.pool: 1.0] } + [
        Dictionary(
          pools.map { ($0.pool, Double($0.accelerators) / Double(all)) },
          uniquingKeysWith: { first, _ in first })
      ]
    var best: [String: Int]?
    for share in pools.count > 1 ? shares : [shares[0]] {
      guard watch(0.9) else { return false }
      guard let next = try least(share, of: all, found, open) else { continue }
      if next.values.reduce(0, +) < best?.values.reduce(0, +) ?? Int.max { best = next }
    }
    guard var steps = best else { return true }
    if steps.count > 1 { try reduceAll(&steps, found, open) }
    if (2...Self.few).contains(pools.count) {
      while let fewer = try moved(steps, among: pools.map(\.pool), found, open) {
        guard watch(0.9) else { return false }
        steps = fewer
        try reduceAll(&steps, found, open)
      }
    }
    try take(steps, &found)
    return true
  }

  // MARK: - Trials

  private func least(
    _ shares: [String: Double], of all: Int, _ found: YearPlan, _ open: [YearPlan.LevelResult]
  ) throws -> [String: Int]? {
    func steps(_ count: Int) -> [String: Int] {
      shares.mapValues { Int((Double(count) * $0).rounded(.up)) }
    }
    var high = 1
    while try !holds(steps(high), found, open) {
      high *= 2
      guard high * accelerators.step <= Self.mostTimes * all else { return nil }
    }
    var low = high / 2
    while high - low > 1 {
      let middle = (low + high) / 2
      if try holds(steps(middle), found, open) { high = middle } else { low = middle }
    }
    return steps(high)
  }

  /// Each pool gives back what it can; then each once more, as long as one that gave back too little does.
  private func reduceAll(
    _ steps: inout [String: Int], _ found: YearPlan, _ open: [YearPlan.LevelResult]
  ) throws {
    let pools = steps.keys.sorted()
    for pool in pools { try reduce(pool, in: &steps, found, open) }
    while let fewer = try oneLess(steps, of: pools, found, open) { steps = fewer }
  }

  private func oneLess(
    _ steps: [String: Int], of pools: [String], _ found: YearPlan, _ open: [YearPlan.LevelResult]
  ) throws -> [String: Int]? {
    for pool in pools {
      guard let count = steps[pool], count > 0, watch(0.9) else { continue }
      var trial = steps
      trial[pool] = count - 1
      if try holds(trial, found, open) { return trial }
    }
    return nil
  }

  private func reduce(
    _ pool: String, in steps: inout [String: Int], _ found: YearPlan,
    _ open: [YearPlan.LevelResult]
  ) throws {
    var low = -1
    var high = steps[pool] ?? 0
    var trial = steps
    while high - low > 1 {
      let middle = (low + high) / 2
      trial[pool] = middle
      if try holds(trial, found, open) { high = middle } else { low = middle }
    }
    steps[pool] = high
  }

  /// Several taken at one pool and one less added at another, if levels hold with that.
  private func moved(
    _ steps: [String: Int], among pools: [String], _ found: YearPlan,
    _ open: [YearPlan.LevelResult]
  ) throws -> [String: Int]? {
    for giver in pools {
      for taker in pools where taker != giver {
        for count in stride(from: 2, through: min(steps[giver] ?? 0, Self.mostMoved), by: 1) {
          var trial = steps
          trial[giver, default: 0] -= count
          trial[taker, default: 0] += count - 1
          if try holds(trial, found, open) { return trial }
        }
      }
    }
    return nil
  }

  private func holds(
    _ steps: [String: Int], _ found: YearPlan, _ open: [YearPlan.LevelResult]
  ) throws -> Bool {
    let outcome = try run(steps, found).outcome
    return open.allSatisfy {
      SimulatedLevel(outcome).value(of: $0.level).map($0.level.allows) ?? false
    }
  }

  private func run(
    _ steps: [String: Int], _ found: YearPlan
  ) throws -> (outcome: RunOutcome, settings: [String], build: Build) {
    let more = steps.mapValues { $0 * accelerators.step }.filter { $0.value > 0 }
    var build = found.build
    build.accelerators.merge(more, uniquingKeysWith: +)
    var added = Build()
    added.accelerators = more
    let loaded = try plan.scenario.load(found.settings, removing: found.removals)
    let site = BuildSite(loaded, of: plan.scenario.template, [])
    let settings = found.settings + site.accelerators(added)
    let outcome = try plan.scenario.outcome(settings, removing: found.removals) { _ in watch(0.9) }
    return (outcome, settings, build)
  }

  private func take(_ steps: [String: Int], _ found: inout YearPlan) throws {
    let result = try run(steps, found)
    try PlanLevels(plan).add(result.outcome, to: &found)
    (found.settings, found.build) = (result.settings, result.build)
    for (pool, count) in steps.sorted(by: { $0.key < $1.key }) where count > 0 {
      let level = found.levels.first { $0.level.isOfPools }?.level.text ?? ""
      found.items.append(
        .init(
          kind: .accelerators, place: pool, count: count * accelerators.step,
          price: accelerators.price, reason: "\(level) in a run"))
    }
  }
}
