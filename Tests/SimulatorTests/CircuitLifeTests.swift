// SPDX-License-Identifier: GPL-3.0-or-later
import EventKernel
import Light
import NetworkModel
import Simulator
import TestSupport
import Testing

/// The lives of lightpaths: lit, joined, cut, moved, left, and dark again.
@Suite struct CircuitLifeTests {
  private let second: Int64 = 1_000_000_000

  /// A short path from a to b at 400 Gbps and a long one over c at 100 Gbps.
  private func triangle(idle seconds: Int64 = 0) -> LightSketch {
    var sketch = LightSketch()
    sketch.fibre("ab", "a", "b", km: 80)
    sketch.fibre("ac", "a", "c", km: 80)
    sketch.fibre("cb", "c", "b", km: 80)
    sketch.light.rating = .byLength([
      ReachStep(upTo: Kilometres(100), carries: .rate(BitsPerSecond(400e9))),
      ReachStep(upTo: Kilometres(.infinity), carries: .rate(BitsPerSecond(100e9))),
    ])
    sketch.light.idle = SimDuration(nanoseconds: seconds * second)
    sketch.duration = SimDuration(nanoseconds: 30 * second)
    sketch.outputs = Outputs(kinds: [.lightpaths, .requests, .services])
    return sketch
  }

  private func outcomes(of run: CompletedRun) throws -> [String: String] {
    let rows = try run.rows(of: "requests").map { ($0["request"] ?? "", $0["outcome"] ?? "") }
    return Dictionary(uniqueKeysWithValues: rows)
  }

  private let short = FibreID(index: 0)

  @Test func aLightpathThatIsLeftWhileItIsCutGoesDark() throws {
    // Idle lightpaths wait for an hour, but nobody could join this one.
    var sketch = triangle(idle: 3600)
    sketch.request("q", at: 0, "a", "b", rate: 50e9, hold: 2 * second)
    sketch.fault(.cut(short), at: second)
    let run = try CompletedRun(sketch.model)
    #expect(run.summary("lightpaths_at_end") == 0)
    #expect(try run.rows(of: "lightpaths").map { $0["dark_s"] } == ["2"])
  }

  @Test func aLightpathThatIsLeftWhileItMovesGoesDark() throws {
    var sketch = triangle(idle: 3600)
    sketch.request("q", at: 0, "a", "b", rate: 50e9, hold: 2 * second, protection: .restoration)
    // Two seconds to another route, of which one is left when the client leaves.
    sketch.fault(.cut(short), at: second)
    let run = try CompletedRun(sketch.model)
    #expect(run.summary("lightpaths_at_end") == 0)
  }

  @Test func nobodyJoinsALightpathThatIsDown() throws {
    var sketch = triangle()
    sketch.request("first", at: 0, "a", "b", rate: 50e9, hold: 9 * second)
    sketch.fault(.cut(short), at: second)
    sketch.request("second", at: 2 * second, "a", "b", rate: 50e9, hold: second)
    let run = try CompletedRun(sketch.model)
    #expect(try outcomes(of: run) == ["first": "lit", "second": "lit"])
    let second = try run.rows(of: "requests").first { $0["request"] == "second" }
    #expect(second?["availability"].flatMap(Double.init) == 1)
  }

  @Test func aSlowerRouteHasLessRoomForOthers() throws {
    // On the long path round there are 100 Gbps, of which 50 are taken.
    var sketch = triangle()
    sketch.request("first", at: 0, "a", "b", rate: 50e9, hold: 9 * second, protection: .restoration)
    sketch.fault(.cut(short), at: second)
    sketch.request(
      "large", at: 4 * second, "a", "b", rate: 60e9, hold: second, protection: .restoration)
    sketch.request(
      "small", at: 6 * second, "a", "b", rate: 40e9, hold: second, protection: .restoration)
    let run = try CompletedRun(sketch.model)
    #expect(try outcomes(of: run) == ["first": "lit", "large": "lit", "small": "groomed"])
  }

  @Test func anIdleLightpathStaysLitThoughItGoesBackToItsRoute() throws {
    var sketch = triangle(idle: 10)
    sketch.request("first", at: 0, "a", "b", rate: 50e9, hold: 5 * second, protection: .restoration)
    sketch.fault(.cut(short), at: second)
    sketch.fault(.mend(short), at: 6 * second)
    sketch.request(
      "second", at: 8 * second, "a", "b", rate: 50e9, hold: second, protection: .restoration)
    let run = try CompletedRun(sketch.model)
    #expect(try outcomes(of: run) == ["first": "lit", "second": "groomed"])
    #expect(run.summary("lightpaths_at_end") == 0)
  }

  @Test func everyLightpathHasARow() throws {
    // Cut at 1 s, restored 2 s later, back at 6 s; the client leaves at 9 s.
    var sketch = triangle()
    sketch.request("q", at: 0, "a", "b", rate: 50e9, hold: 9 * second, protection: .restoration)
    sketch.fault(.cut(short), at: second)
    sketch.fault(.mend(short), at: 6 * second)
    let rows = try CompletedRun(sketch.model).rows(of: "lightpaths")
    #expect(rows.map { $0["lightpath"] } == ["L2", "L1"])
    #expect(rows.map { $0["role"] } == ["restored", "working"])
    #expect(rows.map { $0["lit_s"] } == ["3", "0"])
    #expect(rows.map { $0["dark_s"] } == ["6", "9"])
  }

  @Test func aLightpathThatTriesAgainIsLostOnce() throws {
    // Nowhere to go at 1 s; the long path is mended at 5 s, and taken 2 s later.
    var sketch = triangle()
    sketch.outputs = Outputs(kinds: [.events])
    sketch.request("q", at: 0, "a", "b", rate: 50e9, hold: 9 * second, protection: .restoration)
    for fibre in [1, 0] { sketch.fault(.cut(FibreID(index: fibre)), at: second) }
    sketch.fault(.mend(FibreID(index: 1)), at: 5 * second)
    let run = try CompletedRun(sketch.model)
    #expect(run.summary("lightpaths_lost") == 1 && run.summary("lightpaths_switched") == 1)
    let events = try run.rows(of: "events").filter { $0["subject"] == "L1" }
    #expect(
      events.map { $0["event"] } == [
        "lightpath-lit", "lightpath-lost", "lightpath-switched", "lightpath-dark",
      ])
    #expect(events.map { $0["time_s"] } == ["0", "1", "7", "9"])
  }

  @Test func whatIsLitForARequestThatIsBlockedIsNotCounted() throws {
    // Two channels, and a request for three.
    var sketch = triangle()
    sketch.light.grid = .fixed(try FixedGrid(first_THz: 193.1, spacing_GHz: 75, count: 1))
    sketch.request("large", at: 0, "a", "b", rate: 900e9, hold: second)
    sketch.request("small", at: second, "a", "b", rate: 50e9, hold: second)
    let run = try CompletedRun(sketch.model)
    #expect(try outcomes(of: run) == ["large": "blocked", "small": "lit"])
    #expect(run.summary("lightpaths_lit") == 1)
    #expect(try run.rows(of: "lightpaths").map { $0["lightpath"] } == ["L1"])
  }

  @Test func whoJoinsALightpathIsServedFromItsLightOn() throws {
    var sketch = triangle()
    sketch.light.setup = SimDuration(nanoseconds: 2 * second)
    sketch.request("first", at: 0, "a", "b", rate: 50e9, hold: 9 * second)
    sketch.request("second", at: second, "a", "b", rate: 50e9, hold: second)
    let rows = try CompletedRun(sketch.model).rows(of: "requests")
    let second = try #require(rows.first { $0["request"] == "second" })
    #expect(second["outcome"] == "groomed")
    #expect(second["ready_s"] == "2" && second["end_s"] == "3")
  }

  @Test func aLinkThatDarkensKeepsItsFewestWhileOneIsTornDown() throws {
    // A review each second, five seconds to tear one down: the third must not go with the fourth.
    var sketch = triangle()
    sketch.light.teardown = SimDuration(nanoseconds: 5 * second)
    let rule = AutomaticRule(
      above: 0.8, below: 0.3, most: 3, least: 2, every: SimDuration(nanoseconds: second))
    sketch.link("l", "a", "b", channels: 3, automatic: rule)
    let run = try CompletedRun(sketch.model)
    let rows = try run.rows(of: "lightpaths")
    #expect(rows.filter { $0["dark_s"]?.isEmpty == false }.count == 1)
    #expect(run.summary("lightpaths_at_end") == 2)
  }
}
