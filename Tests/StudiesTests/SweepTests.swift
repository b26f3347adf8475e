// SPDX-License-Identifier: GPL-3.0-or-later
import EventKernel
import Foundation
import Scenario
import Session
import Simulator
import Testing

@testable import Studies

/// A sweep gives the same tables whatever ran first, and runs nothing twice.
@Suite struct SweepTests {
  private static let study = """
    study: s
    scenario: tiny.yaml
    seeds: 4
    axes:
      - {name: rate, path: '\(Bench.rate)', values: [10 /s, 20 /s, 40 /s]}

    """

  private static let tables = [
    "results.csv", "wide.csv", "summary.csv", "failures.csv", "datapackage.json",
  ]

  @Test func theNumberOfThreadsMakesNoDifference() throws {
    let bench = try Bench()
    for jobs in [1, 2, 5] { _ = try bench.sweep(Self.study, out: "out\(jobs)", jobs: jobs) }
    for table in Self.tables {
      #expect(try bench.text("out1/\(table)") == bench.text("out2/\(table)"))
      #expect(try bench.text("out1/\(table)") == bench.text("out5/\(table)"))
    }
  }

  /// Against the runs themselves: the same numbers as each scenario gives by itself.
  @Test func rowsAreThoseOfTheRuns() throws {
    let bench = try Bench()
    _ = try bench.sweep(Self.study)
    let rows = try bench.rows("out/wide.csv")
    #expect(rows.count == 12)
    #expect(rows.map { $0["run"] } == (1...12).map { "\($0)" })
    #expect(Set(rows.map { $0["digest"] }).count == 12)
    // Means over seeds are those of the rows.
    let summary = try bench.rows("out/summary.csv").filter { $0["metric"] == "flows_started" }
    for (index, row) in summary.enumerated() {
      let values = rows[4 * index..<4 * index + 4].compactMap { Double($0["flows_started"] ?? "") }
      let mean = try #require(Double(row["mean"] ?? ""))
      #expect(abs(mean - values.reduce(0, +) / 4) < 1e-9)
      #expect(row["n"] == "4" && row["of"] == "4")
    }
  }

  @Test func whatIsDoneIsNotDoneAgain() throws {
    let bench = try Bench()
    let first = try bench.sweep(Self.study)
    #expect(first.done == 12 && first.doneBefore == 0)
    let again = try bench.sweep(Self.study)
    #expect(again.doneBefore == 12)
    // A longer axis and one more, of which one value is what the scenario has.
    let grown = Self.study.replacing("40 /s]", with: "40 /s, 80 /s]")
    #expect(try bench.sweep(grown).doneBefore == 12)
    let wider = grown + "  - {name: length, path: duration, values: [1 s, 2 s]}\n"
    let end = try bench.sweep(wider)
    #expect(end.doneBefore == 16 && end.of == 32)
    // Another capacity is another scenario.
    try bench.write(
      Bench.scenario.replacing("1 Gbps", with: "2 Gbps"), to: "tiny.yaml")
    #expect(try bench.sweep(wider).doneBefore == 0)
  }

  @Test func aSweepThatIsStoppedGoesOn() throws {
    let bench = try Bench()
    let plan = try bench.plan(Self.study.replacing("seeds: 4", with: "seeds: 60"))
    let folder = StudyFolder("\(bench.path)/out")
    #expect(throws: StoppedStudy.self) {
      _ = try Sweep(plan, into: folder).run { $0.done == 0 }
    }
    let end = try Sweep(plan, into: folder).run { _ in true }
    #expect(end.doneBefore > 0 && end.done == 180)
  }

  /// One trace with a bad line among good ones: its runs are listed, the others are done.
  @Test func aRunThatFailsHidesNothing() throws {
    let bench = try Bench()
    try bench.write("flow,start_s,source,target,bytes\nf,0.1,a,b,1000\n", to: "good.csv")
    try bench.write("flow,start_s,source,target,bytes\nf,0.1,a,b,1000\ng,x,a,b,1\n", to: "bad.csv")
    try bench.write(
      """
      scenario: traced
      duration: 1 s
      network:
        nodes: [{name: a}, {name: b}]
        links: [{name: l, from: a, to: b, capacity: 1 Gbps}]
      traffic: [{trace: {file: good.csv, format: flows, name: t}}]
      """, to: "traced.yaml")
    let end = try bench.sweep(
      """
      study: s
      scenario: traced.yaml
      seeds: 2
      axes: [{name: file, path: 'traffic[0].trace.file', values: [good.csv, bad.csv]}]
      """)
    #expect(end.done == 2 && end.failed == 2)
    let failures = try bench.rows("out/failures.csv")
    #expect(failures.map { $0["file"] } == ["bad.csv", "bad.csv"])
    #expect(try bench.text("out/failures.csv").contains("bad.csv"))
    let status = try bench.rows("out/wide.csv").map { $0["status"] }
    #expect(status == ["done", "done", "failed", "failed"])
    let means = try bench.rows("out/summary.csv").filter { $0["file"] == "bad.csv" }
    #expect(means.isEmpty)
  }

  /// All runs share the rows of a trace, and are those that read its file by themselves.
  @Test func runsOverOneTraceAreThoseThatReadIt() throws {
    let bench = try Bench()
    let rows = (0..<200).map { "f\($0),\(Double($0) / 250),a,b,\(100_000 + 7919 * $0 % 50_000)\n" }
    try bench.write(
      "flow,start_s,source,target,bytes\n" + rows.joined(), to: "flows.csv")
    try bench.write(
      """
      scenario: traced
      duration: 1 s
      network: {links: [{name: l, from: a, to: b, capacity: 200 Mbps}]}
      traffic:
        - {trace: {file: flows.csv, format: flows, name: plain}}
        - {trace: {file: flows.csv, format: flows, name: again, time_factor: 0.5, repeat: 2}}
      """, to: "traced.yaml")
    let text = """
      study: s
      scenario: traced.yaml
      seeds: 2
      axes: [{name: capacity, path: 'network.links[l].capacity', values: [100 Mbps, 300 Mbps]}]
      """
    let end = try bench.sweep(text)
    #expect(end.done == 4)
    let study = try bench.study(text)
    let digests = try [0, 0, 1, 1].enumerated().map { place, cell in
      let loaded = try study.load(study.cell(cell)).seeded(UInt64(place % 2 + 1))
      #expect(loaded.model.sharedTraces == nil)
      let session = try Session(loaded)
      try session.drive()
      let digits = String(try session.finish().outcome.digest.value, radix: 16)
      return String(repeating: "0", count: 16 - digits.count) + digits
    }
    #expect(try bench.rows("out/wide.csv").map { $0["digest"] } == digests)
    #expect(Set(digests).count == 2)
  }

  @Test func seedsAreAddedUntilTheIntervalIsNarrow() throws {
    let bench = try Bench()
    _ = try bench.sweep(
      """
      study: s
      scenario: tiny.yaml
      until: {metric: flows_started, relative: 8 %, at_most: 40}
      axes: [{name: rate, path: '\(Bench.rate)', values: [5 /s, 200 /s]}]
      """)
    let rows = try bench.rows("out/summary.csv").filter { $0["metric"] == "flows_started" }
    // A Poisson number of mean m has a deviation of its root: 2.2 of 5 takes far more than 40
    // seeds for 8 %, and 14 of 200 takes three.
    #expect(rows.map { $0["n"] } == ["40", "20"])
    #expect(rows.map { $0["of"] } == ["40", "20"])
  }

  @Test func anotherStudyOrVersionIsNotOverwritten() throws {
    let bench = try Bench()
    _ = try bench.sweep(Self.study)
    #expect(throws: OtherStudy.self) {
      _ = try bench.sweep(Self.study.replacing("study: s", with: "study: other"))
    }
    let statement = try bench.text("out/study.json")
    try bench.write(
      statement.replacing("\"format\": 1", with: "\"format\": 2"), to: "out/study.json")
    #expect(throws: UnreadableStudy.self) { _ = try bench.sweep(Self.study) }
    try bench.write(statement, to: "out/study.json")
    let whole = try bench.text("out/plan.txt")
    try bench.write(String(whole.dropLast(20)), to: "out/plan.txt")
    #expect(throws: UnreadableStudy.self) {
      _ = try StudyStatus(of: StudyFolder("\(bench.path)/out"))
    }
    #expect(try bench.sweep(Self.study).doneBefore == 12)
    #expect(try StudyStatus(of: StudyFolder("\(bench.path)/out")).done == 12)
    let records = try bench.text("out/records/1-of-1.records")
    for lines in [records, "cpnsim records 1\n"] {
      let other = lines.replacing("cpnsim records 1", with: "cpnsim records 2")
      try bench.write(other, to: "out/records/1-of-1.records")
      let error = try #require(throws: UnreadableStudy.self) { _ = try bench.sweep(Self.study) }
      #expect(error.description.contains("the records have format 2, expected 1; another version"))
      #expect(try bench.text("out/records/1-of-1.records") == other)
    }
    try bench.write(records, to: "out/records/1-of-1.records")
    try bench.write("{", to: "out/study.json")
    #expect(throws: UnreadableStudy.self) { _ = try bench.sweep(Self.study) }
    try FileManager.default.createDirectory(
      atPath: "\(bench.path)/mine", withIntermediateDirectories: false)
    try bench.write("x", to: "mine/notes.txt")
    #expect(throws: NoStudyFolder.self) { _ = try bench.sweep(Self.study, out: "mine") }
  }

  @Test func wholeFoldersStayWhereTheyAreWanted() throws {
    let bench = try Bench()
    _ = try bench.sweep(Self.study + "keep: runs\n")
    let rows = try bench.rows("out/wide.csv")
    #expect(rows.count == 12)
    for row in rows {
      let folder = try #require(row["folder"])
      let manifest = try bench.text("out/\(folder)/manifest.json")
      #expect(manifest.contains("\"digest\": \"\(row["digest"] ?? "")\""))
    }
  }

  /// A folder that is gone is written again, and one that was not kept before.
  @Test func foldersThatAreMissingAreMadeAgain() throws {
    let bench = try Bench()
    _ = try bench.sweep(Self.study)
    #expect(try bench.sweep(Self.study + "keep: runs\n").doneBefore == 0)
    let folder = try #require(try bench.rows("out/wide.csv").first?["folder"])
    try FileManager.default.removeItem(atPath: "\(bench.path)/out/\(folder)")
    #expect(try bench.sweep(Self.study + "keep: runs\n").doneBefore == 11)
    #expect(try bench.text("out/\(folder)/manifest.json").contains("\"status\": \"complete\""))
  }

  /// A file that changes while the study runs would make its runs incomparable.
  @Test func aChangedInputFailsTheRunsAfterIt() throws {
    let bench = try Bench()
    try bench.write("flow,start_s,source,target,bytes\nf,0.1,a,b,1000\n", to: "t.csv")
    try bench.write(
      """
      scenario: traced
      duration: 1 s
      network:
        nodes: [{name: a}, {name: b}]
        links: [{name: l, from: a, to: b, capacity: 1 Gbps}]
      traffic: [{trace: {file: t.csv, format: flows, name: t}}]
      """, to: "traced.yaml")
    let text = "{study: s, scenario: traced.yaml, seeds: 3}"
    let plan = try bench.plan(text)
    try bench.write("flow,start_s,source,target,bytes\nf,0.1,a,b,2000\n", to: "t.csv")
    let end = try Sweep(plan, into: StudyFolder("\(bench.path)/out")).run { _ in true }
    #expect(end.failed == 3)
    // A new plan knows the new file.
    #expect(try bench.sweep(text).done == 3)
  }
}
