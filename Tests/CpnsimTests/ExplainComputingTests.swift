// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation
import Testing

@Suite struct ExplainComputingTests {
  /// Three pools on a line: the near one is full from the start, the far one is cheap and dirty.
  private static func scenario(_ placement: String) -> String {
    """
    scenario: planted
    duration: 1 d
    calendar: {start: "2026-07-01"}
    network:
      links:
        - {name: ab, from: a, to: b, capacity: 10 Gbps, delay: 5 ms, two_way: true}
        - {name: bc, from: b, to: c, capacity: 10 Gbps, delay: 10 ms, two_way: true}
    pools:
      list:
        - {name: near, at: a, accelerator: H800, count: 8, tariff: dear, pue: 1.25}
        - {name: mid, at: b, accelerator: H800, count: 16, tariff: dear, pue: 1.25, queue: easy}
        - {name: far, at: c, accelerator: H800, count: 32, tariff: cheap, pue: 1.25, level: 2}
    energy:
      tariffs:
        - {name: dear, sharp: 1 yuan/kWh, peak: 0.9 yuan/kWh, flat: 0.8 yuan/kWh, valley: 0.7 yuan/kWh, \
    hours: {valley: ["04-06"]}, carbon: 0.1 kg/kWh}
        - {name: cheap, sharp: 1 yuan/kWh, peak: 0.5 yuan/kWh, flat: 0.4 yuan/kWh, valley: 0.1 yuan/kWh, \
    hours: {valley: ["02-04"]}, carbon: 0.6 kg/kWh}
      caps: [{pool: mid, from: 20 min, to: 3 h, power: 10 kW}]
    placement: \(placement)
    traffic:
      - jobs:
          name: fill
          to: {pool: near}
          list:
            - {job: full, accelerators: 8, run: 2 h}
            - {job: next, submit: 10 min, accelerators: 8, run: 1 h}
      - jobs:
          name: data
          input: {size: {fixed: 100 GB}, from: [a]}
          list: [{job: asked, submit: 1 min, accelerators: 8, run: 1 h, deadline: 8 h}]
      - jobs:
          name: work
          tenant: {name: lab}
          from: [a]
          list:
            - {job: wide, submit: 2 min, accelerators: 16, run: 1 h}
            - {job: late, submit: 3 min, accelerators: 16, run: 2 h}
            - {job: huge, submit: 4 min, accelerators: 64, run: 1 h}
      - jobs:
          name: bank
          tenant: {name: bank, level: 3}
          list: [{job: secret, submit: 5 min, accelerators: 1, run: 1 h}]
    outputs: [summary, jobs, pools, energy]
    """
  }

  private func run(_ placement: String) throws -> Workspace {
    let workspace = try Workspace()
    try workspace.write(Self.scenario(placement), to: "s.yaml")
    let outcome = try workspace.cpnsim("run", "s.yaml", "--out", "out", "--quiet")
    try #require(outcome.code == 0, "\(outcome.errors)")
    return workspace
  }

  struct Rule: Sendable, CustomTestStringConvertible {
    var placement: String
    /// Empty where chance decides.
    var pool: String
    var reasons: [String]
    var testDescription: String { placement }
  }

  static let rules = [
    Rule(
      placement: "nearest", pool: "mid",
      reasons: ["the nearest (5 ms)", "near (0 s; 0 accelerators free"]),
    Rule(placement: "least-loaded", pool: "mid", reasons: ["least there, 0 s for each"]),
    Rule(
      placement: "cheapest", pool: "far",
      reasons: ["Of 2 pools where it could start at once, power costs least", "next is mid with"]),
    Rule(
      placement: "greenest", pool: "mid", reasons: ["power emits least there", "next is far with"]),
    Rule(
      placement: "{policy: cheapest, latency: 7 ms}", pool: "mid",
      reasons: ["1 pool beyond 7 ms did not count, the nearest of them far (15 ms)"]),
    Rule(
      placement: "joint", pool: "mid",
      reasons: ["over first there, in 1.02 h", "input 1.33 min", "next is far with 10 ms more"]),
    Rule(placement: "round-robin", pool: "near", reasons: ["its turn, as the first of all"]),
    Rule(placement: "random", pool: "", reasons: ["Chance chose it among 3 pools"]),
    Rule(placement: "power-of-two-choices", pool: "", reasons: ["Chance drew it"]),
    Rule(
      placement: "east-data-west-computing", pool: "far",
      reasons: ["It waits until 02:00", "then, on far, and", "now, on far"]),
  ]

  @Test(arguments: rules) func theReasonNamesThePoolAndItsFigure(_ rule: Rule) throws {
    let workspace = try run(rule.placement)
    let job = try workspace.cpnsim("explain", "out", "job", "asked", "--format", "json").object()
    let decisions = try #require(job["decisions"] as? [[String: Any]])
    let reason = try #require(decisions.first?["reason"] as? String)
    for part in rule.reasons { #expect(reason.contains(part), "\(reason)") }
    let row = try #require(try workspace.rows(of: "out/jobs.csv").first { $0["job_id"] == "asked" })
    #expect(decisions.last?["pool"] as? String == row["pool"])
    let candidates = try #require(decisions.last?["candidates"] as? [[String: Any]])
    let taken = candidates.filter { $0["taken"] as? String == "*" }
    #expect(taken.map { $0["pool"] as? String } == [row["pool"]])
    if !rule.pool.isEmpty { #expect(row["pool"] == rule.pool) }
  }

  /// One decision where a job goes on, and one each time that it stops or begins.
  @Test func turnsAreTold() throws {
    let workspace = try Workspace()
    try workspace.write(
      """
      scenario: turns
      network: {nodes: [a]}
      pools: {list: [{name: p, at: a, accelerator: H800, count: 8}]}
      placement: {policy: max-min, rounds: {length: 10 min, renewal: 0 s}}
      traffic:
        - jobs:
            name: work
            checkpoint: {every: 1 h}
            list:
              - {job: one, accelerators: 8, run: 30 min}
              - {job: two, accelerators: 8, run: 15 min}
      outputs: [summary, jobs]
      """, to: "s.yaml")
    try #require(try workspace.cpnsim("run", "s.yaml", "--out", "out", "--quiet").code == 0)
    let job = try workspace.cpnsim("explain", "out", "job", "two", "--format", "json").object()
    let decisions = try #require(job["decisions"] as? [[String: Any]])
    #expect(decisions.map { $0["at_s"] as? Double } == [0, 600, 1200, 1800])
    #expect(decisions.map { $0["answer"] as? String } == ["waits", "placed", "waits", "placed"])
    let reasons = decisions.compactMap { $0["reason"] as? String }
    #expect(
      reasons.first
        == "In round 1 others were more behind their shares. Its own: 50.0 % of the time on p, of "
        + "which it had 50.0 % of what all had there.", "\(reasons)")
    #expect(reasons[1].hasPrefix("It was its turn in round 2. Its shares: 50.0 % of the time on p"))
  }

  /// The time to the nanosecond, and what it took as its row has it.
  @Test(arguments: [("nearest", "asked"), ("nearest", "late"), ("joint", "asked")])
  func whatItIsMadeOfAddsUp(_ placement: String, _ name: String) throws {
    let workspace = try run(placement)
    let row = try #require(try workspace.rows(of: "out/jobs.csv").first { $0["job_id"] == name })
    let job = try workspace.cpnsim("explain", "out", "job", name, "--format", "json").object()
    func sum(_ table: String, _ column: String) throws -> Double {
      let rows = try #require(job[table] as? [[String: Any]])
      return rows.reduce(0) { $0 + ($1[column] as? Double ?? .nan) }
    }
    let life =
      try #require(Double(row["over_s"] ?? "")) - (Double(row["submission_time"] ?? "") ?? 0)
    #expect(try (sum("totals", "time_s") * 1e9).rounded() == (life * 1e9).rounded())
    #expect(try abs(sum("totals", "share") - 1) < 1e-12)
    for (column, value) in [
      ("kwh", try #require(Double(row["consumed_energy"] ?? "")) / 3.6e6),
      ("yuan", try #require(Double(row["energy_yuan"] ?? ""))),
      ("carbon_kg", try #require(Double(row["carbon_kg"] ?? ""))),
    ] {
      #expect(try abs(sum("energy", column) / value - 1) < 1e-9)
    }
    // Both run on the pool that is held to 10 kW.
    let phases = try #require(job["timeline"] as? [[String: Any]])
    #expect(phases.contains { ($0["speed"] as? Double ?? 1) < 1 } == (row["pool"] == "mid"))
  }

  @Test(arguments: [("huge", "too-large", "size", 3), ("secret", "level", "level", 3)])
  func aRefusedJobIsToldWhy(_ name: String, _ why: String, _ at: String, _ pools: Int) throws {
    let workspace = try run("nearest")
    let outcome = try workspace.cpnsim("explain", "out", "job", name, "--format", "json")
    let job = try outcome.object()
    #expect(job["reason"] as? String == why)
    let decision = try #require((job["decisions"] as? [[String: Any]])?.first)
    let excluded = try #require(decision["excluded"] as? [[String: Any]])
    #expect(excluded.map { $0["pools"] as? Int } == [pools])
    #expect(
      try workspace.cpnsim("explain", "out", "job", name).output.contains(
        at == "size" ? "too few accelerators" : "a lower security level"))
  }

  struct Look: Sendable {
    var pool: String
    var at: String
    var state: String
    var since: Double
    var used: Int
    var waiting: Int
  }

  /// The near pool is full for 2 h, with a job that waits from 10 min on; the far one takes `wide`
  /// at 2 min and `asked` after 80 s of input.
  @Test(arguments: [
    Look(pool: "near", at: "00:05", state: "full", since: 0, used: 8, waiting: 0),
    Look(pool: "near", at: "30 min", state: "queue", since: 600, used: 8, waiting: 1),
    Look(pool: "near", at: "2026-07-01 20:00", state: "idle", since: 10_800, used: 0, waiting: 0),
    Look(pool: "cpn:-/-/c/far", at: "0 s", state: "idle", since: 0, used: 0, waiting: 0),
    Look(pool: "far", at: "3 min", state: "partly", since: 120, used: 24, waiting: 0),
  ])
  func aPoolIsToldAsItIs(_ look: Look) throws {
    let workspace = try run("cheapest")
    let outcome = try workspace.cpnsim(
      "explain", "out", "pool", look.pool, "--at", look.at, "--format", "json")
    let pool = try outcome.object()
    #expect(pool["state"] as? String == look.state)
    #expect(pool["since_s"] as? Double == look.since)
    #expect(pool["used"] as? Int == look.used && pool["waiting"] as? Int == look.waiting)
  }

  @Test func aPoolUnderACapIsTold() throws {
    let workspace = try run("nearest")
    let pool = try workspace.cpnsim(
      "explain", "out", "pool", "mid", "--at", "25 min", "--format", "json"
    ).object()
    #expect(pool["cap_kw"] as? Double == 10)
    #expect(pool["facility_kw"] as? Double == 10)
    let changes = try #require(pool["changes"] as? [[String: Any]])
    #expect(changes.contains { $0["what"] as? String == "cap" && $0["time_s"] as? Double == 1200 })
    #expect(changes.contains { $0["what"] as? String == "speed" })
    let text = try workspace.bash("COLUMNS=80 cpnsim explain out pool near").output
    #expect(text.split(separator: "\n").allSatisfy { $0.count <= 80 })
    #expect(text.contains("8 accelerators, of which 0 are free"))
  }

  @Test(arguments: [
    ("job askd", "no job 'askd'; did you mean 'asked'?"),
    ("pool nera", "no pool 'nera'; did you mean 'near'?"),
    ("pool near --at 25:00", "'25:00' is no value for"),
    ("pool near --at '2026-07-09 21:00'", "is behind the run, which begins at 2026-07-01"),
    ("pool near --at '2026-06-09 21:00'", "is before the run"),
    ("flow f --at 21:00", "--at goes with"),
  ])
  func whatIsNotThereIsRefused(_ words: String, _ message: String) throws {
    let outcome = try run("nearest").bash("cpnsim explain out \(words)")
    #expect(outcome.code == 2)
    #expect(outcome.errors.contains(message), "\(outcome.errors)")
  }

  /// What comes later takes the place of a job that is over, and is not counted with it.
  @Test func aJobTakesNothingAfterItsEnd() throws {
    let workspace = try Workspace()
    try workspace.write(
      """
      scenario: two
      duration: 10 h
      network: {nodes: [a]}
      energy: {tariffs: [{name: t, flat: 1 yuan/kWh, carbon: 0.5 kg/kWh}]}
      pools:
        list: [{name: p, at: a, accelerator: X, count: 8, power: {idle: 0 W, full: 1 kW}, tariff: t}]
      traffic:
        - jobs:
            name: j
            list:
              - {job: j1, submit: 1 h, accelerators: 1, run: 1 h}
              - {job: j2, submit: 3 h, accelerators: 4, run: 2 h}
            to: {pool: p}
      """, to: "s.yaml")
    #expect(try workspace.cpnsim("run", "s.yaml", "--out", "out", "--quiet").code == 0)
    let outcome = try workspace.cpnsim("explain", "out", "job", "j1", "--format", "json")
    let periods = try #require(try outcome.object()["energy"] as? [[String: Any]])
    #expect(periods.map { $0["kwh"] as? Double } == [1] && periods[0]["yuan"] as? Double == 1)
  }
}
