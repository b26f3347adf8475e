// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation
import Testing

@Suite struct ExplainLinkTests {
  /// Three places in a triangle; what is said of the link from a to b is planted.
  private func run(_ traffic: String, events: String = "[]") throws -> Workspace {
    let workspace = try Workspace()
    try workspace.write(
      """
      scenario: planted
      duration: 2 h
      network:
        links:
          - {name: ab, from: a, to: b, capacity: 100 Gbps, delay: 1 ms, two_way: true}
          - {name: bc, from: b, to: c, capacity: 100 Gbps, delay: 1 ms, two_way: true}
          - {name: ac, from: a, to: c, capacity: 100 Gbps, delay: 1 ms, two_way: true}
      classes: [{name: main, on_failure: move}]
      traffic:
      \(traffic)
      events: \(events)
      outputs: [summary]

      """, to: "s.yaml")
    let outcome = try workspace.cpnsim("run", "s.yaml", "--out", "out", "--quiet")
    try #require(outcome.code == 0, "\(outcome.errors)")
    return workspace
  }

  private func link(
    _ name: String = "ab", at time: String = "1:30", in workspace: Workspace
  ) throws -> [String: Any] {
    let outcome = try workspace.cpnsim(
      "explain", "out", "link", name, "--at", time, "--format", "json")
    try #require(outcome.code == 0, "\(outcome.errors)")
    return try outcome.object()
  }

  private func causes(_ link: [String: Any]) throws -> [[String: Any]] {
    try #require(link["causes"] as? [[String: Any]])
  }

  private static let base = """
      - {class: main, demand: {name: base, from: a, to: b, rate: 40 Gbps}}
      - {class: main, demand: {name: other, from: a, to: c, rate: 55 Gbps}}
    """

  /// 160 Gbps set out over ab, which carries 100 of them, and none while it is down: bc has as much.
  @Test(arguments: [("0:30", 1.0), ("1:30", 0)])
  func whatWasLostBeforeIsNotOnALink(time: String, use: Double) throws {
    let workspace = try run(
      """
        - demand: {name: far, path: [ab, bc], rate: 80 Gbps}
        - demand: {name: near, from: a, to: b, rate: 80 Gbps}
        - demand: {name: own, from: b, to: c, rate: 20 Gbps}
      """, events: "[{at: 1 h, fail: ab}]")
    let link = try link("bc", at: time, in: workspace)
    // Half of what ab carries goes on, less what its queue loses.
    try expect(link["use"], near: 0.2 + use * 0.5, within: 1e-3)
    try expect(link["asked_bps"], near: 20e9 + use * 50e9, within: 1e-3 * 70e9)
    let users = try #require(link["users"] as? [[String: Any]])
    #expect(users.count == (use > 0 ? 2 : 1))
  }

  /// 40 of 100 Gbps, and from 1:00 on 55 more that have lost their own way.
  @Test func aDetourIsNamedWithWhatFailed() throws {
    let workspace = try run(Self.base, events: "[{at: 1 h, fail: ac}]")
    let link = try link(in: workspace)
    try expect(link["use"], near: 0.95)
    #expect(link["state"] as? String == "full")
    try expect(link["since_s"], near: 3600)
    try expect(link["use_before"], near: 0.4)
    let causes = try causes(link)
    #expect(causes.map { $0["cause"] as? String } == ["detour"])
    #expect(causes[0]["subject"] as? String == "ac")
    #expect(causes[0]["pair"] as? String == "a-c")
    try expect(causes[0]["rate_bps"], near: 55e9)
    try expect(causes[0]["before_bps"], near: 0)
    try expect(causes[0]["at_s"], near: 3600)
    let users = try #require(link["users"] as? [[String: Any]])
    #expect(users.map { $0["who"] as? String } == ["other", "base"])
    #expect(users.map { $0["around"] as? String } == ["ac", nil])

    let words = try workspace.cpnsim("explain", "out", "link", "ab", "--at", "1:30").output
    let flat = words.split { $0 == "\n" || $0 == " " }.joined(separator: " ")
    #expect(
      flat.contains(
        "95.0 % of it is used, and 95.0 % on average since 01:00; from 00:30 to 01:00 it was 40.0 %."
      ))
    #expect(
      flat.contains("100.0 % a detour: ac is down since 01:00, and its traffic comes this way"))
  }

  /// A third of the capacity is left: 40 Gbps is 40 % of 100 and all of 33.
  @Test func lessCapacityIsNamed() throws {
    let workspace = try run(
      Self.base, events: "[{at: 1 h, link: ab, capacity: 42 Gbps}]")
    let link = try link(in: workspace)
    let causes = try causes(link)
    #expect(causes.map { $0["cause"] as? String } == ["capacity"])
    try expect(causes[0]["rate_bps"], near: 42e9)
    try expect(causes[0]["before_bps"], near: 100e9)
    try expect(causes[0]["at_s"], near: 3600)
  }

  /// Half of the rise by each: 25 Gbps that began, and 25 Gbps more of what was there.
  @Test func whatBeganAndWhatGrewShareTheRise() throws {
    let daily = (["1"] + Array(repeating: "1.625", count: 23)).joined(separator: ", ")
    let workspace = try run(
      """
        - {class: main, demand: {name: base, from: a, to: b, rate: 40 Gbps, daily: [\(daily)]}}
        - {class: main, demand: {name: late, from: a, to: b, rate: 25 Gbps, start: 1 h}}
      """)
    let link = try link(in: workspace)
    let causes = try causes(link).sorted {
      ($0["subject"] as? String ?? "") < ($1["subject"] as? String ?? "")
    }
    #expect(causes.map { $0["subject"] as? String } == ["base", "late"])
    #expect(causes.map { $0["cause"] as? String } == ["growth", "start"])
    try #require(causes.count == 2)
    for cause in causes { try expect(cause["share"], near: 0.5) }
    try expect(causes[1]["at_s"], near: 3600)
  }

  @Test func aLinkThatIsDownSaysSinceWhen() throws {
    let workspace = try run(Self.base, events: "[{at: 1 h, fail: ac}]")
    let link = try link("ac", in: workspace)
    #expect(link["state"] as? String == "down")
    try expect(link["since_s"], near: 3600)
    #expect(try causes(link).map { $0["cause"] as? String } == ["down"])
    let words = try workspace.cpnsim("explain", "out", "link", "ac", "--at", "1:30").output
    #expect(words.contains("It is down since 01:00."))
  }

  @Test func nothingIsSaidOfALinkWithoutTraffic() throws {
    let workspace = try run(Self.base)
    let link = try link("bc", in: workspace)
    #expect(link["state"] as? String == "idle")
    #expect(try causes(link).isEmpty)
    let words = try workspace.cpnsim("explain", "out", "link", "bc").output
    #expect(words.contains("Nothing crosses it."))
  }

  /// A steady link has nothing that changed, but something that it is full of.
  @Test func aSteadyLinkSaysWhatItIsFullOf() throws {
    let workspace = try run(Self.base)
    let link = try link(in: workspace)
    #expect(link["use_before"] is NSNull)
    #expect(try causes(link).map { $0["cause"] as? String } == ["start"])
    let words = try workspace.cpnsim("explain", "out", "link", "ab", "--at", "1:30").output
    #expect(words.contains("since the start of the run, and never clearly less"))
  }

  /// Without an instant it is near the end of the longest time above 90 %, here of the only one.
  @Test func withoutAnInstantItIsTheWorstOne() throws {
    let workspace = try run(
      Self.base, events: "[{at: 30 min, fail: ac}, {at: 60 min, repair: ac}]")
    let outcome = try workspace.cpnsim("explain", "out", "link", "ab", "--format", "json")
    let link = try outcome.object()
    // In the middle of its last span of 8 s.
    try expect(link["time_s"], near: 3596)
    try expect(link["since_s"], near: 1800)
    let hours = try #require(link["hours"] as? [[String: Any]])
    #expect(hours.count > 1)
  }

  @Test func whatIsNotThereIsNamed() throws {
    let workspace = try run(Self.base)
    let unknown = try workspace.cpnsim("explain", "out", "link", "abb")
    #expect(unknown.code == 2)
    #expect(unknown.errors.contains("the run has no link 'abb'; did you mean 'ab'?"))
    let late = try workspace.cpnsim("explain", "out", "link", "ab", "--at", "3 h")
    #expect(late.code == 2)
    #expect(late.errors.contains("--at: '3 h' is behind the run"))
    let flow = try workspace.cpnsim("explain", "out", "flow", "x", "--at", "1 h")
    #expect(
      flow.errors.contains("--at goes with a link, a fibre, a site or a pool"))
  }

  /// Two lightpaths of 100 Gbps on f, of which one goes on over g; f is cut at 1:00.
  @Test func aFibreSaysWhatIsLitOnIt() throws {
    let workspace = try Workspace()
    try workspace.write(
      """
      scenario: lit
      duration: 2 h
      network:
        fibres:
          - {name: f, between: [a, b], length: 100 km}
          - {name: g, between: [b, c], length: 100 km}
      light:
        grid: {spacing: 50 GHz, channels: 4}
        reach: [{rate: 100 Gbps}]
        links:
          - {name: ab, between: [a, b], channels: 1}
          - {name: ac, between: [a, c], channels: 1}
      traffic: [{demand: {name: d, from: a, to: c, rate: 1 Gbps}}]
      events: [{at: 1 h, cut: f}]
      outputs: [summary]

      """, to: "s.yaml")
    #expect(try workspace.cpnsim("run", "s.yaml", "--out", "out", "--quiet").code == 0)
    func fibre(_ name: String, _ time: String) throws -> [String: Any] {
      let outcome = try workspace.cpnsim(
        "explain", "out", "fibre", name, "--at", time, "--format", "json")
      try #require(outcome.code == 0, "\(outcome.errors)")
      return try outcome.object()
    }
    let before = try fibre("f", "0:30")
    #expect(before["state"] as? String == "up" && before["used"] as? Int == 2)
    try expect(before["rate_bps"], near: 200e9)
    let lightpaths = try #require(before["lightpaths"] as? [[String: Any]])
    #expect(lightpaths.map { $0["owner"] as? String } == ["ab", "ac"])
    #expect(lightpaths.map { $0["channels"] as? String } == ["1", "2"])
    #expect(try fibre("g", "0:30")["used"] as? Int == 1)
    let after = try fibre("f", "1:30")
    #expect(after["state"] as? String == "down" && after["rate_bps"] as? Double == 0)
    #expect(try workspace.cpnsim("explain", "out", "fibre", "h").code == 2)
  }

  /// Flows that begin and end between two looks count with what they sent: 50 GB every 8 s are half.
  @Test func flowsThatAreShortCountWhole() throws {
    let workspace = try run(
      """
        - generate: {name: g, arrivals: {deterministic: 450 /h}, sizes: {fixed: 50 GB}, path: [ab]}
      """)
    let link = try link(at: "1:59", in: workspace)
    let hours = try #require(link["hours"] as? [[String: Any]])
    #expect(!hours.isEmpty)
    for hour in hours.dropLast() { try expect(hour["use"], near: 0.5, within: 0.02) }
  }

  /// At the very end of it a link would be idle.
  @Test func theWorstInstantIsOneAtWhichItIsFull() throws {
    let workspace = try run("  - flows: [{flow: f, start: 10 min, from: a, to: b, size: 7.5 TB}]")
    let outcome = try workspace.cpnsim("explain", "out", "link", "ab", "--format", "json")
    #expect(try outcome.object()["state"] as? String == "full")
  }
}
