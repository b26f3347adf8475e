// SPDX-License-Identifier: GPL-3.0-or-later
import Testing

/// Requests for tokens in whole runs: tokens are conserved, and lost where the network says so.
@Suite final class TokenTests {
  private let workspace: Workspace
  /// Of the last run, which is also that of its folder.
  private var number = 0

  init() throws {
    workspace = try Workspace()
  }

  private static let scenario = """
    scenario: tokens
    duration: 24 h
    network:
      links:
        - {name: in, from: a, to: hub, capacity: 10 Gbps, delay: 3 ms, two_way: true}
        - {name: out, from: hub, to: b, capacity: CAPACITY, delay: 4 ms, two_way: true}
    traffic:
      - tokens:
          name: llm
          total: TOTAL tokens/day
          from: {a: 3, b: 1}
          to: {b: LIMIT}
          services: [{name: own, share: 100 %, input_tokens: 100, output_tokens: 100, daily: [1, 3]}]
          SAMPLE

    """

  private func run(
    total: String = "864e6", capacity: String = "10 Gbps", limit: String = "unlimited",
    sample: String = ""
  ) throws -> [String: Double] {
    try workspace.write(
      TokenTests.scenario.replacing("TOTAL", with: total).replacing("CAPACITY", with: capacity)
        .replacing("LIMIT", with: limit).replacing("SAMPLE", with: sample), to: "s.yaml")
    number += 1
    let result = try workspace.cpnsim("run", "s.yaml", "--out", "out\(number)", "--quiet")
    #expect(result.code == 0, "\(result.errors)")
    return Dictionary(
      uniqueKeysWithValues: try workspace.rows(of: "out\(number)/summary.csv").map {
        ($0["metric"] ?? "", Double($0["value"] ?? "") ?? .nan)
      })
  }

  @Test func aDayOfTokensIsServed() throws {
    let summary = try run()
    #expect(summary["tokens_offered"] == 864e6)
    #expect(summary["tokens_served"] == 864e6)
    #expect(summary["tokens_lost"] == 0 && summary["tokens_refused"] == 0)
    let rows = try workspace.rows(of: "out\(number)/tokens.csv")
    #expect(rows.count == 2)
    // Three quarters cross the network: both ways 14 ms and next to no queue.
    let far = try #require(rows.first { $0["source"] == "a" })
    #expect(far["offered_tokens"] == "648000000")
    let delay = try #require(far["delay_mean_s"].flatMap { Double($0) })
    #expect(delay > 0.014 && delay < 0.014_1)
    #expect(rows.first { $0["source"] == "b" }?["delay_mean_s"] == "0")
  }

  /// In the afternoon 15,000 tokens a second are asked for, in the morning 5,000.
  @Test func whatNoSiteHasRoomForIsRefused() throws {
    let summary = try run(limit: "{in: 1e4 tokens/s, out: 1e4 tokens/s}")
    let refused = try #require(summary["tokens_refused"])
    let served = try #require(summary["tokens_served"])
    #expect(abs(refused - 216e6) < 1)
    #expect(abs(served - 648e6) < 1)
  }

  /// Back come 125 B a token and 1,125,000 B/s in the afternoon, over a link of 500,000 B/s.
  @Test func whatTheNetworkLosesIsLost() throws {
    let summary = try run(capacity: "4 Mbps")
    let offered = try #require(summary["tokens_offered"])
    let served = try #require(summary["tokens_served"])
    let lost = try #require(summary["tokens_lost"])
    #expect(abs(served + lost - offered) < 1e-6 * offered)
    // 11,250 and 3,750 tokens a second of a cross it. Down: 1000 bit a token, 4000 pass a second.
    let crossing = 648e6
    let passed = (3750 + 4000) * 43_200.0
    let downPart = passed / crossing
    // Up: 100 tokens of 5 B and a head of 1000 B for each 200 tokens: 60 bit a token, all pass.
    #expect(abs(lost - crossing * (1 - downPart)) < 0.01 * lost)
  }

  @Test func tenTimesTheTokensAreTheSameEvents() throws {
    let once = try run()
    let tenTimes = try run(total: "8640e6")
    #expect(once["events"] == tenTimes["events"])
    #expect(tenTimes["tokens_served"] == 8640e6)
  }

  @Test func singleRequestsAreFollowedWhereAskedFor() throws {
    let summary = try run(sample: "sample: 1e-3")
    // 864e6 tokens are 4.32e6 requests.
    let count = try #require(summary["sampled_requests"])
    #expect(abs(count - 4320) < 5 * 4320.0.squareRoot())
    #expect(summary["sampled_requests_lost"] == 0)
    #expect(try workspace.rows(of: "out\(number)/samples.csv").count == Int(count))
    let median = try #require(summary["sampled_delay_p50"])
    #expect(median > 0.014 && median < 0.014_1)
  }

  /// Nobody but the job can reach its fabric: what goes on elsewhere is no reason to simulate more.
  @Test func trafficElsewhereDoesNotMakeIterationsAnew() throws {
    let text = """
      scenario: beside
      duration: 1 h
      network:
        links: [{name: l, from: a, to: b, capacity: 10 Gbps, two_way: true}]
        fabrics: [{name: pod, hosts: 4, nic: 400 Gbps, accelerator: H100}]
      classes: [{name: moving, on_failure: move}]
      traffic:
        - training: {name: job, fabric: pod, iterations: 1000, collective: {kind: all-reduce, gpus: 32, size: 1 GB}}

      """
    let others = """
        - tokens: {total: 1e9 tokens/day, from: {a: 1}, to: {b: unlimited}}
          class: moving
        - generate: {arrivals: {poisson: 1 /s}, sizes: {fixed: 1 MB}, path: [l]}

      """
    var rows: [[[String: String]]] = []
    for (name, text) in [("alone", text), ("beside", text + others)] {
      try workspace.write(text, to: "\(name).yaml")
      let result = try workspace.cpnsim("run", "\(name).yaml", "--out", name, "--quiet")
      #expect(result.code == 0, "\(result.errors)")
      rows.append(try workspace.rows(of: "\(name)/jobs.csv"))
    }
    #expect(rows[0] == rows[1])
    let simulated = try #require(rows[1].first?["iterations_simulated"].flatMap { Int($0) })
    #expect(simulated < 5)
  }
}
