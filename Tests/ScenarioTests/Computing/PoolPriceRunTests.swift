// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation
import TestSupport
import Testing

/// What tenants pay for what they hold of pools, and who earns it.
@Suite struct PoolPriceRunTests {
  private static func scenario(
    _ jobs: String, placement: String = "cheapest", near: String = "price: 6 yuan/h",
    far: String = "price: 2 yuan/h", queues: [String] = ["fcfs", "fcfs"]
  ) -> String {
    """
    scenario: p
    outputs: [summary, jobs, accounts, energy]
    network:
      links:
        - {name: near, from: users, to: east, capacity: 10 Gbps, delay: 1 ms, two_way: true}
        - {name: far, from: users, to: west, capacity: 10 Gbps, delay: 5 ms, two_way: true}
    pools:
      list:
        - {name: e, at: east, owner: eastern, accelerator: H800, count: 4, tariff: cheap, queue: \(queues[0]), \(near)}
        - {name: w, at: west, owner: western, accelerator: H800, count: 4, tariff: dear, queue: \(queues[1]), \(far)}
    energy:
      tariffs:
        - {name: dear, flat: 1 yuan/kWh}
        - {name: cheap, flat: 0.3 yuan/kWh}
    placement: \(placement)
    traffic:
    \(jobs)
    """
  }

  private static func listed(_ list: String, tenant: String = "bank", more: String = "") -> String {
    "  - jobs: {name: \(tenant), list: \(list), from: users, tenant: \(tenant)\(more)}"
  }

  /// 0.5, 1.5 and 14.5 fen at a yuan an hour: half a fen is one.
  @Test(arguments: [(18, 0.01), (54, 0.02), (126, 0.04), (522, 0.15), (521, 0.14)])
  func salesAreRoundedToTheNearestFen(seconds: Int, paid: Double) throws {
    let bench = try ComputingBench(
      Self.scenario(
        Self.listed("[{job: a, accelerators: 1, run: \(seconds) s}]"), near: "price: 1 yuan/h",
        far: "price: 2 yuan/h"))
    #expect(bench.run.summary("tenants_paid") == paid)
  }

  /// Power is dear in the west, and the machines are not: the tenant goes by what it pays.
  @Test func theTenantGoesByThePriceAndTheOwnerPaysThePower() throws {
    let bench = try ComputingBench(
      Self.scenario(Self.listed("[{job: a, accelerators: 3, run: 90 min}]")))
    #expect(bench.text("a", "pool") == "w" && bench.value("a", "paid_yuan") == 9)
    let row = try #require(try bench.run.rows(of: "accounts").first)
    #expect(row["tenant"] == "bank" && row["owner"] == "western" && row["pool"] == "w")
    #expect(row["sales"] == "1" && row["accelerator_h"] == "4.5" && row["paid_yuan"] == "9")
    #expect(bench.run.summary("tenants_paid") == 9 && bench.run.summary("owners_earned") == 9)
    let power = try bench.energy("w", "energy_yuan") + bench.energy("e", "energy_yuan")
    #expect(abs(bench.run.summary("owners_left") - (9 - power)) < 1e-9)
  }

  /// A pool without a price counts with what its power costs.
  @Test func withoutAPriceWhatPowerCostsCounts() throws {
    let list = "[{job: a, accelerators: 3, run: 90 min}]"
    let free = try ComputingBench(
      Self.scenario(Self.listed(list), near: "level: 1", far: "level: 1"))
    #expect(free.text("a", "pool") == "e" && free.text("a", "paid_yuan") == "")
    #expect(free.run.summary("tenants_paid").isNaN)
    #expect(try free.run.rows(of: "accounts").isEmpty)
    let mixed = try ComputingBench(Self.scenario(Self.listed(list), near: "level: 1"))
    #expect(mixed.text("a", "pool") == "e" && mixed.text("a", "paid_yuan") == "")
  }

  /// Less than half a fen is none, more is one; each time that a job holds machines counts alone.
  @Test(arguments: [("4 s", 0.0), ("6 s", 0.01), ("1 h", 3.33)])
  func wholeFenAreSold(run: String, yuan: Double) throws {
    let bench = try ComputingBench(
      Self.scenario(
        Self.listed("[{job: a, run: \(run)}]"), far: "price: 3.333 yuan/h"))
    #expect(bench.value("a", "paid_yuan") == yuan)
  }

  /// On a shared pool each of two pays for the half of the time that it would take alone.
  @Test func thoseWhoShareAPoolPayForTheirPart() throws {
    let bench = try ComputingBench(
      Self.scenario(
        Self.listed(
          "[{job: a, accelerators: 4, run: 1 h}, {job: b, accelerators: 4, run: 2 h}]",
          more: ", to: {pool: e}"), queues: ["processor-sharing", "fcfs"]))
    #expect(bench.value("a", "finish_time") == 7200 && bench.value("b", "finish_time") == 10_800)
    #expect(bench.value("a", "paid_yuan") == 24 && bench.value("b", "paid_yuan") == 48)
  }

  /// Jobs of three tenants that are stopped, fail, move and are cut: what they pay is what owners earn.
  @Test(arguments: [
    ["fcfs", "easy"], ["preemptive", "conservative"], ["fair-share", "priority"],
    ["processor-sharing", "easy-sjbf"],
  ])
  func whatTenantsPayIsWhatOwnersEarn(queues: [String]) throws {
    let jobs = ["bank", "school", "lab"].enumerated().map { number, tenant in
      """
        - jobs:
            name: \(tenant)
            arrivals: {poisson: 40 /h}
            accelerators: {empirical: {values: [1, 2, 4]}}
            run: {exponential: 4 min}
            requested: {factor: 1.5}
            from: users
            tenant: \(tenant)
            priority: \(number + 1)
            checkpoint: {every: 1 min, takes: 1 s}
      """
    }.joined(separator: "\n")
    let text =
      "duration: 6 h\n"
      + Self.scenario(
        jobs, placement: "{policy: cheapest, moves: 10 min}",
        near: "price: 6.789 yuan/h, failures: {mean_time: 4 h, repair: 5 min}", queues: queues)
    let bench = try ComputingBench(text)
    let rows = try bench.run.rows(of: "accounts")
    func fen(_ text: String?) throws -> Int {
      Int((try #require(text.flatMap { Double($0) }) * 100).rounded())
    }
    for tenant in ["bank", "school", "lab"] {
      let paid = try bench.jobs.filter { $0["tenant"] == tenant && $0["paid_yuan"] != "" }
        .reduce(0) { try $0 + fen($1["paid_yuan"]) }
      let booked = try rows.filter { $0["tenant"] == tenant }
        .reduce(0) { try $0 + fen($1["paid_yuan"]) }
      #expect(paid == booked && paid > 1000)
    }
    let total = try rows.reduce(0) { try $0 + fen($1["paid_yuan"]) }
    #expect(Int((bench.run.summary("tenants_paid") * 100).rounded()) == total)
    #expect(Int((bench.run.summary("owners_earned") * 100).rounded()) == total)
    // Each sale is rounded by itself, so that a row is within half a fen a sale of what it held.
    for row in rows {
      let hours = try #require(row["accelerator_h"].flatMap { Double($0) })
      let price = try #require(row["price_yuan_h"].flatMap { Double($0) })
      let sales = try #require(row["sales"].flatMap { Double($0) })
      #expect(abs(hours * price * 100 - Double(try fen(row["paid_yuan"]))) <= 0.5 * sales + 1e-6)
    }
    // All that jobs held was sold: the use of the pools says the same, but for what was shared.
    guard !queues.contains("processor-sharing") else { return }
    let sold = rows.reduce(0) { $0 + ($1["accelerator_h"].flatMap { Double($0) } ?? .nan) }
    #expect(abs(sold - bench.run.summary("pool_utilisation") * 8 * 6) < 1e-6)
  }

  /// Prices of built-in pools go by type; storage takes only what names it.
  @Test func builtInPoolsHavePricesByType() throws {
    let text = """
      scenario: n
      outputs: [summary, jobs, accounts]
      network: {use: national}
      pools: {use: national, year: 2030, kinds: [general-purpose, storage], prices: {petabyte: 30 yuan/h, server: 2 yuan/h}}
      placement: cheapest
      traffic:
        - jobs: {name: any, list: [{job: a, accelerators: 5, run: 1 h}], from: Beijing}
        - jobs: {name: kept, list: [{job: b, accelerators: 2, run: 1 h}], from: Beijing, runs_on: {petabyte: 1}}
      """
    let bench = try ComputingBench(text)
    #expect(bench.text("a", "profile") == "server" && bench.value("a", "paid_yuan") == 10)
    #expect(bench.text("b", "profile") == "petabyte" && bench.value("b", "paid_yuan") == 60)
    #expect {
      try ComputingBench(text.replacingOccurrences(of: "{petabyte: 30", with: "{petabite: 30"))
    } throws: {
      "\($0)".contains("unknown type of machine \"petabite\"; did you mean \"petabyte\"?")
    }
  }
}
