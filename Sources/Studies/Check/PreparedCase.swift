// SPDX-License-Identifier: GPL-3.0-or-later
internal import EventKernel
internal import Results
internal import Scenario
internal import Session
internal import Simulator
internal import YAMLReader

/// A case whose scenario has been read and checked.
struct PreparedCase: Sendable {
  let suiteCase: SuiteCase
  let loaded: LoadedScenario
  /// A fingerprint of the scenario without its seed, and of the files that go with it.
  let identity: String
  private let suitePath: String
  private let inputs: StudyInputs

  init(_ suiteCase: SuiteCase, of suite: Suite, inputs: StudyInputs) throws {
    self.suiteCase = suiteCase
    self.inputs = inputs
    suitePath = suite.path
    loaded = try suiteCase.load()
    var fingerprint = Fingerprint()
    fingerprint.combine(loaded.seedlessJSON)
    for file in try inputs.describe(loaded) { fingerprint.combine(file) }
    identity = RunIdentity(fingerprint.value).text
  }

  var name: String { suiteCase.name }

  /// Runs the case with a seed.
  func run(
    seed: Int, _ watch: (RunProgress) -> Wish
  ) throws -> (SeedResult, seconds: Double, units: [String]) {
    let seeded = try loaded.seeded(UInt64(seed))
    let session = try Session(seeded)
    try session.drive(watch)
    let finished = try session.finish()
    try inputs.check(seeded)
    let rows = finished.outcome.summary.rows
    let found = try zip(suiteCase.metrics, suiteCase.places).map { metric, place in
      guard let row = rows.first(where: { $0.metric == metric.name }) else {
        throw unknown(metric.name, at: place, among: rows.map(\.metric))
      }
      return row
    }
    let result = SeedResult(
      seed: seed, digest: finished.outcome.digest.value, values: found.map(\.value))
    return (result, finished.wallSeconds, found.map(\.unit))
  }

  private func unknown(_ metric: String, at place: Place, among known: [String]) -> ScenarioErrors {
    var problems = Problems(file: suitePath)
    problems.add(
      "case \(name): " + unknownName(metric, kind: "metric", among: known), at: place)
    return ScenarioErrors(problems)
  }
}

/// Cases whose scenarios are in error; nothing was run.
public struct WrongCases: Error, CustomStringConvertible {
  public let description: String

  init(_ errors: [(name: String, error: any Error)]) {
    description = errors.map { "case \($0.name):\n\($0.error)" }.joined(separator: "\n")
  }
}
