// SPDX-License-Identifier: GPL-3.0-or-later
import EventKernel
import NetworkModel
import Scheduling
import Statistics
import TestSupport
import Testing
import Traffic

@testable import Simulator

/// What failures do to promised floors, and what is told of it.
@Suite struct ElasticFailureTests {
  private let second: Int64 = 1_000_000_000

  /// A line of 10 Gbps in front of two routes from a to c, of 10 and of 4 Gbps.
  private func square(_ response: FailureResponse) -> ElasticSketch {
    var sketch = ElasticSketch()
    sketch.sketch.join("a", "b", 10e9)
    sketch.sketch.join("b", "c", 10e9)
    sketch.sketch.join("a", "d", 4e9, delay: 1)
    sketch.sketch.join("d", "c", 4e9)
    let line = sketch.sketch.link("line", 8e9)
    sketch.standard.onFailure = response
    sketch.standard.patience = .zero
    sketch.add(
      over: [0, 1], [ElasticSketch.tier("t", 3e9, 10e9)], arrivals: .deterministic(perSecond: 1e3),
      sizes: .fixed(2e9), count: 2,
      lines: AccessLines(perSource: 1, first: [NodeID(index: 0): LinkID(index: line)]))
    return sketch
  }

  private func events(_ run: CompletedRun) throws -> [String] {
    try run.rows(of: "events").filter { $0["event"]?.hasPrefix("floor") == true }.map {
      [$0["event"], $0["subject"], $0["detail"]].compactMap(\.self).joined(separator: " ")
    }
  }

  @Test func aFloorBrokenByAFailureIsToldOnceAndWhenItIsBack() throws {
    var sketch = square(.wait)
    sketch.sketch.change(1, at: second, .fail)
    sketch.sketch.change(1, at: 3 * second, .repair)
    let run = try CompletedRun(sketch.model)
    #expect(
      try events(run) == [
        "floor-broken users-1 b-c", "floor-broken users-2 b-c", "floor-back users-1 ",
        "floor-back users-2 ",
      ])
    #expect(run.summary("elastic_floors_broken") == 2)
    #expect(try run.elasticRows().allSatisfy { $0.least == 0 })
  }

  @Test(arguments: [SchedulingPolicy.fair, .smallestFirst])
  func movedFlowsKeepTheirLineAndTheirBookings(policy: SchedulingPolicy) throws {
    // On the detour of 4 Gbps two floors of 3 Gbps do not fit: 2 Gbps each, and it is told.
    var sketch = square(.move)
    sketch.entries[0].scheduling = policy
    sketch.sketch.change(1, at: second, .fail)
    sketch.sketch.change(1, at: 2 * second, .repair)
    let run = try CompletedRun(sketch.model, instants: 1) { run in
      guard run.now >= SimTime(nanoseconds: second), run.now < SimTime(nanoseconds: 2 * second)
      else { return }
      // The line, and both links of the detour.
      #expect(run.world.floors.booked == [0, 0, 6e9, 6e9, 6e9])
    }
    let told = try events(run)
    #expect(told.count == 4 && told[0].hasPrefix("floor-broken users-1 "))
    // Back home the line holds them to 8 Gbps together.
    let rows = try run.elasticRows()
    #expect(rows.compactMap(\.least).allSatisfy { abs($0 - 2e9) < 1 })
    #expect(rows.compactMap(\.most).allSatisfy { $0 <= 8e9 })
    #expect(run.summary("flows_moved") == 4)
  }

  @Test func aFlowThatBreaksOffGivesItsFloorBack() throws {
    var sketch = square(.breakOff)
    sketch.sketch.change(0, at: second, .fail)
    let run = try CompletedRun(sketch.model) { run in
      guard run.now >= SimTime(nanoseconds: 2 * second) else { return }
      #expect(run.world.floors.booked.allSatisfy { $0 == 0 })
    }
    #expect(run.summary("flows_broken") == 2 && run.summary("users/t/finished") == 0)
    #expect(try run.elasticRows().map(\.finish) == [nil, nil])
  }

  @Test func aLinkThatIsDownIsFullForWhoeverComes() throws {
    var sketch = square(.wait)
    sketch.sketch.change(1, at: 0, .fail)
    sketch.entries[0].admission = AdmissionRule([.accept, .postpone])
    sketch.sketch.change(1, at: 5 * second, .repair)
    let run = try CompletedRun(sketch.model)
    #expect(try run.elasticRows().map(\.fullLink) == ["b-c", "b-c"])
    #expect(try run.elasticRows().map(\.start) == [5 * second, 5 * second])
    #expect(run.summary("elastic_floors_broken") == 0)
  }

  @Test func aSmallerCapacityBreaksFloorsToo() throws {
    var sketch = square(.wait)
    sketch.sketch.change(1, at: second, .capacity(BitsPerSecond(3e9)))
    let run = try CompletedRun(sketch.model)
    #expect(run.summary("elastic_floors_broken") == 2)
    #expect(try run.elasticRows().compactMap(\.least).allSatisfy { abs($0 - 1.5e9) < 1 })
  }
}
