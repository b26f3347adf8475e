// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation
import Testing

/// Small things that first-time users tripped over, each as they met it.
@Suite struct SmallTrapTests {
  private func link(_ port: String, classes: String = "") -> String {
    """
    scenario: s
    duration: 1 s
    network:
      links:
        - {name: l, from: a, to: b, capacity: 12 Gbps, port: {buffer: 15 kB\(port)}}
    \(classes)
    traffic:
      - demand: {name: d, from: a, to: b, rate: 9 Gbps}
    outputs: [summary, demands]
    """
  }

  /// With one priority there is nobody to go before: a plain queue, to the last digit.
  @Test func aPriorityPortOfOneClassIsAPlainQueue() throws {
    let workspace = try Workspace()
    for (name, port) in [("plain", ""), ("ranked", ", queueing: priority")] {
      try workspace.write(link(port), to: "\(name).yaml")
      let run = try workspace.cpnsim("run", "\(name).yaml", "--out", name)
      #expect(run.code == 0, "\(run.errors)")
    }
    let plain = try workspace.text(of: "plain/demands.csv")
    #expect(plain == (try workspace.text(of: "ranked/demands.csv")))
    #expect(try workspace.rows(of: "plain/demands.csv")[0]["lost_queue_bytes"] != "0")
  }

  /// A floor under TCP and RoCE on the shipped scenario is kept, and ends no run with a trap.
  @Test func aFloorOfTheSharedBottleneckIsHeld() throws {
    let workspace = try Workspace()
    let scenario = ScenarioGoldenTests.root.appending(path: "Scenarios/shared-bottleneck.yaml").path
    let run = try workspace.cpnsim(
      "run", scenario, "--set", "classes[0].floor=1 Gbps", "--out", "out")
    #expect(run.code == 0, "\(run.errors)")
    let finished = try workspace.rows(of: "out/summary.csv").first {
      $0["metric"] == "flows_finished"
    }
    #expect(Double(finished?["value"] ?? "") ?? 0 > 0)
  }

  @Test func aCircleOfSymbolicLinksIsSaidToBeOne() throws {
    let workspace = try Workspace()
    try workspace.write(link(""), to: "s.yaml")
    try FileManager.default.createSymbolicLink(
      atPath: workspace.path + "/loop", withDestinationPath: workspace.path + "/loop")
    let run = try workspace.cpnsim("run", "s.yaml", "--out", "loop/out")
    #expect(run.code == 2)
    #expect(run.errors.contains("symbolic links lead round in a circle"), "\(run.errors)")
  }

  /// A fit to sizes eighteen decades apart has a variation beyond all numbers; none is printed.
  @Test func noFitOfATraceSaysInfinity() throws {
    let workspace = try Workspace()
    let rows = (0..<40).map { "f\($0),\($0),a,b,\($0.isMultiple(of: 2) ? "1e-3" : "1e15")" }
    try workspace.write(
      "flow,start_s,source,target,bytes\n" + rows.joined(separator: "\n") + "\n", to: "t.csv")
    let shown = try workspace.cpnsim("show", "trace", "t.csv", "--kind", "flows")
    #expect(shown.code == 0, "\(shown.errors)")
    #expect(!shown.output.contains("inf"), "\(shown.output)")
    #expect(shown.output.contains("lognormal"), "\(shown.output)")
  }

  @Test(arguments: [
    ("columns", "'summary flows links"), ("trace", "'csv' 'jsonl'"),
  ])
  func completionOffersWhatASubjectTakes(subject: String, offered: String) throws {
    let script = try Workspace().cpnsim("completions", "bash").output
    // Each subject has a function of its own.
    let body = try #require(script.range(of: "_cpnsim_show_\(subject)() {"))
    let choice = script[body.upperBound...].prefix { $0 != "}" }
    #expect(choice.contains(offered), "\(choice)")
  }
}
