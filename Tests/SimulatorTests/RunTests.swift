// SPDX-License-Identifier: GPL-3.0-or-later
import EventKernel
import NetworkModel
import Simulator
import Statistics
import TestSupport
import Testing
import Traffic

/// A run as a whole: the same from the same, and no matter how it is stepped through.
@Suite struct RunTests {
  private func generated(seed: UInt64, sizes: Distribution = .exponential(mean: 1e6)) -> Model {
    var sketch = ModelSketch()
    sketch.seed = seed
    let first = sketch.link("first", 8e9)
    let second = sketch.link("second", 16e9)
    sketch.classes = [TrafficClass(name: "a"), TrafficClass(name: "b", weight: 3)]
    let routes = [sketch.route(over: [first, second]), sketch.route(over: [second])]
    for (index, route) in routes.enumerated() {
      sketch.generator(
        Generator(
          name: "g\(index)", trafficClass: index, arrivals: .poisson(perSecond: 500),
          sizes: index == 0 ? sizes : .exponential(mean: 1e6),
          routes: [.init(route: route, weight: 1)], count: 300))
    }
    return sketch.model
  }

  @Test func equalModelsGiveEqualRuns() throws {
    let once = try CompletedRun(generated(seed: 7))
    let again = try CompletedRun(generated(seed: 7))
    #expect(once.outcome.digest == again.outcome.digest)
    #expect(once.flows == again.flows)
    #expect(once.outcome.summary == again.outcome.summary)
  }

  @Test func anotherSeedGivesAnotherRun() throws {
    let digests = try (0..<10).map { try CompletedRun(generated(seed: $0)).outcome.digest }
    #expect(Set(digests).count == digests.count)
  }

  @Test func otherSizesOfOneClassMoveNoArrivalAndNoSizeOfAnother() throws {
    let some = try CompletedRun(generated(seed: 7))
    let other = try CompletedRun(generated(seed: 7, sizes: .fixed(1e6)))
    func arrivals(_ run: CompletedRun) -> [String: Int64] { run.flowsByName.mapValues(\.start) }
    func sizes(_ run: CompletedRun) -> [String: Double] {
      run.flowsByName.filter { $0.value.trafficClass == "b" }.mapValues(\.bytes)
    }
    #expect(arrivals(some) == arrivals(other))
    #expect(sizes(some) == sizes(other))
    #expect(some.outcome.digest != other.outcome.digest)
  }

  @Test(arguments: [1, 3, 100_000])
  func theStepsOfTheLoopDoNotMatter(instants: Int) throws {
    let model = RandomWorld(seed: 31).sketch.model
    let run = try Run(model)
    while try run.advance(instants: instants) {}
    let digest = try run.finish().digest
    #expect(try digest == CompletedRun(model).outcome.digest)
  }

  @Test func anEmptyModelEndsAtOnce() throws {
    var sketch = ModelSketch()
    sketch.link("idle", 8e9)
    let run = try CompletedRun(sketch.model)
    #expect(run.outcome.events == 0 && run.outcome.end == .zero && run.flows.isEmpty)
  }

  @Test func aFlowThatArrivesAtTheHorizonIsNotInTheRun() throws {
    var sketch = ModelSketch()
    let link = sketch.link("link", 8e9)
    sketch.duration = SimDuration(nanoseconds: 1_000_000)
    sketch.flow("in", at: 0, bytes: 1e6, over: [link])
    sketch.flow("out", at: 1_000_000, bytes: 1e6, over: [link])
    let run = try CompletedRun(sketch.model)
    // 1 MB at 8 Gbps is done at the horizon itself, and counts.
    #expect(run.finishes == ["in": 1_000_000] && run.flows.count == 1)
  }
}
