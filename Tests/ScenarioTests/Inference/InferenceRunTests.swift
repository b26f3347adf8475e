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
}
