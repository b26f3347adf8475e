// SPDX-License-Identifier: GPL-3.0-or-later
internal import Light
internal import NetworkModel
internal import Scenario
internal import Simulator

/// Looks for the build of one year.
struct YearSearch {
  let plan: BuildPlan
  let existing: Build
  let jobs: Int
  let watch: (Double) -> Bool
  private let position: Int
  /// The plan as it was written, and who is asked how far its build is from the cheapest.
  private let written: BuildPlan
  private let ask: AskSolver?

  init(
    _ plan: BuildPlan, _ position: Int, _ existing: Build, jobs: Int, written: BuildPlan? = nil,
    ask: AskSolver? = nil, _ watch: @escaping (Double) -> Bool
  ) {
    self.plan = plan
    self.position = position
    self.existing = existing
    self.jobs = jobs
    self.written = written ?? plan
    self.ask = ask
    self.watch = watch
  }

  /// A build, and what it was found by.
  struct Found {
    var year: YearPlan
    var site: BuildSite
    var screen: BuildScreen
    var needs: (lit: [Need], own: [Int: Need])
    /// What is there before channels and lines are built.
    var start: Build
    var routes: PlannedRoutes?
  }

  func find() throws -> YearPlan? {
    guard let bare = try find(existing.fibres), var best = try withFibres(bare) else { return nil }
    best.year.exceeded = bare.year.exceeded
    try addBound(to: &best)
    best.year.drawing = ServiceCurve(
      plan: plan, site: best.site, routes: best.routes, existing: existing,
      wanted: best.screen.wanted)
    return best.year
  }

  /// A build with just these fibres; nil where `watch` wanted to stop.
  func find(_ fibres: [String]) throws -> Found? {
    var start = existing
    start.fibres = fibres
    let laid = plan.fibres.filter { fibres.contains($0.name) }.map(\.setting)
    let year = plan.settings(ofYear: position)
    let isBought = plan.channels != nil
    var site = BuildSite(
      try plan.scenario.load(year + laid), of: plan.scenario.template, year,
      laid: isBought ? fibres : [])
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
    var routes: PlannedRoutes?
    if plan.freesRoutes {
      let screen = BuildScreen(plan, site, nodes: nodes, failures: plan.coversFailures)
      routes = PlannedRoutes(screen, existing: start, jobs: jobs, watch)
      guard let routes else { return nil }
      site = BuildSite(
        try plan.scenario.load(year + laid + routes.settings, removing: routes.removals),
        of: plan.scenario.template, year, laid: isBought ? fibres : [])
    }
    return find(site, start, routes, &found)
  }

  /// Channels and lines, once all else is known.
  private func find(
    _ site: BuildSite, _ start: Build, _ routes: PlannedRoutes?, _ found: inout YearPlan
  ) -> Found? {
    guard let (screen, needs, build, _) = needs(site, start, routes) else { return nil }
    found.build = build
    found.short = short(needs, site) + unlit(screen)
    if plan.mayLose {
      found.build = Trimming(screen, jobs: jobs, watch).trimmed(found.build, from: start)
    }
    var result = Found(
      year: found, site: site, screen: screen, needs: needs, start: start, routes: routes)
    return complete(&result) ? result : nil
  }

  /// What links need.
  ///
  /// Where one is short because others have had as many channels of its fibres in turn, each gets what
  /// it needs first. Where a run, which lights all of one link before the next, can't light what was found,
  /// or one is short still, links light what they need in that order; else some get less.
  private func needs(_ site: BuildSite, _ start: Build, _ routes: PlannedRoutes?) -> Needed? {
    if site.model.light.links.contains(where: { $0.protection == .restoration }) {
      return needsWithRestoration(site, start)
    }
    guard let alike = needed(site, start) else { return nil }
    var trials = [alike]
    let wanted = alike.needs.lit.map { $0.load / plan.fill }
    for order in [ScreenedLight.Wanted.Order.inTurns, .byLink] {
      if trials.contains(where: { $0.shortCount == 0 && isLit($0.build, site, routes) }) { break }
      guard let next = needed(site, start, .init(rates: wanted, order: order)) else { return nil }
      trials.append(next)
    }
    trials.sort { $0.shortCount < $1.shortCount }
    return trials.first { isLit($0.build, site, routes) }
      ?? withLess(trials[0], site, start, routes)
  }

  /// The same with fewer channels, of the link that gets most of them first, so that a run lights them all.
  private func withLess(
    _ needed: Needed, _ site: BuildSite, _ start: Build, _ routes: PlannedRoutes?
  ) -> Needed {
    var less = needed
    let links = site.model.light.links
    func spare(_ index: Int) -> Int {
      let name = links[index].name
      let least = max(start.channels[name] ?? 0, site.least(links[index]))
      return (less.build.channels[name] ?? 0) - least
    }
    while !isLit(less.build, site, routes),
      let most = links.indices.max(by: { (spare($0), $1) < (spare($1), $0) }), spare(most) > 0
    {
      let count = less.build.channels[links[most].name] ?? 0
      less.build.channels[links[most].name] = count > 1 ? count - 1 : nil
      less.needs.lit[most].isShort = true
    }
    less.shortCount = less.needs.lit.count(where: \.isShort)
    return less
  }

  /// Whether a run of the scenario lights the channels of a build.
  private func isLit(_ build: Build, _ site: BuildSite, _ routes: PlannedRoutes?) -> Bool {
    guard plan.channels != nil else { return true }
    let own = site.settings(of: build, plan)
    let settings = plan.settings(ofYear: position) + own.set + (routes?.settings ?? [])
    let removals = own.unset + (routes?.removals ?? [])
    return (try? plan.scenario.load(settings, removing: removals)) != nil
  }

  private typealias Needed = (
    screen: BuildScreen, needs: (lit: [Need], own: [Int: Need]), build: Build, shortCount: Int
  )

  private func needed(
    _ site: BuildSite, _ start: Build, _ wanted: ScreenedLight.Wanted = .init()
  ) -> Needed? {
    let screen = BuildScreen(
      plan, site, nodes: start.nodes, failures: plan.coversFailures, wanted: wanted)
    guard let states = screen.states(.init(), jobs: jobs, watch) else { return nil }
    let needs = screen.needs(states)
    return (screen, needs, built(needs, site, start), needs.lit.count(where: \.isShort))
  }

  /// The same where light that is lost goes other ways: it needs channels there that are free, so that
  /// links have no more than they need, which is more where it carries less on its way around.
  private func needsWithRestoration(_ site: BuildSite, _ start: Build) -> Needed? {
    let whole = BuildScreen(plan, site, nodes: start.nodes, failures: false)
    let loads = whole.needs([("", whole.screening.base)]).lit.map(\.load)
    var wanted = ScreenedLight.Wanted(rates: loads.map { $0 / plan.fill }, isAll: true)
    guard var best = needed(site, start, wanted) else { return nil }
    var last = best
    for _ in 0..<Self.mostTurns where best.shortCount > 0 {
      for (index, need) in last.needs.lit.enumerated() where need.isShort {
        wanted.rates[index] = max(1.2 * wanted.rates[index], need.load / plan.fill)
      }
      guard let next = needed(site, start, wanted) else { return nil }
      if next.shortCount < best.shortCount { best = next }
      last = next
    }
    return best
  }

  private static let mostTurns = 24

  /// What a build comes to; false where `watch` wanted to stop.
  private func complete(_ found: inout Found) -> Bool {
    let screen = found.screen
    guard let last = screen.states(screen.limits(found.year.build), jobs: jobs, watch) else {
      return false
    }
    found.year.levels = plan.levels.map { PlanLevels(plan).result(of: $0, screen, last) }
    found.year.hopeless = written.levels.compactMap { screen.hopeless($0, last) }
    found.year.items = items(found.year.build, found.needs, found.site)
    let own = found.site.settings(of: found.year.build, plan)
    found.year.settings = own.set + (found.routes?.settings ?? [])
    found.year.removals = own.unset + (found.routes?.removals ?? [])
    return true
  }

  // MARK: - How far it is from the cheapest

  private func addBound(to found: inout Found) throws {
    // What costs nothing costs the least.
    guard let ask, plan.channels != nil || plan.lines != nil,
      found.screen.cost(of: found.year.build, on: found.start) > 0
    else { return }
    let screen = BuildScreen(
      written, found.site, nodes: found.start.nodes, failures: plan.coversFailures,
      wanted: found.screen.wanted)
    let fixed = ChannelProblem(screen, existing: found.start)
    let program = found.routes?.program ?? fixed.program
    var bound = BuildBound(
      cost: found.screen.cost(of: found.year.build, on: found.start),
      scope: found.routes?.scope ?? fixed.scope)
    do throws(NoAnswer) {
      bound.answer = try ask(program)
    } catch {
      bound.failure = error.reason
    }
    if found.routes == nil, let values = bound.answer?.values {
      take(fixed.build(values, on: found.start), &found, &bound)
    }
    found.year.bound = bound
  }

  /// Takes what a solver found in the place of a build, where that is cheaper and holds.
  private func take(_ build: Build, _ found: inout Found, _ bound: inout BuildBound) {
    let cost = found.screen.cost(of: build, on: found.start)
    guard plan.mayLose, cost < bound.cost - 1e-9 else { return }
    let states = found.screen.states(found.screen.limits(build), jobs: jobs, watch)
    guard let states, found.screen.holds(states) else { return }
    found.year.build = build
    guard complete(&found) else { return }
    (bound.cost, bound.isOfSolver) = (cost, true)
  }
}
