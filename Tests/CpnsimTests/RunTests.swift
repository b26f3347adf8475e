// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation
import Testing

/// The scenario of the manual, with a trace of three flows.
///
/// Flow 1 has `l1` for itself and is held to 400 Gbps by it until flows 2 and 3 come at 1 s. Then
/// `l0` gives each of the three 800/3 Gbps; flow 1 has 400 of its 800 Gbit left, which takes until
/// 2.5 s. Flows 2 and 3 then have 400 Gbit left each, at 400 Gbps until 3.5 s.
enum Ring {
  static let scenario = """
    scenario: ring
    network:
      links:
        - {name: l0, capacity: 800 Gbps}
        - {name: l1, capacity: 400 Gbps}
    traffic:
      - trace: ring.csv        # flow,start_s,source,target,bytes,path
    outputs: [summary, flows]

    """
  static let trace = """
    flow,start_s,source,target,bytes,path
    1,0,,,100e9,l0;l1
    2,1,,,100e9,l0
    3,1,,,100e9,l0

    """

  static func workspace() throws -> Workspace {
    let workspace = try Workspace()
    try workspace.write(scenario, to: "ring.yaml")
    try workspace.write(trace, to: "ring.csv")
    return workspace
  }
}

@Suite struct RunTests {
  @Test func theRingOfTheManualWritesItsFolder() throws {
    let workspace = try Ring.workspace()
    let outcome = try workspace.cpnsim("run", "ring.yaml", "--out", "results/ring")
    #expect(outcome.code == 0)
    #expect(outcome.errors == "Wrote results/ring\n")
    #expect(
      workspace.names == [
        "results", "results/ring", "results/ring/datapackage.json", "results/ring/flows.csv",
        "results/ring/manifest.json", "results/ring/summary.csv", "ring.csv", "ring.yaml",
      ])
    let flows = try workspace.text(of: "results/ring/flows.csv")
    let header =
      "flow,class,source,target,bytes,start_s,finish_s,mean_bps,slowdown,bottleneck,deadline_s\n"
    #expect(flows.hasPrefix(header))
    #expect(try workspace.text(of: "results/ring/summary.csv").hasPrefix("metric,value,unit\n"))
  }

  @Test func theFlowsOfTheRingFinishWhenTheyMust() throws {
    let workspace = try Ring.workspace()
    #expect(try workspace.cpnsim("run", "ring.yaml", "--out", "out").code == 0)
    let rows = try workspace.rows(of: "out/flows.csv")
    #expect(rows.map { $0["flow"] } == ["1", "2", "3"])
    #expect(rows.map { $0["bottleneck"] } == ["l0", "l0", "l0"])
    #expect(rows.allSatisfy { $0["class"] == "default" && $0["source"] == "" })
    // Alone, flow 1 takes 2 s and the others 1 s.
    let expected = [(2.5, 320e9, 1.25), (3.5, 320e9, 2.5), (3.5, 320e9, 2.5)]
    for (row, (finish, rate, slowdown)) in zip(rows, expected) {
      let values = try ["finish_s", "mean_bps", "slowdown"].map { name in
        try #require(row[name].flatMap { Double($0) })
      }
      #expect(abs(values[0] - finish) < 1e-8)
      #expect(abs(values[1] / rate - 1) < 1e-8)
      #expect(abs(values[2] / slowdown - 1) < 1e-8)
    }
  }

  @Test func withoutOutTheSummaryIsPrintedAndNothingWritten() throws {
    let workspace = try Ring.workspace()
    let before = workspace.names
    let outcome = try workspace.cpnsim("run", "ring.yaml")
    #expect(outcome.code == 0)
    #expect(outcome.errors.isEmpty)
    #expect(outcome.output.hasPrefix("ring, seed 1, digest "))
    #expect(outcome.output.contains("flows_finished"))
    #expect(workspace.names == before)
  }

  @Test func theSummaryIsTheSameInEveryFormat() throws {
    let workspace = try Ring.workspace()
    let json = try workspace.cpnsim("run", "ring.yaml", "--format", "json")
    #expect(json.code == 0)
    let object = try json.object()
    #expect(object["scenario"] as? String == "ring")
    let summary = try #require(object["summary"] as? [String: [String: Any]])
    #expect(summary["flows_finished"]?["value"] as? Double == 3)
    #expect(summary["bytes_delivered"]?["value"] as? Double == 300e9)
    #expect(summary["bytes_delivered"]?["unit"] as? String == "B")

    let csv = try workspace.cpnsim("run", "ring.yaml", "--format", "csv")
    let lines = csv.output.split(separator: "\n")
    #expect(lines.contains("flows_finished,3,"))
    #expect(lines.contains("bytes_delivered,300000000000,B"))
    // A header, and no word of the time that it took: it would differ each time.
    #expect(lines.count == summary.count + 1)
  }

  @Test func quietRunsSayNothing() throws {
    let workspace = try Ring.workspace()
    let outcome = try workspace.cpnsim("run", "ring.yaml", "--quiet")
    #expect(outcome.code == 0)
    #expect(outcome.output.isEmpty && outcome.errors.isEmpty)
  }

  @Test func settingsReplaceValues() throws {
    let workspace = try Ring.workspace()
    let outcome = try workspace.cpnsim(
      "run", "ring.yaml", "--out", "out", "--set", "network.links[l1].capacity=200 Gbps")
    #expect(outcome.code == 0)
    // 200 Gbit at 200 Gbps until 1 s; then 600 Gbit at 200 Gbps, less than a third of l0.
    let first = try #require(try workspace.rows(of: "out/flows.csv").first { $0["flow"] == "1" })
    #expect(first["finish_s"] == "4")
  }

  @Test func everyOutputHasItsFileAndNoOther() throws {
    let workspace = try Workspace()
    try workspace.write(Small.scenario + "duration: 1 s\n", to: "small.yaml")
    #expect(try workspace.cpnsim("run", "small.yaml", "--out", "out").code == 0)
    #expect(
      workspace.names == [
        "out", "out/bottlenecks.csv", "out/datapackage.json", "out/events.csv", "out/flows.csv",
        "out/links.csv",
        "out/manifest.json", "out/summary.csv", "small.yaml",
      ])
    // One row for each of two links at each hundredth of the duration.
    #expect(try workspace.rows(of: "out/links.csv").count == 200)
    let resources = try workspace.json(of: "out/datapackage.json")["resources"] as? [[String: Any]]
    #expect(
      resources?.compactMap { $0["path"] as? String }
        == ["summary.csv", "flows.csv", "links.csv", "bottlenecks.csv", "events.csv"])
  }

  @Test func flowsUnfinishedAtTheHorizonAreListedAndCounted() throws {
    let workspace = try Workspace()
    // 10 Gbps and 0.5 s: the first is done, the second has begun, the third is still on its way,
    // and the fourth would come when all is over.
    try workspace.write(
      """
      scenario: horizon
      duration: 500 ms
      network:
        links:
          - {name: near, from: a, to: b, capacity: 10 Gbps}
          - {name: far, from: a, to: c, capacity: 10 Gbps, delay: 1 s}
      traffic:
        - flows:
            - {flow: done, from: a, to: b, size: 100 MB}
            - {flow: begun, start: 200 ms, from: a, to: b, size: 1 GB}
            - {flow: waits, start: 300 ms, from: a, to: c, size: 1 GB}
            - {flow: late, start: 500 ms, from: a, to: c, size: 1 GB}
      """, to: "horizon.yaml")
    #expect(try workspace.cpnsim("run", "horizon.yaml", "--out", "out").code == 0)
    let rows = try workspace.rows(of: "out/flows.csv")
    #expect(rows.map { $0["flow"] } == ["done", "begun", "waits"])
    #expect(rows.map { $0["finish_s"] } == ["0.08", "", ""])
    #expect(rows.map { $0["bottleneck"] } == ["near", "near", ""])
    let summary = Dictionary(
      uniqueKeysWithValues: try workspace.rows(of: "out/summary.csv").map {
        ($0["metric"], $0["value"])
      })
    #expect(summary["flows_started"] == "3")
    #expect(summary["flows_finished"] == "1")
    #expect(summary["flows_unfinished"] == "2")
    // The second has sent for 0.3 s at 10 Gbps: 375 of its 1000 MB, and the third nothing.
    #expect(summary["bytes_left"] == "1625000000")
  }
}

/// A scenario of one flow that runs by itself.
enum Small {
  static let scenario = """
    scenario: small
    network:
      links:
        - {name: a-b, from: a, to: b, capacity: 10 Gbps}
        - {name: c-d, from: c, to: d, capacity: 10 Gbps}
    traffic:
      - flows:
          - {flow: f1, from: a, to: b, size: 1 GB}

    """
}
