// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation
import Testing

/// How findings are printed; what they say is tested in FindingCaseTests.
@Suite struct FindingTests {
  @Test func noMoreThanSevenAreTold() throws {
    let workspace = try Workspace()
    let outcome = try workspace.cpnsim(
      "run", ScenarioGoldenTests.root.appending(path: "Scenarios/data-migration.yaml").path,
      "--format", "json")
    let all = try #require(try outcome.object()["findings"] as? [[String: Any]])
    #expect((4...7).contains(all.count))
    #expect(all.allSatisfy { $0["text_zh"] is String && $0["subject"] is String })
    let kinds = all.compactMap { $0["kind"] as? String }
    let order = ["full", "failed", "refused", "late", "idle", "cost", "help"]
    #expect(kinds == kinds.sorted { order.firstIndex(of: $0)! < order.firstIndex(of: $1)! })
  }

  /// People get them before all tables, and with a folder the commands work as printed.
  @Test func theyComeFirstAndTheirCommandsWork() throws {
    let workspace = try Workspace()
    try workspace.write(
      """
      scenario: s
      duration: 2 h
      network: {links: [{name: ab, from: a, to: b, capacity: 10 Gbps}]}
      traffic: [{demand: {name: live, from: a, to: b, rate: 9.5 Gbps}}]
      outputs: [summary, links]
      sample_every: 10 min

      """, to: "s.yaml")
    let outcome = try workspace.cpnsim("run", "s.yaml", "--out", "out")
    let lines = outcome.output.split(separator: "\n").map(String.init)
    #expect(lines[1].hasPrefix("- ab was above 90 % for 2 h of 2 h"))
    #expect(lines[2] == "  cpnsim explain out link ab --at 00:10")
    #expect(try workspace.bash(lines[2]).code == 0)
    let manifest = try String(
      contentsOfFile: "\(workspace.path)/out/manifest.json", encoding: .utf8)
    #expect(manifest.contains("ab was above 90 % for 2 h of 2 h"))
    let bare = try workspace.cpnsim("run", "s.yaml").output
    #expect(bare.contains("  cpnsim explain RUN link ab --at 00:10\n"))
    #expect(bare.contains("RUN is a folder that 'cpnsim run SCENARIO --out RUN' writes.\n"))
  }
}
