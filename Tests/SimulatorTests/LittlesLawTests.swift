// SPDX-License-Identifier: GPL-3.0-or-later
import Simulator
import TestSupport
import Testing

/// Little's law, L = lambda W, which is an identity over a run in which all flows finish.
@Suite struct LittlesLawTests {
  @Test(arguments: [0, 1, 2, 4, 5, 7, 16, 21])
  func flowsInProgressAreArrivalsTimesTheirStay(seed: Int) throws {
    let run = try CompletedRun(RandomWorld(seed: seed, isDisturbed: false).sketch.model)
    #expect(run.outcome.unfinishedFlows == 0)
    let presence = run.summary("flows_in_progress_mean") * run.summary("simulated")
    let stays = try run.flows.reduce(0.0) { sum, flow in
      sum + Double(try #require(flow.finish) - flow.start) * 1e-9
    }
    #expect(abs(presence - stays) <= 1e-9 * stays)
  }

  @Test func aFlowCountsWhileItsFirstByteIsOnItsWay() throws {
    // Two of 1 ms after 3 ms of delay, one behind the other: 4 ms each, over 8 ms: 1 on average.
    var sketch = ModelSketch()
    let link = sketch.link("link", 8e9, delay: 3_000_000)
    sketch.flow("a", at: 0, bytes: 1e6, over: [link])
    sketch.flow("b", at: 4_000_000, bytes: 1e6, over: [link])
    #expect(abs(try CompletedRun(sketch.model).summary("flows_in_progress_mean") - 1) < 1e-12)
  }
}
