// SPDX-License-Identifier: GPL-3.0-or-later
import EventKernel
import Results
import Scenario
import Session
import Simulator
import TestSupport
import Testing

/// Nodes with a number of regenerators: each is taken by one lightpath at a time.
@Suite struct RegeneratorStockTests {
  /// From a to b by c are 800 km, of which light goes 700; by d and e are 900.
  private func scenario(_ regeneration: String, _ requests: String, more: String = "") -> String {
    """
    scenario: stock
    \(more)
    network:
      fibres:
        - {name: ac, between: [a, c], length: 400 km}
        - {name: cb, between: [c, b], length: 400 km}
        - {name: ad, between: [a, d], length: 300 km}
        - {name: de, between: [d, e], length: 300 km}
        - {name: eb, between: [e, b], length: 300 km}
    light:
      grid: {spacing: 50 GHz, channels: 40}
      reach: [{rate: 100 Gbps, up_to: 700 km}]
      regeneration: \(regeneration)
      requests:
        - \(requests)
    outputs: [summary]

    """
  }

  private func model(_ text: String) throws -> Model {
    let folder = try ScratchFolder()
    return try ScenarioFile.load(path: folder.write(text, to: "s.yaml")).model
  }

  private func summary(_ text: String) throws -> [String: Double] {
    let folder = try ScratchFolder()
    let session = try Session(try ScenarioFile.load(path: folder.write(text, to: "s.yaml")))
    try session.drive()
    return Dictionary(
      try session.finish().outcome.summary.rows.map { ($0.metric, $0.value) },
      uniquingKeysWith: { first, _ in first })
  }

  /// Five servers at 3 erlang: B = (3^5/5!) / (1 + 3 + 9/2 + 27/6 + 81/24 + 243/120) = 0.110054.
  @Test func aStockBlocksAsErlangSays() throws {
    let summary = try summary(
      scenario(
        "{c: 5}",
        """
        generate: {arrivals: {erlang: 3}, holding: {exponential: 10 s}, rates: {fixed: 100 Gbps}, \
        pairs: [{from: a, to: b}], count: 40000, warm_up: 100}
        """))
    let (blocking, half) = (summary["blocking"] ?? 0, summary["blocking_ci95_half"] ?? 1)
    #expect(abs(blocking - 0.110054) < 1.5 * half && half < 0.01)
    #expect(summary["requests_blocked_no_regenerator"] == summary["requests_blocked"])
    #expect(summary["regenerators"] == 5)
  }

  private static let listed = """
    list:
            - {request: x, from: a, to: b, rate: 100 Gbps, start: 0 s, hold: 20 s}
            - {request: y, from: a, to: b, rate: 100 Gbps, start: 1 s, hold: 50 s}
            - {request: z, from: a, to: b, rate: 100 Gbps, start: 2 s, hold: 10 s}
    """

  /// The first takes the one at c, the second goes round and has its light made anew at e, which is
  /// farther than d and within reach; the third finds none, and is told of c before the first ends.
  @Test func whatIsTakenIsTaken() throws {
    let text = scenario("{c: 1, e: 1}", Self.listed, more: "duration: 100 s")
    let run = try Run(try model(text), watching: .request("z"))
    while try run.advance(instants: 64), !run.isRequestTold {}
    let account = try #require(run.requestAccount)
    #expect(account.reason == "no-regenerator")
    #expect(
      account.remedies.contains(.regeneration([.init(site: "c", count: 1)])),
      "\(account.remedies)")
    #expect(account.remedies.contains(.later(SimTime(nanoseconds: 20_000_000_000))))
    let before = try summary(text)
    #expect(before["requests_accepted"] == 2 && before["requests_blocked_no_regenerator"] == 1)
    #expect(before["regenerators"] == 2)
  }

  /// All is dark again once the first has left, and it is said that this is when the second could come.
  @Test func whenAllIsDarkIsAnotherTime() throws {
    let text = scenario("{c: 1}", Self.listed, more: "duration: 100 s")
      .split(separator: "\n").filter { !$0.contains("request: z") && !$0.contains("name: d") }
      .joined(separator: "\n")
    let run = try Run(try model(text + "\n"), watching: .request("y"))
    while try run.advance(instants: 64), !run.isRequestTold {}
    let account = try #require(run.requestAccount)
    #expect(account.reason == "no-regenerator")
    #expect(account.remedies.contains(.later(SimTime(nanoseconds: 20_000_000_000))))
  }

  /// With what it says the request is let in.
  @Test(arguments: [("{c: 2, e: 1}", 3.0), ("{c: 1, e: unlimited}", 3), ("{c: 1}", 1), ("[c]", 3)])
  func moreLetMoreIn(_ sample: (stock: String, accepted: Double)) throws {
    let summary = try summary(scenario(sample.stock, Self.listed, more: "duration: 100 s"))
    #expect(summary["requests_accepted"] == sample.accepted)
    #expect(summary.keys.contains("requests_blocked_no_regenerator") == (sample.stock != "[c]"))
  }

  /// A link that is lit by the scenario takes them too, and says what it lacks.
  @Test func aLinkWithoutThemIsAMistake() throws {
    let text = scenario("{c: 1}", Self.listed, more: "duration: 100 s").replacing(
      "  requests:", with: "  links: [{name: ab, between: [a, b], channels: 2}]\n  requests:")
    do {
      _ = try model(text)
      Issue.record("two channels were lit with one regenerator")
    } catch {
      #expect("\(error)".contains("no regenerator is left"), "\(error)")
    }
  }

  @Test func nothingIsCountedWhereAllConvert() throws {
    let text = scenario("{c: 1}\n  conversion: true", Self.listed)
    #expect(throws: (any Error).self) { _ = try model(text) }
  }
}
