// SPDX-License-Identifier: GPL-3.0-or-later
internal import EventKernel
internal import Light
internal import NetworkModel
internal import Simulator
internal import Traffic

/// What sums over hours and states say of the levels of a plan.
extension BuildScreen {
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
    case .completion, .deadlines, .blocking, .metric: return nil
    case .latency(_, let part): return part.isOfTraffic ? worstDelay(part) : nil
    case .availability(_, let part): return availability(part)
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

  /// Why a level of loss does not hold whatever links carry; nil where it could.
  ///
  /// In some state so much of the traffic has no way that what may be lost is less than that.
  func hopeless(
    _ level: BuildPlan.Level, _ states: [(failure: String, state: ScreenedState)]
  ) -> String? {
    guard case .loss(_, let name) = level else { return nil }
    let classes = site.model.classes
    let meant = classes.indices.filter { name == nil || classes[$0].name == name }
    func part(of state: ScreenedState) -> Double {
      (0..<state.hours.count).map { hour in
        let offered = meant.reduce(0) { $0 + screening.offered[hour][$1] }
        let stranded = meant.reduce(0) { $0 + state.shortfalls[hour].stranded[$1] }
        return offered > 0 ? stranded / offered : 0
      }.max() ?? 0
    }
    guard let worst = states.max(by: { part(of: $0.state) < part(of: $1.state) }),
      !level.allows(part(of: worst.state))
    else { return nil }
    let waiting = meant.filter { index in
      classes[index].onFailure == .wait
        && worst.state.shortfalls.contains { $0.stranded[index] > 0 }
    }
    let down = worst.failure.isEmpty ? "" : " with \(worst.failure) out of order"
    let why =
      waiting.isEmpty
      ? "it has no way left"
      : "\(waiting.map { classes[$0].name }.joined(separator: ", ")) waits for what failed "
        + "(on_failure: wait)"
    return "\(level.text): \(Cents.percent(part(of: worst.state))) is lost\(down), "
      + "whatever links carry: \(why)"
  }

  /// Whether all levels hold that can be told without a run.
  func holds(_ states: [(failure: String, state: ScreenedState)]) -> Bool {
    plan.levels.allSatisfy { level in
      guard let value = value(of: level, states) else { return true }
      switch level {
      case .loss, .refused: return level.allows(value)
      case .latency, .completion, .deadlines, .blocking, .availability, .metric: return true
      }
    }
  }

  /// The longest route of any traffic, or of a class, in any state.
  private func worstDelay(_ part: BuildPlan.Part) -> Double? {
    let index = classIndex(of: part)
    let links = site.model.topology.links
    return failures.flatMap { screening.load(under: $0).streams }
      .filter { index == nil || $0.trafficClass == index }
      .map { $0.links.reduce(0) { $0 + links[Int($1)].delay.seconds } }.max()
  }

  /// The worst pair of a class or source of tokens, or of all of them.
  private func availability(_ part: BuildPlan.Part) -> Double? {
    let services = AvailabilityReport(of: site.model).services
    let meant = services.filter { service in
      switch part {
      case .ofClass(let name), .service(let name): service.name == name
      case .all, .flows, .jobs: true
      }
    }
    return meant.map(\.worst.value).min()
  }

  private func classIndex(of part: BuildPlan.Part) -> Int? {
    guard case .ofClass(let name) = part else { return nil }
    return site.model.classes.firstIndex { $0.name == name }
  }
}
