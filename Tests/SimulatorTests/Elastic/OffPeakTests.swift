// SPDX-License-Identifier: GPL-3.0-or-later
import EventKernel
import FlowMath
import NetworkModel
import Statistics
import TestSupport
import Testing
import Traffic

@testable import Scheduling
@testable import Simulator

/// Flows that wait for cheap hours.
@Suite struct OffPeakTests {
  private static let hour: Int64 = 3_600_000_000_000
  /// Cheap from 0 to 6, dear from 18 to 22.
  private static let prices = (0..<24).map { $0 < 6 ? 1.0 : (18..<22).contains($0) ? 4 : 2 }

  private func question(
    at now: Int64, hours ideal: Double, latest: Int64?
  ) -> (SchedulingQuestion, SimTime) {
    (
      SchedulingQuestion(
        bitsLeft: 1, deadline: nil,
        idealTime: SimDuration(nanoseconds: Int64(ideal * Double(Self.hour))),
        latestStart: latest.map { SimTime(nanoseconds: $0) }), SimTime(nanoseconds: now)
    )
  }

  @Test(arguments: [
    // At half past six in the morning, for an hour: at midnight.
    (6.5, 1.0, nil, 24.0),
    // It may not begin behind 20: now is as good as any hour before the evening.
    (6.5, 1.0, 20.0, 6.5),
    // Half of an hour would be in the evening: better wait for 22, if that is allowed.
    (17.5, 1.0, 23.0, 22.0),
    (17.5, 1.0, 21.0, 17.5),
    // Cheap now.
    (2.0, 1.0, nil, 2.0),
    // Eight hours: all cheap ones among them from 22 on, and no cheaper later.
    (5.0, 8.0, nil, 22.0),
    // Late already.
    (19.0, 1.0, 3.0, 19.0),
  ])
  func aFlowBeginsWhenItIsCheapest(now: Double, ideal: Double, latest: Double?, start: Double) {
    let (flow, at) = question(
      at: Int64(now * Double(Self.hour)), hours: ideal,
      latest: latest.map { Int64($0 * Double(Self.hour)) })
    let policy = OffPeak(prices: Self.prices)
    #expect(policy.start(of: flow, at: at).seconds == start * 3600)
  }

  private func day(_ policy: SchedulingPolicy, seed: UInt64) -> Model {
    var sketch = ElasticSketch()
    sketch.sketch.seed = seed
    let link = sketch.sketch.link("link", 10e9)
    // 1 TB takes 800 s alone, 8000 s at the floor; due after 12 times the one.
    sketch.add(
      over: [link], [ElasticSketch.tier("t", 1e9, 10e9)], arrivals: .poisson(perSecond: 0.0003),
      sizes: .exponential(mean: 1e12), count: 26, slack: 12,
      admission: AdmissionRule([.accept]), scheduling: policy)
    return sketch.model
  }

  /// The bytes of flows that are sent in cheap hours, as a part, by the rates at each instant.
  private func cheapPart(_ model: Model) throws -> (part: Double, run: CompletedRun) {
    var (cheap, all, before, rate) = (0.0, 0.0, SimTime.zero, 0.0)
    let run = try CompletedRun(model, instants: 1) { run in
      // Instants are far closer than hours; what spans one counts for its beginning.
      let bits = rate * (run.now - before).seconds
      all += bits
      if before.nanoseconds / Self.hour % 24 < 6 { cheap += bits }
      before = run.now
      rate = run.elastic.book.sending.reduce(0) {
        $0 + run.world.fluid.rate(ofClass: $1.flowClass.index)
      }
    }
    return (cheap / all, run)
  }

  @Test(arguments: [UInt64(1), 2, 3, 4, 5, 6])
  func bytesMoveIntoCheapHoursAndNoDeadlineIsMissedForIt(seed: UInt64) throws {
    var fair = day(.fair, seed: seed)
    var cheap = day(.offPeak(prices: Self.prices), seed: seed)
    // They come from noon on, and 1 TB is due after 100 times 800 s: there is time to wait.
    let noon = SimTime(nanoseconds: 12 * Self.hour)
    fair.elastic.entries[0].generator.start = noon
    fair.elastic.entries[0].slack = 100
    cheap.elastic.entries[0].generator.start = noon
    cheap.elastic.entries[0].slack = 100
    let before = try cheapPart(fair)
    let after = try cheapPart(cheap)
    #expect(after.part > before.part + 0.1, "\(before.part) \(after.part)")
    let met = try before.run.elasticByName().filter { ($1.finish ?? .max) <= ($1.deadline ?? 0) }
    let rows = try after.run.elasticByName()
    for name in met.keys {
      let row = try #require(rows[name])
      guard row.decision == "accept" else { continue }
      #expect((row.finish ?? .max) <= (row.deadline ?? 0), "\(name)")
    }
  }

  @Test func withLittleSlackNobodyWaitsLongerThanItsFloorAllows() throws {
    // Due after 12 times 800 s for 1 TB, and the floor takes 10 times that.
    var waited = 0
    for seed in UInt64(1)...8 {
      let run = try CompletedRun(day(.offPeak(prices: Self.prices), seed: seed))
      #expect(run.summary("elastic_deadlines_missed") == 0)
      #expect(run.summary("elastic_deadlines_met") > 15)
      waited += try run.elasticRows().count { ($0.start ?? 0) > $0.arrival }
    }
    #expect(waited > 0)
  }
}
