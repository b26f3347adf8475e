// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation
import TestSupport
import Testing

/// Where tokens go by the placement policies of jobs, in a run.
@Suite struct TokenPolicyRunTests {
  /// Two sites, one of which has its valley at noon and one at night.
  private static func scenario(_ serve: String, pools: Bool = true) -> String {
    let sites = """
      pools:
        list:
          - {name: w, at: west, accelerator: H800, count: 8, tariff: noon}
          - {name: e, at: east, accelerator: H800, count: 8, tariff: night}
      energy:
        tariffs:
          - {name: noon, flat: 0.6 yuan/kWh, valley: 0.2 yuan/kWh, hours: {valley: ["10-16"]}}
          - {name: night, flat: 0.6 yuan/kWh, valley: 0.2 yuan/kWh, hours: {valley: ["23-07"]}}
      """
    return """
      scenario: t
      duration: 24 h
      outputs: [summary, tokens, token-sites]
      network:
        links:
          - {name: near, from: users, to: east, capacity: 10 Gbps, delay: 2 ms, two_way: true}
          - {name: far, from: users, to: west, capacity: 10 Gbps, delay: 20 ms, two_way: true}
      \(pools ? sites : "")
      traffic:
        - tokens:
            total: 1e9 tokens/day
            from: {users: 1}
            to: {east: unlimited, west: unlimited}
            services: [{name: chat, daily: [1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1]}]
            \(serve)
      """
  }

  /// The hours in which a site serves.
  private func hours(_ bench: ComputingBench, at site: String) throws -> [Int] {
    try bench.run.rows(of: "token-sites").filter {
      $0["site"] == site && ($0["offered_tokens"].flatMap { Double($0) } ?? 0) > 0
    }.compactMap { $0["start_s"].flatMap { Double($0) }.map { Int($0 / 3600) } }
  }

  /// What a place asks of another and what it answers to it go the same way, and are two demands.
  @Test func placesThatAskEachOtherHaveDemandsByTwoNames() throws {
    let bench = try ComputingBench(
      """
      scenario: both
      duration: 1 h
      network: {links: [{name: ab, from: a, to: b, capacity: 100 Gbps, two_way: true}]}
      traffic:
        - tokens:
            name: t
            total: 1e6 tokens/s
            from: {a: 1, b: 1}
            to: {a: {nodes: 5}, b: {nodes: 5}}
            services: [chat]
            serve: spread
      outputs: [demands]
      """)
    let names = try bench.run.rows(of: "demands").compactMap { $0["demand"] }
    #expect(
      names.sorted() == ["t/chat/a-b", "t/chat/a-b/answers", "t/chat/b-a", "t/chat/b-a/answers"])
  }

  @Test func tokensFollowTheValleys() throws {
    let bench = try ComputingBench(Self.scenario("serve: cheapest"))
    #expect(try hours(bench, at: "west") == Array(10..<16))
    #expect(try hours(bench, at: "east") == Array(0..<10) + Array(16..<24))
    let bound = try ComputingBench(
      Self.scenario("serve: cheapest-within-latency\n      latency: 5 ms"))
    #expect(try hours(bound, at: "west").isEmpty)
  }

  @Test(arguments: [
    "least-loaded", "greenest", "joint", "round-robin", "random", "power-of-two-choices",
    "east-data-west-computing",
  ])
  func eachPlacementPolicyCanBeNamed(policy: String) throws {
    let bench = try ComputingBench(Self.scenario("serve: \(policy)"))
    let offered = bench.run.summary("tokens_offered")
    #expect(abs(offered - 1e9) < 1 && bench.run.summary("tokens_refused") == 0)
  }

  @Test(arguments: [
    (
      "serve: cheapest", false,
      "nobody says what power costs at east, expected a pool there with a tariff"
    ),
    (
      "serve: cheapest-within-latency", true,
      "found no latency, which cheapest-within-latency needs"
    ),
    ("latency: 5 ms", true, "found a latency with nearest, which does not choose by it"),
  ])
  func mistakesAreSaid(serve: String, pools: Bool, message: String) throws {
    #expect {
      try ComputingBench(Self.scenario(serve, pools: pools))
    } throws: {
      "\($0)".contains(message)
    }
  }
}
