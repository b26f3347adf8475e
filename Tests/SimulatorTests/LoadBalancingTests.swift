// SPDX-License-Identifier: GPL-3.0-or-later
import EventKernel
import NetworkModel
import Scheduling
import Simulator
import Testing
import Traffic

/// The four policies: n equal transfers from one leaf to another over n uplinks.
@Suite struct LoadBalancingTests {
  private func outcome(
    _ balancing: LoadBalancing, uplinks: Int, seed: UInt64 = 1, hasFailedLink: Bool = false
  ) throws -> JobOutcome {
    var sketch = try TrainingSketch.leaves(2, of: uplinks, uplinks: uplinks, delay_ns: 0)
    sketch.balancing = balancing
    sketch.seed = seed
    // Rank i of the first leaf to rank i of the second.
    sketch.add(
      Collective(.pointToPoint, ranks: 2, bytes: 100e6), gpus: 2 * uplinks, stride: uplinks)
    if hasFailedLink {
      sketch.change(sketch.fabric.leafLink(0, spine: 0), at: 0, .fail)
    }
    return try sketch.outcome()
  }

  private func means(
    _ balancing: LoadBalancing, uplinks: Int, seeds: UInt64, hasFailedLink: Bool = false
  ) throws -> (mean: Double, slowest: Double) {
    let all = try (1...seeds).map {
      try outcome(balancing, uplinks: uplinks, seed: $0, hasFailedLink: hasFailedLink)
    }
    let count = Double(seeds) * TrainingSketch.rate
    return (
      all.reduce(0) { $0 + $1.meanThroughput } / count,
      all.reduce(0) { $0 + $1.slowestThroughput } / count
    )
  }

  /// The mean is 1 - (1 - 1/n)^n; the slowest is that of a Monte Carlo simulation by others.
  ///
  /// Three standard deviations are left for chance.
  @Test(
    arguments: [
      (4, 1, 0.6836, 0.5134), (16, 1, 0.6439, 0.3438), (4, 4, nil, 0.6717), (16, 4, nil, 0.5209),
    ] as [(Int, Int, Double?, Double)])
  func hashedTransfersCollide(
    uplinks: Int, queuePairs: Int, mean: Double?, slowest: Double
  ) throws {
    let seeds: UInt64 = 300
    let found = try means(.ecmp(queuePairs: queuePairs), uplinks: uplinks, seeds: seeds)
    let interval = 3 * 0.18 / Double(seeds).squareRoot()
    #expect(abs(found.slowest - slowest) < interval)
    if let mean { #expect(abs(found.mean - mean) < interval) }
  }

  @Test(arguments: [LoadBalancing.spray, .intelligent(queuePairs: 1), .intelligent(queuePairs: 3)])
  func sprayAndTheControllerReachAllThereIs(balancing: LoadBalancing) throws {
    let found = try outcome(balancing, uplinks: 16)
    #expect(found.slowestThroughput > 0.95 * TrainingSketch.rate)
    #expect(found.linkBalance > 0.95)
  }

  /// With one of 16 links failed, 15 are left for 16 transfers.
  ///
  /// Sprayed, all lose a sixteenth.
  /// Placed whole, two of them share a link, and the collective waits for those. Flowlets meet
  /// two or three on most of their paths, in turn. Hashed once, some three or four share one to
  /// the end.
  @Test func withALinkFailedThePoliciesStandInTheirOrder() throws {
    func slowest(_ balancing: LoadBalancing) throws -> Double {
      try means(balancing, uplinks: 16, seeds: 40, hasFailedLink: true).slowest
    }
    let spray = try slowest(.spray)
    let intelligent = try slowest(.intelligent(queuePairs: 1))
    let flowlet = try slowest(.flowlet(count: 16))
    let ecmp = try slowest(.ecmp(queuePairs: 1))
    #expect(abs(spray - 15.0 / 16) < 1e-6)
    #expect(abs(intelligent - 0.5) < 1e-6)
    #expect(spray > intelligent && intelligent > flowlet && flowlet > ecmp + 0.02)
    // Eight parts each make the controller's pieces small enough: 128 on 15 links, 9 at most.
    #expect(try abs(slowest(.intelligent(queuePairs: 8)) - 8.0 / 9) < 1e-6)
  }

  /// A link that fails half way: what was on it goes on elsewhere, and nothing is lost.
  @Test(arguments: [
    LoadBalancing.ecmp(queuePairs: 2), .flowlet(count: 4), .spray, .intelligent(queuePairs: 2),
  ])
  func transfersGoOnElsewhere(balancing: LoadBalancing) throws {
    var sketch = try TrainingSketch.leaves(2, of: 4, uplinks: 4, delay_ns: 0)
    sketch.balancing = balancing
    sketch.add(Collective(.pointToPoint, ranks: 2, bytes: 100e6), gpus: 8, stride: 4)
    let whole = try sketch.outcome()
    sketch.change(sketch.fabric.leafLink(0, spine: 1), at: 1_000_000, .fail)
    let hit = try sketch.outcome()
    #expect(hit.finished != nil && abs(hit.bytesSent - 400e6) < 1)
    if balancing == .spray {
      // A millisecond of 1600 Gbps, and the rest over three links of four.
      let rest = (400e6 * 8 - 1.6e9) / 1200e9
      #expect(abs(hit.iterationSeconds - (1e-3 + rest)) < 1e-7)
    }
    // Repaired, it is as before.
    sketch.change(sketch.fabric.leafLink(0, spine: 1), at: 1_000_001, .repair)
    let back = try sketch.outcome()
    #expect(abs(back.iterationSeconds - whole.iterationSeconds) < 1e-6)
  }

  @Test func aCardThatIsCutOffWaitsForItsRepair() throws {
    var sketch = try TrainingSketch.leaves(2, of: 4, uplinks: 4, delay_ns: 0)
    sketch.add(Collective(.pointToPoint, ranks: 2, bytes: 100e6), gpus: 8, stride: 4)
    sketch.change(sketch.fabric.nicLink(0), at: 0, .fail)
    #expect(try sketch.outcome().finished == nil)
    sketch.change(sketch.fabric.nicLink(0), at: 1_000_000_000, .repair)
    let finish = try #require(try sketch.outcome().finished)
    #expect(finish.seconds > 1 && finish.seconds < 1.1)
  }

  /// Leaves that all send to the leaf some places on have paths that share no link.
  @Test(arguments: [8, 16, 32])
  func theControllerFindsWaysForEveryShift(stride: Int) throws {
    var sketch = try TrainingSketch.leaves(8, of: 8, uplinks: 8, delay_ns: 0)
    sketch.balancing = .intelligent(queuePairs: 1)
    let collective = Collective(.allReduce, ranks: 64 / stride, bytes: 8e6)
    sketch.add(collective, gpus: 64, stride: stride)
    let alone = collective.seconds(alpha: 0, bytesPerSecond: TrainingSketch.rate / 8)
    #expect(try sketch.outcome().iterationSeconds < alone / 0.95)
  }

  @Test func aThirdTierIsBalancedAsWell() throws {
    var sketch = try TrainingSketch(
      FabricDesign(
        name: "f", hosts: 32, gpusPerHost: 1, nicsPerHost: 1,
        nicRate: BitsPerSecond(TrainingSketch.rate), nicsPerLeaf: 4, uplinksPerLeaf: 4,
        pods: .init(leaves: 2, uplinksPerSpine: 2), linkDelay: .zero))
    // Every host to the one two pods on: all of it crosses the cores.
    sketch.add(Collective(.pointToPoint, ranks: 2, bytes: 100e6), gpus: 32, stride: 16)
    for balancing in [LoadBalancing.intelligent(queuePairs: 1), .spray] {
      sketch.balancing = balancing
      #expect(try sketch.outcome().slowestThroughput > 0.95 * TrainingSketch.rate)
    }
  }
}
