// SPDX-License-Identifier: GPL-3.0-or-later
import EventKernel
import NetworkModel
import Scheduling
import Statistics
import Testing
import Traffic

@testable import Simulator

/// Iterations that are passed are the same as if they had been simulated.
@Suite struct SteadyIterationTests {
  private func sketch(_ balancing: LoadBalancing) throws -> TrainingSketch {
    var sketch = try TrainingSketch.leaves(4, of: 4, uplinks: 2)
    sketch.balancing = balancing
    sketch.add(
      Collective(.allReduce, .halvingDoubling, ranks: 16, bytes: 10e6), iterations: 50,
      compute_ns: 1_000_000)
    sketch.jobs[0].overlap = 0.3
    return sketch
  }

  private func outcome(_ sketch: TrainingSketch, skips: Bool) throws -> RunOutcome {
    let run = try Run(sketch.model)
    run.training.book.skipsSteadyIterations = skips
    while try run.advance(instants: 64) {}
    return try run.finish()
  }

  private func expectEqual(_ sketch: TrainingSketch, simulated: ClosedRange<Int>) throws {
    let skipped = try outcome(sketch, skips: true)
    let whole = try outcome(sketch, skips: false)
    let (short, long) = (skipped.jobs[0], whole.jobs[0])
    #expect(simulated.contains(short.iterationsSimulated), "\(short.iterationsSimulated)")
    #expect(short.iterations == long.iterations && long.iterationsSimulated == long.iterations)
    // An iteration may differ by the rounding of its phases to nanoseconds.
    let slack = 20e-9 * Double(long.iterations)
    #expect(abs((short.end - long.end).seconds) <= slack)
    #expect(abs(short.exposedSeconds - long.exposedSeconds) < 20e-9)
    #expect(abs(short.bytesSent / long.bytesSent - 1) < 1e-9)
    #expect(abs(short.busBandwidth / long.busBandwidth - 1) < 1e-4)
    for (one, other) in zip(skipped.links, whole.links) {
      #expect(one.mean == other.mean || abs(one.mean - other.mean) < 1e-4, "\(one.link)")
    }
  }

  @Test(arguments: [
    LoadBalancing.ecmp(queuePairs: 2), .flowlet(count: 3), .spray, .intelligent(queuePairs: 2),
  ])
  func undisturbedOneIterationStandsForAll(balancing: LoadBalancing) throws {
    try expectEqual(sketch(balancing), simulated: 1...1)
  }

  @Test func aRunThatEndsInBetweenCountsWhatIsDone() throws {
    var sketch = try sketch(.ecmp(queuePairs: 1))
    sketch.duration = SimDuration(nanoseconds: 30_300_000)
    try expectEqual(sketch, simulated: 1...2)
    #expect(try outcome(sketch, skips: true).jobs[0].finished == nil)
  }

  @Test func aFailureIsMetWhereItHappens() throws {
    var sketch = try sketch(.spray)
    sketch.change(sketch.fabric.leafLink(1, spine: 0), at: 20_200_000, .fail)
    sketch.change(sketch.fabric.leafLink(1, spine: 0), at: 40_100_000, .repair)
    try expectEqual(sketch, simulated: 3...8)
  }

  @Test func flowsAreMetWhereTheyAre() throws {
    var sketch = try sketch(.ecmp(queuePairs: 1))
    let pair = NICPair(source: 0, target: 15)
    sketch.routes = [
      Route(source: nil, target: nil, links: sketch.fabric.path(of: pair, choice: 1))
    ]
    sketch.traffic = [
      .listed([
        ListedFlow(
          name: "x", start: SimTime(nanoseconds: 10_500_000), bytes: Bytes(100e6), route: 0,
          trafficClass: 0)
      ])
    ]
    try expectEqual(sketch, simulated: 3...20)
  }

  @Test func elasticFlowsAreMetWhereTheyAre() throws {
    var sketch = try sketch(.ecmp(queuePairs: 1))
    let pair = NICPair(source: 0, target: 15)
    sketch.routes = [
      Route(source: nil, target: nil, links: sketch.fabric.path(of: pair, choice: 1))
    ]
    let tier = ElasticTier(name: "t", ceiling: BitsPerSecond(400e9), trafficClass: 0)
    sketch.elastic.entries = [
      ElasticTraffic(
        generator: Generator(
          name: "users", trafficClass: 0, arrivals: .deterministic(perSecond: 1),
          sizes: .fixed(100e6), routes: [.init(route: 0, weight: 1)],
          start: SimTime(nanoseconds: 10_500_000), count: 1),
        tiers: [tier])
    ]
    try expectEqual(sketch, simulated: 3...20)
  }

  @Test func jobsThatMeetAreBothSimulated() throws {
    var sketch = try TrainingSketch.leaves(3, of: 4, uplinks: 1)
    // From the first leaf to the second, and from there to the third: its uplink serves both.
    for (job, first) in [2, 6].enumerated() {
      sketch.add(
        Collective(.neighbours, ranks: 2, bytes: 10e6), gpus: 4, stride: 2, iterations: 20,
        compute_ns: 150_000, start_ns: Int64(job) * 70_000, from: first)
    }
    try expectEqual(sketch, simulated: 15...20)
    let alone = try outcome(sketch, skips: true).jobs[0].iterationSeconds
    sketch.jobs.removeLast()
    #expect(try outcome(sketch, skips: true).jobs[0].iterationSeconds < alone - 1e-6)
  }
}
