// SPDX-License-Identifier: GPL-3.0-or-later
import EventKernel
import Light
import NetworkModel
import Simulator
import TestSupport
import Testing
import Traffic

/// Windows on links that are made of light.
@Suite struct TransfersOnLightTests {
  private static let second: Int64 = 1_000_000_000
  private var second: Int64 { Self.second }

  /// A link of 400 Gbps a channel on a short path, with a long path over c.
  private func sketch() -> LightSketch { Self.sketch() }

  private static func sketch() -> LightSketch {
    var sketch = LightSketch()
    sketch.fibre("ab", "a", "b", km: 80)
    sketch.fibre("ac", "a", "c", km: 80)
    sketch.fibre("cb", "c", "b", km: 80)
    sketch.light.rating = .byLength([
      ReachStep(upTo: Kilometres(.infinity), carries: .rate(BitsPerSecond(400e9)))
    ])
    sketch.duration = SimDuration(nanoseconds: 200 * second)
    sketch.outputs = Outputs(kinds: [.transfers, .events])
    return sketch
  }

  private func model(
    _ sketch: LightSketch, bits: Double, start: Int64, deadline: Int64
  ) -> Model {
    Self.model(sketch, bits: bits, start: start, deadline: deadline)
  }

  private static func model(
    _ sketch: LightSketch, bits: Double, start: Int64, deadline: Int64
  ) -> Model {
    var model = sketch.model
    model.routes = [
      Route(source: NodeID(index: 0), target: NodeID(index: 1), links: [LinkID(index: 0)])
    ]
    model.transfers = TransferModel(
      sources: [
        .listed([
          Transfer(
            name: "t", route: 0, bytes: Bytes(bits / 8),
            start: SimTime(nanoseconds: start * second),
            deadline: SimTime(nanoseconds: deadline * second),
            terms: TransferTerms(reserves: true, window: .leastRate))
        ])
      ])
    return model
  }

  /// Two channels, of which one would go dark at the first look at an idle link.
  @Test func automaticCapacityKeepsWhatIsBooked() throws {
    func darkened(bits: Double) throws -> (count: Int, reservation: String?) {
      var sketch = sketch()
      sketch.link(
        "l", "a", "b", channels: 2,
        automatic: AutomaticRule(
          above: 0.9, below: 0.3, most: 4, least: 1,
          every: SimDuration(nanoseconds: 10 * second)))
      let run = try CompletedRun(model(sketch, bits: bits, start: 100, deadline: 150))
      let dark = try run.rows(of: "events").filter { $0["event"] == "lightpath-dark" }
      return (
        dark.count { ($0["time_s"].flatMap { Double($0) } ?? 0) < 100 },
        try run.rows(of: "transfers").first?["reservation"]
      )
    }
    // 30 Tbit in 50 s need 600 Gbit/s, more than one channel; 10 Tbit do not.
    #expect(try darkened(bits: 30e12) == (0, "held"))
    #expect(try darkened(bits: 10e12) == (1, "held"))
  }

  /// What takes three channels is booked on a link that has one and may have so many.
  @Test(arguments: [(4, 10, "held"), (2, 10, "refused"), (4, 45, "held"), (4, 90, "refused")])
  func channelsAreLitForAWindow(most: Int, setup: Int64, reservation: String) throws {
    var sketch = sketch()
    sketch.light.setup = SimDuration(nanoseconds: setup * second)
    sketch.link(
      "l", "a", "b", channels: 1,
      automatic: AutomaticRule(
        above: 0.99, below: 0.3, most: most, least: 1,
        every: SimDuration(nanoseconds: 10 * second)))
    // 50 Tbit in 50 s need 1 Tbit/s; from 90 s on only 10 s are left for them.
    let run = try CompletedRun(model(sketch, bits: 50e12, start: 50, deadline: 100))
    let row = try #require(try run.rows(of: "transfers").first)
    #expect(row["reservation"] == reservation)
    let lit = try run.rows(of: "events").filter { $0["event"] == "lightpath-lit" }
    if reservation == "held" {
      #expect(run.summary("transfer_deadlines_met_held") == 1)
      // Two beside the one that is there from the start, begun as soon as it is booked.
      #expect(lit.compactMap { $0["time_s"] } == ["0", "0"])
    }
  }

  /// One of two channels fails at 20 s, under a window that takes more than one.
  private static func runWithAFailedChannel(most: Int) throws -> CompletedRun {
    var sketch = sketch()
    sketch.link(
      "l", "a", "b", channels: 2,
      automatic: AutomaticRule(
        above: 0.99, below: 0.3, most: most, least: 1,
        every: SimDuration(nanoseconds: 300 * second)))
    sketch.fault(.transponderFails(link: 0), at: 20 * second)
    return try CompletedRun(model(sketch, bits: 30e12, start: 10, deadline: 60))
  }

  /// No window is found on a channel that is out of order, where it would break as it opens.
  @Test func aFailedChannelPromisesNothing() async {
    await #expect(processExitsWith: .success) {
      limitProcessorTime(seconds: 30)
      let run = try TransfersOnLightTests.runWithAFailedChannel(most: 2)
      // 24 Tbit are left at 20 s, for one channel of 400 Gbit/s.
      #expect(run.summary("reservations_broken") == 1)
      let row = try #require(try run.rows(of: "transfers").first)
      #expect(row["finish_s"].flatMap { Double($0) }.map { abs($0 - 80) < 1e-3 } == true)
    }
  }

  @Test func anotherChannelIsLitForAFailedOne() async {
    await #expect(processExitsWith: .success) {
      limitProcessorTime(seconds: 30)
      let run = try TransfersOnLightTests.runWithAFailedChannel(most: 3)
      #expect(run.summary("transfer_deadlines_met_broken") == 1)
      let lit = try run.rows(of: "events").filter { $0["event"] == "lightpath-lit" }
      #expect(lit.map { $0["time_s"] } == ["20"])
    }
  }

  /// Protection takes 50 ms to switch: the window is broken, and another found for the rest.
  @Test func aSwitchedLightpathGetsAnotherWindow() throws {
    var sketch = sketch()
    sketch.link("l", "a", "b", channels: 1, protection: .onePlusOne)
    sketch.fault(.cut(FibreID(index: 0)), at: 20 * second)
    let run = try CompletedRun(model(sketch, bits: 10e12, start: 10, deadline: 60))
    let row = try #require(try run.rows(of: "transfers").first)
    #expect(row["reservation"] == "broken" && row["state"] == "arrived")
    #expect(row["window_start_s"] == "20.05")
    let rate = try #require(row["rate_bps"].flatMap { Double($0) })
    // 2 Tbit are sent; 8 Tbit are left for the 39.95 s until the deadline.
    #expect(abs(rate / (8e12 / 39.95) - 1) < 1e-4)
    #expect(run.summary("transfer_deadlines_met_broken") == 1)
  }
}
