// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation
import Simulator
import TestSupport
import Testing
import Traffic

@testable import Scenario

/// Tokens that are rates, and what their requests wait for at engines that are looked at.
@Suite struct TokenEngineTests {
  private static let services = "[{name: chat, daily: [1]}, {name: code, daily: [1]}]"

  /// A site of two nodes, which users are 5 ms away from, and what it is asked for of their time.
  private static func scenario(
    load: Double, _ engines: String, services: String = services, more: String = ""
  ) -> String {
    """
    scenario: t
    duration: 45 min
    network:
      links: [{name: l, from: users, to: site, capacity: 1 Tbps, delay: 5 ms, two_way: true}]
    traffic:
      - tokens:
          total: \(tokens(load)) tokens/s
          services: \(services)
          from: {users: 1}
          to: {site: {nodes: 2}}
          engines: \(engines)
    \(more)
    """
  }

  /// Tokens a second that take such a part of the time of two nodes: 88.576 % of them come in.
  private static func tokens(_ load: Double) -> Double { 405_321 * load / 4 }

  /// The same requests one by one, at two replicas, each of them chosen by chance.
  private static func single(load: Double) -> String {
    """
    scenario: s
    duration: 45 min
    warm_up: 3 min
    network:
      links: [{name: l, from: users, to: site, capacity: 1 Tbps, delay: 5 ms, two_way: true}]
    pools: {list: [{name: p, at: site, accelerator: H800, count: 16}]}
    outputs: [summary]
    traffic:
      - inference:
          name: x
          pool: p
          replicas: 2
          engine: {accelerators: 8, rates: {prefill: 73700 tokens/s, decode: 14800 tokens/s, step: 30 ms}}
          requests: {total: \(tokens(load)) tokens/s, services: \(services)}
          from: [users]
          routing: random
          slo: {ttft: 1 s}
    """
  }

  /// Within a tenth, of means and of what 99 of 100 get; docs/model/inference.md has more loads.
  @Test(arguments: [0.3, 0.8])
  func waitsAreThoseOfSingleRequests(load: Double) throws {
    let looked = try ComputingBench(
      Self.scenario(
        load: load, "{window: 45 min, warm_up: 3 min, step: 30 ms, fill: 100 %, slo: {ttft: 1 s}}"))
    let single = try ComputingBench(Self.single(load: load))
    for name in ["ttft_mean", "ttft_p50", "ttft_p99", "tbt_mean", "tbt_p99", "slo_share"] {
      let (one, other) = (
        looked.run.summary("tokens_" + name), single.run.summary("inference_" + name)
      )
      #expect(abs(one / other - 1) < 0.1, "\(name): \(one), \(other) one by one")
    }
    let row = try #require(try looked.run.rows(of: "token-waits").first)
    #expect(abs((row["load"].flatMap { Double($0) } ?? 0) - load) < 1e-4)
    // As many as the rate says: what one engine of two saw in the time, twice.
    let requests = try #require(row["requests"].flatMap { Double($0) })
    let seen = try #require(row["looked_at"].flatMap { Double($0) })
    #expect(abs(2 * seen / requests - 1) < 0.05)
  }

  /// Steps of 100 ms for anything: the first token takes what is left of a step, one step and 10 ms.
  @Test func stepsThatTakeLongAreWaitedFor() throws {
    let bench = try ComputingBench(
      Self.scenario(
        load: 0.001, "{window: 45 min, step: 100 ms}",
        services: "[{name: own, share: 1 %, input_tokens: 9, output_tokens: 11, "
          + "input_variation: 0, output_variation: 0}]"))
    // 11 tokens take 11 steps: 1 s behind the first, over 11.
    #expect(abs(bench.run.summary("tokens_tbt_p50") - 1.0 / 11) < 1e-3)
    let first = bench.run.summary("tokens_ttft_p50")
    #expect(first > 0.11 && first < 0.21)
    #expect(bench.run.summary("tokens_ttft_max") < 0.2101)
  }

  /// A site that is full by its nine tenths refuses the rest, and what it takes waits for little.
  @Test func aFullSiteHasTimeLeft() throws {
    let bench = try ComputingBench(
      Self.scenario(load: 1.8, "{window: 10 min, warm_up: 2 min, step: 30 ms, slo: {ttft: 10 s}}"))
    let row = try #require(try bench.run.rows(of: "token-waits").first)
    #expect(abs((row["load"].flatMap { Double($0) } ?? 0) - 0.9) < 1e-9)
    let refused = bench.run.summary("tokens_refused") / bench.run.summary("tokens_offered")
    #expect(abs(refused - 0.5) < 1e-4)
    // What is refused is not answered as promised.
    let share = bench.run.summary("tokens_slo_share")
    #expect(share > 0.4 && share <= 0.5 + 1e-6)
  }

  /// Two services by day and by night: what is looked at follows the load, hour by hour.
  @Test func looksFollowTheDay() throws {
    let bench = try ComputingBench(
      Self.scenario(
        load: 0.5, "{window: 30 s, step: 30 ms}",
        services: "[{name: chat, daily: [1, 1, 1, 3, 1, 1, 1, 1, 1, 1, 1, 1]}]"
      ).replacing("duration: 45 min", with: "duration: 10 h"))
    let rows = try bench.run.rows(of: "token-waits")
    #expect(rows.count == 5)
    let loads = rows.compactMap { $0["load"].flatMap { Double($0) } }
    let means = rows.compactMap { $0["ttft_mean_s"].flatMap { Double($0) } }
    #expect(loads[3] > 0.85 && loads[0] < 0.5)
    #expect(means[3] > 1.3 * means[2] && means[3] > 1.3 * means[4])
    let asked = rows.compactMap { $0["requests"].flatMap { Double($0) } }.reduce(0, +)
    let chat = try #require(TokenService.builtIn().first { $0.name == "chat" })
    let served = bench.run.summary("tokens_served")
    #expect(abs(served / asked / chat.tokensPerRequest - 1) < 1e-9)
  }

  /// The looks are no events: whoever asks for them gets the run that is.
  @Test func looksChangeNothingElse() throws {
    let plain = Self.scenario(load: 0.5, "{fill: 100 %}")
    let without = plain.split(separator: "\n").filter { !$0.contains("engines:") }
      .joined(separator: "\n")
    let (one, other) = (try ComputingBench(plain), try ComputingBench(without))
    #expect(one.run.outcome.digest == other.run.outcome.digest)
    #expect(one.run.summary("tokens_served") == other.run.summary("tokens_served"))
  }

  @Test(arguments: [
    ("{nodes: 2}", "unlimited", "found engines, and the site \"site\" without a limit"),
    ("engines: {}", "engines: {fill: 0 %}", "more than zero"),
    ("engines: {}", "engines: {fill: 101 %}", "100 %"),
    ("engines: {}", "engines: {window: 0 s}", "more than zero"),
    ("engines: {}", "engines: {windows: 1 s}", "did you mean \"window\"?"),
  ])
  func mistakesAreToldWhereTheyAre(part: String, other: String, expected: String) throws {
    let text = Self.scenario(load: 0.5, "{}")
    #expect(text.contains(part))
    let found = try problems(text.replacing(part, with: other))
    #expect(found.contains { $0.contains(expected) }, "\(found)")
  }
}
