// SPDX-License-Identifier: GPL-3.0-or-later
import EventKernel
import NetworkModel
import TestSupport
import Testing

@testable import Simulator

/// The watch on a single flow: its life in stretches.
@Suite struct FlowProbeTests {
  @Test func theStretchesTellALifeAsWorkedOutByHand() throws {
    // 2 ms of delay; 1 ms alone at 8 Gbps (1 MB); 2 ms beside another of 1 MB at 4 Gbps (1 MB);
    // 1 ms on a failed link; 0.5 ms alone for the last 0.5 MB.
    var sketch = ModelSketch()
    let link = sketch.link("link", 8e9)
    let far = sketch.link("far", 8e11, delay: 2_000_000)
    sketch.flow("seen", at: 1000, bytes: 2.5e6, over: [far, link])
    sketch.flow("other", at: 3_001_000, bytes: 1e6, over: [link])
    sketch.change(far, at: 5_001_000, .fail)
    sketch.change(far, at: 6_001_000, .repair)
    let probe = try #require(try CompletedRun(sketch.model, probing: "seen").probe)
    let told = probe.stretches.map { Told($0) }
    let expected = [
      Told(from: 1000, to: 2_001_000, hold: .delay, rate: 0),
      Told(from: 2_001_000, to: 3_001_000, hold: .link("link"), rate: 8e9),
      Told(from: 3_001_000, to: 5_001_000, hold: .link("link"), rate: 4e9),
      Told(from: 5_001_000, to: 6_001_000, hold: .failed("far"), rate: 0),
      Told(from: 6_001_000, to: 6_501_000, hold: .link("link"), rate: 8e9),
    ]
    #expect(told == expected)
    #expect(probe.finish?.nanoseconds == 6_501_000)
    #expect(probe.path == ["far", "link"] && probe.bytes == 2.5e6)
  }

  private struct Told: Equatable {
    var from: Int64
    var to: Int64
    var hold: FlowProbe.Stretch.Hold
    /// To the bit per second; shares are rounded.
    var rate: Double

    init(_ stretch: FlowProbe.Stretch) {
      self.init(
        from: stretch.from.nanoseconds, to: stretch.to.nanoseconds, hold: stretch.hold,
        rate: stretch.rate.rounded())
    }

    init(from: Int64, to: Int64, hold: FlowProbe.Stretch.Hold, rate: Double) {
      self.from = from
      self.to = to
      self.hold = hold
      self.rate = rate
    }
  }

  @Test(arguments: 0..<16)
  func stretchesFillTheLifeOfAFlowAndAddUpToItsBytes(seed: Int) throws {
    let world = RandomWorld(seed: seed, isDisturbed: false)
    let run = try CompletedRun(world.sketch.model, probing: "f\(seed)")
    let row = try #require(run.flowsByName["f\(seed)"])
    let stretches = try #require(run.probe?.stretches)
    #expect(stretches.first?.from.nanoseconds == row.start)
    #expect(stretches.last?.to.nanoseconds == row.finish)
    for (earlier, later) in zip(stretches, stretches.dropFirst()) {
      #expect(earlier.to == later.from)
      #expect(earlier.hold != later.hold || earlier.rate != later.rate)
    }
    #expect(stretches.allSatisfy { $0.from < $0.to })
    // A stretch begins within a nanosecond of the change that it tells of.
    let bits = stretches.reduce(0) { $0 + $1.rate * ($1.to - $1.from).seconds }
    let slack = stretches.reduce(0) { $0 + $1.rate * 2e-9 }
    #expect(abs(bits - row.bytes * 8) <= slack)
  }

  @Test func aStretchOfNoLengthLeavesNoTrace() {
    // At 20 ns things change and change back; the end at 29 ns comes before what was noted at 30.
    var probe = FlowProbe(flow: "f")
    let notes: [(Int64, Double)] = [(10, 1e9), (20, 2e9), (20, 1e9), (25, 2e9), (30, 3e9)]
    for (time, rate) in notes {
      probe.note(.ceiling, rate: rate, at: SimTime(nanoseconds: time))
    }
    probe.close(at: SimTime(nanoseconds: 29))
    let expected = [
      Told(from: 10, to: 25, hold: .ceiling, rate: 1e9),
      Told(from: 25, to: 29, hold: .ceiling, rate: 2e9),
    ]
    #expect(probe.stretches.map { Told($0) } == expected)
  }

  @Test func watchingChangesNothing() throws {
    let model = RandomWorld(seed: 15).sketch.model
    let watched = try CompletedRun(model, probing: "f3")
    let alone = try CompletedRun(model)
    #expect(watched.outcome.digest == alone.outcome.digest && watched.flows == alone.flows)
  }
}
