// SPDX-License-Identifier: GPL-3.0-or-later
internal import EventKernel
internal import Scenario
internal import YAMLReader

extension PlanReader {
  mutating func level(_ level: LevelSection) -> BuildPlan.Level? {
    checkQualifiers(of: level)
    if let loss = level.loss { return .loss(share(loss), ofClass: level.className?.value) }
    if let refused = level.refused { return .refused(share(refused)) }
    if let most = level.latency { return .latency(most.value.value.seconds, part(of: level)) }
    if let most = level.completion {
      let spot = level.spot ?? .p99
      return .completion(most.value.value.seconds, part(of: level), at: spot.rawValue)
    }
    if let most = level.deadlines { return .deadlines(share(most), part(of: level)) }
    if let most = level.blocking { return .blocking(share(most), source: level.source?.value) }
    if let least = level.availability { return .availability(share(least), part(of: level)) }
    guard let metric = level.metric else { return nil }
    if level.atMost == nil, level.atLeast == nil {
      problems.add(
        found: "a metric alone", expected: "at_most or at_least beside it", at: metric.place,
        path: metric.path)
    }
    return .metric(
      metric.value, atMost: level.atMost?.value, atLeast: level.atLeast?.value)
  }

  private func part(of level: LevelSection) -> BuildPlan.Part {
    if let name = level.className { return .ofClass(name.value) }
    if let name = level.service { return .service(name.value) }
    switch level.of {
    case .flows: return .flows
    case .jobs: return .jobs
    case nil: return .all
    }
  }

  /// What tells whom a level is for goes with the levels that have such.
  private mutating func checkQualifiers(of level: LevelSection) {
    let isOfMany = level.completion != nil || level.deadlines != nil
    let isOfClass = isOfMany || level.latency != nil || level.availability != nil
    if let name = level.className, level.loss == nil, !isOfClass {
      report(
        "class", with: "loss, latency, completion, deadlines and availability", at: name.place,
        path: name.path)
    }
    if let name = level.service,
      level.latency == nil, level.completion == nil, level.availability == nil
    {
      report(
        "service", with: "latency, completion and availability", at: name.place, path: name.path)
    }
    if level.of != nil, !isOfMany {
      report(
        "of", with: "completion and deadlines", at: level.origin.place,
        path: level.origin.path.key("of"))
    }
  }

  private mutating func report(_ key: String, with words: String, at place: Place, path: Path) {
    problems.add("\(key) goes with \(words)", at: place, path: path)
  }
}

extension BuildPlan.Level {
  var mayLose: Bool { if case .loss(let most, _) = self { most > 0 } else { false } }
}
