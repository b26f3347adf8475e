// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation
import Testing

/// Each rule has a case that it has to tell of, and one that it has to be silent about.
@Suite struct FindingTests {
  struct Told: Equatable {
    var kind: String
    var text: String
    var command: String?
  }

  private func findings(_ sections: String, _ more: String...) throws -> [Told] {
    let workspace = try Workspace()
    try workspace.write("scenario: s\n\(sections)\n", to: "s.yaml")
    let outcome = try workspace.cpnsim(["run", "s.yaml", "--format", "json"] + more)
    try #require(outcome.code == 0, "\(outcome.errors)")
    let all = try #require(try outcome.object()["findings"] as? [[String: Any]])
    return try all.map {
      let text = try #require($0["text"] as? String)
      ChineseFinding(try #require($0["text_zh"] as? String)).check(against: text)
      return Told(
        kind: try #require($0["kind"] as? String), text: text, command: $0["command"] as? String)
    }
  }

  private func network(_ capacity: String = "10 Gbps") -> String {
    """
    duration: 2 h
    network:
      links:
        - {name: ab, from: a, to: b, capacity: \(capacity), delay: 1 ms, two_way: true}
        - {name: bc, from: b, to: c, capacity: 10 Gbps, delay: 1 ms, two_way: true}
        - {name: ac, from: a, to: c, capacity: 10 Gbps, delay: 5 ms, two_way: true}
    """
  }

  private func demand(_ gbps: Double, _ more: String = "") -> String {
    "- {class: main, demand: {name: live, from: a, to: b, rate: \(gbps) Gbps\(more)}}"
  }

  private func run(
    _ traffic: String, capacity: String = "10 Gbps", _ more: String = ""
  ) throws -> [Told] {
    try findings(
      """
      \(network(capacity))
      classes: [{name: main, on_failure: move}]
      traffic: [\(traffic.dropFirst(2))]
      \(more)
      outputs: [summary, links]
      sample_every: 10 min
      """)
  }

  // MARK: - Full

  /// Above 90 % for the second of two hours; the link back is not.
  @Test func aFullLinkIsTold() throws {
    let told = try run(demand(9.5, ", start: 1 h"))
    #expect(told.map(\.kind) == ["full"])
    #expect(told[0].text == "ab was above 90 % for 1 h of 2 h, most of all up to 01:10 (95.0 %).")
    #expect(told[0].command == "cpnsim explain RUN link ab --at 01:10")
  }

  @Test func aLinkOf80PercentIsNot() throws {
    #expect(try run(demand(8)).isEmpty)
  }

  // MARK: - Failed

  @Test func aFailureIsToldWithWhatItDid() throws {
    let told = try run(
      "- {class: main, flows: [{flow: f, from: a, to: b, size: 4 TB}]}",
      "events: [{at: 30 min, fail: ab}, {at: 1 h, repair: ab}]")
    let failed = try #require(told.first { $0.kind == "failed" })
    #expect(failed.text == "ab was down from 00:30 to 01:00: 1 flow took another way.")
    #expect(failed.command == "cpnsim explain RUN link ab --at 00:30")
  }

  /// Down to the end, without a way around.
  @Test func whatHasNoOtherWayIsTold() throws {
    let told = try run(
      "- {class: main, flows: [{flow: f, from: a, to: b, size: 4 TB}]}",
      "events: [{at: 30 min, fail: ab}, {at: 20 min, fail: ac}]")
    let failed = try #require(told.first { $0.kind == "failed" })
    #expect(
      failed.text
        == "2 links were down for a time, ac for longest, from 00:20 to the end: "
        + "1 flow had no other way.")
  }

  @Test func anotherCapacityIsNoFailure() throws {
    let told = try run(demand(1), "events: [{at: 30 min, link: ab, capacity: 5 Gbps}]")
    #expect(told.isEmpty)
  }

  // MARK: - Refused and late

  @Test func whatIsLostOfDemandsIsTold() throws {
    let told = try run(demand(20))
    let lost = try #require(told.first { $0.kind == "refused" })
    #expect(lost.text == "50.0 % of what demands sent was lost, most of it live, for overload.")
  }

  @Test func refusedTokensAreTold() throws {
    let busy = try findings(
      Self.tokens(rate: "1e6 tokens/s"))
    let refused = try #require(busy.first { $0.kind == "refused" })
    #expect(refused.text.contains("of the tokens asked for"))
    #expect(refused.text.contains("had no site with room"))
    let calm = try findings(Self.tokens(rate: "1e3 tokens/s"))
    #expect(!calm.contains { $0.kind == "refused" })
    #expect(calm.contains { $0.text.hasPrefix("Nodes that serve tokens were used for") })
  }

  private static func tokens(rate: String) -> String {
    """
    duration: 2 h
    network: {links: [{name: ab, from: a, to: b, capacity: 1 Tbps, two_way: true}]}
    traffic: [{tokens: {total: \(rate), from: {a: 1}, to: {b: {nodes: 1}}, services: [chat]}}]
    """
  }

  @Test func missedDeadlinesAreTold() throws {
    let flows = """
      - {class: main, flows: [{flow: f, from: a, to: b, size: 1 TB, deadline: TIME}]}
      """
    let late = try run(flows.replacingOccurrences(of: "TIME", with: "5 min"))
    let told = try #require(late.first { $0.kind == "late" })
    #expect(told.text.hasPrefix("1 of 1 flows missed their deadline (100.0 %), by 8.33 min"))
    let inTime = try run(flows.replacingOccurrences(of: "TIME", with: "15 min"))
    #expect(!inTime.contains { $0.kind == "late" })
  }

  // MARK: - Idle, cost and help

  private func pool(jobs: Int, accelerators: Int = 8, tariff: Bool = true) -> String {
    """
    duration: 10 h
    calendar: {start: 2026-07-01}
    network: {nodes: [a]}
    pools:
      list:
        - {name: p, at: a, accelerator: H800, count: 8, pue: 1.25\(tariff ? ", tariff: t" : "")}
        - {name: q, at: a, accelerator: H800, count: 8, pue: 1.25\(tariff ? ", tariff: t" : "")}
    energy:
      tariffs:
        - {name: t, sharp: 1 yuan/kWh, peak: 1 yuan/kWh, flat: 1 yuan/kWh, valley: 1 yuan/kWh, hours: {}, carbon: 0.5 kg/kWh}
    placement: nearest
    traffic:
      - jobs:
          name: j
          to: {pool: p}
          list: [\((1...jobs).map { "{job: j\($0), accelerators: \(accelerators), run: 5 h}" }.joined(separator: ", "))]
    """
  }

  /// One job of eight accelerators for five of ten hours, on one of two pools: a quarter.
  @Test func idlePoolsAndTheBillAreTold() throws {
    let told = try findings(pool(jobs: 1))
    let idle = try #require(told.first { $0.kind == "idle" })
    #expect(
      idle.text
        == "Accelerators of pools were used for 25.0 % of the time; 1 of 2 pools ran nothing.")
    #expect(idle.command == "cpnsim explain RUN pool p")
    let cost = try #require(told.first { $0.kind == "cost" })
    #expect(cost.text.hasPrefix("Pools took "))
    #expect(cost.text.contains("(PUE 1.25) for "))
    #expect(cost.text.contains(" of carbon."))
  }

  /// A chain of nine links of which one carries something; of a chain where half do, there is no word.
  @Test(arguments: [(3, true), (8, false)])
  func quietLinksAreTold(far: Int, isTold: Bool) throws {
    let links = (0..<9).map {
      "{name: l\($0), from: n\($0), to: n\($0 + 1), capacity: 10 Gbps}"
    }
    let told = try findings(
      """
      duration: 2 h
      network: {links: [\(links.joined(separator: ", "))]}
      traffic: [{demand: {name: live, from: n0, to: n\(far), rate: 5 Gbps}}]
      outputs: [summary, links]
      sample_every: 10 min
      """)
    let quiet = told.first { $0.kind == "idle" }
    #expect(quiet?.text == (isTold ? "6 of 9 links never passed 10.0 %." : nil))
  }

  /// Of the bill there is nothing to say where nobody says what power costs.
  @Test func withoutATariffThereIsNoPrice() throws {
    let told = try findings(pool(jobs: 2, tariff: false))
    let cost = told.first { $0.kind == "cost" }
    #expect(cost?.text.contains("yuan") != true)
  }

  @Test func theLinkThatHoldsFlowsBackWouldHelp() throws {
    let flows = """
      - {class: main, flows: [{flow: f, from: a, to: b, size: 4 TB}, {flow: g, from: a, to: b, size: 4 TB}]}
      """
    let told = try run(flows)
    let help = try #require(told.first { $0.kind == "help" })
    #expect(
      help.text == "A wider ab would help flows most: it held them back for 100.0 % of their time.")
  }

  /// A moment on a link of one's own fills no sample, and more capacity helps nobody who waits.
  @Test func aLoneFlowIsNothingToWidenFor() throws {
    let told = try run("- {class: main, flows: [{flow: f, from: a, to: b, size: 1 GB}]}")
    #expect(!told.contains { $0.kind == "help" })
  }

  @Test func noMoreThanSevenAreTold() throws {
    let workspace = try Workspace()
    let outcome = try workspace.cpnsim(
      "run", ScenarioGoldenTests.root.appending(path: "Scenarios/data-migration.yaml").path,
      "--format", "json")
    let all = try #require(try outcome.object()["findings"] as? [[String: Any]])
    #expect((4...7).contains(all.count))
    let kinds = all.compactMap { $0["kind"] as? String }
    let order = ["full", "failed", "refused", "late", "idle", "cost", "help"]
    #expect(kinds == kinds.sorted { order.firstIndex(of: $0)! < order.firstIndex(of: $1)! })
  }

  /// People get them before all tables, and with a folder the commands work as printed.
  @Test func theyComeFirstAndTheirCommandsWork() throws {
    let workspace = try Workspace()
    try workspace.write(
      """
      scenario: s
      \(network())
      traffic: [{demand: {name: live, from: a, to: b, rate: 9.5 Gbps}}]
      outputs: [summary, links]
      sample_every: 10 min

      """, to: "s.yaml")
    let outcome = try workspace.cpnsim("run", "s.yaml", "--out", "out")
    let lines = outcome.output.split(separator: "\n").map(String.init)
    #expect(lines[1].hasPrefix("- ab was above 90 % for 2 h of 2 h"))
    #expect(lines[2] == "  cpnsim explain out link ab --at 00:10")
    #expect(try workspace.bash(lines[2]).code == 0)
    let manifest = try String(
      contentsOfFile: "\(workspace.path)/out/manifest.json", encoding: .utf8)
    #expect(manifest.contains("ab was above 90 % for 2 h of 2 h"))
    let bare = try workspace.cpnsim("run", "s.yaml").output
    #expect(bare.contains("  cpnsim explain RUN link ab --at 00:10\n"))
    #expect(bare.contains("RUN is a folder that 'cpnsim run SCENARIO --out RUN' writes.\n"))
  }
}
