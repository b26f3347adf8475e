// SPDX-License-Identifier: GPL-3.0-or-later
import EventKernel
import TestSupport
import Testing

/// Delay: it moves a flow's first byte and bends no share.
@Suite struct LatencyTests {
  @Test func aFlowArrivesLaterByTheDelayOfItsPath() throws {
    // 500 ns, 1 ms of sending 1 MB at 8 Gbps, and 2 ms + 30 us + 7 ns on the way.
    var sketch = ModelSketch()
    let far = sketch.link("far", 8e9, delay: 2_000_000)
    let near = sketch.link("near", 8e10, delay: 30_007)
    sketch.flow("f", at: 500, bytes: 1e6, over: [far, near])
    let run = try CompletedRun(sketch.model)
    #expect(run.finishes["f"] == 3_030_507)
    // Alone on its path it took as long as it takes alone on its path.
    #expect(run.flows.first?.slowdown == 1)
  }

  @Test func delayDoesNotBendAShare() throws {
    // Both share 8 Gbps from 20 ms on, when the first byte of the far one is through. The near
    // one began at 18 ms, so 2 ms alone are 2 MB. It has 10 MB: 8 MB are left, at 4 Gbps for
    // 16 ms until 36 ms. The far one has sent 8 of its 12 MB by then; 4 MB alone take 4 ms.
    var sketch = ModelSketch()
    let shared = sketch.link("shared", 8e9)
    let near = sketch.link("near", 8e10)
    let far = sketch.link("far", 8e10, delay: 20_000_000)
    sketch.flow("far", at: 0, bytes: 12e6, over: [far, shared])
    sketch.flow("near", at: 18_000_000, bytes: 10e6, over: [near, shared])
    let run = try CompletedRun(sketch.model)
    #expect(run.finishes == ["near": 36_000_000, "far": 40_000_000])
  }

  @Test func aFlowOnItsWayTakesNothing() throws {
    // The far flow needs 1 s to get there. Until then the near one has the link for itself.
    var sketch = ModelSketch()
    let link = sketch.link("link", 8e9)
    let delay = sketch.link("delay", 8e9, delay: 1_000_000_000)
    sketch.duration = .init(nanoseconds: 999_999_999)
    sketch.flow("far", at: 0, bytes: 1e6, over: [delay, link])
    sketch.flow("near", at: 0, bytes: 1e6, over: [link])
    let run = try CompletedRun(sketch.model)
    #expect(run.finishes == ["near": 1_000_000])
    let far = try #require(run.flowsByName["far"])
    #expect(far.finish == nil && far.bottleneck.isEmpty)
    #expect(run.summary("bytes_left") == 1e6)
  }
}
