// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation
import Testing

@Suite struct ExplainTests {
  private func ring() throws -> Workspace {
    let workspace = try Ring.workspace()
    #expect(try workspace.cpnsim("run", "ring.yaml", "--out", "out").code == 0)
    return workspace
  }

  /// By what `Ring` says: `l1` for 1 s at 400 Gbps, then `l0` for 1.5 s at 800/3 Gbps.
  @Test func theTimelineSaysWhatHeldAFlowBack() throws {
    let outcome = try ring().cpnsim("explain", "out", "flow", "1", "--format", "json")
    #expect(outcome.code == 0)
    let flow = try outcome.object()
    #expect(flow["flow"] as? String == "1")
    #expect(flow["class"] as? String == "default")
    #expect(flow["path"] as? [String] == ["l0", "l1"])
    #expect(flow["bytes"] as? Double == 100e9)
    #expect(flow["start_s"] as? Double == 0)
    try expect(flow["finish_s"], near: 2.5)
    try expect(flow["mean_bps"], near: 320e9)

    let totals = try #require(flow["totals"] as? [[String: Any]])
    #expect(totals.map { $0["link"] as? String } == ["l0", "l1"])
    for (total, (time, share, rate)) in zip(totals, [(1.5, 0.6, 800e9 / 3), (1, 0.4, 400e9)]) {
      try expect(total["time_s"], near: time)
      try expect(total["share"], near: share)
      try expect(total["mean_bps"], near: rate)
    }
    let timeline = try #require(flow["timeline"] as? [[String: Any]])
    #expect(timeline.map { $0["link"] as? String } == ["l1", "l0"])
    #expect(timeline.map { $0["from_s"] as? Double } == [0, 1])
    #expect(timeline.map { $0["share"] as? Double } == [1, 1])
  }

  @Test func peopleGetTheSameInWords() throws {
    let outcome = try ring().cpnsim("explain", "out", "flow", "1")
    #expect(outcome.code == 0)
    let lines = outcome.output.split(separator: "\n").map {
      $0.split(separator: " ", omittingEmptySubsequences: true).joined(separator: " ")
    }
    #expect(lines.contains("mean rate 320 Gbps"))
    #expect(lines.contains("link l0 1.5 s 60.0 % 267 Gbps"))
    #expect(lines.contains("0 s 1 s link l1 100.0 % 400 Gbps"))
  }

  /// Delay until 0.5 s, failure until 1 s, then the ceiling, and the horizon before the end.
  @Test func delayFailureAndCeilingAreTold() throws {
    let workspace = try Workspace()
    try workspace.write(
      """
      scenario: held
      duration: 3 s
      network: {links: [{name: l, from: a, to: b, capacity: 10 Gbps, delay: 500 ms}]}
      classes: [{name: slow, ceiling: 1 Gbps}]
      traffic: [{class: slow, flows: [{flow: f, from: a, to: b, size: 1 TB}]}]
      events: [{at: 200 ms, fail: l}, {at: 1 s, repair: l}]
      """, to: "s.yaml")
    #expect(try workspace.cpnsim("run", "s.yaml", "--out", "out").code == 0)
    let csv = try workspace.cpnsim("explain", "out", "flow", "f", "--format", "csv")
    #expect(
      csv.output == """
        from_s,to_s,limit,link,share,mean_bps
        0,0.5,delay,,1,0
        0.5,1,failure,l,1,0
        1,3,ceiling,,1,1000000000

        """)
    let flow = try workspace.cpnsim("explain", "out", "flow", "f", "--format", "json").object()
    #expect(flow["finish_s"] is NSNull && flow["mean_bps"] is NSNull)
  }

  @Test func theReplayAgreesWithTheTableFromAnyFolder() throws {
    let workspace = try Workspace()
    try workspace.write(DeterminismTests.scenario, to: "s.yaml")
    try workspace.write(DeterminismTests.trace, to: "t.csv")
    #expect(try workspace.cpnsim("run", "s.yaml", "--set", "seed=3", "--out", "sub/out").code == 0)
    // The scenario file is not needed for it, nor the folder it was started in.
    #expect(try workspace.bash("rm s.yaml").code == 0)
    let rows = try workspace.rows(of: "sub/out/flows.csv")
    let finished = try #require(rows.last { $0["class"] == "lead" && $0["finish_s"] != "" })
    for row in [rows[0], finished] + rows.filter({ $0["class"] == "default" }) {
      let name = try #require(row["flow"])
      let outcome = try workspace.bash("cd sub && cpnsim explain out flow \(name) --format json")
      #expect(outcome.code == 0)
      // As text: the last digit counts.
      for column in ["bytes", "start_s", "finish_s", "mean_bps"] {
        #expect(outcome.output.contains("\"\(column)\": \(row[column] ?? "")"))
      }
    }
  }

  @Test func theTimelineIsKeptShortUnlessAllIsWanted() throws {
    let workspace = try Workspace()
    // Each flow of 1 s doubles the number on the link and halves the rate, and back again.
    try workspace.write(
      """
      scenario: many
      network: {links: [{name: l, capacity: 10 Gbps}, {name: m, capacity: 4 Gbps}]}
      traffic:
        - flows: [{flow: f, path: [l, m], size: 100 GB}]
        - generate: {arrivals: {deterministic: 1/s}, sizes: {fixed: 2 GB}, path: [l], count: 200}
      """, to: "s.yaml")
    #expect(try workspace.cpnsim("run", "s.yaml", "--out", "out").code == 0)
    func rows(_ words: String...) throws -> Int {
      let outcome = try workspace.cpnsim(
        ["explain", "out", "flow", "f", "--format", "csv"] + words)
      return outcome.output.split(separator: "\n").count - 1
    }
    #expect(try rows("--all") > 100)
    #expect(try (2...20).contains(rows()))
    #expect(try (2...5).contains(rows("--rows", "5")))
  }

  @Test func aTraceThatHasChangedIsRefused() throws {
    let workspace = try ring()
    try workspace.write(Ring.trace + "4,1,,,1e9,l0\n", to: "ring.csv")
    let outcome = try workspace.cpnsim("explain", "out", "flow", "1")
    #expect(outcome.code == 2)
    #expect(outcome.output.isEmpty)
    #expect(outcome.errors.contains("ring.csv: the file has changed since out was made from it"))
  }

  @Test func aFlowThatIsNotThereIsRefused() throws {
    let outcome = try ring().cpnsim("explain", "out", "flow", "17")
    #expect(outcome.code == 2)
    #expect(outcome.output.isEmpty)
    #expect(outcome.errors.contains("out: the run has no flow '17'"))
  }

  @Test func anotherVersionIsAWarning() throws {
    let workspace = try ring()
    #expect(
      try workspace.bash(
        "sed -i 's/\"version\": \"[^\"]*\"/\"version\": \"0.0.1\"/' out/manifest.json"
      ).code == 0)
    let outcome = try workspace.cpnsim("explain", "out", "flow", "1")
    #expect(outcome.code == 0)
    #expect(outcome.errors.hasPrefix("warning: out was made by version 0.0.1, and this is "))
  }

  @Test func aManifestThatIsNoneIsRefused() throws {
    let workspace = try ring()
    try workspace.write("{\"version\": \"0.1.0\", \"inputs\": []}\n", to: "out/manifest.json")
    let outcome = try workspace.cpnsim("explain", "out", "flow", "1")
    #expect(outcome.code == 2)
    #expect(outcome.errors.contains("out/manifest.json:1:1: scenario: the key is missing"))
  }
}
