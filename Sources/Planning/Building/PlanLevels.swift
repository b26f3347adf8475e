// SPDX-License-Identifier: GPL-3.0-or-later
internal import Results

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
  func add(_ summary: SummaryTable, to year: inout YearPlan) {
    year.levels = zip(plan.levels, year.levels).map { level, result in
      let simulated = value(of: level, in: summary)
      var result = result
      result.level = level
      result.simulated = simulated
      let screened = result.screened.map(level.allows)
      result.holds = (screened ?? true) && (simulated.map(level.allows) ?? (screened != nil))
      return result
    }
  }

  private func value(of level: BuildPlan.Level, in summary: SummaryTable) -> Double? {
    func metric(_ name: String) -> Double? {
      summary.rows.first { $0.metric == name }.map(\.value).flatMap { $0.isNaN ? nil : $0 }
    }
    switch level {
    case .metric(let name, _, _): return metric(name)
    case .refused:
      guard let refused = metric("tokens_refused"), let all = metric("tokens_offered") else {
        return nil
      }
      return all > 0 ? refused / all : 0
    // What flows a run leaves behind says as much of when they came as of what is too small.
    case .loss(_, let name): return name == nil ? metric("demand_loss") : nil
    }
  }
}

extension BuildPlan.Level {
  /// Whether a value is as it is to be.
  package func allows(_ value: Double) -> Bool {
    switch self {
    case .loss(let most, _), .refused(let most): value <= most + 1e-9
    case .metric(_, let most, let least):
      value <= most ?? .infinity && value >= least ?? -.infinity
    }
  }

  /// In words.
  package var text: String {
    switch self {
    case .loss(let most, let name):
      "loss\(name.map { " of \($0)" } ?? "") <= \(Cents.percent(most))"
    case .refused(let most): "refused <= \(Cents.percent(most))"
    case .metric(let name, let most, let least):
      most.map { "\(name) <= \($0)" } ?? "\(name) >= \(least ?? 0)"
    }
  }
}

/// Parts as people read them.
enum Cents {
  static func percent(_ part: Double) -> String {
    let digits = (part * 1e5).rounded() / 1e3
    return (digits == digits.rounded() ? "\(Int(digits))" : "\(digits)") + " %"
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
