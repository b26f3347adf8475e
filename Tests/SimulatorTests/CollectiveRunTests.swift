// SPDX-License-Identifier: GPL-3.0-or-later
import EventKernel
import NetworkModel
import Scheduling
import Testing
import Traffic

@testable import Simulator

/// Collectives in a run: closed forms where nothing is shared, plain flows where something is.
@Suite struct CollectiveRunTests {
  static let every: [Collective] = Collective.Kind.allCases.flatMap { kind in
    kind.algorithms.flatMap { algorithm in
      [2, 3, 8, 13].map { Collective(kind, algorithm, ranks: $0, bytes: 64e6) }
    }
  }.filter { $0.problem == nil }

  /// All cards on one leaf share nothing but their own links.
  @Test(arguments: every)
  func aloneOnALeafACollectiveTakesItsClosedForm(collective: Collective) throws {
    var sketch = try TrainingSketch.leaves(1, of: 16, uplinks: 1)
    sketch.add(collective, iterations: 3)
    let outcome = try sketch.outcome()
    let expected = collective.seconds(
      alpha: 2 * 500e-9, bytesPerSecond: TrainingSketch.rate / 8)
    #expect(abs(outcome.iterationSeconds / expected - 1) < 1e-5, "\(collective)")
    #expect(outcome.iterations == 3)
    let busBandwidth = collective.busFactor * collective.bytes * 8 / expected
    #expect(abs(outcome.busBandwidth / busBandwidth - 1) < 1e-5)
  }

  /// Inside hosts first: a quarter of the buffer crosses the fabric on each card.
  @Test(arguments: [Collective.Kind.allReduce, .allGather, .reduceScatter])
  func hostsWorkTogetherFirst(kind: Collective.Kind) throws {
    let wire = FabricDesign.Interconnect(
      rate: BitsPerSecond(3600e9), delay: SimDuration(nanoseconds: 700))
    var sketch = try TrainingSketch.leaves(1, of: 6, uplinks: 1, gpus: 4, interconnect: wire)
    sketch.add(Collective(kind, ranks: 24, bytes: 96e6))
    let across = Collective(kind, ranks: 6, bytes: 24e6).seconds(
      alpha: 1e-6, bytesPerSecond: TrainingSketch.rate / 8)
    let inside = 3 * 700e-9 + 0.75 * 96e6 * 8 / 3600e9
    let times = kind == .allReduce ? 2.0 : 1.0
    let outcome = try sketch.outcome()
    #expect(abs(outcome.iterationSeconds / (across + times * inside) - 1) < 1e-5)
  }

  @Test func insideOneHostNothingCrossesTheFabric() throws {
    let wire = FabricDesign.Interconnect(rate: BitsPerSecond(3600e9), delay: .zero)
    var sketch = try TrainingSketch.leaves(1, of: 2, uplinks: 1, gpus: 8, interconnect: wire)
    sketch.add(Collective(.allToAll, ranks: 8, bytes: 80e6))
    let outcome = try sketch.outcome()
    #expect(outcome.bytesSent == 0 && outcome.slowestTransfer.isEmpty)
    #expect(abs(outcome.iterationSeconds / (70e6 * 8 / 3600e9) - 1) < 1e-5)
  }

  /// Ranks on four leaves with half of the uplinks they would need, hashed: much is shared.
  @Test(arguments: every.filter { $0.ranks == 8 }, [1, 2, 3] as [UInt64])
  func withContentionItIsTheSameAsItsFlowsOneByOne(collective: Collective, seed: UInt64) throws {
    var sketch = try TrainingSketch.leaves(4, of: 2, uplinks: 2)
    sketch.seed = seed
    // Ranks 0 and 1 on one leaf, and so on: neighbours are near and far.
    sketch.add(collective)
    let plain = try PlainListing(sketch).nanoseconds(of: collective)
    let outcome = try sketch.outcome()
    let steps = collective.phases.reduce(0) { $0 + $1.latencies }
    let difference = abs(outcome.iterationSeconds * 1e9 - Double(plain))
    #expect(difference <= Double(2 * steps), "\(collective), seed \(seed)")
  }
}

/// The transfers of a collective as listed flows, step by step, each step behind the slowest flow
/// of the one before.
private struct PlainListing {
  let sketch: TrainingSketch

  init(_ sketch: TrainingSketch) {
    self.sketch = sketch
  }

  func nanoseconds(of collective: Collective) throws -> Int64 {
    var now: Int64 = 0
    for phase in collective.phases {
      // A tree is one wave; its delays come before it.
      let isTree = phase.pattern == .treeUp || phase.pattern == .treeDown
      let steps = isTree ? 1 : phase.latencies
      let extra = isTree ? phase.latencies : 1
      for _ in 0..<steps {
        now = try finish(of: phase, bytes: phase.bytes / Double(steps), extra, from: now)
      }
    }
    return now
  }

  private func finish(
    of phase: CollectivePhase, bytes: Double, _ delays: Int, from start: Int64
  ) throws -> Int64 {
    var plain = sketch
    plain.jobs = []
    var flows: [ListedFlow] = []
    let ranks = sketch.jobs[0].gpus
    phase.forEachTransfer(ranks: ranks) { source, target in
      let pair = NICPair(source: source, target: target)
      let batch = BalancedBatch(
        fabric: sketch.fabric, pairs: [pair],
        hash: PathHash(seed: sketch.seed, fabric: "f").of("job0"), down: [], loads: [])
      let path = sketch.fabric.path(of: pair, choice: batch.hashed(pair, part: 0))
      let once = sketch.fabric.delay(at: sketch.fabric.tier(of: pair)).nanoseconds
      plain.routes.append(Route(source: nil, target: nil, links: path, isPinned: true))
      flows.append(
        ListedFlow(
          name: "\(flows.count)",
          start: SimTime(nanoseconds: start + once * Int64(delays - 1)), bytes: Bytes(bytes),
          route: plain.routes.count - 1, trafficClass: 0))
    }
    plain.traffic = [.listed(flows.sorted { $0.start < $1.start })]
    return try plain.run().end.nanoseconds
  }
}
