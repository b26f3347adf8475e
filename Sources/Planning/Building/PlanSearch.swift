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
  private let watch: (Double) -> Bool

  package init(_ plan: BuildPlan, jobs: Int, _ watch: @escaping (Double) -> Bool) {
    self.plan = plan
    self.jobs = jobs
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
    for _ in 0..<3 {
      guard var found = try YearSearch(plan, position, existing, jobs: jobs, watch).find() else {
        return nil
      }
      found.year = year
      let settings = plan.settings(ofYear: position) + found.settings
      let summary = try plan.scenario.summary(settings, removing: found.removals) { _ in watch(0.9)
      }
      PlanLevels(self.plan).add(summary, to: &found)
      (found.settings, found.removals) = (
        plan.settings + settings, plan.removals + found.removals
      )
      let fails = found.levels.contains { $0.simulated != nil && !$0.holds }
      if !fails || !found.short.isEmpty { return found }
      plan = plan.withMoreRoom
      if plan.fill < 0.5 * self.plan.fill { return found }
    }
    return try last(year, position, existing, plan)
  }

  private func last(
    _ year: Int?, _ position: Int, _ existing: Build, _ plan: BuildPlan
  ) throws -> YearPlan? {
    guard var found = try YearSearch(plan, position, existing, jobs: jobs, watch).find() else {
      return nil
    }
    found.year = year
    let settings = plan.settings(ofYear: position) + found.settings
    let summary = try plan.scenario.summary(settings, removing: found.removals) { _ in watch(0.9) }
    PlanLevels(self.plan).add(summary, to: &found)
    (found.settings, found.removals) = (plan.settings + settings, plan.removals + found.removals)
    return found
  }
}

extension BuildPlan {
  /// The same with links filled less, and fewer tokens refused.
  fileprivate var withMoreRoom: BuildPlan {
    var plan = self
    plan.fill *= 0.9
    plan.levels = levels.map { level in
      switch level {
      case .loss(let most, let name): .loss(most / 2, ofClass: name)
      case .refused(let most): .refused(most / 2)
      case .metric: level
      }
    }
    return plan
  }
}

/// Looks for the build of one year.
struct YearSearch {
  private let plan: BuildPlan
  private let position: Int
  private let existing: Build
  private let jobs: Int
  private let watch: (Double) -> Bool

  init(
    _ plan: BuildPlan, _ position: Int, _ existing: Build, jobs: Int,
    _ watch: @escaping (Double) -> Bool
  ) {
    self.plan = plan
    self.position = position
    self.existing = existing
    self.jobs = jobs
    self.watch = watch
  }

  func find() throws -> YearPlan? {
    var best = try find(existing.fibres)
    // New fibres one by one, as long as one makes the whole cheaper.
    for fibre in plan.fibres where best?.build.fibres.contains(fibre.name) == false {
      guard let before = best, let next = try find(before.build.fibres + [fibre.name]) else {
        return nil
      }
      if (next.short.count, next.cost) < (before.short.count, before.cost) { best = next }
    }
    return best
  }

  private func find(_ fibres: [String]) throws -> YearPlan? {
    var start = existing
    start.fibres = fibres
    let laid = plan.fibres.filter { fibres.contains($0.name) }.map(\.setting)
    let year = plan.settings(ofYear: position)
    let site = BuildSite(
      try plan.scenario.load(year + laid), of: plan.scenario.template, year)
    var found = YearPlan()
    let before = BuildScreen(plan, site, nodes: existing.nodes, failures: plan.coversFailures)
    guard let states = before.states(before.limits(start), jobs: jobs, watch) else { return nil }
    found.exceeded = exceeded(before, states, start)
    let nodes = NodeSearch(
      plan: plan, site: site, existing: start, refused: plan.mostRefused,
      channelCost: { cost(ofChannelsWith: $0, site, start) }
    ).find()
    guard watch(0.5) else { return nil }
    start.nodes = nodes
    let screen = BuildScreen(plan, site, nodes: nodes, failures: plan.coversFailures)
    guard let all = screen.states(.init(), jobs: jobs, watch) else { return nil }
    let needs = screen.needs(all)
    found.build = built(needs, site, start)
    found.short = short(needs, site)
    if plan.mayLose {
      found.build = Trimming(screen, jobs: jobs, watch).trimmed(found.build, from: existing)
    }
    guard let last = screen.states(screen.limits(found.build), jobs: jobs, watch) else {
      return nil
    }
    found.levels = plan.levels.map { PlanLevels(plan).result(of: $0, screen, last) }
    found.items = items(found.build, needs, site)
    (found.settings, found.removals) = site.settings(of: found.build, plan)
    found.curve = curve(found, screen, site)
    return found
  }

  // MARK: - What is needed

  private func built(_ needs: (lit: [Need], own: [Int: Need]), _ site: BuildSite, _ start: Build)
    -> Build
  {
    var build = start
    for (link, need) in zip(site.model.light.links, needs.lit) where plan.channels != nil {
      let more = need.count - site.installed(link)
      if more > build.channels[link.name] ?? 0 { build.channels[link.name] = more }
    }
    for (index, need) in needs.own where plan.lines != nil {
      let name = site.model.topology.links[index].name
      if need.count > build.lines[name] ?? 0 { build.lines[name] = need.count }
    }
    return build
  }

  private func short(_ needs: (lit: [Need], own: [Int: Need]), _ site: BuildSite) -> [String] {
    let lit = zip(site.model.light.links, needs.lit).filter { $0.1.isShort }.map { link, need in
      "\(link.name): no number of channels up to \(max(site.installed(link), plan.channels?.most ?? 0)) "
        + "carries what it needs in \(need.reason)"
    }
    let own = needs.own.sorted { $0.key < $1.key }.filter { $0.value.isShort }.map { index, need in
      "\(site.model.topology.links[index].name): is too small in \(need.reason), and no lines may be built"
    }
    return lit + own
  }

  private func cost(
    ofChannelsWith nodes: [String: Int], _ site: BuildSite, _ start: Build
  ) -> Double {
    guard let channels = plan.channels, watch(0.3) else { return 0 }
    let screen = BuildScreen(plan, site, nodes: nodes, failures: false)
    let needs = screen.needs([("", screen.screening.base)])
    let build = built(needs, site, start)
    let more = build.channels.values.reduce(0, +) - start.channels.values.reduce(0, +)
    // What no channel carries is worse than any price.
    let short = needs.lit.filter(\.isShort).reduce(0) { $0 + $1.load }
    return Double(more) * channels.price + short
  }

  private func exceeded(
    _ screen: BuildScreen, _ states: [(failure: String, state: ScreenedState)], _ start: Build
  ) -> [String] {
    let needs = screen.needs(states)
    let most = screen.limits(start).most ?? []
    let links = zip(screen.site.model.light.links, needs.lit).enumerated().compactMap {
      index, pair -> String? in
      guard pair.1.isShort else { return nil }
      return "\(pair.0.name): \(most[index]) channels are too few in \(pair.1.reason)"
    }
    let own = needs.own.sorted { $0.key < $1.key }.compactMap { index, need -> String? in
      let name = screen.site.model.topology.links[index].name
      guard need.count > start.lines[name] ?? 0 || need.isShort else { return nil }
      return "\(name): is fuller than \(Int(plan.fill * 100)) % in \(need.reason)"
    }
    let levels = plan.levels.compactMap { level -> String? in
      guard let value = screen.value(of: level, states), !level.allows(value) else { return nil }
      return "\(level.text): \(Cents.percent(value)) before anything is built"
    }
    return levels + links + own
  }

  // MARK: - What it comes to

  private func items(
    _ build: Build, _ needs: (lit: [Need], own: [Int: Need]), _ site: BuildSite
  ) -> [YearPlan.Item] {
    let channels = zip(site.model.light.links, needs.lit).compactMap { link, need in
      item(
        .channels, link.name, build.channels, existing.channels, plan.channels?.price, need.reason)
    }
    let lines = needs.own.sorted { $0.key < $1.key }.compactMap { index, need in
      item(
        .lines, site.model.topology.links[index].name, build.lines, existing.lines,
        plan.lines?.price, need.reason)
    }
    let nodes = build.nodes.keys.sorted().compactMap { name in
      item(
        .nodes, name, build.nodes, existing.nodes, plan.nodes?.price, "tokens that are asked for")
    }
    let fibres = plan.fibres.filter {
      build.fibres.contains($0.name) && !existing.fibres.contains($0.name)
    }.map {
      YearPlan.Item(
        kind: .fibre, place: $0.name, count: 1, price: $0.price,
        reason: "the whole is cheaper with it")
    }
    return fibres + nodes + channels + lines
  }

  private func item(
    _ kind: YearPlan.Item.Kind, _ place: String, _ now: [String: Int], _ before: [String: Int],
    _ price: Double?, _ reason: String
  ) -> YearPlan.Item? {
    let more = (now[place] ?? 0) - (before[place] ?? 0)
    guard more > 0, let price else { return nil }
    return .init(kind: kind, place: place, count: more, price: price, reason: reason)
  }

  /// What tenths of the build are worth while nothing is out of order.
  private func curve(
    _ found: YearPlan, _ screen: BuildScreen, _ site: BuildSite
  ) -> [YearPlan.CurvePoint] {
    guard !found.items.isEmpty else { return [] }
    return (0...10).map { tenths in
      var build = existing
      build.fibres = found.build.fibres
      var cost = 0.0
      for item in found.items {
        let count = item.kind == .fibre ? 1 : (item.count * tenths + 9) / 10
        cost += Double(count) * item.price
        switch item.kind {
        case .channels: build.channels[item.place, default: 0] += count
        case .nodes: build.nodes[item.place, default: 0] += count
        case .lines: build.lines[item.place, default: 0] += count
        case .fibre: break
        }
      }
      let part = BuildScreen(plan, site, nodes: build.nodes, failures: false)
      let state = part.screening.state(under: .none, part.limits(build))
      return .init(
        cost: cost, loss: part.value(of: .loss(0, ofClass: nil), [("", state)]) ?? 0,
        refused: part.value(of: .refused(0), [("", state)]) ?? 0)
    }
  }
}
