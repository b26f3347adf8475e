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
  let failures: [Failure]
  /// What links made of light are to carry, where they were short of it while they shared alike.
  let wanted: ScreenedLight.Wanted

  init(
    _ plan: BuildPlan, _ site: BuildSite, nodes: [String: Int], failures: Bool,
    wanted: ScreenedLight.Wanted = .init()
  ) {
    self.plan = plan
    self.site = site
    self.wanted = wanted
    var build = Build()
    build.nodes = nodes
    let model = site.planned(build, plan)
    screening = Screening(model, wanted: wanted)
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
}
