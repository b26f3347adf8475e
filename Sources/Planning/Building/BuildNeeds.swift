// SPDX-License-Identifier: GPL-3.0-or-later
internal import Light
internal import NetworkModel
internal import Simulator
internal import Traffic

/// How much of something is needed, and when that is.
package struct Need: Equatable, Sendable {
  /// Channels of a link made of light, or lines more of any other.
  package var count = 0
  /// What it has to carry then, in bits a second.
  package var load = 0.0
  /// The hour of the day, and what is out of order; nothing where that is empty.
  package var hour = 0
  package var failure = ""
  /// Whether no number of them that is allowed would do.
  package var isShort = false

  /// In words.
  package var reason: String {
    "the hour from \(hour):00" + (failure.isEmpty ? "" : ", \(failure) out of order")
  }

  mutating func raise(to other: Need) {
    let isShort = isShort || other.isShort
    if (other.count, other.load) > (count, load) { self = other }
    self.isShort = isShort
  }
}

/// A plan's scenario of one year, looked at in all states in which levels are to hold.
struct BuildScreen: Sendable {
  let plan: BuildPlan
  let site: BuildSite
  let screening: Screening
  private let failures: [Failure]

  init(_ plan: BuildPlan, _ site: BuildSite, nodes: [String: Int], failures: Bool) {
    self.plan = plan
    self.site = site
    var build = Build()
    build.nodes = nodes
    let model = site.planned(build, plan)
    screening = Screening(model)
    self.failures = [.none] + (failures ? Failure.all(.single, of: model) : [])
  }

  /// The states under all failures, with what they are called; nil where `watch` wanted to stop.
  func states(
    _ limits: ScreenedCapacity.Limits, jobs: Int, _ watch: (Double) -> Bool
  ) -> [(failure: String, state: ScreenedState)]? {
    inParallel(failures, jobs: jobs, watch) { ($0.name, screening.state(under: $0, limits)) }
  }

  // MARK: - Needs

  /// What each lit link needs in some states, and each other link as lines more.
  func needs(_ states: [(failure: String, state: ScreenedState)]) -> (lit: [Need], own: [Int: Need])
  {
    let links = site.model.light.links
    var lit = links.map { _ in Need() }
    var own: [Int: Need] = [:]
    for (failure, state) in states {
      for hour in 0..<state.hours.count {
        for index in links.indices {
          lit[index].raise(to: need(ofLit: index, hour, failure, state))
        }
        for link in ownLinks {
          own[link, default: Need()].raise(to: need(ofOwn: link, hour, failure, state))
        }
      }
    }
    return (lit, own)
  }

  private func need(
    ofLit index: Int, _ hour: Int, _ failure: String, _ state: ScreenedState
  ) -> Need {
    let link = site.model.light.links[index]
    let places = [link.forward, link.back].map { Int($0.index) * state.hours.count + hour }
    let load = places.map { state.loads[$0] }.max() ?? 0
    let carries = places.map { state.capacities[$0] }.max() ?? 0
    guard load > 0 else { return Need() }
    return Need(
      count: state.channels[index * state.hours.count + hour], load: load,
      hour: state.hours.numbers[hour], failure: failure,
      isShort: load > plan.fill * carries * (1 + 1e-9))
  }

  /// The links of the network that are not made of light, each two-way one by its first way.
  var ownLinks: [Int] {
    site.model.topology.links.indices.filter { index in
      let link = site.model.topology.links[index]
      return link.kind != .fabric && screening.capacity.litLinks[index] < 0
        && !(link.reverse.map { Int($0.index) < index } ?? false)
    }
  }

  private func need(
    ofOwn link: Int, _ hour: Int, _ failure: String, _ state: ScreenedState
  ) -> Need {
    let topology = site.model.topology
    let ways = [link] + (topology.links[link].reverse.map { [Int($0.index)] } ?? [])
    let load = ways.map { state.loads[$0 * state.hours.count + hour] }.max() ?? 0
    let missing = load / plan.fill - topology.links[link].capacity.value
    guard load > 0, missing > 0 else { return Need() }
    let count = plan.lines.map { Int((missing / $0.capacity * (1 - 1e-12)).rounded(.up)) } ?? 0
    return Need(
      count: count, load: load, hour: state.hours.numbers[hour], failure: failure,
      isShort: plan.lines == nil)
  }

  // MARK: - Levels

  /// What a build carries.
  func limits(_ build: Build) -> ScreenedCapacity.Limits {
    let model = site.model
    let most = model.light.links.map { site.installed($0) + (build.channels[$0.name] ?? 0) }
    var told = model.topology.links.map(\.capacity.value)
    for link in ownLinks {
      guard let count = build.lines[model.topology.links[link].name], let line = plan.lines else {
        continue
      }
      for way in [link] + (model.topology.links[link].reverse.map { [Int($0.index)] } ?? []) {
        told[way] += Double(count) * line.capacity
      }
    }
    return .init(most: most, told: told)
  }

  /// The worst of a level over some states; nil for what only a run tells.
  func value(
    of level: BuildPlan.Level, _ states: [(failure: String, state: ScreenedState)]
  ) -> Double? {
    switch level {
    case .metric: return nil
    case .refused:
      return states.map { _, state in
        zip(state.tokensRefused, state.tokensAsked).map { $1 > 0 ? $0 / $1 : 0 }.max() ?? 0
      }.max() ?? 0
    case .loss(_, let name):
      let index = name.flatMap { name in site.model.classes.firstIndex { $0.name == name } }
      return states.map { loss(ofClass: index, $0.state) }.max() ?? 0
    }
  }

  private func loss(ofClass index: Int?, _ state: ScreenedState) -> Double {
    (0..<state.hours.count).map { hour in
      let short = state.shortfalls[hour]
      let offered = screening.offered[hour]
      guard let index else {
        let all = offered.reduce(0, +)
        return all > 0 ? short.total / all : 0
      }
      let lost = short.lost[index] + short.held[index] + short.stranded[index]
      return offered[index] > 0 ? lost / offered[index] : 0
    }.max() ?? 0
  }

  /// Whether all levels hold that can be told without a run.
  func holds(_ states: [(failure: String, state: ScreenedState)]) -> Bool {
    plan.levels.allSatisfy { level in
      guard let value = value(of: level, states) else { return true }
      switch level {
      case .loss(let most, _), .refused(let most): return value <= most + 1e-9
      case .metric: return true
      }
    }
  }
}
