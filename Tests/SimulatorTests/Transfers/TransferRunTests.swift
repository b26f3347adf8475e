// SPDX-License-Identifier: GPL-3.0-or-later
import EventKernel
import NetworkModel
import TestSupport
import Testing
import Traffic

@testable import Simulator

/// Transfers in small networks, each with one claim.
@Suite struct TransferRunTests {
  static func at(_ seconds: Double) -> SimTime { SimTime(nanoseconds: Int64(seconds * 1e9)) }

  /// 1000 bit/s from a to c by b, and a longer path by d.
  static func square() -> ModelSketch {
    var sketch = ModelSketch()
    sketch.join("a", "b", 1000)
    sketch.join("b", "c", 1000)
    sketch.join("a", "d", 1000, delay: 1_000_000)
    sketch.join("d", "c", 1000, delay: 1_000_000)
    sketch.outputs = Outputs(kinds: [.flows, .transfers, .events])
    return sketch
  }

  private static func model(
    _ sketch: ModelSketch, _ transfers: [Transfer], paths: Int = 3, until end: Double? = nil
  ) -> Model {
    var model = sketch.model
    model.transfers = TransferModel(sources: [.listed(transfers)], paths: paths)
    model.duration = end.map { SimDuration(nanoseconds: Int64($0 * 1e9)) }
    return model
  }

  private static func transfer(
    _ name: String, bits: Double, route: Int, start: Double = 0, deadline: Double? = nil,
    _ terms: TransferTerms
  ) -> Transfer {
    Transfer(
      name: name, route: route, bytes: Bytes(bits / 8), start: Self.at(start),
      deadline: deadline.map { Self.at($0) }, terms: terms)
  }

  @Test func aReservedTransferSendsInItsWindowWhateverElseIsThere() throws {
    var sketch = Self.square()
    let route = sketch.route(over: [0, 1])
    for index in 0..<9 { sketch.flow("f\(index)", at: 0, bytes: 1000, over: [0]) }
    let run = try CompletedRun(
      Self.model(
        sketch,
        [
          Self.transfer(
            "t", bits: 4000, route: route, start: 1, deadline: 9,
            TransferTerms(reserves: true, window: .leastRate))
        ]))
    let row = try #require(try run.rows(of: "transfers").first)
    // 4000 bits in the 8 s between start and deadline are 500 bit/s, and a bit more for the guard.
    #expect(row["rate_bps"] == "501" && row["window_start_s"] == "1")
    #expect(row["reservation"] == "held" && row["state"] == "arrived")
    let finish = try #require(run.finishes["t"])
    let due: Double = 1 + 4000 / 501
    #expect(abs(Double(finish) / 1e9 - due) < 1e-8)
    // The nine flows of 8000 bits: 1000 bit/s for 1 s, then 499 until the window ends.
    let last = try #require(run.flows.filter { $0.name != "t" }.compactMap(\.finish).max())
    let during = 4000 / 501.0
    let rest: Double = 9 * 8000 - 1000 - 499 * during
    let expected: Double = 1 + during + rest / 1000
    #expect(abs(Double(last) / 1e9 - expected) < 1e-7)
  }

  @Test func demandsLeaveAWindowItsRoom() throws {
    var sketch = Self.square()
    let route = sketch.route(over: [0, 1])
    var model = Self.model(
      sketch,
      [
        Self.transfer(
          "t", bits: 3200, route: route, start: 0, deadline: 4.5,
          TransferTerms(reserves: true, mostRate: BitsPerSecond(800), window: .fullRate))
      ], paths: 1, until: 10)
    model.demands = [Demand(name: "d", route: 0, rate: BitsPerSecond(600))]
    model.routes = sketch.routes
    model.loss = LossModel(isOn: true)
    let run = try CompletedRun(model)
    #expect(run.summary("transfer_deadlines_met_held") == 1)
    // For 4 s the demand has 200 of its 600 bit/s; then all.
    let demand = try #require(run.outcome.demands.first)
    #expect(abs(demand.lostBytes * 8 - 1600) < 1)
    #expect(abs(demand.offeredBytes * 8 - 6000) < 1e-6)
  }

  @Test func aFailureBreaksAWindowAndAnotherPathIsFound() throws {
    var sketch = Self.square()
    let route = sketch.route(over: [0, 1])
    sketch.change(1, at: 2_000_000_000, .fail)
    let run = try CompletedRun(
      Self.model(
        sketch,
        [
          Self.transfer(
            "t", bits: 4000, route: route, deadline: 8,
            TransferTerms(reserves: true, window: .earliest))
        ]))
    let row = try #require(try run.rows(of: "transfers").first)
    #expect(row["reservation"] == "broken" && row["breaks"] == "1" && row["path"] == "a-d;d-c")
    // 2000 bits are sent when it fails; nothing for the patience of 100 ms; the rest at 1000 bit/s.
    let finish = try #require(run.finishes["t"])
    #expect(abs(Double(finish) / 1e9 - 4.1) < 1e-6)
    let events = try run.rows(of: "events").map { "\($0["event"] ?? "") \($0["subject"] ?? "")" }
    #expect(
      events == [
        "reservation-made t", "link-down b-c", "reservation-breaks t", "reservation-made t",
      ])
    #expect(run.summary("reservations_broken") == 1)
  }

  @Test func whatABrokenWindowHadBookedIsFreeForOthers() throws {
    var sketch = Self.square()
    let route = sketch.route(over: [0, 1])
    sketch.change(1, at: 2_000_000_000, .fail)
    sketch.change(1, at: 3_000_000_000, .repair)
    var late = Self.transfer(
      "late", bits: 1000, route: route, start: 3.5, deadline: 4.6,
      TransferTerms(reserves: true, window: .leastRate))
    late.asked = Self.at(3.5)
    let run = try CompletedRun(
      Self.model(
        sketch,
        [
          Self.transfer(
            "t", bits: 6000, route: route, deadline: 8,
            TransferTerms(reserves: true, window: .earliest)), late,
        ]))
    let rows = try run.rows(of: "transfers")
    #expect(rows.map { $0["reservation"] } == ["broken", "held"])
    #expect(rows[1]["path"] == "a-b;b-c")
  }

  /// It once broke and booked the same place without end, in one instant.
  @Test func aWindowThatAFailureHeldUpMakesRoomForTheNext() async {
    await #expect(processExitsWith: .success) {
      limitProcessorTime(seconds: 30)
      var sketch = TransferRunTests.square()
      let route = sketch.route(over: [0, 1])
      let near = sketch.route(over: [0])
      sketch.change(1, at: 2_000_000_000, .fail)
      // The window of t is over before its patience is, and a-b is free by the calendar.
      let terms = TransferTerms(reserves: true, window: .earliest)
      var next = TransferRunTests.transfer("next", bits: 1000, route: near, start: 2.06, terms)
      next.asked = TransferRunTests.at(2.06)
      let t = TransferRunTests.transfer("t", bits: 2050, route: route, deadline: 8, terms)
      let run = try CompletedRun(TransferRunTests.model(sketch, [t, next]))
      let rows = try run.rows(of: "transfers")
      #expect(rows.map { $0["reservation"] } == ["broken", "held"])
      #expect(rows.map { $0["path"] } == ["a-d;d-c", "a-b"])
      #expect(rows.map { $0["breaks"] } == ["1", "0"])
      let finish = try #require(run.finishes["next"])
      #expect(abs(Double(finish) / 1e9 - 3.06) < 1e-6)
    }
  }

  @Test func whoIsRefusedSendsAsAFlowOrNotAtAll() throws {
    var sketch = Self.square()
    let route = sketch.route(over: [0, 1])
    var terms = TransferTerms(reserves: true, window: .leastRate)
    let first = Self.transfer("first", bits: 8000, route: route, deadline: 10, terms)
    let second = Self.transfer("second", bits: 4000, route: route, deadline: 10, terms)
    terms.ifRefused = .drop
    let third = Self.transfer("third", bits: 4000, route: route, deadline: 10, terms)
    let run = try CompletedRun(Self.model(sketch, [first, second, third], paths: 1, until: 30))
    let rows = try run.rows(of: "transfers")
    #expect(rows.map { $0["reservation"] } == ["held", "refused", "refused"])
    #expect(rows.map { $0["state"] } == ["arrived", "arrived", "dropped"])
    #expect(rows[1]["reason"] == "full" && rows[1]["reason_link"] == "a-b")
    #expect(rows[1]["reason_at_s"] == "0")
    // It has what the window of the first leaves, about 199 bit/s for 10 s, and misses.
    #expect(run.summary("transfer_deadlines_missed_refused") == 2)
    #expect(run.summary("flows_started") == 2)
  }

  @Test func aTransferWithoutWindowTakesItsRateAtMost() throws {
    var sketch = Self.square()
    let route = sketch.route(over: [0, 1])
    let run = try CompletedRun(
      Self.model(
        sketch,
        [
          Self.transfer(
            "t", bits: 1000, route: route, start: 1,
            TransferTerms(mostRate: BitsPerSecond(250)))
        ]))
    #expect(run.finishes["t"] == 5_000_000_000)
  }

  @Test func aLinkThatShrinksBreaksTheLatestWindow() throws {
    var sketch = Self.square()
    let route = sketch.route(over: [0, 1])
    sketch.change(0, at: 1_000_000_000, .capacity(BitsPerSecond(700)))
    let terms = TransferTerms(
      reserves: true, mostRate: BitsPerSecond(500), window: .fullRate)
    let run = try CompletedRun(
      Self.model(
        sketch,
        [
          Self.transfer("old", bits: 4000, route: route, deadline: 30, terms),
          Self.transfer("new", bits: 4000, route: route, deadline: 30, terms),
        ], paths: 1))
    let rows = try run.rows(of: "transfers")
    #expect(rows.map { $0["breaks"] } == ["0", "1"])
    // The new one waits for the end of the old, and has 3500 bits left then.
    let old = try #require(run.finishes["old"])
    let new = try #require(run.finishes["new"])
    #expect(abs(old - 8_000_000_000) < 10)
    #expect(abs(Double(new) / 1e9 - 15) < 1e-5)
  }

  @Test func deadlinesOfFlowsAreCounted() throws {
    var sketch = ModelSketch()
    sketch.link("l", 1000)
    let route = sketch.route(over: [0])
    var model = sketch.model
    model.routes = sketch.routes
    func flow(_ name: String, bits: Double, deadline: Double?) -> ListedFlow {
      ListedFlow(
        name: name, start: .zero, bytes: Bytes(bits / 8), route: route, trafficClass: 0,
        deadline: deadline.map { Self.at($0) })
    }
    // Five share 1000 bit/s: met is done at 5 s, none at 9 s, late at 12 s, 5 s late.
    model.traffic = [
      .listed([
        flow("met", bits: 1000, deadline: 6), flow("none", bits: 2000, deadline: nil),
        flow("late", bits: 3000, deadline: 7), flow("never", bits: 1e6, deadline: 9),
        flow("open", bits: 1e6, deadline: 11),
      ])
    ]
    model.duration = SimDuration(nanoseconds: 10_000_000_000)
    var run = try CompletedRun(model)
    #expect(run.summary("deadlines_met") == 1 && run.summary("deadlines_missed") == 2)
    #expect(run.summary("deadlines_open") == 1)
    model.duration = SimDuration(nanoseconds: 14_000_000_000)
    run = try CompletedRun(model)
    #expect(run.finishes["late"] == 12_000_000_000)
    #expect(run.summary("deadlines_missed") == 3)
    #expect(abs(run.summary("lateness_mean") - 5) < 1e-9)
    #expect(run.flowsByName["late"]?.deadline == 7_000_000_000)
    #expect(run.flowsByName["none"]?.deadline == nil)
  }
}
