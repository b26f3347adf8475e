// SPDX-License-Identifier: GPL-3.0-or-later
import Scenario
import Simulator
import Testing

/// Training over two sites beside what operators have published of it.
///
/// Press, 2024: China Telecom, 120 km and a loop of 500 km; China Unicom, Shanghai to Jinan. All
/// say "at least"; what nobody says is in the comments of the scenario.
@Suite struct InterCentreTests {
  private func outcomes(_ settings: [String] = []) throws -> [JobOutcome] {
    let root = "/" + #filePath.split(separator: "/").dropLast(3).joined(separator: "/")
    let file = root + "/Scenarios/inter-centre-training.yaml"
    let run = try Run(ScenarioFile.load(path: file, settings: settings).model)
    while try run.advance(instants: 1024) {}
    return try run.finish().jobs
  }

  private let few = (0..<3).map { "traffic[\($0)].training.iterations=1" }

  @Test func efficienciesAreThosePublished() throws {
    let jobs = try outcomes()
    let claimed = ["120-km": 0.95, "500-km": 0.97, "1500-km": 0.95]
    for job in jobs {
      let claim = try #require(claimed[job.job])
      #expect((claim..<claim + 0.03).contains(job.efficiency), "\(job.job): \(job.efficiency)")
      #expect(job.iterations == 1000 && job.iterationsSimulated == 1)
    }
    #expect(jobs.map(\.convergence) == [64, 32, 64])
  }

  /// One of two waves costs as much again as both cost, far from the 40 % that is claimed.
  @Test func losingAWaveDoublesTheExchange() throws {
    let whole = try outcomes(few)[0]
    let lost = try outcomes(few + ["events=[{at: 0 s, transponder: waves}]"])[0]
    let exchange = 200e9 * 8 / 1.6e12
    #expect(abs(lost.iterationSeconds - whole.iterationSeconds - exchange) < 1e-3)
    #expect((0.03..<0.05).contains(whole.efficiency - lost.efficiency))
  }

  /// Without waves it stands still.
  @Test func losingBothWavesStopsIt() throws {
    let cut = [
      "duration=1 h", "events=[{at: 30 s, cut: coast}]", "traffic[0].training.iterations=3",
    ]
    let jobs = try outcomes(few + cut)
    #expect(jobs.map(\.iterations) == [1, 1, 1])
    #expect(jobs.map { $0.finished == nil } == [true, false, false])
  }

  /// A small batch leaves less to hide behind: what crosses is the same, however little is computed.
  @Test func efficiencyFallsWithTheBatch() throws {
    let efficiencies = try [256, 2048].map { batch in
      try outcomes(few + ["traffic[1].training.plan.batch=\(batch)"])[1].efficiency
    }
    #expect(efficiencies[0] < 0.95 && efficiencies[1] > 0.985)
  }

  /// Go-back-N sends all of a round trip again: W packets on each of 512 connections.
  @Test(arguments: [1e-5, 1e-4, 1e-3])
  func goBackNSendsARoundTripAgain(loss: Double) throws {
    func seconds(_ loss: Double) throws -> Double {
      try outcomes(
        few + [
          "classes=[{name: rdma, transport: rocev2-go-back-n}, {name: default}]",
          "network.links[0].port={loss: \(loss)}", "traffic[1].training.class_between=rdma",
        ])[1].iterationSeconds
    }
    let window = 3.2e12 / 512 * 2 * 2.452e-3 / (4096 * 8)
    let exchange = 200e9 * 8 / 3.2e12
    let again = exchange * loss * window / (1 - loss)
    #expect(abs((try seconds(loss) - seconds(0)) / again - 1) < 0.02)
  }

  /// Stages at both sites: activations of each microbatch cross, and hide behind the next.
  @Test func aPipelineOverSitesHidesWhatCrosses() throws {
    let job = try outcomes(few + ["traffic[1].training.spread=pipeline"])[1]
    #expect(job.efficiency > 0.97)
    // Forward and backward, 64 microbatches of 16 replicas.
    let activations = 16.0 * 4096 * 10_240 * 2
    let crossing = 2 * 64 * activations
    #expect(abs(job.bytesBetweenSites / crossing - 1) < 1e-9)
  }
}
