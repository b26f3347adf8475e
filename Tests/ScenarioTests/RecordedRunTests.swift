// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation
import Results
import Simulator
import Testing
import Text

@testable import Scenario

@Suite struct RecordedRunTests {
  /// The manifest of a run of the scenario, in a folder of its own.
  private func manifest(
    of loaded: LoadedScenario, in folder: ScratchFolder, inputs: [Manifest.Input]
  ) throws -> String {
    let manifest = Manifest(
      name: loaded.model.name, version: "1.2.3", seed: loaded.model.seed, status: .complete,
      digest: 1, events: 2, wallSeconds: 3, simulatedSeconds: 4,
      directory: loaded.absoluteDirectory, inputs: inputs, scenario: loaded.resolvedJSON)
    return try folder.write(manifest.json.prettyText, to: "manifest.json")
  }

  @Test func aManifestLoadsAsTheModelThatWasRun() throws {
    let scenarios = try ScratchFolder()
    try scenarios.write("flow,start_s,source,target,bytes,path\n", to: "t.csv")
    let file = try scenarios.write(ScenarioFileTests.full, to: "s.yaml")
    let loaded = try ScenarioFile.load(path: file, settings: ["seed=42"])
    let inputs = loaded.inputs.enumerated().map { index, path in
      // The first was a pipe, and has no fingerprint.
      Manifest.Input(
        path: path,
        record: index == 0
          ? nil : .init(fingerprint: .init(bytes: 7, hash: .max), isPart: true, fileBytes: 1 << 40))
    }
    let folder = try ScratchFolder()
    let recorded = try ScenarioFile.load(
      manifest: manifest(of: loaded, in: folder, inputs: inputs))
    #expect(recorded.version == "1.2.3")
    #expect(recorded.inputs == inputs)
    #expect(recorded.loaded.inputs == ["\(loaded.absoluteDirectory)/t.csv"])
    #expect(recorded.loaded.resolvedJSON == loaded.resolvedJSON)
    #expect(recorded.loaded.model.seed == 42)
  }

  @Test func fingerprintsAreReadBack() throws {
    let loaded = try load(ScenarioFileTests.full)
    let folder = try ScratchFolder()
    try folder.write("flow,start_s,source,target,bytes,path\n", to: "t.csv")
    var file = try manifest(
      of: loaded, in: folder,
      inputs: [
        .init(path: "t.csv", record: .init(fingerprint: .init(bytes: 7, hash: 0xF00), fileBytes: 7))
      ])
    // The folder of the scenario is gone by now: the manifest names another.
    let text = try String(contentsOfFile: file, encoding: .utf8)
    file = try folder.write(
      text.replacingOccurrences(of: loaded.absoluteDirectory, with: folder.path),
      to: "manifest.json")
    let recorded = try ScenarioFile.load(manifest: file)
    #expect(recorded.inputs.map(\.record?.fingerprint) == [.init(bytes: 7, hash: 0xF00)])
    #expect(recorded.loaded.inputs == ["\(folder.path)/t.csv"])
  }

  @Test(
    arguments: [
      ("{}", "version: the key is missing"), ("{}", "scenario: the key is missing"),
      ("{\"inputs\": 1}", "inputs: found 1, expected a list"),
      ("{\"inputs\": [{}]}", "inputs[0].path: the key is missing"),
      ("{\"scenario\": {\"seed\": -1}}", "scenario.seed: found -1, expected"),
      ("[]", "found an empty list, expected a mapping"),
    ]) func whatIsMissingOrWrongIsReported(_ text: String, _ problem: String) throws
  {
    let folder = try ScratchFolder()
    let file = try folder.write(text, to: "manifest.json")
    let error = #expect(throws: ScenarioErrors.self) { try ScenarioFile.load(manifest: file) }
    #expect(error?.description.contains(problem) == true)
  }
}
