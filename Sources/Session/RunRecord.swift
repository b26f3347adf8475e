// SPDX-License-Identifier: GPL-3.0-or-later

internal import EventKernel
internal import Results
internal import Scenario
internal import Simulator
internal import Text

/// What a results folder has beside the tables that the run wrote row by row.
struct RunRecord {
  private let loaded: LoadedScenario
  private let finished: FinishedRun

  init(_ loaded: LoadedScenario, _ finished: FinishedRun) {
    self.loaded = loaded
    self.finished = finished
  }

  /// Writes all that is missing, and gives the folder its name.
  func complete(_ folder: ResultsFolder) throws(ResultsError) {
    try folder.write(package(folder).json.prettyText, to: DataPackage.file)
    try folder.write(manifest.json.prettyText, to: Manifest.file)
    try folder.commit()
  }

  private func package(_ folder: ResultsFolder) -> DataPackage {
    DataPackage(
      title: loaded.model.name, about: loaded.model.description,
      tables: RunTables.schemas(of: loaded.model.outputs.kinds), packing: folder.packing)
  }

  private var manifest: Manifest {
    Manifest(
      name: loaded.model.name, version: Version.text, seed: loaded.model.seed, status: .complete,
      digest: finished.outcome.digest.value, events: finished.outcome.events,
      wallSeconds: finished.wallSeconds, simulatedSeconds: finished.outcome.end.seconds,
      directory: loaded.absoluteDirectory, inputs: inputs,
      findings: .array(finished.findings.map { $0.json() }),
      scenario: loaded.resolvedJSON)
  }

  /// What was read of each file: of tables when the scenario was loaded, of traces by the run.
  private var inputs: [Manifest.Input] {
    var traces = finished.outcome.inputs.makeIterator()
    return zip(loaded.inputs, loaded.recordsAtLoad).map { path, record in
      .init(path: path, record: record ?? traces.next())
    }
  }
}
