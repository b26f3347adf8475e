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
      let index = classIndex(named: name)
      return states.map { loss(ofClass: index, $0.state) }.max() ?? 0
    }
  }

  private func loss(ofClass index: Int?, _ state: ScreenedState) -> Double {
    worst(ofClass: index, state) { short in
      index.map { short.lost[$0] + short.held[$0] + short.stranded[$0] } ?? short.total
    }
  }

  /// The most of what a class offers, or all of them, that is missing in any hour.
  private func worst(
    ofClass index: Int?, _ state: ScreenedState, _ missing: (ScreenedState.Shortfall) -> Double
  ) -> Double {
    (0..<state.hours.count).map { hour in
      let all = screening.offered[hour]
      let offered = index.map { all[$0] } ?? all.reduce(0, +)
      return offered > 0 ? missing(state.shortfalls[hour]) / offered : 0
    }.max() ?? 0
  }

  /// Why a level of loss does not hold whatever links carry; nil where it could.
  ///
  /// In some state so much of the traffic has no way that what may be lost is less than that.
  func hopeless(
    _ level: BuildPlan.Level, _ states: [(failure: String, state: ScreenedState)]
  ) -> String? {
    guard case .loss(_, let name) = level else { return nil }
    let (classes, index) = (site.model.classes, classIndex(named: name))
    let parts = states.map { _, state in
      worst(ofClass: index, state) { short in
        index.map { short.stranded[$0] } ?? short.stranded.reduce(0, +)
      }
    }
    guard let place = parts.indices.max(by: { parts[$0] < parts[$1] }), !level.allows(parts[place])
    else { return nil }
    let (failure, state) = states[place]
    let waiting = classes.indices.filter { other in
      (index ?? other) == other && classes[other].onFailure == .wait
        && state.shortfalls.contains { $0.stranded[other] > 0 }
    }
    let down = failure.isEmpty ? "" : " with \(failure) out of order"
    let why =
      waiting.isEmpty
      ? "it has no way left"
      : "\(waiting.map { classes[$0].name }.joined(separator: ", ")) waits for what failed "
        + "(on_failure: wait)"
    return "\(level.text): \(Cents.percent(parts[place])) is lost\(down), "
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
    return classIndex(named: name)
  }

  private func classIndex(named name: String?) -> Int? {
    name.flatMap { name in site.model.classes.firstIndex { $0.name == name } }
  }
}
