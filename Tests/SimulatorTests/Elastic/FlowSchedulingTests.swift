// SPDX-License-Identifier: GPL-3.0-or-later
import EventKernel
import NetworkModel
import Scheduling
import Statistics
import TestSupport
import Testing
import Traffic

@testable import Simulator

/// Scheduling policies on a single link, against what is known of them.
@Suite struct FlowSchedulingTests {
  private static let rate = 10e9

  /// Random flows on one link, without floors and with a ceiling that it never reaches.
  private func busy(_ policy: SchedulingPolicy, seed: UInt64, load: Double, slack: Double = 3)
    -> Model
  {
    var sketch = ElasticSketch()
    sketch.sketch.seed = seed
    let link = sketch.sketch.link("link", Self.rate)
    // 1 GB takes 0.8 s.
    sketch.add(
      over: [link], [ElasticSketch.tier("t", 0, 2 * Self.rate)],
      arrivals: .poisson(perSecond: load / 0.8), sizes: .exponential(mean: 1e9), count: 60,
      slack: slack, scheduling: policy)
    return sketch.model
  }

  /// A flow of the reference: nanoseconds and bits.
  private struct Job {
    var arrival: Double
    var bits: Double
    var deadline: Double
  }

  private func jobs(_ run: CompletedRun) throws -> [String: Job] {
    let bytes = run.flowsByName.mapValues(\.bytes)
    return Dictionary(
      uniqueKeysWithValues: try run.elasticRows().map { row in
        let deadline = row.deadline.map { Double($0) } ?? .infinity
        return (
          row.flow,
          Job(
            arrival: Double(row.arrival), bits: (bytes[row.flow] ?? 0) * 8, deadline: deadline)
        )
      })
  }

  /// When each flow is done if the link always serves the one with the least bits left.
  private func shortestRemaining(_ jobs: [String: Job]) -> [String: Double] {
    var left = jobs.mapValues(\.bits)
    var finishes: [String: Double] = [:]
    let arrivals = jobs.values.map(\.arrival).sorted()
    var now = arrivals.first ?? 0
    while !left.isEmpty {
      let next = arrivals.first { $0 > now } ?? .infinity
      let here = left.filter { (jobs[$0.key]?.arrival ?? .infinity) <= now }
      guard let first = here.min(by: { ($0.value, $0.key) < ($1.value, $1.key) }) else {
        now = next
        continue
      }
      let end = now + first.value / Self.rate * 1e9
      if end <= next {
        finishes[first.key] = end
        left[first.key] = nil
        now = end
      } else {
        left[first.key] = first.value - (next - now) * Self.rate * 1e-9
        now = next
      }
    }
    return finishes
  }

  @Test(arguments: 1...12)
  func smallestFirstIsShortestRemainingProcessingTime(seed: Int) throws {
    let run = try CompletedRun(busy(.smallestFirst, seed: UInt64(seed), load: 0.9))
    let expected = shortestRemaining(try jobs(run))
    #expect(run.finishes.count == 60 && expected.count == 60)
    for (name, finish) in run.finishes {
      let reference = try #require(expected[name])
      #expect(abs(Double(finish) - reference) < 100, "\(name)")
    }
    let fair = try CompletedRun(busy(.fair, seed: UInt64(seed), load: 0.9))
    #expect(run.summary("fct_mean") <= fair.summary("fct_mean"))
  }

  /// Whether some order meets all deadlines on one link.
  ///
  /// For each interval from an arrival to a deadline, what has to be done inside it must fit into
  /// it (W. A. Horn, 1974).
  private func isFeasible(_ jobs: [Job]) -> Bool {
    jobs.allSatisfy { from in
      jobs.allSatisfy { to in
        let inside = jobs.filter { $0.arrival >= from.arrival && $0.deadline <= to.deadline }
        let work = inside.reduce(0) { $0 + $1.bits } / Self.rate * 1e9
        return inside.isEmpty || work <= to.deadline - from.arrival
      }
    }
  }

  @Test func earliestDeadlineMeetsAllDeadlinesWhereAnyOrderDoes() throws {
    var feasible = 0
    var fairToo = 0
    for seed in 1...40 {
      let slack = [2.0, 4, 8, 16][seed % 4]
      let run = try CompletedRun(
        busy(.earliestDeadline, seed: UInt64(seed), load: 0.7, slack: slack))
      let isPossible = isFeasible(Array(try jobs(run).values))
      #expect((run.summary("elastic_deadlines_missed") == 0) == isPossible, "seed \(seed)")
      guard isPossible else { continue }
      feasible += 1
      let fair = try CompletedRun(busy(.fair, seed: UInt64(seed), load: 0.7, slack: slack))
      if fair.summary("elastic_deadlines_missed") == 0 { fairToo += 1 }
    }
    // The test says something: some are feasible, others not, and fair fails at some.
    #expect(feasible > 5 && feasible < 35 && fairToo < feasible, "\(feasible) \(fairToo)")
  }

  @Test func weightsOfTiersShareWhatFloorsLeave() throws {
    // 10 Gbps, floors 1 and 1: 8 Gbps are shared 3 : 1.
    var sketch = ElasticSketch()
    let link = sketch.sketch.link("link", Self.rate)
    for (name, weight) in [("a", 3.0), ("b", 1)] {
      sketch.add(
        name, over: [link], [ElasticSketch.tier("t", 1e9, 10e9, weight: weight)], count: 1,
        scheduling: .weighted)
    }
    let rows = try CompletedRun(sketch.model).elasticByName()
    #expect(rows["a-1"]?.least == 7e9 && rows["b-1"]?.least == 3e9)
    for index in sketch.entries.indices { sketch.entries[index].scheduling = .fair }
    let fair = try CompletedRun(sketch.model).elasticByName()
    #expect(fair["a-1"]?.least == 5e9 && fair["b-1"]?.least == 5e9)
  }

  @Test func floorsComeFirstAndTheRestInOrder() throws {
    // Three flows at once on 10 Gbps, floors 1, ceilings 6: 6 for the smallest, 3 for the next.
    var sketch = ElasticSketch()
    let link = sketch.sketch.link("link", Self.rate)
    for (name, bytes) in [("large", 9e9), ("middle", 3e9), ("small", 1e9)] {
      sketch.add(
        name, over: [link], [ElasticSketch.tier("t", 1e9, 6e9)], sizes: .fixed(bytes), count: 1,
        scheduling: .smallestFirst)
    }
    let run = try CompletedRun(sketch.model)
    let rows = try run.elasticByName()
    #expect(rows["small-1"]?.least == 6e9)
    // Small: 8 Gbit at 6. Middle: 4 of 24 Gbit at 3 by then, the rest at 6.
    #expect(rows["small-1"]?.finish == 1_333_333_333)
    #expect(rows["middle-1"]?.least == 3e9 && rows["middle-1"]?.most == 6e9)
    #expect(abs((rows["middle-1"]?.finish ?? 0) - 4_666_666_667) < 3)
    #expect(rows["large-1"]?.least == 1e9 && rows["large-1"]?.most == 6e9)
  }

  @Test func plainFlowsShareWhatOrderedOnesLeave() throws {
    var sketch = ElasticSketch()
    let link = sketch.sketch.link("link", Self.rate)
    sketch.add(
      over: [link], [ElasticSketch.tier("t", 1e9, 6e9)], count: 1, scheduling: .smallestFirst)
    sketch.sketch.flow("plain", at: 0, bytes: 1e9, over: [link])
    let run = try CompletedRun(sketch.model)
    #expect(run.finishes["users-1"] == 1_333_333_333)
    // 5.33 Gbit at 4 Gbps, then 2.67 at 10.
    #expect(abs((run.finishes["plain"] ?? 0) - 1_600_000_000) < 3)
  }
}
