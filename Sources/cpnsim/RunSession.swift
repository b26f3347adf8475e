// SPDX-License-Identifier: GPL-3.0-or-later

internal import CommandLine
internal import EventKernel
internal import Results
internal import Scenario
internal import Simulator
internal import Text

/// A run from its loaded scenario to its committed folder, with a progress bar and Ctrl-C.
struct RunSession {
  let loaded: LoadedScenario
  let folder: ResultsFolder?
  let drawsProgress: Bool

  func run() throws -> FinishedRun {
    let began = SuspendingClock.now
    let run = try Run(loaded.model, writing: tables())
    let driver = RunDriver(duration: loaded.model.duration, drawsProgress: drawsProgress)
    try driver.drive(run)
    let outcome = try run.finish()
    let finished = FinishedRun(
      outcome: outcome, wallSeconds: (SuspendingClock.now - began) / .seconds(1))
    try write(finished)
    return finished
  }

  private func tables() throws(ResultsError) -> RunTables {
    guard let folder else { return RunTables() }
    return try RunTables(loaded.model.outputs, in: folder)
  }

  /// What was read of each file: of tables when the scenario was loaded, of traces by the run.
  private func inputs(of outcome: RunOutcome) -> [Manifest.Input] {
    var traces = outcome.inputs.makeIterator()
    return zip(loaded.inputs, loaded.recordsAtLoad).map { path, record in
      .init(path: path, record: record ?? traces.next())
    }
  }

  /// Completes the folder and gives it its name.
  private func write(_ finished: FinishedRun) throws(ResultsError) {
    guard let folder else { return }
    let model = loaded.model
    let package = DataPackage(
      title: model.name, about: model.description,
      tables: RunTables.schemas(of: model.outputs.kinds))
    try folder.write(package.json.prettyText, to: DataPackage.file)
    let manifest = Manifest(
      name: model.name, version: Version.text, seed: model.seed, status: .complete,
      digest: finished.outcome.digest.value, events: finished.outcome.events,
      wallSeconds: finished.wallSeconds, simulatedSeconds: finished.outcome.end.seconds,
      directory: loaded.absoluteDirectory, inputs: inputs(of: finished.outcome),
      scenario: loaded.resolvedJSON)
    try folder.write(manifest.json.prettyText, to: Manifest.file)
    try folder.commit()
  }
}

/// What came of a run, and how long it took.
struct FinishedRun {
  var outcome: RunOutcome
  var wallSeconds: Double
}
