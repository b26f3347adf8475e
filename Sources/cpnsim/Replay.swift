// SPDX-License-Identifier: GPL-3.0-or-later

internal import CommandLine
internal import Glibc
internal import NetworkModel
internal import Results
internal import Scenario
internal import Simulator

/// A run that is lived through once more from its results folder.
struct Replay {
  private let recorded: RecordedRun

  /// Reads the manifest and makes sure that what the run read is still the same.
  init(folder: String) throws {
    try Replay.checkFolder(folder)
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
      guard let before = was.record,
        // Of a run that needed a part, more may have come behind it.
        let now = try FileFingerprint.read(
          path, upTo: before.isPart ? before.fingerprint.bytes : .max)
      else { throw ChangedInput(folder: folder, path: path, change: .pipe) }
      guard now == before.fingerprint else {
        throw ChangedInput(folder: folder, path: path, change: .content)
      }
    }
  }

  private static func checkFolder(_ folder: String) throws(NoResults) {
    let manifest = "\(folder)/\(Manifest.file)"
    guard access(manifest, F_OK) != 0 else { return }
    var status = stat()
    let exists = stat(folder, &status) == 0
    throw NoResults(
      path: folder,
      found: !exists ? .nothing : status.st_mode & S_IFMT == S_IFDIR ? .folder : .file)
  }

  /// Watches a flow to its end, or to that of the run; nil where it never arrives.
  func watch(_ flow: String, drawsProgress: Bool) throws -> FlowProbe? {
    let model = recorded.loaded.model
    let run = try Run(model, probing: flow)
    let driver = RunDriver(duration: model.duration, drawsProgress: drawsProgress)
    try driver.drive(run, until: { $0.probe?.finish != nil })
    return run.endWatch()
  }

  /// Watches the flow that is named after a place or a line which goes by this name as well.
  func watch(alias: String, drawsProgress: Bool) throws -> FlowProbe? {
    let name = recorded.loaded.model.fibreNames.nodeOrLine(alias)
    return name == alias ? nil : try watch(name, drawsProgress: drawsProgress)
  }
}

/// A path that is not the results folder of a run.
struct NoResults: ReportableError {
  enum Found {
    case nothing, file, folder
  }

  var path: String
  var found: Found

  var description: String {
    let what =
      switch found {
      case .nothing: "\(path)/\(Manifest.file): can't be read: No such file or directory"
      case .file: "\(path) is a file"
      case .folder: "\(path) is a folder without \(Manifest.file)"
      }
    let scenario = found == .file ? path : "SCENARIO"
    return
      "\(what); expected the results folder of a run, which 'cpnsim run \(scenario) --out FOLDER' "
      + "writes"
  }
  var exitCode: ExitCode { .wrongInput }
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
    case .pipe:
      "\(path): \(folder) was made from a pipe, which can't be read again; put what it gave into a "
        + "file of that name"
    case .unlisted: "\(folder)/\(path): inputs: expected one entry for each trace of the scenario"
    }
  }
  var exitCode: ExitCode { .wrongInput }
}
