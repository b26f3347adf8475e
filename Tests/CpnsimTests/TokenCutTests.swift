// SPDX-License-Identifier: GPL-3.0-or-later
import Testing

/// What becomes of tokens where links are cut and repaired, in whole runs.
@Suite final class TokenCutTests {
  private let workspace: Workspace
  private var number = 0

  init() throws {
    workspace = try Workspace()
  }

  /// In the morning 5,000 tokens a second are asked for and 15,000 in the afternoon.
  ///
  /// Of these b serves all, and c 12,000 at most. Routes are given up after 100 ms.
  private static let scenario = """
    scenario: cut
    duration: 24 h
    network:
      links:
        - {name: near, from: a, to: b, capacity: 10 Gbps, delay: 3 ms, two_way: true}
        - {name: far, from: a, to: c, capacity: 10 Gbps, delay: 9 ms, two_way: true}
        - {name: cross, from: c, to: b, capacity: 10 Gbps, delay: 7 ms, two_way: true}
    classes: [{name: tokens, on_failure: ANSWER}]
    traffic:
      - tokens:
          name: llm
          total: TOTAL tokens/day
          from: {a: 1}
          to: {b: {in: 2e4 tokens/s, out: 2e4 tokens/s}, c: {in: 1.2e4 tokens/s, out: 1.2e4 tokens/s}}
          sample: 1e-4
          serve: SERVE
          services: [{name: own, share: 100 %, input_tokens: 100, output_tokens: 100, daily: [1, 3]}]
        class: tokens

    """

  private struct Outcome {
    var summary: [String: Double] = [:]
    var steps: [[String: String]]
    var digest: String

    /// By site: what was served there, in 1e6 tokens; under no name what was refused.
    var millions: [String: Double] {
      steps.reduce(into: [:]) { sums, row in
        let site = row["site"] ?? ""
        let column = site.isEmpty ? "refused_tokens" : "served_tokens"
        sums[site, default: 0] += (Double(row[column] ?? "") ?? .nan) / 1e6
      }
    }
  }

  private func run(
    _ events: String = "", answer: String = "wait", total: String = "864e6",
    serve: String = "nearest"
  ) throws -> Outcome {
    let text = Self.scenario.replacing("ANSWER", with: answer).replacing("TOTAL", with: total)
      .replacing("SERVE", with: serve)
    try workspace.write(text + events, to: "s.yaml")
    number += 1
    let result = try workspace.cpnsim("run", "s.yaml", "--out", "out\(number)", "--quiet")
    #expect(result.code == 0, "\(result.errors)")
    let outcome = Outcome(
      summary: Dictionary(
        try workspace.rows(of: "out\(number)/summary.csv").map {
          ($0["metric"] ?? "", Double($0["value"] ?? "") ?? .nan)
        }, uniquingKeysWith: { first, _ in first }),
      steps: try workspace.rows(of: "out\(number)/token-sites.csv"),
      digest: try workspace.text(of: "out\(number)/summary.csv"))
    try expectConservation(outcome)
    return outcome
  }

  /// Nothing appears and nothing vanishes: in each row, and over the run in each table.
  private func expectConservation(_ outcome: Outcome) throws {
    let names = ["offered", "served", "refused", "lost"]
    for rows in [outcome.steps, try workspace.rows(of: "out\(number)/tokens.csv")] {
      var sums = [0.0, 0, 0, 0]
      for row in rows {
        let parts = try names.map { try #require(Double(row[$0 + "_tokens"] ?? ""), "\(row)") }
        #expect(abs(parts[1...].reduce(0, +) - parts[0]) <= 1e-9 * parts[0], "\(row)")
        for index in sums.indices { sums[index] += parts[index] }
      }
      for (name, sum) in zip(names, sums) {
        #expect(abs(sum - (outcome.summary["tokens_" + name] ?? .nan)) < 1, "\(name)")
      }
    }
  }

  private func sampledSites() throws -> Set<String> {
    Set(try workspace.rows(of: "out\(number)/samples.csv").map { $0["site"] ?? "" })
  }

  @Test func withoutACutAllGoesToTheNearest() throws {
    let outcome = try run()
    #expect(outcome.millions == ["b": 864, "c": 0])
    #expect(outcome.steps.count == 4)
    #expect(try sampledSites() == ["b"])
    // An event that changes no way asks nobody anew.
    let other = try run("events: [{at: 6 h, link: near, capacity: 9 Gbps}]\n")
    #expect(other.steps.count == 4 && other.millions == outcome.millions)
  }

  @Test func whatIsTooMuchForTheNearestGoesOn() throws {
    // 45,000 a second in the afternoon; both sites serve 32,000.
    let outcome = try run(total: "2592e6")
    #expect(abs((outcome.millions["b"] ?? 0) - (648 + 864)) < 1e-6)
    #expect(abs((outcome.millions["c"] ?? 0) - 518.4) < 1e-6)
    #expect(abs((outcome.millions[""] ?? 0) - 13_000 * 43_200 / 1e6) < 1e-6)
    #expect(outcome.steps.count { $0["full"] == "true" } == 2)
    // Exactly full: nothing is refused.
    let full = try run(total: "1843.2e6")
    #expect(full.summary["tokens_refused"] == 0)
    #expect(abs((full.millions["b"] ?? 0) - (460.8 + 864)) < 1e-6)
    let last = try #require(full.steps.last)
    #expect(last["site"] == "c" && last["full"] == "true")
  }

  /// Between 6:00 and 18:00 c serves what b does otherwise: all of the morning, and 12,000 a second
  /// of the afternoon.
  @Test func aCutMovesTokensAndARepairBringsThemHome() throws {
    let outcome = try run(
      """
      events:
        - {at: 6 h, fail: near}
        - {at: 6 h, fail: cross}
        - {at: 18 h, repair: near}

      """)
    let patience = 0.1
    let atC = 5000 * (21_600 - patience) + 12_000 * 21_600
    #expect(abs((outcome.millions["c"] ?? 0) - atC / 1e6) < 1e-6)
    #expect(abs((outcome.millions["b"] ?? 0) - (108 + 324)) < 1e-6)
    #expect(abs((outcome.millions[""] ?? 0) - 3000 * 21_600 / 1e6) < 1e-6)
    #expect(abs((outcome.summary["tokens_lost"] ?? 0) - 5000 * patience) < 1e-3)
    let starts = outcome.steps.filter { $0["site"] == "b" }.map { $0["start_s"] }
    #expect(starts == ["0", "21600.1", "43200", "64800"])
    #expect(try sampledSites() == ["b", "c"])
    // Of 200 tokens a request, one request in 10,000.
    let sampled = try workspace.rows(of: "out\(number)/samples.csv").filter { $0["site"] == "c" }
    let times = sampled.compactMap { Double($0["time_s"] ?? "") }
    #expect(times.allSatisfy { (21_600...64_800).contains($0) })
    #expect(abs(Double(times.count) - atC / 2e6) < 5 * (atC / 2e6).squareRoot())
  }

  /// Where its class moves, b is reached by way of c, and only the delay is another.
  @Test func aDetourIsAWayToTheSameSite() throws {
    let events = "events: [{at: 6 h, fail: near}]\n"
    let moved = try run(events, answer: "move")
    #expect((moved.summary["tokens_lost"] ?? 0) < 501)
    // c is 9 ms away and b 16 ms by detour: what c has no room for goes there, and none is refused.
    #expect(moved.summary["tokens_refused"] == 0)
    #expect(abs((moved.millions["b"] ?? 0) - (108 + 3000 * 43_200 / 1e6)) < 1e-6)
    let waiting = try run(events)
    #expect((waiting.summary["tokens_refused"] ?? 0) > 100e6)
  }

  @Test(arguments: ["nearest", "spread"])
  func whereAllSitesAreCutAllIsRefused(serve: String) throws {
    let outcome = try run(
      """
      events:
        - {at: 12 h, fail: near}
        - {at: 12 h, fail: far}
        - {at: 15 h, repair: near}
        - {at: 15 h, repair: far}

      """, answer: "move", serve: serve)
    let refused = 15_000 * (10_800 - 0.1)
    #expect(abs((outcome.summary["tokens_refused"] ?? 0) - refused) < 1e-3)
    #expect(abs((outcome.summary["tokens_lost"] ?? 0) - 1500) < 1e-3)
    #expect(abs((outcome.summary["tokens_served"] ?? 0) - (864e6 - refused - 1500)) < 1)
  }

  /// A link that is back before anybody gives it up changes nobody's site.
  @Test func aShortCutIsWaitedOut() throws {
    let outcome = try run(
      "events: [{at: 6 h, fail: near}, {at: 21600.05 s, repair: near}]\n")
    #expect(outcome.steps.count == 4)
    #expect(abs((outcome.summary["tokens_lost"] ?? 0) - 250) < 1e-3)
    #expect(outcome.summary["tokens_refused"] == 0)
  }

  /// Cut at the very start, and twice the same.
  @Test func whatIsCutFromTheStartIsPlacedElsewhere() throws {
    let events = "events: [{at: 0 s, fail: near}, {at: 0 s, fail: cross}]\n"
    let outcome = try run(events)
    #expect(outcome.millions["b"] == 0)
    #expect((outcome.millions["c"] ?? 0) > 700)
    #expect(try run(events).digest == outcome.digest)
  }
}
