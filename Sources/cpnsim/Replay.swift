// SPDX-License-Identifier: GPL-3.0-or-later

internal import CommandLine
internal import Results
internal import Scenario
internal import Simulator

/// A run that is lived through once more from its results folder.
struct Replay {
  private let recorded: RecordedRun

  /// Reads the manifest and makes sure that what the run read is still the same.
  init(folder: String) throws {
    recorded = try ScenarioFile.load(manifest: "\(folder)/\(Manifest.file)")
    if recorded.version != Version.text {
      StandardError.write(
        "warning: \(folder) was made by version \(recorded.version), and this is "
          + "\(Version.text): its flows may differ\n")
    }
    try checkInputs(of: folder)
  }

  private func checkInputs(of folder: String) throws {
    guard recorded.inputs.count == recorded.loaded.inputs.count else {
      throw ChangedInput(folder: folder, path: Manifest.file, change: .unlisted)
    }
    for (was, path) in zip(recorded.inputs, recorded.loaded.inputs) {
      guard let before = was.fingerprint else {
        throw ChangedInput(folder: folder, path: path, change: .pipe)
      }
      guard try FileFingerprint.read(path) == before else {
        throw ChangedInput(folder: folder, path: path, change: .content)
      }
    }
  }

  /// Watches a flow to its end, or to that of the run; nil where it never arrives.
  func watch(_ flow: String, drawsProgress: Bool) throws -> FlowProbe? {
    let model = recorded.loaded.model
    let run = try Run(model, probing: flow)
    let driver = RunDriver(duration: model.duration, drawsProgress: drawsProgress)
    try driver.drive(run, until: { $0.probe?.finish != nil })
    return run.endWatch()
  }
}

/// An input of a run that is not what it was.
struct ChangedInput: ReportableError {
  enum Change {
    case content, pipe, unlisted
  }

  var folder: String
  var path: String
  var change: Change

  var description: String {
    switch change {
    case .content:
      "\(path): the file has changed since \(folder) was made from it; put it back as it was, or "
        + "run the scenario again"
    case .pipe: "\(path): \(folder) was made from a pipe, which can't be read again"
    case .unlisted: "\(folder)/\(path): inputs: expected one entry for each trace of the scenario"
    }
  }
  var exitCode: ExitCode { .wrongInput }
}
