// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation
import Testing

/// Every scenario that is shipped gives what it gave when somebody last looked at it.
///
/// The expected summaries and digests stand in Results/scenarios. `make golden` writes them anew;
/// a difference is then a diff to be reviewed.
@Suite struct ScenarioGoldenTests {
  static let root = URL(filePath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

  static let scenarios: [String] = {
    let folder = root.appending(path: "Scenarios").path
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    return names.filter { $0.hasSuffix(".yaml") }.sorted()
  }()

  @Test func thereAreScenarios() {
    #expect(!ScenarioGoldenTests.scenarios.isEmpty)
  }

  @Test(arguments: scenarios)
  func aScenarioGivesWhatItGave(name: String) throws {
    let workspace = try Workspace()
    let file = ScenarioGoldenTests.root.appending(path: "Scenarios/\(name)").path
    let outcome = try workspace.cpnsim("run", file, "--out", "out", "--quiet")
    #expect(outcome.code == 0, "\(outcome.errors)")
    let digest = try #require(workspace.json(of: "out/manifest.json")["digest"] as? String)
    let found = try workspace.text(of: "out/summary.csv") + "digest,\(digest),\n"

    let expected = ScenarioGoldenTests.root.appending(path: "Results/scenarios/\(name).csv")
    if ProcessInfo.processInfo.environment["CPNSIM_UPDATE_GOLDEN"] != nil {
      try FileManager.default.createDirectory(
        at: expected.deletingLastPathComponent(), withIntermediateDirectories: true)
      try Data(found.utf8).write(to: expected)
    }
    #expect(try String(contentsOf: expected, encoding: .utf8) == found)
  }
}
