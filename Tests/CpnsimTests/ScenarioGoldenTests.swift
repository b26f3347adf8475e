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
    #expect(ScenarioGoldenTests.scenarios.contains(ScenarioGoldenTests.nationalDay))
  }

  @Test(arguments: scenarios)
  func aScenarioGivesWhatItGave(name: String) throws {
    let workspace = try Workspace()
    let file = ScenarioGoldenTests.root.appending(path: "Scenarios/\(name)").path
    let outcome = try workspace.cpnsim("run", file, "--out", "out")
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
    if name == ScenarioGoldenTests.nationalDay {
      try servesWhatIsAskedFor(found)
      Readme.expect(
        try Readme.block(behind: "and then the tables"),
        in: Self.withoutFolder(outcome.output))
    }
  }

  /// README speaks of the folder as RUN.
  private static func withoutFolder(_ output: String) -> String {
    ["explain", "report"].reduce(output) {
      $0.replacingOccurrences(of: "cpnsim \($1) out ", with: "cpnsim \($1) RUN ")
    }
  }

  private static let nationalDay = "national-day.yaml"

  /// Checks the summary of the national day, as a planner would read it.
  private func servesWhatIsAskedFor(_ text: String) throws {
    var summary: [String: Double] = [:]
    for line in text.split(separator: "\n") {
      let fields = line.split(separator: ",", omittingEmptySubsequences: false)
      summary[String(fields[0])] = Double(fields[1])
    }
    let offered = try #require(summary["tokens_offered"])
    #expect(abs(offered - 140e12) < 0.001 * 140e12)
    let parts = ["tokens_served", "tokens_refused", "tokens_lost"].compactMap { summary[$0] }
    #expect(parts.count == 3)
    #expect(abs(parts.reduce(0, +) - offered) < 1e-9 * offered)
    #expect(summary["jobs_finished"] == 1)
  }
}
