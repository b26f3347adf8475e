// SPDX-License-Identifier: GPL-3.0-or-later
import EventKernel
import NetworkModel
import Results
import Simulator
import TestSupport
import Testing

/// Links that change, fail and come back while flows run over them.
@Suite struct LinkChangesTests {
  private let ms: Int64 = 1_000_000

  @Test func aFlowFollowsTheCapacityOfItsLink() throws {
    // 10 MB = 80 Mbit. 4 ms at 8 Gbps: 32 Mbit. 10 ms at 2 Gbps: 20 Mbit. The 28 that are left
    // take 1.75 ms at 16 Gbps: 15.75 ms.
    var sketch = ModelSketch()
    let link = sketch.link("link", 8e9)
    sketch.flow("f", at: 0, bytes: 10e6, over: [link])
    sketch.change(link, at: 4 * ms, .capacity(.init(2e9)))
    sketch.change(link, at: 14 * ms, .capacity(.init(16e9)))
    #expect(try CompletedRun(sketch.model).finishes == ["f": 15_750_000])
  }

  @Test func aFlowStandsStillOnAFailedLinkAndGoesOnAfterRepair() throws {
    // 1 MB at 8 Gbps is 1 ms: half of it before the failure, half after 7 ms of standing still.
    // Meanwhile the flow beside it, on the other link of the path alone, has all of that.
    var sketch = ModelSketch()
    let failing = sketch.link("failing", 8e9)
    let other = sketch.link("other", 8e9)
    sketch.flow("waits", at: 0, bytes: 0.5e6, over: [failing, other])
    sketch.flow("beside", at: 0, bytes: 3.25e6, over: [other])
    sketch.change(failing, at: ms / 2, .fail)
    sketch.change(failing, at: 7 * ms + ms / 2, .repair)
    // Both at 4 Gbps for 0.5 ms: 0.25 MB each. Then the second alone: 3 MB in 3 ms, until 3.5 ms.
    // The first has 0.25 MB left at 7.5 ms and is then alone: 0.25 ms.
    let run = try CompletedRun(sketch.model)
    #expect(run.finishes == ["beside": 3_500_000, "waits": 7_750_000])
    #expect(run.flowsByName["waits"]?.bottleneck == "failing")
  }

  @Test func aCapacitySetDuringAFailureCountsAfterTheRepair() throws {
    // Fails at once; 4 ms later it is repaired with half of its capacity: 1 MB takes 2 ms.
    var sketch = ModelSketch()
    let link = sketch.link("link", 8e9)
    sketch.flow("f", at: 0, bytes: 1e6, over: [link])
    sketch.change(link, at: 0, .fail)
    sketch.change(link, at: 2 * ms, .capacity(.init(4e9)))
    sketch.change(link, at: 4 * ms, .repair)
    #expect(try CompletedRun(sketch.model).finishes == ["f": 6_000_000])
  }

  @Test func aFlowThatArrivesOnAFailedLinkWaitsForIt() throws {
    var sketch = ModelSketch()
    let link = sketch.link("link", 8e9)
    sketch.change(link, at: 0, .fail)
    sketch.change(link, at: 3 * ms, .repair)
    sketch.flow("f", at: ms, bytes: 1e6, over: [link])
    #expect(try CompletedRun(sketch.model).finishes == ["f": 4_000_000])
  }

  @Test func unfinishedFlowsAreReportedAtTheHorizon() throws {
    // At 2 ms the short one is done (1 ms at half of 8 Gbps) and the long one has sent 1.5 MB.
    // The third arrives 0.5 ms before the end and shares 8 Gbps for that long: 0.25 MB each.
    var sketch = ModelSketch()
    let link = sketch.link("link", 8e9)
    sketch.flow("short", at: 0, bytes: 0.5e6, over: [link])
    sketch.flow("long", at: 0, bytes: 10e6, over: [link])
    sketch.flow("late", at: 2 * ms, bytes: 1e6, over: [link])
    sketch.flow("after", at: 2 * ms + ms / 2, bytes: 1e6, over: [link])
    sketch.duration = SimDuration(nanoseconds: 2 * ms + ms / 2)
    let run = try CompletedRun(sketch.model)
    #expect(run.flows.map(\.name) == ["short", "long", "late"])
    #expect(run.finishes == ["short": 1_000_000])
    #expect(run.flows.allSatisfy { ($0.finish == nil) == ($0.meanRate == nil) })
    #expect(run.outcome.finishedFlows == 1 && run.outcome.unfinishedFlows == 2)
    // Left: 10 - 0.5 - 1 - 0.25 MB and 1 - 0.25 MB.
    #expect(abs(run.summary("bytes_left") - 9e6) < 1e-3)
    #expect(abs(run.summary("bytes_delivered") - 2.5e6) < 1e-3)
  }

  @Test func aRunEndsThoughAFlowIsStuckForever() throws {
    // Nothing will ever happen to the flow; samples of the links alone keep no run going.
    var sketch = ModelSketch()
    let link = sketch.link("link", 8e9)
    sketch.flow("stuck", at: 0, bytes: 1e6, over: [link])
    sketch.change(link, at: ms / 2, .fail)
    sketch.outputs = .init(kinds: [.flows, .links], sampleEvery: SimDuration(nanoseconds: ms))
    let scratch = try ScratchFolder()
    let folder = try ResultsFolder(at: scratch.path + "/run")
    let run = try Run(sketch.model, writing: RunTables(sketch.outputs, in: folder))
    var turns = 0
    while try run.advance(instants: 10), turns < 100 { turns += 1 }
    #expect(turns < 100)
    let outcome = try run.finish()
    #expect(outcome.unfinishedFlows == 1)
  }
}
