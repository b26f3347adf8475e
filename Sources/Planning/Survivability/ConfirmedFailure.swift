// SPDX-License-Identifier: GPL-3.0-or-later
internal import EventKernel
internal import Locks
package import Results
package import Scenario
internal import Session
package import Simulator
internal import Statistics
internal import Studies
internal import YAMLReader

/// A scenario file with changes, from which variants are made.
package struct PlannedScenario: Sendable {
  package let template: ScenarioTemplate
  private let changes: [Setting]

  /// Reads a file with what is set in it and removed from it, as on the command line.
  package init(
    path: String, settings: [String] = [], removing removed: [String] = []
  ) throws(ScenarioErrors) {
    template = try ScenarioTemplate(path: path)
    var problems = Problems(file: path)
    changes =
      removed.compactMap { Setting(removing: $0, problems: &problems) }
      + settings.compactMap { Setting($0, problems: &problems) }
    guard problems.isEmpty else { throw ScenarioErrors(problems) }
  }

  /// The scenario with further settings, after others were removed.
  package func load(
    _ settings: [String] = [], removing removed: [String] = []
  ) throws(ScenarioErrors) -> LoadedScenario {
    var problems = Problems(file: template.path)
    let more =
      removed.compactMap { Setting(removing: $0, problems: &problems) }
      + settings.compactMap { Setting($0, problems: &problems) }
    guard problems.isEmpty else { throw ScenarioErrors(problems) }
    return try template.load(changes + more)
  }
}

/// What simulations say of a failure: each metric that it made worse.
package struct ConfirmedFailure: Sendable {
  package var name: String
  package var worse: [Change]
  /// By how much metrics rose, by name.
  private var rises: [String: Double] = [:]

  package struct Change: Sendable {
    package var metric: String
    package var unit: String
    package var without: Double
    package var with: Double

    /// How far it moved, as a part of what it was.
    package var share: Double { abs(with - without) / max(abs(without), 1e-12) }
  }

  /// How long what is confirmed stays out of order, at most.
  package static let hours = 4

  /// Simulates the scenario once without and once with each of some failures, on several threads.
  ///
  /// Nil where `watch` wanted to stop.
  package static func all(
    _ effects: [FailureEffect], of scenario: PlannedScenario, _ screening: Screening, jobs: Int,
    _ watch: @escaping (Double) -> Bool
  ) throws -> [ConfirmedFailure]? {
    let settings = effects.map { screening.events(of: $0) }
    guard let runs = try SimulatedVariants.run([[]] + settings, of: scenario, jobs: jobs, watch)
    else { return nil }
    return zip(effects, runs.dropFirst()).map { effect, run in
      ConfirmedFailure(
        name: effect.failure.name, worse: Self.worse(runs[0], run), rises: rises(runs[0], run))
    }
  }

  /// Which of two is worse by a measure that runs tell; neither where that is none.
  package static func isWorse(
    _ one: ConfirmedFailure, _ other: ConfirmedFailure, by measure: FailureMeasure
  ) -> Bool {
    one.rise(of: measure) > other.rise(of: measure)
  }

  /// By how much a measure rose in the run with the failure.
  package func rise(of measure: FailureMeasure) -> Double {
    measure.metrics.compactMap { rises[$0] }.filter { !$0.isNaN }.reduce(0, +)
  }

  private static func rises(_ base: SummaryTable, _ other: SummaryTable) -> [String: Double] {
    let before = Dictionary(
      base.rows.map { ($0.metric, $0.value) }, uniquingKeysWith: { first, _ in first })
    return Dictionary(
      other.rows.map { ($0.metric, $0.value - (before[$0.metric] ?? 0)) },
      uniquingKeysWith: { first, _ in first })
  }

  /// Those that people are shown and that got worse by a thousandth, the most changed first.
  private static func worse(_ base: SummaryTable, _ other: SummaryTable) -> [Change] {
    let before = Dictionary(
      base.rows.map { ($0.metric, $0.value) }, uniquingKeysWith: { first, _ in first })
    let changes = other.rows.compactMap { row -> Change? in
      guard !row.metric.contains("/"), let goal = MetricMeaning(of: row.metric).better else {
        return nil
      }
      let change = Change(
        metric: row.metric, unit: row.unit, without: before[row.metric] ?? 0, with: row.value)
      let rose = change.with > change.without
      return rose == (goal == .lower) && change.share > 1e-3 ? change : nil
    }
    return changes.sorted { ($1.share, $0.metric) < ($0.share, $1.metric) }
  }
}

extension Screening {
  /// The settings that let a failure happen in its worst hour.
  func events(of effect: FailureEffect) -> [String] {
    let hour = hours.numbers.firstIndex(of: effect.hour) ?? 0
    let start = max(0, hours.instants[hour].seconds - hours.seconds[hour] / 2)
    return effect.failure.events(in: model).map { key, name in
      "events[+]={at: \(start) s, \(key): '\(name.replacing("'", with: "''"))', "
        + "for: \(ConfirmedFailure.hours) h}"
    }
  }
}

/// Variants of a scenario that are simulated side by side.
enum SimulatedVariants {
  private struct Sheet {
    var next = 0
    var results: [SummaryTable?]
    var fractions: [Double]
    var error: (any Error)?
  }

  /// What each comes to, in their order; nil where `watch` wanted to stop.
  static func run(
    _ variants: [[String]], of scenario: PlannedScenario, jobs: Int, _ watch: (Double) -> Bool
  ) throws -> [SummaryTable]? {
    let sheet = Guarded(
      Sheet(
        results: Array(repeating: nil, count: variants.count),
        fractions: Array(repeating: 0, count: variants.count)))
    let box = Box(sheet: sheet)
    let goesOn = Workers.run(
      max(1, min(jobs, variants.count)),
      each: { _ in
        while let index = box.take(of: variants.count) {
          box.keep(index) { try scenario.summary(variants[index]) { box.note($0, of: index) } }
        }
      },
      watch: {
        guard watch(box.fraction) else {
          box.stop()
          return false
        }
        return true
      })
    if let error = box.error, goesOn { throw error }
    return goesOn ? box.results : nil
  }

  private final class Box: Sendable {
    private let sheet: Guarded<Sheet>

    init(sheet: Guarded<Sheet>) {
      self.sheet = sheet
    }

    func take(of count: Int) -> Int? {
      sheet.withLock { sheet in
        guard sheet.next < count else { return nil }
        defer { sheet.next += 1 }
        return sheet.next
      }
    }

    /// How far a run is; says whether it goes on.
    func note(_ fraction: Double, of index: Int) -> Bool {
      sheet.withLock { sheet in
        sheet.fractions[index] = fraction
        return sheet.next < Int.max
      }
    }

    func keep(_ index: Int, _ work: () throws -> SummaryTable) {
      do {
        let summary = try work()
        sheet.withLock { $0.results[index] = summary }
      } catch {
        sheet.withLock { sheet in
          sheet.error = sheet.error ?? error
          sheet.next = Int.max
        }
      }
    }

    func stop() { sheet.withLock { $0.next = Int.max } }

    var error: (any Error)? { sheet.withLock { $0.error } }

    var fraction: Double {
      sheet.withLock { $0.fractions.reduce(0, +) / Double(max(1, $0.fractions.count)) }
    }

    var results: [SummaryTable] { sheet.withLock { $0.results.compactMap(\.self) } }
  }
}

extension PlannedScenario {
  /// What a run with some settings comes to.
  package func summary(
    _ settings: [String], removing removed: [String] = [],
    _ goesOn: (Double) -> Bool = { _ in true }
  ) throws -> SummaryTable {
    try outcome(settings, removing: removed, goesOn).summary
  }

  package func outcome(
    _ settings: [String], removing removed: [String] = [],
    _ goesOn: (Double) -> Bool = { _ in true }
  ) throws -> RunOutcome {
    let session = try Session(load(settings, removing: removed))
    try session.drive { goesOn($0.fraction) ? .goOn : .stop }
    return try session.finish().outcome
  }
}
