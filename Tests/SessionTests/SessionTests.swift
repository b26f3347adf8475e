// SPDX-License-Identifier: GPL-3.0-or-later
import EventKernel
import Results
import Scenario
import Session
import Simulator
import TestSupport
import Testing

@Suite struct SessionTests {
  @Test func aRunEndsInAFolderOrInMemory() throws {
    let one = try Case()
    let session = try Session(one.loaded, writing: one.path("out"))
    try session.drive()
    #expect(one.visible.isEmpty)
    let written = try session.finish()
    #expect(one.visible == ["out"])
    #expect(
      try one.names(in: "out").sorted() == [
        "bottlenecks.csv", "datapackage.json", "events.csv", "flows.csv", "manifest.json",
        "summary.csv",
      ])
    let digest = "\"digest\": \"\(written.outcome.digest)\""
    #expect(try one.text(of: "out/manifest.json").contains(digest))

    let unwritten = try Session(one.loaded)
    try unwritten.drive()
    let kept = try unwritten.finish()
    #expect(kept.outcome.digest == written.outcome.digest)
    // As text: a metric that is not a number equals itself.
    #expect("\(kept.outcome.summary.rows)" == "\(written.outcome.summary.rows)")
    #expect(one.visible == ["out"])
  }

  @Test func aRunThatIsStoppedLeavesNothing() throws {
    let one = try Case()
    let session = try Session(one.loaded, writing: one.path("new/out"))
    #expect(try one.names(in: "new").count == 1)
    var stopped: RunProgress?
    do {
      try session.drive { $0.fraction > 0.2 ? .stop : .goOn }
      Issue.record("nobody stopped it")
    } catch let error as StoppedRun {
      stopped = error.progress
    }
    let progress = try #require(stopped)
    #expect(progress.fraction > 0.2 && progress.fraction < 1)
    #expect(progress.events > 0 && progress.finishedFlows > 0)
    #expect(one.names.isEmpty)
  }

  @Test func aSessionThatNobodyFinishesLeavesNothing() throws {
    let one = try Case()
    func begin() throws {
      let session = try Session(one.loaded, writing: one.path("out"))
      try session.drive()
      #expect(!one.names.isEmpty)
    }
    try begin()
    #expect(one.names.isEmpty)
  }

  @Test func anErrorOnTheWayLeavesNothing() throws {
    let one = try Case(
      "traffic: [{trace: t.csv}]",
      files: ["t.csv": "flow,start_s,source,target,bytes\n1,0,a,b,1e6\n2,1,a,nowhere,1e6\n"])
    let before = one.names
    let session = try Session(one.loaded, writing: one.path("out"))
    #expect(throws: (any Error).self) { try session.drive() }
    #expect(one.names == before)
    // One that can't even begin, since its first row is wrong.
    let other = try Case(
      "traffic: [{trace: t.csv}]",
      files: ["t.csv": "flow,start_s,source,target,bytes\n1,0,nowhere,b,1e6\n"])
    #expect(throws: (any Error).self) { _ = try Session(other.loaded, writing: other.path("out")) }
    #expect(other.names == ["t.csv"])
  }

  @Test(arguments: ["", "duration: 1 h"])
  func progressIsMonotoneAndEndsAtOne(_ duration: String) throws {
    let one = try Case(Case.manyFlows + "\n" + duration)
    var seen: [RunProgress] = []
    let session = try Session(one.loaded)
    try session.drive {
      seen.append($0)
      return .goOn
    }
    #expect(seen.count > 3)
    for (before, after) in zip(seen, seen.dropFirst()) {
      #expect(before.fraction <= after.fraction)
      #expect(before.now <= after.now && before.events <= after.events)
    }
    #expect(seen.allSatisfy { (0...1).contains($0.fraction) })
    #expect(seen.last?.fraction == 1)
    #expect(seen.dropLast().contains { $0.fraction > 0 && $0.fraction < 1 })
    let finished = try session.finish()
    #expect(seen.last?.events == finished.outcome.events)
  }

  @Test func whoeverDrivesMayStopAtTheVeryEnd() throws {
    let one = try Case()
    let session = try Session(one.loaded, writing: one.path("out"))
    #expect(throws: StoppedRun.self) {
      try session.drive { $0.fraction == 1 ? .stop : .goOn }
    }
    #expect(one.names.isEmpty)
  }

  @Test func whatItsUserShouldKnowIsSaid() throws {
    let one = try Case(
      """
      traffic:
        - trace: {file: t.csv, lenient: true}
      events: [{at: 500 ms, fail: l}]
      """,
      files: ["t.csv": "flow,start_s,source,target,bytes\n1,0,a,b,1e9\n2,x,a,b,1e6\n"])
    let session = try Session(one.loaded)
    try session.drive()
    let warnings = try session.finish().warnings.map(\.description)
    #expect(warnings.count == 2)
    #expect(warnings.first?.hasPrefix("\(one.path("t.csv")): skipped 1 line:\n  ") == true)
    #expect(
      warnings.last
        == "1 flow can never finish: what it waits for stays down or too slow")
    let plain = try Session(Case().loaded)
    try plain.drive()
    #expect(try plain.finish().warnings.isEmpty)
  }

  @Test func threadsMayDriveOneEach() async throws {
    let one = try Case()
    let loaded = one.loaded
    let digests = try await withThrowingTaskGroup(of: String.self) { group in
      for index in 0..<4 {
        let path = one.path("out\(index)")
        group.addTask {
          let session = try Session(loaded, writing: path)
          try session.drive()
          return try session.finish().outcome.digest.description
        }
      }
      return try await group.reduce(into: []) { $0.append($1) }
    }
    #expect(Set(digests).count == 1 && digests.count == 4)
    #expect(one.visible == ["out0", "out1", "out2", "out3"])
    let flows = try (0..<4).map { try one.text(of: "out\($0)/flows.csv") }
    #expect(Set(flows).count == 1)
  }
}
