// SPDX-License-Identifier: GPL-3.0-or-later
import EventKernel
import NetworkModel
import Simulator
import TestSupport
import Testing
import Traffic

/// Flows that wait, move or break off where a link on their path is down.
@Suite struct FailureResponseTests {
  private let ms: Int64 = 1_000_000

  /// Two routes from a to c: over b at 8 Gbps, and over d at 4 Gbps with more delay.
  private func square(_ response: FailureResponse, patience: Int64) -> ModelSketch {
    var sketch = ModelSketch()
    sketch.join("a", "b", 8e9)
    sketch.join("b", "c", 8e9)
    sketch.join("a", "d", 4e9, delay: 1)
    sketch.join("d", "c", 4e9)
    sketch.classes = [
      TrafficClass(
        name: "default", onFailure: response, patience: SimDuration(nanoseconds: patience))
    ]
    return sketch
  }

  @Test func aFlowMovesAfterItsPatienceAndComesBackAfterTheRepair() throws {
    // 10 MB = 80 Mbit: 16 in 2 ms at 8 Gbps, nothing for 1 ms, 16 in 4 ms at 4 Gbps on the detour,
    // then 48 in 6 ms at home: 13 ms.
    var sketch = square(.move, patience: ms)
    sketch.flow("f", at: 0, bytes: 10e6, over: [0, 1])
    sketch.change(1, at: 2 * ms, .fail)
    sketch.change(1, at: 7 * ms, .repair)
    let run = try CompletedRun(sketch.model)
    #expect(run.finishes == ["f": 13_000_000])
    #expect(run.summary("flows_moved") == 2)
    #expect(run.summary("flows_stranded") == 0)
  }

  @Test func protectionThatIsQuickerThanThePatienceIsGivenItsChance() throws {
    var sketch = square(.move, patience: 2 * ms)
    sketch.flow("f", at: 0, bytes: 1e6, over: [0, 1])
    sketch.change(0, at: 0, .fail)
    sketch.change(0, at: ms, .repair)
    let run = try CompletedRun(sketch.model)
    #expect(run.finishes == ["f": 2_000_000])
    #expect(run.summary("flows_moved") == 0)
  }

  @Test func aFlowThatArrivesLaterTakesTheDetourAtOnce() throws {
    // 1 MB at 4 Gbps takes 2 ms, behind the 5 ms at which it comes and the nanosecond of the detour.
    var sketch = square(.move, patience: ms)
    sketch.change(0, at: 0, .fail)
    sketch.flow("late", at: 5 * ms, bytes: 1e6, over: [0, 1])
    #expect(try CompletedRun(sketch.model).finishes == ["late": 7_000_001])
  }

  @Test func movedFlowsShareTheDetourWithThoseThatAreThere() throws {
    // Three flows of 1 MB on 4 Gbps once two of them have moved: 1.33 Gbps each.
    var sketch = square(.move, patience: 0)
    for name in ["x", "y"] { sketch.flow(name, at: 0, bytes: 1e6, over: [0, 1]) }
    sketch.flow("there", at: 0, bytes: 1e6, over: [2, 3])
    sketch.change(0, at: 0, .fail)
    // In the nanosecond before the third has its first byte through, the two have it all.
    let finishes = try CompletedRun(sketch.model).finishes
    #expect(finishes.count == 3)
    for finish in finishes.values { #expect(abs(finish - 6_000_000) <= 1) }
  }

  @Test func aFlowWithNowhereToGoIsStrandedAndGoesOnAfterTheRepair() throws {
    var sketch = square(.move, patience: ms)
    sketch.flow("f", at: 0, bytes: 1e6, over: [0, 1])
    sketch.change(2, at: 0, .fail)
    sketch.change(0, at: 0, .fail)
    sketch.change(0, at: 9 * ms, .repair)
    let run = try CompletedRun(sketch.model)
    #expect(run.finishes == ["f": 10_000_000])
    #expect(run.summary("flows_stranded") == 1)
  }

  @Test func aStrandedFlowTakesADetourThatIsRepairedFirst() throws {
    var sketch = square(.move, patience: ms)
    sketch.flow("f", at: 0, bytes: 1e6, over: [0, 1])
    sketch.change(2, at: 0, .fail)
    sketch.change(0, at: 0, .fail)
    sketch.change(2, at: 4 * ms, .repair)
    #expect(try CompletedRun(sketch.model).finishes == ["f": 6_000_000])
  }

  @Test func flowsThatBreakOffKeepWhatTheyHaveSent() throws {
    // 2 ms at 8 Gbps: 2 MB of the first. The second comes when the link has been given up.
    var sketch = square(.breakOff, patience: ms)
    sketch.flow("first", at: 0, bytes: 10e6, over: [0, 1])
    sketch.flow("second", at: 8 * ms, bytes: 1e6, over: [0, 1])
    sketch.change(1, at: 2 * ms, .fail)
    let run = try CompletedRun(sketch.model)
    #expect(run.finishes == [:])
    #expect(run.summary("flows_broken") == 2)
    #expect(run.summary("flows_unfinished") == 0)
    #expect(abs(run.summary("bytes_delivered") - 2e6) < 1)
    #expect(abs(run.summary("bytes_broken") - 9e6) < 1)
    #expect(run.flowsByName["first"]?.bottleneck == "b-c")
  }

  @Test(arguments: FailureResponse.allCases, [UInt64(1), 2, 3])
  func bytesAreKeptWhateverFails(response: FailureResponse, seed: UInt64) throws {
    var sketch = square(response, patience: ms / 10)
    var stream = RandomStream(seed: seed, name: "failures")
    for index in 0..<200 {
      let path = stream.nextUniform() < 0.5 ? [0, 1] : [2, 3]
      sketch.flow(
        "f\(index)", at: Int64(stream.nextUniform() * 50e6),
        bytes: (1 + stream.nextUniform() * 1e6).rounded(), over: path)
    }
    for _ in 0..<40 {
      let link = Int(stream.nextUniform() * 4)
      let start = Int64(stream.nextUniform() * 60e6)
      sketch.change(link, at: start, .fail)
      sketch.change(link, at: start + Int64(stream.nextUniform() * 5e6), .repair)
    }
    for link in 0..<4 { sketch.change(link, at: 80 * ms, .repair) }
    sketch.duration = SimDuration(nanoseconds: 1_000 * ms)
    let run = try CompletedRun(sketch.model)
    let parts = ["bytes_delivered", "bytes_left", "bytes_broken"].map { run.summary($0) }
    #expect(abs(run.summary("bytes_started") - parts.reduce(0, +)) < 1e-3)
    #expect(run.summary("flows_unfinished") == 0)
    if response != .breakOff { #expect(run.finishes.count == 200) }
  }
}
