// SPDX-License-Identifier: GPL-3.0-or-later
internal import Scenario
internal import Simulator

/// Service against money: what tenths of a build are worth while nothing is out of order.
///
/// Sums over hours tell of most levels. Where something is built that they know nothing of, or a level
/// holds by runs alone, each tenth is lived through as well.
struct ServiceCurve: Sendable {
  let plan: BuildPlan
  let site: BuildSite
  let routes: PlannedRoutes?
  let existing: Build
  /// What links made of light were to carry as the build was found.
  let wanted: ScreenedLight.Wanted

  /// What of the build is there, and what that costs.
  private struct Part {
    var build: Build
    var cost: Double
  }

  /// With what a year has from the start; nil where `watch` wanted to stop.
  func points(
    of found: YearPlan, _ year: [String], _ stock: [String: RegeneratorLimit],
    _ watch: (Double) -> Bool
  ) throws -> [YearPlan.CurvePoint]? {
    guard !found.items.isEmpty else { return [] }
    let lives = ServiceCurve.needsRuns(found)
    var points: [YearPlan.CurvePoint] = []
    var last: (part: Part, outcome: RunOutcome)?
    for tenths in 0...10 {
      guard watch(0.95) else { return nil }
      let part = part(tenths, of: found)
      guard lives else {
        points.append(point(part, found, nil))
        continue
      }
      if last?.part.build != part.build {
        do {
          last = (part, try outcome(part, year, stock, watch))
        } catch is ScenarioErrors {
          // Channels that are lit from the start find too few regenerators: then all are there.
          let more = self.part(tenths, of: found, allRegenerators: true)
          last = (more, try outcome(more, year, stock, watch))
        }
      }
      if let last { points.append(point(last.part, found, last.outcome)) }
    }
    return points
  }

  private static func needsRuns(_ found: YearPlan) -> Bool {
    found.items.contains { $0.kind == .regenerators || $0.kind == .accelerators }
      || found.levels.contains { $0.screened == nil && $0.simulated != nil }
  }

  private func part(_ tenths: Int, of found: YearPlan, allRegenerators: Bool = false) -> Part {
    var part = Part(build: existing, cost: 0)
    part.build.fibres = found.build.fibres
    for item in found.items {
      let isWhole = allRegenerators && item.kind == .regenerators
      let isLaid = found.build.fibres.contains(item.place)
      let count = item.count(inTenths: isWhole ? 10 : tenths, isLaid: isLaid)
      part.cost += Double(count) * item.price
      guard count > 0 else { continue }
      switch item.kind {
      case .channels: part.build.channels[item.place, default: 0] += count
      case .nodes: part.build.nodes[item.place, default: 0] += count
      case .lines: part.build.lines[item.place, default: 0] += count
      case .accelerators: part.build.accelerators[item.place, default: 0] += count
      case .regenerators: part.build.regenerators[item.place, default: 0] += count
      case .standby, .transceivers, .fibre, .amplifiers: break
      }
    }
    return part
  }

  private func outcome(
    _ part: Part, _ year: [String], _ stock: [String: RegeneratorLimit],
    _ watch: (Double) -> Bool
  ) throws -> RunOutcome {
    let own = site.settings(of: part.build, plan)
    let bought = part.build.regenerators.mapValues { RegeneratorLimit.some($0) }
    let limits = stock.merging(bought) { $0.more($1) }
    return try plan.scenario.outcome(
      year + own.set + (routes?.settings ?? []) + RegeneratorLimit.settings(of: limits),
      removing: own.unset + (routes?.removals ?? [])
    ) { _ in watch(0.95) }
  }

  private func point(
    _ part: Part, _ found: YearPlan, _ outcome: RunOutcome?
  ) -> YearPlan.CurvePoint {
    let screen = BuildScreen(plan, site, nodes: part.build.nodes, failures: false, wanted: wanted)
    let state = [
      (failure: "", state: screen.screening.state(under: .none, screen.limits(part.build)))
    ]
    let run = outcome.map(SimulatedLevel.init)
    // Sums light channels as if there were regenerators enough.
    let knowsLight = !found.items.contains { $0.kind == .regenerators }
    func value(_ level: BuildPlan.Level) -> Double? {
      (knowsLight ? screen.value(of: level, state) : nil) ?? run?.value(of: level)
    }
    return .init(
      cost: part.cost, loss: value(.loss(0, ofClass: nil)), refused: value(.refused(0)),
      levels: found.levels.map { result in
        // No part of a build that lies along them changes routes.
        result.level.isOfRoutes ? result.screened : value(result.level)
      })
  }
}

extension RegeneratorLimit {
  /// With so many more as another says.
  fileprivate func more(_ other: RegeneratorLimit) -> RegeneratorLimit {
    if case .some(let count) = other { more(count) } else { .unlimited }
  }
}

extension YearPlan.Item {
  /// How many there are of it in some tenths of a build; fibres are there in all of them, with light in
  /// them.
  fileprivate func count(inTenths tenths: Int, isLaid: Bool) -> Int {
    switch kind {
    case .fibre, .amplifiers: count
    case .transceivers: 2 * max(isLaid ? 1 : 0, (count / 2 * tenths + 9) / 10)
    case .channels, .standby: max(isLaid ? 1 : 0, (count * tenths + 9) / 10)
    case .nodes, .lines, .accelerators, .regenerators: (count * tenths + 9) / 10
    }
  }
}
