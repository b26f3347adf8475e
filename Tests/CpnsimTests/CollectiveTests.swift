// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation
import Testing

/// Collectives as the program runs them: where they stand, and what they take.
@Suite struct CollectiveTests {
  private func scenario(_ jobs: String..., hosts: Int = 8, gpus: Int = 4) -> String {
    """
    scenario: bench
    network:
      fabrics:
        - {name: f, hosts: \(hosts), gpus_per_host: \(gpus), nics_per_host: \(gpus), nic: 429.4967296 Gbps, nics_per_leaf: 32, spines: 1, delay: 500 ns}
    traffic:
    \(jobs.map { "  - training: {fabric: f, \($0)}" }.joined(separator: "\n"))
    """
  }

  private func run(_ text: String) throws -> Workspace {
    let workspace = try Workspace()
    try workspace.write(text, to: "s.yaml")
    let outcome = try workspace.cpnsim("run", "s.yaml", "--out", "out")
    #expect(outcome.code == 0, "\(outcome.errors)")
    return workspace
  }

  private func jobs(_ text: String) throws -> [[String: String]] {
    try run(text).rows(of: "out/jobs.csv")
  }

  private func number(_ text: String?) throws -> Double {
    try #require(text.flatMap { Double($0) })
  }

  /// `direct_allreduce` of ASTRA-sim's analytical network, congestion-aware, on a switch of 50 GiB/s
  /// and 500 ns a hop: ranks, bytes, nanoseconds.
  ///
  /// Its switch has a message whole before it sends it on, once in each of two rounds; here bits
  /// follow one another.
  @Test(arguments: [
    (4, 1_048_576.0, 41056.0), (4, 67_108_864, 2_502_000), (4, 1_073_741_824, 40_002_000),
    (16, 1_048_576, 41040), (16, 67_108_864, 2_502_000), (16, 1_073_741_824, 40_002_000),
  ])
  func directAllReduceIsThatOfOthers(ranks: Int, bytes: Double, nanoseconds: Double) throws {
    let stored = 2 * bytes / Double(ranks) / (50 * 1_073_741_824) * 1e9
    let keys = "gpus: \(ranks), size: \(Int(bytes)) B"
    let direct = try jobs(
      scenario("name: d, collective: {algorithm: direct, \(keys)}", hosts: 16, gpus: 1))
    let found = try number(direct[0]["iteration_s"]) * 1e9
    #expect(abs((found + stored) / nanoseconds - 1) < 1e-3, "\(found)")
    // Scattered and gathered alone are half of it each.
    for kind in ["all-gather", "reduce-scatter"] {
      let half = try jobs(
        scenario(
          "name: d, collective: {kind: \(kind), algorithm: direct, \(keys)}", hosts: 16, gpus: 1))
      #expect(abs(try number(half[0]["iteration_s"]) * 2e9 - found) < 5)
    }
  }

  @Test func meanTransfersStandInTheSummary() throws {
    let workspace = try run(scenario("name: d, collective: {gpus: 8, stride: 4, size: 1 GB}"))
    let summary = try workspace.rows(of: "out/summary.csv")
    let row = try #require(summary.first { $0["metric"] == "mean_transfer" })
    let jobs = try workspace.rows(of: "out/jobs.csv")
    #expect(row["value"] == jobs[0]["mean_transfer_bps"] && row["unit"] == "bit/s")
    #expect(try number(row["value"]) > 0)
  }

  /// Jobs on the same cards, said in three ways, are the same; eight side by side stay in hosts.
  @Test func placesCanBeSaidInSeveralWays() throws {
    let size = "size: 1 GB, kind: all-to-all"
    let stride = try jobs(scenario("name: d, collective: {gpus: 8, stride: 4, \(size)}"))
    let range = try jobs(scenario("name: d, collective: {cards: [h0-7n0], \(size)}"))
    let named = (0..<8).map { "h\($0)n0" }.joined(separator: ", ")
    let list = try jobs(scenario("name: d, collective: {cards: [\(named)], \(size)}"))
    let rows = try jobs(scenario("name: d, collective: {gpus: 8, \(size)}"))
    #expect(stride == range && stride == list)
    #expect(try number(stride[0]["bytes_sent"]) > number(rows[0]["bytes_sent"]))
    // Four jobs of one rail each beside one another, and none on cards that another has.
    let rails = (0..<4).map { "name: r\($0), collective: {cards: [h0-7n\($0)], \(size)}" }
    #expect(try jobs(scenario(rails[0], rails[1], rails[2], rails[3])).count == 4)
  }

  @Test(arguments: [
    ("cards: [h0n0, h0n0]", "card \"h0n0\" twice"),
    ("cards: [h0-3n0, h2n0]", "card \"h2n0\" twice"),
    ("cards: [h0n0, h8n0]", "expected one from \"h0n0\" to \"h7n3\""),
    ("cards: [h0n0, h1n4]", "expected one from"),
    ("cards: [h0n0]", "expected 2 or more"),
    ("cards: []", "expected 2 or more"),
    ("cards: [h0n0, card1]", "expected a card as"),
    ("cards: [h3-1n0, h4n0]", "expected a card as"),
    ("cards: [h0-7n0], gpus: 8", "gpus"),
    ("cards: [h0-7n0], stride: 2", "stride"),
    ("kind: all-reduce", "cards"),
    ("gpus: 8, stride: 5", "8 accelerators 5 apart, expected at most 7"),
    ("gpus: 8, stride: 0", "more than zero"),
    ("gpus: 33", "expected at most the 32"),
    ("gpus: 2000, kind: all-to-all", "expected at most 1024"),
    ("gpus: 2000, algorithm: direct", "expected at most 1024"),
  ])
  func placesThatAreNoneAreRefused(keys: String, problem: String) throws {
    let workspace = try Workspace()
    try workspace.write(
      scenario("name: d, collective: {size: 1 GB, \(keys)}"), to: "s.yaml")
    let outcome = try workspace.cpnsim("validate", "s.yaml")
    #expect(outcome.code != 0, "\(keys)")
    #expect(
      outcome.errors.contains("s.yaml:6:") && outcome.errors.contains(problem),
      "\(keys): \(outcome.errors)")
  }

  @Test func jobsOnTheSameCardsAreRefused() throws {
    let workspace = try Workspace()
    try workspace.write(
      scenario(
        "name: a, collective: {cards: [h0-7n1], size: 1 GB}",
        "name: b, collective: {gpus: 2, stride: 5, size: 1 GB}"), to: "s.yaml")
    let outcome = try workspace.cpnsim("validate", "s.yaml")
    #expect(outcome.code != 0 && outcome.errors.contains("accelerators that job \"a\" has"))
  }
}
