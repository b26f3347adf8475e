// SPDX-License-Identifier: GPL-3.0-or-later
import TestSupport
import Testing

/// Whole runs against the plain simulator of this folder.
@Suite struct ReferenceRunTests {
  @Test(arguments: 0..<32)
  func everyFlowFinishesWhenThePlainSimulatorSays(seed: Int) throws {
    let model = RandomWorld(seed: seed).sketch.model
    let run = try CompletedRun(model)
    var reference = ReferenceRun(model)
    reference.run()
    #expect(run.flows.count == reference.flows.count)
    for flow in reference.flows {
      let found = run.finishes[flow.name]
      guard let expected = flow.finish else {
        #expect(found == nil, "\(flow.name) never finishes")
        continue
      }
      // Two events within a nanosecond are one to the simulator: a few of these add up.
      let finish = try #require(found.map(Double.init), "\(flow.name) finishes")
      #expect(abs(finish - expected) <= 5, "\(flow.name) is done at \(expected), not \(finish)")
    }
  }

  @Test func thePlainSimulatorSolvesAnExampleByHand() throws {
    // 8 Gbps: a alone for 1 ms sends 1 MB; then a and b share until b's 1 MB is done, 2 ms later;
    // a has 3 - 1 - 1 MB left: 1 ms alone.
    var sketch = ModelSketch()
    let link = sketch.link("link", 8e9)
    sketch.flow("a", at: 0, bytes: 3e6, over: [link])
    sketch.flow("b", at: 1_000_000, bytes: 1e6, over: [link])
    var reference = ReferenceRun(sketch.model)
    reference.run()
    #expect(reference.flows.map(\.finish) == [4e6, 3e6])
  }
}
