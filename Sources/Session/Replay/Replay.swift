// SPDX-License-Identifier: GPL-3.0-or-later

internal import Glibc
internal import NetworkModel
internal import Results
internal import Scenario
public import Simulator

/// A run that is lived through once more from its results folder.
public struct Replay {
  /// What its user should know before, such as that another version made the folder.
  public let warnings: [String]
  /// What the run was of.
  public let model: Model

  /// Reads the manifest and makes sure that what the run read is still the same.
  public init(folder: String) throws {
    try Replay.checkFolder(folder)
    let recorded = try ScenarioFile.load(manifest: "\(folder)/\(Manifest.file)")
    try Replay.checkInputs(of: recorded, in: folder)
    warnings =
      recorded.version == Version.text
      ? []
      : [
        "\(folder) was made by version \(recorded.version), and this is \(Version.text): "
          + "it may live through other things"
      ]
    model = recorded.loaded.model
  }

  /// Watches a flow to its end, or to that of the run; nil where it never arrives.
  ///
  /// A flow that is named after a place or a line goes by the other names of that as well.
  public func watch(
    _ flow: String, _ watch: (RunProgress) -> Wish = { _ in .goOn }
  ) throws -> FlowProbe? {
    if let probe = try probe(flow, watch) { return probe }
    let name = model.fibreNames.nodeOrLine(flow)
    return name == flow ? nil : try probe(name, watch)
  }

  private func probe(_ flow: String, _ watch: (RunProgress) -> Wish) throws -> FlowProbe? {
    let run = try Run(model, watching: .flow(flow))
    try Drive(of: run).live(watch, until: { $0.probe?.finish != nil })
    return run.endWatch()
  }
}

// MARK: - Whether it can be the same run

extension Replay {
  private static func checkFolder(_ folder: String) throws(NoResults) {
    let manifest = "\(folder)/\(Manifest.file)"
    guard access(manifest, F_OK) != 0 else { return }
    var status = stat()
    let exists = stat(folder, &status) == 0
    throw NoResults(
      path: folder,
      found: !exists ? .nothing : status.st_mode & S_IFMT == S_IFDIR ? .folder : .file)
  }

  private static func checkInputs(of recorded: RecordedRun, in folder: String) throws {
    guard recorded.inputs.count == recorded.loaded.inputs.count else {
      // A program that is not there is none that the scenario reads.
      if let gone = recorded.inputs.first(where: { !recorded.loaded.inputs.contains($0.path) }) {
        throw ChangedInput(folder: folder, path: gone.path, change: .gone)
      }
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
}
