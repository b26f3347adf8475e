// SPDX-License-Identifier: GPL-3.0-or-later
internal import EventKernel
public import Scenario
public import Statistics
internal import YAMLReader

/// Scenarios whose metrics must not get worse than a baseline, checked.
public struct Suite: Sendable {
  public let name: String
  /// Its file.
  public let path: String
  public let baselinePath: String
  /// After how many seeds metrics are looked at, rising.
  public let looks: [Int]
  /// The chance that it is red where nothing has changed.
  public let falseAlarm: Double
  public let cases: [SuiteCase]

  public var mostSeeds: Int { looks.last ?? 2 }

  /// How many metrics can make it red, of those that are told by chance.
  public var blockingMetrics: Int {
    cases.reduce(0) { $0 + $1.metrics.count(where: \.isBlocking) }
  }
}

/// One scenario of a suite.
public struct SuiteCase: Sendable {
  public let name: String
  /// The metrics that are looked at; empty where the run has to be the same in each event.
  public let metrics: [GatedMetric]
  /// The share by which a run may take more instructions; nil where they are not looked at.
  public let instructions: Double?
  let template: ScenarioTemplate
  let settings: [Setting]
  /// Where the suite has them, by their paths.
  let settingPlaces: [String: (place: Place, path: Path)]
  let suitePath: String
  let places: [Place]
  /// What another program is told, to run the same: `--set` and `--unset` with their values.
  public let arguments: [String]

  public var isExact: Bool { metrics.isEmpty }
  public var scenarioPath: String { template.path }

  /// Reads and checks its scenario.
  ///
  /// What is wrong with a setting is told where the suite has it.
  public func load() throws(ScenarioErrors) -> LoadedScenario {
    do throws(ScenarioErrors) {
      return try template.load(settings)
    } catch {
      throw error.relocated(to: suitePath, settingPlaces)
    }
  }
}

/// A metric of a case, and when it is worse.
public struct GatedMetric: Equatable, Sendable {
  public let name: String
  public let goal: PairedComparison.Goal
  public let tolerance: Tolerance
  /// Whether it makes the suite red.
  public let isBlocking: Bool

  public init(
    _ name: String, goal: PairedComparison.Goal, tolerance: Tolerance, isBlocking: Bool = true
  ) {
    self.name = name
    self.goal = goal
    self.tolerance = tolerance
    self.isBlocking = isBlocking
  }
}
