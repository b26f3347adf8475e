// SPDX-License-Identifier: GPL-3.0-or-later
import EventKernel
import NetworkModel
import TestSupport
import Testing
import Traffic

@testable import Simulator

/// Training jobs that start when their data are there.
@Suite struct DataForTrainingTests {
  private func at(_ seconds: Int64) -> SimTime { SimTime(nanoseconds: seconds * 1_000_000_000) }

  /// A fabric with a link beside it that carries transfers, and a job of 1 s an iteration.
  private func sketch(_ transfers: [Transfer]) throws -> Model {
    var training = try TrainingSketch.leaves(1, of: 2, uplinks: 1)
    let link = training.topology.addLink(
      Link(name: "wan", ends: nil, capacity: BitsPerSecond(1000), delay: .zero))
    training.routes = [Route(source: nil, target: nil, links: [link])]
    training.add(
      Collective(.allReduce, .ring, ranks: 2, bytes: 1), iterations: 3, compute_ns: 1_000_000_000)
    training.duration = SimDuration(nanoseconds: 100_000_000_000)
    var model = training.model
    model.transfers = TransferModel(sources: [.listed(transfers)])
    model.training.jobs[0].after = transfers.map(\.name)
    return model
  }

  private func transfer(_ name: String, bits: Double, start: Int64 = 0) -> Transfer {
    Transfer(name: name, route: 0, bytes: Bytes(bits / 8), start: at(start))
  }

  @Test func aJobStartsWithTheLastOfItsTransfers() throws {
    let run = try CompletedRun(
      sketch([transfer("a", bits: 4000), transfer("b", bits: 2000, start: 5)]))
    let job = try #require(run.outcome.jobs.first)
    #expect(job.started == at(7) && job.submitted == .zero && job.iterations == 3)
    #expect(run.summary("waiting_for_data") == 7)
  }

  @Test func aJobWaitsForItsOwnStartToo() throws {
    var model = try sketch([transfer("a", bits: 4000)])
    model.training.jobs[0].start = at(9)
    let run = try CompletedRun(model)
    #expect(run.outcome.jobs.first?.started == at(9))
    #expect(run.summary("waiting_for_data") == 0)
  }

  @Test func aJobWhoseDataNeverComeNeverStarts() throws {
    var late = transfer("late", bits: 1e6)
    late.terms = TransferTerms(reserves: true, window: .leastRate, ifRefused: .drop)
    late.deadline = at(10)
    var model = try sketch([transfer("a", bits: 4000), late])
    model.outputs = Outputs(kinds: [.transfers])
    let run = try CompletedRun(model)
    let job = try #require(run.outcome.jobs.first)
    #expect(job.started == nil && job.iterations == 0)
    #expect(try run.rows(of: "transfers").last?["reason"] == "narrow")
  }

  /// Skipping steady iterations gives the same as simulating each, with transfers beside the fabric.
  @Test func transfersBesideAFabricDisturbNothing() throws {
    var model = try sketch([transfer("a", bits: 4000)])
    model.classes = [TrafficClass(name: "default", onFailure: .move)]
    model.training.jobs[0].iterations = 50
    let run = try CompletedRun(model)
    let job = try #require(run.outcome.jobs.first)
    #expect(job.iterations == 50 && job.iterationsSimulated == 1)
  }
}
