// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation
import Testing

/// What policies know of pools, of data, and of a job itself, as it shows in who goes where.
@Suite struct WhatPlacementSeesTests {
  private func run(_ scenario: String) throws -> (Workspace, [String: [String: String]]) {
    let workspace = try Workspace()
    try workspace.write(scenario + "outputs: [summary, jobs]\n", to: "s.yaml")
    let outcome = try workspace.cpnsim("run", "s.yaml", "--out", "out", "--quiet")
    try #require(outcome.code == 0, "\(outcome.errors)")
    let rows = try workspace.rows(of: "out/jobs.csv").map { ($0["job_id"] ?? "", $0) }
    return (workspace, Dictionary(rows, uniquingKeysWith: { one, _ in one }))
  }

  private func twoPools(
    _ first: String = "", placement: String, days: Int = 3, _ rest: String
  ) -> String {
    """
    scenario: s
    duration: \(days) d
    network: {links: [{name: l, from: a, to: b, capacity: 1 Gbps, delay: 1 ms, two_way: true}]}
    pools:
      list:
        - {name: p1, at: a, accelerator: X, count: 4\(first), power: {idle: 200 W, full: 1 kW}, tariff: u}
        - {name: p2, at: b, accelerator: X, count: 4, power: {idle: 200 W, full: 1 kW}, tariff: v}
    placement: \(placement)
    \(rest)

    """
  }

  /// A job of an hour at a tenth of the speed, or three at once, hold the cheap pool longer than they asked for.
  @Test(arguments: ["cheapest", "joint", "least-loaded"], [true, false])
  func whoIsOverdueHoldsItsPool(policy: String, isCapped: Bool) throws {
    // What shares a pool is as much work for least-loaded as it was.
    guard isCapped || policy != "least-loaded" else { return }
    let others = (isCapped ? 1 : 3)
    let list = (1...others).map {
      "{job: a\($0), submit: 0 s, accelerators: 4, run: 1 h, requested: 1 h}"
    }
    let (_, jobs) = try run(
      twoPools(
        isCapped ? "" : ", queue: processor-sharing", placement: policy,
        """
        energy:
          tariffs: [{name: u, flat: 0.5 yuan/kWh}, {name: v, flat: 0.6 yuan/kWh}]
          \(isCapped ? "caps: [{pool: p1, from: 1 min, to: 2 d, power: 1120 W}]" : "")
        traffic:
          - jobs: {name: a, to: {pool: p1}, list: [\(list.joined(separator: ", "))]}
          - jobs: {name: b, list: [{job: b1, submit: 2 h, accelerators: 4, run: 1 h, requested: 1 h}]}
        """))
    #expect(jobs["b1"]?["pool"] == "p2" && jobs["b1"]?["starting_time"] == "7200")
  }

  /// Under a cap of a quarter of the speed a job is expected to end when it does: the other pool is free before.
  @Test func anExpectedEndIsLaterUnderACap() throws {
    let (workspace, jobs) = try run(
      twoPools(
        placement: "joint",
        """
        energy:
          tariffs: [{name: u, flat: 0.5 yuan/kWh}, {name: v, flat: 0.6 yuan/kWh}]
          caps: [{pool: p1, from: 30 min, to: 2 d, power: 1600 W}]
        traffic:
          - jobs: {name: a, to: {pool: p1}, list: [{job: a1, submit: 0 s, accelerators: 4, run: 1 h, requested: 1 h}]}
          - jobs: {name: c, to: {pool: p2}, list: [{job: c1, submit: 0 s, accelerators: 4, run: 90 min, requested: 90 min}]}
          - jobs: {name: b, list: [{job: b1, submit: 40 min, accelerators: 4, run: 1 h, requested: 1 h}]}
        """))
    // 30 min at full speed and 30 at a quarter: two hours later.
    #expect(jobs["a1"]?["finish_time"] == "9000" && jobs["b1"]?["pool"] == "p2")
    let told = try workspace.cpnsim("explain", "out", "job", "b1").output
    // 110 min of a1 are left, and 50 of c1.
    #expect(told.contains("next is p1 with 1 h more"))
  }

  /// Of two pools with one tariff the far one gets its data after the peak.
  @Test func poolsOfOneKindCostWhatTheirInputHasThemWait() throws {
    let (_, jobs) = try run(
      """
      scenario: s
      duration: 2 d
      calendar: {start: "2026-07-06"}
      network:
        links:
          - {name: src-a, from: src, to: a, capacity: 8 Gbps, delay: 1 ms, two_way: true}
          - {name: src-b, from: src, to: b, capacity: 1 Gbps, delay: 5 ms, two_way: true}
      pools:
        list:
          - {name: p1, at: a, accelerator: X, count: 4, power: {idle: 200 W, full: 1 kW}, tariff: t}
          - {name: p2, at: b, accelerator: X, count: 4, power: {idle: 200 W, full: 1 kW}, tariff: t}
      energy:
        tariffs: [{name: t, flat: 0.3 yuan/kWh, peak: 1 yuan/kWh, hours: {peak: ["08-12"]}}]
      placement: cheapest
      traffic:
        - jobs: {name: j, input: {from: src}, list: [{job: x1, submit: 11 h, accelerators: 4, run: 1 h, requested: 1 h, input: 450 GB}]}

      """)
    #expect(jobs["x1"]?["pool"] == "p2")
    #expect(abs((Double(jobs["x1"]?["energy_yuan"] ?? "") ?? 0) - 1.2) < 1e-9)
  }

  /// Two come in one instant: the first takes what is free, and for the second another is stopped.
  @Test(arguments: ["fcfs", "priority"]) func roomIsMadeBesideWhoBeginsAtOnce(queue: String) throws
  {
    let (_, jobs) = try run(
      """
      scenario: s
      duration: 3 d
      network: {nodes: [a]}
      pools: {list: [{name: p1, at: a, accelerator: X, count: 4, queue: \(queue)}]}
      placement: {policy: joint, preempt: true}
      traffic:
        - jobs: {name: low, checkpoint: {every: 10 min}, list: [{job: a1, submit: 0 s, accelerators: 2, run: 10 h, requested: 10 h, priority: 5}]}
        - jobs:
            name: b
            list:
              - {job: u1, submit: 1 h, accelerators: 2, run: 5 h, requested: 5 h}
              - {job: u2, submit: 1 h, accelerators: 2, run: 5 h, requested: 5 h}
              - {job: u3, submit: 1 h, accelerators: 2, run: 5 h, requested: 5 h}

      """)
    #expect(["u1", "u2", "u3"].map { jobs[$0]?["starting_time"] } == ["3600", "3600", "21600"])
    #expect(jobs["a1"]?["finish_time"] == "54000")
  }

  /// What a policy knows by its own decision alone is not yet in the line that pools report.
  @Test func aJobIsNotInItsOwnWayBeforeAReport() throws {
    let (_, jobs) = try run(
      twoPools(
        placement: "{policy: joint, moves: {every: 1 h, gain: 5 %}}",
        """
        traffic:
          - jobs: {name: a, to: {pool: p1}, list: [{job: a1, submit: 0 s, accelerators: 4, run: 10 h, requested: 10 h}]}
          - jobs: {name: c, to: {pool: p2}, list: [{job: c1, submit: 0 s, accelerators: 4, run: 12 h, requested: 12 h}]}
          - jobs: {name: b, list: [{job: b1, submit: 1 min, accelerators: 4, run: 5 h, requested: 5 h}]}
        """
      )
      .replacing(
        "  list:\n    - {name: p1",
        with: "  registry: {at: a, refresh: 3 h}\n  list:\n    - {name: p1"
      )
      .replacing(", tariff: u", with: "").replacing(", tariff: v", with: ""))
    #expect(jobs["b1"]?["moves"] == "0" && jobs["b1"]?["pool"] == "p1")
  }

  /// A report that was made before a decision and comes after it can't know of it: the policy still does.
  @Test func reportsDoNotWipeLaterDecisions() throws {
    let (_, jobs) = try run(
      """
      scenario: s
      duration: 1 h
      network:
        links:
          - {name: near, from: u, to: a, capacity: 1 Gbps, delay: 10 ms, two_way: true}
          - {name: far, from: u, to: b, capacity: 1 Gbps, delay: 20 ms, two_way: true}
      pools:
        registry: {at: u, refresh: 1 min}
        list:
          - {name: p, at: a, accelerator: X, count: 4}
          - {name: q, at: b, accelerator: X, count: 4}
      placement: nearest
      traffic:
        - jobs:
            name: j
            from: u
            list:
              - {job: between, submit: 60.005 s, accelerators: 4, run: 30 min}
              - {job: after, submit: 61 s, accelerators: 4, run: 30 min}

      """)
    #expect(jobs["between"]?["pool"] == "p" && jobs["after"]?["pool"] == "q")
  }

  /// A job whose accelerators fail has its input where it was, and takes it along nowhere else.
  @Test func whatFailedHasItsDataStill() throws {
    let (workspace, jobs) = try run(
      """
      scenario: s
      duration: 4 d
      network: {links: [{name: src-a, from: src, to: a, capacity: 1 Gbps, delay: 1 ms}]}
      pools: {list: [{name: p1, at: a, accelerator: X, count: 4, failures: {mean_time: 30 h, repair: 0 s}}]}
      placement: joint
      traffic:
        - jobs:
            name: j
            input: {from: src}
            checkpoint: {every: 10 min}
            list: [{job: x1, submit: 1 h, accelerators: 4, run: 10 h, requested: 10 h, input: 450 GB}]

      """)
    #expect(jobs["x1"]?["restarts"] != "0")
    let told = try workspace.cpnsim("explain", "out", "job", "x1").output
    let reasons = told.split(separator: "\n").filter { $0.hasPrefix("It is over first there") }
    #expect(reasons.count > 1 && reasons[0].contains("input 1 h"))
    #expect(reasons.dropFirst().allSatisfy { $0.contains("input 0 s") })
  }

  /// Asked whether it moves, a job is not among those that it would wait for.
  @Test func aMoveIsExplainedAsItWasDecided() throws {
    let (workspace, jobs) = try run(
      twoPools(
        placement: "{policy: joint, moves: {every: 1 h, gain: 5 %}}",
        """
        traffic:
          - jobs: {name: a, to: {pool: p1}, list: [{job: a1, submit: 0 s, accelerators: 4, run: 10 h, requested: 10 h}]}
          - jobs: {name: c, to: {pool: p2}, list: [{job: c1, submit: 0 s, accelerators: 4, run: 90 min, requested: 12 h}]}
          - jobs: {name: b, list: [{job: b1, submit: 1 min, accelerators: 4, run: 5 h, requested: 5 h}]}
        """
      ).replacing(", tariff: u", with: "").replacing(", tariff: v", with: ""))
    #expect(jobs["b1"]?["pool"] == "p2")
    let told = try workspace.cpnsim("explain", "out", "job", "b1").output
    #expect(told.contains("next is p1 with 8 h more"))
  }

  /// 0.4 yuan beside 0.5 is 20 % less, and not more than that, however it is rounded.
  @Test(arguments: [60, 81, 102, 123, 144, 165, 186, 207]) func exactlyTheGainIsNotMore(
    minutes: Int
  )
    throws
  {
    let (_, jobs) = try run(
      twoPools(
        placement: "{policy: cheapest, moves: {every: 1 h, gain: 20 %}}",
        """
        energy: {tariffs: [{name: u, flat: 0.5 yuan/kWh}, {name: v, flat: 0.4 yuan/kWh}]}
        traffic:
          - jobs: {name: c, to: {pool: p2}, list: [{job: c1, submit: 0 s, accelerators: 4, run: 30 min, requested: 12 h}]}
          - jobs: {name: b, checkpoint: {every: 10 min}, list: [{job: b1, submit: 1 min, accelerators: 3, run: \(minutes) min, requested: \(minutes) min}]}
        """))
    #expect(jobs["b1"]?["moves"] == "0")
  }
}
