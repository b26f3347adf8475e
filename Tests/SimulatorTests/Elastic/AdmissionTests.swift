// SPDX-License-Identifier: GPL-3.0-or-later
import EventKernel
import NetworkModel
import Statistics
import TestSupport
import Testing
import Traffic

@testable import Simulator

/// Who is let in, in which tier and when.
@Suite struct AdmissionTests {
  private typealias Tier = ElasticSketch

  /// Flows of 1 GB on 10 Gbps, one every second: two floors of 4 Gbps fit, the third does not.
  ///
  /// With 4 to 4 Gbps a flow takes 2 s, so that the third finds two at its arrival only when they
  /// come twice as fast.
  private func three(_ rule: AdmissionRule) -> ElasticSketch {
    var sketch = ElasticSketch()
    let link = sketch.sketch.link("link", 10e9)
    sketch.add(
      over: [link], [Tier.tier("gold", 4e9, 4e9), Tier.tier("iron", 2e9, 2e9, share: 1e-12)],
      arrivals: .deterministic(perSecond: 2), count: 3, admission: rule)
    return sketch
  }

  @Test func aFlowWhoseFloorDoesNotFitIsRefusedWithTheFullLink() throws {
    let run = try CompletedRun(three(AdmissionRule([.accept])).model)
    let rows = try run.elasticByName()
    #expect(rows.values.map(\.decision).sorted() == ["accept", "accept", "refuse"])
    let third = try #require(rows["users-3"])
    #expect(third.decision == "refuse" && third.fullLink == "link" && third.given.isEmpty)
    #expect(third.start == nil && third.finish == nil)
    #expect(run.summary("elastic_refused") == 1 && run.summary("users/gold/refused") == 1)
    // A flow that was not let in is not one of the run.
    #expect(run.summary("flows_started") == 2 && run.flows.count == 2)
  }

  @Test func aFlowShrinksToTheTierWhoseFloorFits() throws {
    let run = try CompletedRun(three(AdmissionRule([.accept, .shrink])).model)
    let third = try #require(try run.elasticByName()["users-3"])
    #expect(third.decision == "shrink" && third.given == "iron" && third.fullLink == "link")
    // 8 Gbit at 2 Gbps from 1 s on.
    #expect(third.finish == 5_000_000_000)
    #expect(third.least == 2e9 && third.most == 2e9)
    #expect(run.summary("users/gold/shrunk") == 1 && run.summary("users/iron/finished") == 1)
  }

  @Test func aFlowThatWaitsIsLetInWhenAFloorIsFree() throws {
    let run = try CompletedRun(three(AdmissionRule([.accept, .postpone])).model)
    let third = try #require(try run.elasticByName()["users-3"])
    // The first is done at 2 s.
    #expect(third.decision == "postpone" && third.given == "gold")
    #expect(third.start == 2_000_000_000 && third.finish == 4_000_000_000)
    #expect(run.flowsByName["users-3"]?.start == 1_000_000_000)
  }

  @Test func patienceEndsWithWhatStandsBehindItInTheRule() throws {
    let patience = SimDuration(nanoseconds: 500_000_000)
    let refused = try CompletedRun(
      three(AdmissionRule([.accept, .postpone], patience: patience)).model)
    #expect(try refused.elasticByName()["users-3"]?.decision == "refuse")
    let shrunk = try CompletedRun(
      three(AdmissionRule([.accept, .postpone, .shrink], patience: patience)).model)
    let third = try #require(try shrunk.elasticByName()["users-3"])
    #expect(third.decision == "shrink" && third.start == 1_500_000_000)
  }

  @Test func whoIsInLineAtTheEndIsToldAsPostponed() throws {
    var sketch = three(AdmissionRule([.accept, .postpone]))
    sketch.sketch.duration = SimDuration(nanoseconds: 1_500_000_000)
    let run = try CompletedRun(sketch.model)
    let third = try #require(try run.elasticByName()["users-3"])
    #expect(third.decision == "postpone" && third.given.isEmpty && third.start == nil)
    #expect(run.summary("elastic_postponed") == 1 && run.summary("flows_unfinished") == 2)
  }

  @Test func withoutAdmissionAllAreLetInAndFloorsAreCutAlike() throws {
    let run = try CompletedRun(three(.none).model)
    let rows = try run.elasticRows()
    #expect(rows.map(\.decision) == ["accept", "accept", "accept"])
    // Three floors of 4 Gbps on 10 Gbps: a third of it each, and nobody's promise is broken.
    let least = try rows.map { try #require($0.least) }
    #expect(least.allSatisfy { abs($0 - 10e9 / 3) < 1 })
    #expect(run.summary("elastic_floors_broken") == 0)
    #expect(try run.rows(of: "events").isEmpty)
  }

  @Test func nobodyPassesWhoNeedsALinkThatOneBeforeWaitsFor() throws {
    // Small floors come behind a large one that waits: they wait too, or it would wait for ever.
    var sketch = ElasticSketch()
    let link = sketch.sketch.link("link", 10e9)
    let second: Int64 = 1_000_000_000
    sketch.add(
      "first", over: [link], [Tier.tier("t", 6e9, 6e9)], sizes: .fixed(3e9), count: 1,
      admission: AdmissionRule([.accept, .postpone]))
    sketch.add(
      "large", over: [link], [Tier.tier("t", 8e9, 8e9)], count: 1,
      admission: AdmissionRule([.accept, .postpone]), start: SimTime(nanoseconds: second))
    sketch.add(
      "small", over: [link], [Tier.tier("t", 2e9, 2e9)], count: 1,
      admission: AdmissionRule([.accept, .postpone]), start: SimTime(nanoseconds: 2 * second))
    let rows = try CompletedRun(sketch.model).elasticByName()
    // 24 Gbit at 6 Gbps: 4 s. Then both fit at once.
    #expect(rows["large-1"]?.start == 4 * second && rows["small-1"]?.start == 4 * second)
  }

  @Test func whoLosesPatienceDoesNotPassThoseBefore() throws {
    // Two wait for 8 of 10 Gbps of which 6 are booked. The second would shrink to 2 Gbps when its
    // patience ends, but the first waits for that very link: it is refused.
    var sketch = ElasticSketch()
    let link = sketch.sketch.link("link", 10e9)
    let second: Int64 = 1_000_000_000
    sketch.add(
      "first", over: [link], [Tier.tier("t", 6e9, 6e9)], sizes: .fixed(6e9), count: 1)
    for (name, at, patience) in [("one", 1, 100), ("two", 2, 2)] {
      sketch.add(
        name, over: [link],
        [Tier.tier("t", 8e9, 8e9), Tier.tier("low", 2e9, 2e9, share: 1e-12)], count: 1,
        admission: AdmissionRule(
          [.accept, .postpone, .shrink],
          patience: SimDuration(nanoseconds: Int64(patience) * second)),
        start: SimTime(nanoseconds: Int64(at) * second))
    }
    let rows = try CompletedRun(sketch.model).elasticByName()
    #expect(rows["two-1"]?.decision == "refuse" && rows["one-1"]?.start == 8 * second)
    // Without the one before it, it shrinks.
    sketch.entries.remove(at: 1)
    let alone = try CompletedRun(sketch.model).elasticByName()
    #expect(alone["two-1"]?.decision == "shrink" && alone["two-1"]?.start == 4 * second)
  }

  @Test func demandsAheadCountWithTheMostThatTheyTake() throws {
    // 10 Gbps of which a demand takes 1 Gbps now and 5 Gbps later: a floor of 6 Gbps never fits.
    var sketch = ElasticSketch()
    let link = sketch.sketch.link("link", 10e9)
    sketch.add(over: [link], [Tier.tier("t", 6e9, 6e9)], count: 1)
    var model = sketch.model
    model.duration = SimDuration(seconds: 10)
    model.loss.isOn = true
    model.demands = [
      Demand(name: "d", route: 0, rate: BitsPerSecond(1e9), daily: [1, 5])
    ]
    #expect(try CompletedRun(model).elasticRows().map(\.decision) == ["refuse"])
    model.demands[0].daily = [1, 4]
    let run = try CompletedRun(model)
    #expect(try run.elasticRows().map(\.decision) == ["accept"])
    #expect(run.summary("elastic_floors_broken") == 0)
  }

  @Test func aDemandThatEndsMakesRoomForThoseInLine() throws {
    var sketch = ElasticSketch()
    let link = sketch.sketch.link("link", 10e9)
    sketch.add(
      over: [link], [Tier.tier("t", 6e9, 6e9)], count: 1,
      admission: AdmissionRule([.accept, .postpone]))
    var model = sketch.model
    model.loss.isOn = true
    model.demands = [
      Demand(
        name: "d", route: 0, rate: BitsPerSecond(5e9), stop: SimTime(nanoseconds: 3_000_000_000))
    ]
    #expect(try CompletedRun(model).elasticRows().map(\.start) == [3_000_000_000])
  }

  @Test func flowsOnOneAccessLineShareIt() throws {
    // One line of 10 Gbps for all, in front of 100 Gbps: three at once have a third each.
    var sketch = ElasticSketch()
    let line = sketch.sketch.link("line", 10e9)
    let core = sketch.sketch.link("core", 100e9)
    sketch.add(
      over: [core], [Tier.tier("t", 3e9, 10e9)], arrivals: .deterministic(perSecond: 1e9),
      count: 3, lines: AccessLines(perSource: 1, first: [nil: LinkID(index: line)]))
    sketch.add(
      "more", over: [core], [Tier.tier("t", 3e9, 10e9)], count: 1,
      lines: AccessLines(perSource: 1, first: [nil: LinkID(index: line)]),
      start: SimTime(nanoseconds: 1_000_000))
    let run = try CompletedRun(sketch.model)
    let rows = try run.elasticByName()
    // The fourth floor of 3 Gbps fits the core, but not the line.
    #expect(rows["more-1"]?.decision == "refuse" && rows["more-1"]?.fullLink == "line")
    let finish = try #require(rows["users-1"]?.finish)
    #expect(abs(finish - 2_400_000_000) < 10)
  }
}
