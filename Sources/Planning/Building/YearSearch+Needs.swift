// SPDX-License-Identifier: GPL-3.0-or-later
internal import Light
internal import NetworkModel
internal import Simulator
internal import Text

extension YearSearch {
  func built(_ needs: (lit: [Need], own: [Int: Need]), _ site: BuildSite, _ start: Build)
    -> Build
  {
    var build = start
    for (link, need) in zip(site.model.light.links, needs.lit) where plan.channels != nil {
      let more = max(need.count - site.installed(link), site.least(link))
      if more > build.channels[link.name] ?? 0 { build.channels[link.name] = more }
    }
    for (index, need) in needs.own where plan.lines != nil {
      let name = site.model.topology.links[index].name
      if need.count > build.lines[name] ?? 0 { build.lines[name] = need.count }
    }
    return build
  }

  func short(_ needs: (lit: [Need], own: [Int: Need]), _ site: BuildSite) -> [String] {
    let lit = zip(site.model.light.links, needs.lit).filter { $0.1.isShort }.map { link, need in
      "\(link.name): no number of channels up to \(max(site.installed(link), plan.channels?.most ?? 0)) "
        + "carries what it needs in \(need.reason)"
    }
    let own = needs.own.sorted { $0.key < $1.key }.filter { $0.value.isShort }.map { index, need in
      "\(site.model.topology.links[index].name): is too small in \(need.reason), and no lines may be built"
    }
    return lit + own
  }

  /// Links that may have channels and get no light at all, where traffic is left without a way.
  func unlit(_ screen: BuildScreen) -> [String] {
    let isStranded = screen.screening.base.shortfalls.contains {
      $0.stranded.contains { $0 > 0 }
    }
    guard isStranded, plan.channels != nil else { return [] }
    let sums = screen.screening.light.standing(without: []).sums
    return zip(screen.site.model.light.links, sums).filter { ($0.1.last ?? 0) == 0 }.map {
      link, _ in
      "\(link.name): gets no light, since no route between its nodes is short enough with a channel "
        + "that is free"
    }
  }

  func cost(
    ofChannelsWith nodes: [String: Int], _ site: BuildSite, _ start: Build
  ) -> Double {
    guard let channels = plan.channels, watch(0.3) else { return 0 }
    let screen = BuildScreen(plan, site, nodes: nodes, failures: false)
    let needs = screen.needs([("", screen.screening.base)])
    let build = built(needs, site, start)
    let more = site.lightpaths(of: build) - site.lightpaths(of: start)
    // What no channel carries is worse than any price.
    let short = needs.lit.filter(\.isShort).reduce(0) { $0 + $1.load }
    return Double(more) * channels.price + short
  }

  func exceeded(
    _ screen: BuildScreen, _ states: [(failure: String, state: ScreenedState)], _ start: Build
  ) -> [String] {
    let needs = screen.needs(states)
    let most = screen.limits(start).most ?? []
    let links = zip(screen.site.model.light.links, needs.lit).enumerated().compactMap {
      index, pair -> String? in
      guard pair.1.isShort else { return nil }
      let few = most[index] == 1 ? "is too few" : "are too few"
      return "\(pair.0.name): \(counted(most[index], "channel")) \(few) in \(pair.1.reason)"
    }
    let own = needs.own.sorted { $0.key < $1.key }.compactMap { index, need -> String? in
      let name = screen.site.model.topology.links[index].name
      guard need.count > start.lines[name] ?? 0 || need.isShort else { return nil }
      return "\(name): is fuller than \(Cents.percent(plan.fill)) in \(need.reason)"
    }
    let levels = plan.levels.compactMap { level -> String? in
      guard let value = screen.value(of: level, states), !level.allows(value) else { return nil }
      return "\(level.text): \(level.shown(value)) before anything is built"
    }
    return levels + links + own
  }
}
