// SPDX-License-Identifier: GPL-3.0-or-later
import Testing

/// What sites can serve, in whole runs: the time of machines is taken in or given out, never both.
@Suite final class TokenCapacityTests {
  private let workspace: Workspace
  private var number = 0

  init() throws {
    workspace = try Workspace()
  }

  /// DeepSeek's day of 27 February 2025: 608e9 tokens in and 168e9 out.
  private static let day = """
    scenario: day
    duration: 24 h
    network:
      links: [{name: way, from: a, to: b, capacity: 1 Tbps, delay: 5 ms, two_way: true}]
    traffic:
      - tokens:
          total: 776e9 tokens/day
          from: {a: 1}
          to: {b: SITE}
          services: [{name: own, share: 100 %, input_tokens: 608, output_tokens: 168, daily: [3, 1]}]

    """

  private struct Day {
    var summary: [String: Double]
    var sites: [[String: String]]
    var tokens: [[String: String]]
  }

  private func run(_ site: String) throws -> Day {
    try run(text: TokenCapacityTests.day.replacing("SITE", with: site))
  }

  private func run(text: String) throws -> Day {
    try workspace.write(text, to: "s.yaml")
    number += 1
    let result = try workspace.cpnsim("run", "s.yaml", "--out", "out\(number)", "--quiet")
    #expect(result.code == 0, "\(result.errors)")
    return Day(
      summary: try workspace.rows(of: "out\(number)/summary.csv").reduce(into: [:]) {
        $0[$1["metric"] ?? ""] = Double($1["value"] ?? "")
      },
      sites: try workspace.rows(of: "out\(number)/token-sites.csv"),
      tokens: try workspace.rows(of: "out\(number)/tokens.csv"))
  }

  private func number(_ row: [String: String], _ column: String) throws -> Double {
    try #require(row[column].flatMap { Double($0) }, "\(column) of \(row)")
  }

  /// 608e9 / 86,400 / 73,700 + 168e9 / 86,400 / 14,800 = 226.86; published: 226.75.
  @Test(arguments: ["unlimited", "{nodes: 400}", "{in: 29.48e6 tokens/s, out: 5.92e6 tokens/s}"])
  func aPublishedDayTakesTheNodesThatItTook(site: String) throws {
    let day = try run(site)
    let nodes = try #require(day.summary["token_nodes_used"])
    #expect(abs(nodes - 226.8636) < 1e-3)
    #expect(abs(nodes - 226.75) < 0.001 * 226.75)
    #expect(day.summary["tokens_refused"] == 0)
    #expect(abs((day.summary["tokens_offered_input"] ?? 0) - 608e9) < 1e3)
    #expect(abs((day.summary["tokens_offered_output"] ?? 0) - 168e9) < 1e3)
    #expect(day.tokens.count == 1)
    #expect(abs(try number(day.tokens[0], "node_seconds") / 86_400 - nodes) < 1e-6)
    guard site != "unlimited" else {
      #expect(day.summary["token_nodes"] == nil)
      return
    }
    #expect(abs((day.summary["token_nodes"] ?? 0) - 400) < 1e-6)
    #expect(abs((day.summary["token_nodes_used_share"] ?? 0) - 226.8636 / 400) < 1e-5)
  }

  /// Three quarters of the day come in the morning: 340.3 nodes, then 113.4.
  ///
  /// Rates of both kinds are no room that adds up: 300 nodes take in 22.1e6 a second, and give
  /// out 4.4e6; together 26.5e6 is twice what is asked for, and yet a ninth of the morning is refused.
  @Test(arguments: [
    (340.4, 0.0), (340.2, 0.0002), (300, 0.0888), (113.4, 0.5001), (113.5, 0.4998), (1, 0.9956),
  ])
  func whatFindsNoTimeIsRefused(nodes: Double, refused: Double) throws {
    let day = try run("{nodes: \(nodes)}")
    let share = (day.summary["tokens_refused"] ?? .nan) / 776e9
    let busy = [340.29535, 113.43178]
    let exact = busy.reduce(0) { $0 + max(0, $1 - nodes) } / busy.reduce(0, +)
    #expect(abs(share - exact) < 1e-6)
    #expect(abs(share - refused) < 6e-4)
    #expect(abs((day.summary["tokens_served_share"] ?? 0) - (1 - exact)) < 1e-6)
    for (row, wanted) in zip(day.sites.filter { $0["site"] == "b" }, busy) {
      #expect(abs(try number(row, "use") - min(1, wanted / nodes)) < 1e-6)
      #expect(row["full"] == (wanted > nodes ? "true" : "false"))
      #expect(abs(try number(row, "nodes") - min(wanted, nodes)) < 1e-4)
    }
  }

  /// At each step, and for tokens in and out by themselves, nothing appears and nothing vanishes.
  @Test(arguments: ["unlimited", "{nodes: 250}", "{nodes: 340.29535}"])
  func stepsAddUpToTheDay(site: String) throws {
    let day = try run(site)
    for row in day.sites {
      let offered = try number(row, "offered_tokens")
      let parts = try ["served_tokens", "refused_tokens", "lost_tokens"].map {
        try number(row, $0)
      }
      #expect(abs(parts.reduce(0, +) - offered) <= 1e-9 * offered)
      let ways = try ["offered_input_tokens", "offered_output_tokens"].map { try number(row, $0) }
      #expect(abs(ways.reduce(0, +) - offered) <= 1e-9 * offered)
      let seconds = try number(row, "end_s") - number(row, "start_s")
      let work = ways[0] / 73_700 + ways[1] / 14_800
      #expect(abs(try number(row, "nodes") - work / seconds) < 1e-6)
    }
    for column in ["offered_tokens", "served_tokens", "refused_tokens", "lost_tokens"] {
      let sum = try day.sites.reduce(0) { try $0 + number($1, column) }
      let name = "tokens_" + column.prefix { $0 != "_" }
      #expect(abs(sum - (day.summary[name] ?? .nan)) < 1e-9 * 776e9, "\(column)")
    }
  }

  /// A link that is down both ways for three of the six hours of a step, which its class is patient
  /// with: half of it is lost.
  @Test func whatIsLostIsBookedWhenItIsLost() throws {
    let more = """
          class: patient
      classes: [{name: patient, patience: 4 h}]
      events:
        - {at: 13 h, fail: way}
        - {at: 16 h, repair: way}

      """
    let text =
      TokenCapacityTests.day.replacing("SITE", with: "{nodes: 400}")
      .replacing("daily: [3, 1]", with: "daily: [1, 1, 1, 1]") + more
    let day = try run(text: text)
    let steps = day.sites.filter { $0["site"] == "b" }
    #expect(steps.count == 4)
    for (row, share) in zip(steps, [1, 1, 0.5, 1]) {
      #expect(abs(try number(row, "served_share") - share) < 1e-9)
      #expect(abs(try number(row, "delay_mean_s") - 0.01) < 1e-5)
    }
    #expect(abs((day.summary["tokens_served_share"] ?? 0) - 0.875) < 1e-9)
    #expect(abs((day.summary["tokens_lost"] ?? 0) - 97e9) < 1e3)
  }

  @Test func aSourceAtItsSiteNeedsNoNetworkAndIsServedToTheEnd() throws {
    let text = TokenCapacityTests.day.replacing("SITE", with: "{nodes: 400}")
      .replacing("from: {a: 1}", with: "from: {b: 1}\n      stop: 12 h")
      .replacing("duration: 24 h\n", with: "")
    let day = try run(text: text)
    #expect(abs((day.summary["tokens_served"] ?? 0) - 582e9) < 1e3)
    #expect(day.sites.count == 1)
  }

  /// 140e12 tokens of the built-in services need 33,721 nodes, 33 % of all clusters.
  @Test func theNationalDayNeedsAThirdOfTheClusters() throws {
    let text = """
      scenario: national
      duration: 24 h
      network: {use: national}
      light: {each_fibre: {channels: 1}}
      traffic: [{tokens: {total: 140e12 tokens/day, inference_share: SHARE}}]

      """
    let third = try run(text: text.replacing("SHARE", with: "30 %"))
    #expect(abs((third.summary["token_nodes_asked"] ?? 0) - 33_721.45) < 0.5)
    // 30 % of 813 EFLOPS are 30,827 nodes of 7.912 PFLOPS.
    #expect(abs((third.summary["token_nodes"] ?? 0) - 30_826.6) < 0.5)
    #expect((third.summary["tokens_refused"] ?? 0) > 0.1 * 140e12)
    let half = try run(text: text.replacing("SHARE", with: "50 %"))
    #expect(half.summary["tokens_refused"] == 0)
    let full = half.sites.filter { $0["full"] == "true" }
    #expect(!full.isEmpty && full.count < half.sites.count)
  }

  /// The terminal says when there was no room, and of which part the delays are.
  @Test func theTerminalSaysWhatIsFullAndWhen() throws {
    try workspace.write(
      TokenCapacityTests.day.replacing("SITE", with: "{nodes: 300}"), to: "s.yaml")
    let result = try workspace.cpnsim("run", "s.yaml")
    #expect(result.code == 0)
    #expect(result.output.contains("0:00-12:00"), "\(result.output)")
    #expect(result.output.contains("refused of tokens: 68."), "\(result.output)")
    #expect(result.output.contains("91.1 %"), "\(result.output)")
  }
}
