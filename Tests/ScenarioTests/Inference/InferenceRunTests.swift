// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation
import TestSupport
import Testing

/// Services that answer requests, as a user reads it.
@Suite struct InferenceRunTests {
  private static let data = URL(filePath: #filePath).deletingLastPathComponent()
    .appending(path: "Data")

  private static func file(_ name: String) throws -> String {
    try String(contentsOf: data.appending(path: name), encoding: .utf8)
  }

  /// A server of eight, and users at 10 ms from it; another server at 30 ms.
  private static func scenario(
    _ service: String, replicas: Int = 1, more: String = ""
  ) -> String {
    """
    scenario: i
    network:
      links:
        - {name: near, from: users, to: east, capacity: 10 Gbps, delay: 10 ms, two_way: true}
        - {name: far, from: users, to: west, capacity: 1 Gbps, delay: 30 ms, two_way: true}
    pools:
      list:
        - {name: e, at: east, accelerator: H800, count: 24, power: {idle: 100 W, full: 500 W}, tariff: dear}
        - {name: w, at: west, accelerator: H800, count: 8, tariff: cheap}
    energy:
      tariffs: [{name: dear, flat: 1 yuan/kWh}, {name: cheap, flat: 0.3 yuan/kWh}]
    traffic:
      - inference:
          name: chat
          replicas: \(replicas)
          \(service.replacing("\n", with: "\n      "))
    \(more)
    """
  }

  private static func bench(
    _ service: String, replicas: Int = 1, more: String = "", files: [String: String] = [:]
  ) throws -> ComputingBench {
    try ComputingBench(
      scenario(service, replicas: replicas, more: more),
      files: files.merging(["knots.csv": file("splitwise_knots_h100.csv")]) { $1 })
  }

  /// To a nanosecond and what three roundings bring: the golden has nine digits.
  @Test(arguments: [("code", 100_000_000), ("fixed", 2048)])
  func itAnswersAsSplitwiseDoes(name: String, batch: Int) throws {
    let bench = try Self.bench(
      """
      pool: e
      engine: {accelerators: 8, batch_tokens: \(batch), mixed: 1.1, times: knots.csv}
      requests: {file: requests.csv}
      """, files: ["requests.csv": Self.file(name + "_requests.csv")])
    let found = try bench.run.rows(of: "samples")
    let lines = try Self.file(name + "_answers.csv").split(separator: "\n")
    #expect(found.count == 80 && lines.count > 60)
    let columns = ["request", "queue_s", "ttft_s", "tbt_s", "response_s"]
    var worst = 0.0
    for line in lines.dropFirst() {
      let fields = line.split(separator: ",").map(String.init)
      let row = try #require(found.first { $0["request"] == fields[0] })
      for (column, field) in zip(columns, fields) {
        let one = try #require(row[column].flatMap { Double($0) })
        worst = max(worst, abs(one - (Double(field) ?? .nan)))
      }
    }
    #expect(worst < 2e-9)
  }

  /// Steps of 100 ms for anything: an answer of 5 tokens takes 0.5 s, and 20 ms for the network.
  @Test func theNetworkIsCrossedBothWays() throws {
    let rates = "prefill: 1e9 tokens/s, decode: 1e9 tokens/s, step: 100 ms"
    let tokens = "input_tokens: {fixed: 10}, output_tokens: {fixed: 5}"
    let bench = try Self.bench(
      """
      pool: e
      engine: {accelerators: 8, rates: {\(rates)}}
      requests: {arrivals: {deterministic: 1 /s}, count: 3, \(tokens)}
      from: [users]
      slo: {ttft: 119 ms}
      """)
    let row = try #require(try bench.run.rows(of: "samples").first)
    #expect(row["queue_s"] == "0" && row["ttft_s"] == "0.12" && row["tbt_s"] == "0.08")
    #expect(row["response_s"] == "0.52" && row["within_slo"] == "false")
    #expect(row["source"] == "users" && row["site"] == "east" && row["delay_up_s"] == "0.01")
    #expect(bench.run.summary("inference_slo_share") == 0)
    // Three times half a second of 2.52 s, at 8 of 500 W, and 100 W of the other accelerators.
    let seconds = bench.run.summary("simulated")
    let joules = 4800 + 2400 * seconds
    #expect(abs(try bench.energy("e", "it_kwh") - joules / 3.6e6) < 1e-9)
    let use = bench.run.summary("inference_use")
    #expect(abs(use - 1.5 / seconds) < 1e-9)
  }

  /// Two replicas hold 16 of 24: a job of 8 runs at once, the next waits, and one of 9 never runs.
  @Test func replicasHoldWhatJobsDoNotGet() throws {
    let bench = try Self.bench(
      """
      pool: e
      engine: {accelerators: 8, times: knots.csv}
      requests: {arrivals: {deterministic: 1 /s}, count: 2, input_tokens: {fixed: 10}, output_tokens: {fixed: 5}}
      """, replicas: 2,
      more: """
          - jobs:
              list:
                - {job: a, accelerators: 8, run: 10 s}
                - {job: b, accelerators: 1, run: 10 s}
                - {job: c, accelerators: 9, run: 10 s}
              to: {pool: e}
        """)
    #expect(bench.start("a") == 0 && bench.start("b") == 10)
    #expect(bench.text("c", "final_state") == "REJECTED")
    // Of 20 s of 32 accelerators: replicas, the first job, the second.
    let held = 16.0 * 20 + 8.0 * 10 + 10
    #expect(bench.run.summary("pool_utilisation") == held / 640)
  }

  /// Rates as the knots have them for 1024 tokens and for one stream: p50 and p99 within 15 %.
  @Test func ratesComeNearToTimes() throws {
    let files = ["requests.csv": try Self.file("fixed_requests.csv")]
    let rates = "prefill: 13182 tokens/s, decode: 650000 tokens/s, step: 31.5 ms"
    let summaries = try ["times: knots.csv", "rates: {\(rates)}"].map { engine in
      try Self.bench(
        """
        pool: e
        engine: {accelerators: 8, batch_tokens: 2048, mixed: 1.1, \(engine)}
        requests: {file: requests.csv}
        """, files: files
      ).run
    }
    for metric in ["ttft", "tbt", "response"] {
      for quantile in ["p50", "p99"] {
        let name = "inference_\(metric)_\(quantile)"
        let ratio = summaries[1].summary(name) / summaries[0].summary(name)
        #expect(abs(ratio - 1) < 0.15, "\(name): \(ratio)")
      }
    }
  }

  /// One replica that stands for four, with a quarter of the requests, is one with as many.
  @Test func oneStandsForSeveral() throws {
    func run(_ rate: Int, _ count: Int, _ many: Int) throws -> CompletedRun {
      let tokens = "input_tokens: {exponential: 900}, output_tokens: {exponential: 90}"
      return try Self.bench(
        """
        pool: e
        stands_for: \(many)
        routing: random
        engine: {accelerators: 2, times: knots.csv}
        requests: {arrivals: {poisson: \(rate) /s}, count: \(count), \(tokens)}
        """, replicas: many
      ).run
    }
    let (one, four) = (try run(3, 200, 1), try run(12, 800, 4))
    #expect(try one.rows(of: "samples") == four.rows(of: "samples"))
    for (metric, factor) in [
      ("served", 4.0), ("tokens_out", 4), ("energy", 4), ("replicas", 4), ("goodput", 4),
      ("use", 1), ("ttft_p99", 1),
    ] {
      let name = "inference_" + metric
      #expect(abs(four.summary(name) / one.summary(name) - factor) < 1e-9, "\(name)")
    }
  }

  /// By hand: six requests of ten steps of 1 s, 5 s apart, are 1.5 at a time in the first 10 s.
  ///
  /// So a second replica is wanted at 10 s, and has the accelerators of job a as it ends at 25 s;
  /// job b finds them set apart. In the 10 s up to 40 s there is half a request: the replica ends, and
  /// b begins.
  @Test func replicasComeAndGoWithTheLoad() throws {
    let tokens = "input_tokens: {fixed: 1}, output_tokens: {fixed: 10}"
    let bench = try Self.bench(
      """
      pool: w
      engine: {accelerators: 4, rates: {prefill: 1e9 tokens/s, decode: 1e9 tokens/s, step: 1 s}}
      requests: {arrivals: {deterministic: 0.2 /s}, count: 6, \(tokens)}
      scale: {most: 2, every: 10 s, requests: 1}
      """,
      more: """
          - jobs:
              list:
                - {job: a, accelerators: 4, run: 25 s}
                - {job: b, submit: 12 s, accelerators: 4, run: 5 s}
              to: {pool: w}
        """)
    #expect(bench.start("a") == 0 && bench.start("b") == 40)
    #expect(bench.run.summary("inference_replicas") == 60.0 / 45)
    #expect(bench.run.summary("inference_served") == 6)
  }

  /// Where two beginnings are told apart, only the first prompt of each is taken in as a whole.
  @Test func whatIsRememberedIsNotTakenInAgain() throws {
    func first(_ routing: String) throws -> [String] {
      let tokens = "input_tokens: {fixed: 1000}, output_tokens: {fixed: 1}"
      let rates = "prefill: 1000 tokens/s, decode: 1000 tokens/s, step: 1 ms"
      let bench = try Self.bench(
        """
        sites: [e, w]
        engine: {accelerators: 8, rates: {\(rates)}}
        requests: {arrivals: {deterministic: 0.1 /s}, count: 40, \(tokens)}
        cached: {share: 75 %, prefixes: 2, kept: 2}
        routing: \(routing)
        """)
      return try bench.run.rows(of: "samples").compactMap { $0["ttft_s"] }
    }
    let cached = try first("by-cache")
    #expect(cached.count { $0 == "1" } == 2 && cached.count { $0 == "0.25" } == 38)
    #expect(try first("round-robin").count { $0 == "1" } == 4)
  }

  @Test(arguments: [
    ("nearest", ["east": 40]), ("cheapest-within-slo", ["west": 40]),
    ("round-robin", ["east": 20, "west": 20]), ("soonest", ["east": 40]),
  ])
  func requestsGoWhereTheRoutingSays(routing: String, sites: [String: Int]) throws {
    let tokens = "input_tokens: {fixed: 10}, output_tokens: {fixed: 5}"
    let bench = try Self.bench(
      """
      sites: [e, w]
      engine: {accelerators: 8, times: knots.csv}
      requests: {arrivals: {deterministic: 1 /s}, count: 40, \(tokens)}
      from: [users]
      slo: {ttft: 1 s}
      routing: \(routing)
      """)
    let rows = try bench.run.rows(of: "samples")
    #expect(Dictionary(grouping: rows) { $0["site"] ?? "" }.mapValues(\.count) == sites)
  }
}
