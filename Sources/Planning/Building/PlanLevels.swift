// SPDX-License-Identifier: GPL-3.0-or-later
internal import Results
internal import Scenario
internal import Simulator
internal import YAMLReader

/// What sums and runs say of the levels of a plan.
struct PlanLevels {
  private let plan: BuildPlan

  init(_ plan: BuildPlan) {
    self.plan = plan
  }

  func result(
    of level: BuildPlan.Level, _ screen: BuildScreen,
    _ states: [(failure: String, state: ScreenedState)]
  ) -> YearPlan.LevelResult {
    let value = screen.value(of: level, states)
    return .init(
      level: level, screened: value, simulated: nil, holds: value.map(level.allows) ?? false)
  }

  /// Adds what a run says.
  func add(_ outcome: RunOutcome, to year: inout YearPlan) throws(ScenarioErrors) {
    let known = outcome.summary.rows.map(\.metric)
    for level in plan.levels {
      guard case .metric(let name, _, _) = level, !known.contains(name) else { continue }
      var problems = Problems(file: "levels")
      problems.add(unknownName(name, kind: "metric", among: known), at: .file)
      throw ScenarioErrors(problems)
    }
    year.levels = zip(plan.levels, year.levels).map { level, result in
      let simulated = SimulatedLevel(outcome).value(of: level)
      var result = result
      result.level = level
      result.simulated = simulated
      let screened = result.screened.map(level.allows)
      result.holds = (screened ?? true) && (simulated.map(level.allows) ?? (screened != nil))
      return result
    }
  }
}

/// What a run says of levels.
struct SimulatedLevel {
  private let outcome: RunOutcome

  init(_ outcome: RunOutcome) {
    self.outcome = outcome
  }

  /// Nil where the run has nothing to say of it.
  func value(of level: BuildPlan.Level) -> Double? {
    switch level {
    case .metric(let name, _, _): return metric(name)
    case .refused: return part("tokens_refused", of: ["tokens_offered"])
    // What flows a run leaves behind says as much of when they came as of what is too small.
    case .loss(_, let name): return name.map(loss) ?? metric("demand_loss")
    case .latency(_, .service(let name)): return metric("tokens_delay_mean", ofPart: name)
    case .latency(_, .ofClass(let name)): return worstDelay { $0.trafficClass == name }
    case .latency: return worstDelay { _ in true }
    case .completion(_, let part, let spot): return completion(part, spot)
    case .deadlines(_, let part): return deadlines(part)
    case .blocking(_, let name):
      return name.map { metric("blocking", ofPart: $0) } ?? metric("blocking")
    case .availability: return nil
    }
  }

  private func metric(_ name: String) -> Double? {
    outcome.summary.rows.first { $0.metric == name }.map(\.value).flatMap { $0.isNaN ? nil : $0 }
  }

  /// Of a class or service; where a run has one alone, its metrics have no name before them.
  private func metric(_ name: String, ofPart part: String) -> Double? {
    if let value = metric("\(part)/\(name)") { return value }
    let hasParts = outcome.summary.rows.contains { $0.metric.hasSuffix("/\(name)") }
    return hasParts ? nil : metric(name)
  }

  private func part(_ some: String, of all: [String]) -> Double? {
    guard let value = metric(some) else { return nil }
    let sum = all.reduce(0) { $0 + (metric($1) ?? 0) }
    return sum > 0 ? value / sum : 0
  }

  private func loss(ofClass name: String) -> Double? {
    let demands = outcome.demands.filter { $0.trafficClass == name }
    let offered = demands.reduce(0) { $0 + $1.offeredBytes }
    return offered > 0 ? demands.reduce(0) { $0 + $1.lostBytes } / offered : nil
  }

  private func worstDelay(_ isMeant: (DemandOutcome) -> Bool) -> Double? {
    outcome.demands.filter(isMeant).map(\.delayMean_s).filter { !$0.isNaN }.max()
  }

  private func completion(_ part: BuildPlan.Part, _ spot: String) -> Double? {
    let flows = metric("fct_\(spot)").map { isSteady ? $0 : .infinity }
    switch part {
    case .all: return flows ?? metric("job_response_\(spot)")
    case .flows: return flows
    case .jobs: return metric("job_response_\(spot)")
    case .ofClass(let name):
      return metric("fct_\(spot)", ofPart: name).map { isSteady ? $0 : .infinity }
    case .service(let name): return metric("inference_response_\(spot)", ofPart: name)
    }
  }

  /// Where flows pile up, those that finished say nothing of the others.
  private var isSteady: Bool { metric("far_from_steady") != 1 }

  private func deadlines(_ part: BuildPlan.Part) -> Double? {
    func missed(_ prefix: String) -> Double? {
      self.part(
        "\(prefix)deadlines_missed", of: ["\(prefix)deadlines_met", "\(prefix)deadlines_missed"])
    }
    switch part {
    case .all: return missed("") ?? missed("job_")
    case .flows: return missed("")
    case .jobs, .service: return missed("job_")
    case .ofClass(let name):
      let hasParts = outcome.summary.rows.contains { $0.metric.hasSuffix("/deadlines_missed") }
      return hasParts ? missed("\(name)/") : missed("")
    }
  }
}

extension BuildPlan {
  /// The most of the tokens that may be refused; nothing where nobody says.
  var mostRefused: Double {
    levels.compactMap { if case .refused(let most) = $0 { most } else { nil } }.min() ?? 0
  }

  /// Whether some traffic may be lost.
  var mayLose: Bool {
    levels.contains { if case .loss(let most, _) = $0 { most > 0 } else { false } }
  }
}
