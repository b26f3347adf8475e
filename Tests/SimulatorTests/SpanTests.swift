// SPDX-License-Identifier: GPL-3.0-or-later
import EventKernel
import NetworkModel
import Testing
import Traffic

@testable import Simulator

/// Jobs over sites: closed forms where nothing is shared, and what is conserved.
@Suite struct SpanTests {
  /// A reduce-scatter or an all-gather on one leaf: n - 1 steps of two links.
  private func inside(_ ranks: Int, _ bytes: Double) -> Double {
    Collective(.allGather, ranks: ranks, bytes: bytes).seconds(
      alpha: 1e-6, bytesPerSecond: SpanSketch.card / 8)
  }

  /// Compute, scatter, 2 (s - 1) rounds of a ring with a part of the bytes each, gather.
  @Test(arguments: [2, 3, 5], [1, 1_000_000, 10_000_000, 50_000_000] as [Int64])
  func replicasOverSitesTakeTheirClosedForm(sites: Int, delay_ns: Int64) throws {
    var sketch = try SpanSketch(hosts: Array(repeating: 4, count: sites), delay_ns: delay_ns)
    sketch.reduce(8e9, compute_ns: Array(repeating: 700_000_000, count: sites))
    let rounds = Double(2 * (sites - 1))
    let between = rounds * (Double(delay_ns) / 1e9 + 8e9 * 8 / Double(sites) / 100e9)
    let expected = 0.7 + 2 * inside(4, 8e9) + between
    let outcome = try sketch.outcome()
    #expect(abs(outcome.iterationSeconds / expected - 1) < 1e-4)
    #expect(abs(outcome.exposedSeconds / (expected - 0.7) - 1) < 1e-4)
    #expect(outcome.sites == sites && outcome.gpus == 4 * sites)
    // Four cards of 400 Gbit/s over a link of 100.
    #expect(abs(outcome.convergence - 16) < 1e-9)
  }

  @Test func cardsHoldWhatTheLinkWouldCarry() throws {
    var sketch = try SpanSketch(hosts: [2, 3], capacity: 4e12, delay_ns: 1_000_000)
    sketch.reduce(8e9, compute_ns: [0, 0])
    // Two cards at the smaller site; the larger one is the slower to gather.
    let between = 2 * 1e-3 + 8e9 * 8 / (2 * SpanSketch.card)
    let expected = 2 * max(inside(2, 8e9), inside(3, 8e9)) + between
    #expect(abs(try sketch.outcome().iterationSeconds / expected - 1) < 1e-4)
  }

  @Test func theSlowestSiteSetsThePace() throws {
    var sketch = try SpanSketch(hosts: [4, 2, 3], delay_ns: 10_000_000)
    sketch.reduce(1e9, iterations: 3, compute_ns: [300_000_000, 900_000_000, 500_000_000])
    let ready = [0.3 + inside(4, 1e9), 0.9 + inside(2, 1e9), 0.5 + inside(3, 1e9)]
    let between = 4 * (0.01 + 1e9 * 8 / 3 / 100e9)
    let gathered = [4, 2, 3].map { inside($0, 1e9) }
    let expected = (ready.max() ?? 0) + between + (gathered.max() ?? 0)
    let outcome = try sketch.outcome()
    #expect(abs(outcome.iterationSeconds / expected - 1) < 1e-4)
    #expect(abs(outcome.computeSeconds - 0.9) < 1e-9)
  }

  @Test(arguments: [0, 0.25, 0.5, 1])
  func overlapHidesWhatFitsBesideComputing(overlap: Double) throws {
    var sketch = try SpanSketch(hosts: [4, 4])
    sketch.reduce(8e9, compute_ns: [2_000_000_000, 2_000_000_000], overlap: overlap)
    let exchange = 2 * inside(4, 8e9) + 2 * 5e-3 + 8e9 * 8 / 100e9
    let expected = max(2, 2 * (1 - overlap) + exchange)
    #expect(abs(try sketch.outcome().iterationSeconds / expected - 1) < 1e-4)
  }

  /// Machines in a row, the link among them: all stages once, then the pace of the slowest.
  @Test(arguments: [1, 1_000_000, 50_000_000] as [Int64], [1e6, 20e6, 200e6])
  func aPipelineOverSitesTakesItsClosedForm(delay_ns: Int64, bytes: Double) throws {
    var sketch = try SpanSketch(hosts: [3, 2], delay_ns: delay_ns)
    let forward = [2_000_000, 3_000_000] as [Int64]
    let pipeline = PipelinedSites(
      microbatches: 12, bytes: bytes,
      sites: zip([3, 2], forward).map {
        .init(
          count: $0, forward: SimDuration(nanoseconds: $1),
          backward: SimDuration(nanoseconds: 2 * $1))
      })
    sketch.pipe(pipeline, iterations: 2)
    let crossing = bytes * 8 / 100e9
    func path(_ pace: Double) -> Double {
      pace * (3 * 2e-3 + 2 * 3e-3) + Double(delay_ns) / 1e9 + crossing
        + 11 * max(pace * 3e-3, crossing)
    }
    let expected = path(1) + path(2)
    let outcome = try sketch.outcome()
    #expect(abs(outcome.iterationSeconds / expected - 1) < 1e-4)
    #expect(abs(outcome.computeSeconds - 3 * (3 * 2e-3 + 2 * 3e-3 + 11 * 3e-3)) < 1e-9)
    #expect(abs(outcome.bytesBetweenSites / (2 * 2 * 12 * bytes) - 1) < 1e-9)
  }

  /// What crosses is what the long links carried, in each direction the whole of the gradients.
  @Test(arguments: [true, false])
  func bytesBetweenSitesAreConserved(skips: Bool) throws {
    var sketch = try SpanSketch(hosts: [4, 2])
    sketch.reduce(3e9, iterations: 40, compute_ns: [100_000_000, 80_000_000])
    let run = try Run(sketch.model)
    run.training.book.skipsSteadyIterations = skips
    while try run.advance(instants: 64) {}
    let outcome = try run.finish()
    let job = outcome.jobs[0]
    #expect(job.iterations == 40 && job.iterationsSimulated == (skips ? 1 : 40))
    #expect(abs(job.bytesBetweenSites / (2 * 40 * 3e9) - 1) < 1e-9)
    // Each site scatters and gathers on its cards as well.
    let cards = 40 * 2 * 3e9 * (3 + 1.0)
    #expect(abs(job.bytesSent / (cards + job.bytesBetweenSites) - 1) < 1e-9)
    for name in ["long0", "long0:back"] {
      let use = try #require(outcome.links.first { $0.link == name })
      #expect(abs(use.mean * outcome.end.seconds * 100e9 / (40 * 3e9 * 8) - 1) < 1e-6)
    }
  }

  @Test(arguments: [true, false])
  func skippedIterationsAreAsLongAsSimulatedOnes(isPipeline: Bool) throws {
    var sketch = try SpanSketch(hosts: [2, 2])
    if isPipeline {
      let stages = PipelinedSites.Stages(
        count: 2, forward: SimDuration(nanoseconds: 1_000_000),
        backward: SimDuration(nanoseconds: 2_000_000))
      sketch.pipe(
        PipelinedSites(microbatches: 6, bytes: 30e6, sites: [stages, stages]), iterations: 60)
    } else {
      sketch.reduce(1e9, iterations: 60, compute_ns: [100_000_000, 100_000_000], overlap: 0.3)
    }
    // A change in the midst of it: half of the capacity from then on.
    sketch.changes = [
      LinkChange(
        time: SimTime(nanoseconds: 3_000_000_000),
        links: [sketch.link("long0"), sketch.link("long0:back")],
        kind: .capacity(BitsPerSecond(20e9)))
    ]
    var ends: [SimTime] = []
    for skips in [true, false] {
      let run = try Run(sketch.model)
      run.training.book.skipsSteadyIterations = skips
      while try run.advance(instants: 64) {}
      let job = try run.finish().jobs[0]
      ends.append(job.end)
      #expect(job.iterations == 60)
      #expect(skips ? job.iterationsSimulated < 6 : job.iterationsSimulated == 60)
    }
    #expect(abs((ends[0] - ends[1]).seconds) < 60 * 20e-9)
  }

  @Test func aRunThatEndsInBetweenCountsWhatIsDone() throws {
    var sketch = try SpanSketch(hosts: [2, 2])
    sketch.reduce(1e9, iterations: 100, compute_ns: [100_000_000, 100_000_000])
    let length = try sketch.outcome().iterationSeconds
    sketch.duration = SimDuration(seconds: 30.5 * length)
    let outcome = try sketch.outcome()
    #expect(outcome.finished == nil && outcome.iterations == 30)
    #expect(abs(outcome.iterationSeconds - length) < 1e-7)
    #expect(abs(outcome.bytesBetweenSites / (30 * 2e9) - 1) < 1e-9)
  }

  /// Where the exchange fills the phase that hides it, half of the capacity is missed most.
  @Test func losingHalfOfTheLinkCostsMostWhereTheExchangeIsHidden() throws {
    func cost(overlap: Double) throws -> Double {
      var sketch = try SpanSketch(hosts: [2, 2], capacity: 100e9, delay_ns: 1_000)
      sketch.reduce(
        11.25e9, compute_ns: [1_000_000_000, 1_000_000_000], overlap: overlap, isInside: false)
      let whole = try sketch.outcome().iterationSeconds
      sketch.changes = [
        LinkChange(
          time: .zero, links: [sketch.link("long0"), sketch.link("long0:back")],
          kind: .capacity(BitsPerSecond(50e9)))
      ]
      return 1 - whole / (try sketch.outcome().iterationSeconds)
    }
    // 0.9 s beside 0.95 of 1 s, and then 1.8 s: 1 over 1.85. Nothing hidden: 1.9 over 2.8.
    #expect(abs(try cost(overlap: 0.95) - (1 - 1 / 1.85)) < 1e-3)
    #expect(abs(try cost(overlap: 0) - (1 - 1.9 / 2.8)) < 1e-3)
  }
}
