// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation
import Testing

/// What `explain` says of jobs that wait for a turn, a slot, or for others that go before them.
@Suite struct ExplainWaitingTests {
  private func run(_ traffic: String, pool: String = "count: 2", placement: String = "nearest")
    throws -> Workspace
  {
    let workspace = try Workspace()
    try workspace.write(
      """
      scenario: s
      duration: 6 h
      network: {nodes: [a]}
      pools: {list: [{name: p, at: a, accelerator: X, \(pool)}]}
      placement: \(placement)
      traffic:
      \(traffic)
      outputs: [summary, jobs]
      """, to: "s.yaml")
    let outcome = try workspace.cpnsim("run", "s.yaml", "--quiet", "--out", "o")
    try #require(outcome.code == 0, "\(outcome.errors)")
    return workspace
  }

  private func explained(
    _ what: String, _ name: String, _ words: String..., in workspace: Workspace
  ) throws -> [String: Any] {
    let outcome = try workspace.cpnsim(["explain", "o", what, name, "--format", "json"] + words)
    try #require(outcome.code == 0, "\(outcome.errors)")
    return try outcome.object()
  }

  private func decisions(_ job: [String: Any]) throws -> [[String: Any]] {
    try #require(job["decisions"] as? [[String: Any]])
  }

  /// The times of a job add up to its life, from the instant at which it was submitted.
  @Test(arguments: ["j1", "j2", "j3"]) func timesOfTurnsAddUp(name: String) throws {
    let workspace = try run(
      """
        - jobs:
            name: b
            checkpoint: {every: 10 min}
            list:
              - {job: j1, submit: 0 s, accelerators: 1, run: 30 min}
              - {job: j2, submit: 1 min, accelerators: 1, run: 20 min}
              - {job: j3, submit: 2 min, accelerators: 1, run: 20 min}
      """, pool: "count: 1",
      placement: "{policy: max-min, rounds: {length: 10 min, renewal: 10 min}}")
    let row = try #require(
      try workspace.rows(of: "o/jobs.csv").first { $0["job_id"] == name })
    let life =
      (Double(row["over_s"] ?? "") ?? .nan) - (Double(row["submission_time"] ?? "") ?? .nan)
    let times = try #require(
      try explained("job", name, in: workspace)["totals"] as? [[String: Any]])
    let sum = times.reduce(0) { $0 + ($1["time_s"] as? Double ?? .nan) }
    #expect(life > 0 && abs(sum - life) < 1e-9, "\(sum) of \(life)")
  }

  /// A slot is booked for it two hours ahead: that is no input, and no start at once.
  @Test func aBookedStartIsNotOneAtOnce() throws {
    let workspace = try run(
      """
        - jobs: {name: b, list: [{job: b1, submit: 0 s, accelerators: 2, run: 2 h}]}
        - jobs:
            name: booked
            reserve: {}
            list: [{job: b2, submit: 1 min, accelerators: 2, run: 1 h, deadline: 4 h}]
      """, pool: "count: 2, queue: conservative")
    let decision = try #require(try decisions(explained("job", "b2", in: workspace)).first)
    #expect(
      decision["reason"] as? String
        == "It is the nearest (0 s) where a start could be booked for it, in 1.98 h.")
    let candidate = try #require((decision["candidates"] as? [[String: Any]])?.first)
    #expect(candidate["transfer_s"] as? Double == 0)
    #expect(candidate["wait_s"] as? Double == 7140)
    #expect(candidate["free"] as? Int == 0)
  }

  /// Whoever is stopped for another is told so, and who comes instead, that others made room for it.
  @Test func whoMakesRoomIsTold() throws {
    let workspace = try run(
      """
        - jobs:
            name: low
            priority: 2
            checkpoint: {every: 10 min}
            list: [{job: low, submit: 0 s, accelerators: 1, run: 2 h}]
        - jobs: {name: high, priority: 1, list: [{job: high, submit: 10 min, accelerators: 2, run: 1 h}]}
      """, placement: "{policy: nearest, preempt: true}")
    let high = try #require(try decisions(explained("job", "high", in: workspace)).first)
    #expect(
      (high["reason"] as? String)?.hasPrefix(
        "It could start at once nowhere but where jobs of a greater priority number are stopped")
        == true)
    let candidate = try #require((high["candidates"] as? [[String: Any]])?.first)
    #expect(candidate["free"] as? Int == 1)
    #expect(candidate["actual_free"] == nil || candidate["actual_free"] is NSNull)
    let reasons = try decisions(explained("job", "low", in: workspace)).map {
      $0["reason"] as? String ?? ""
    }
    #expect(reasons.count == 3)
    #expect(
      reasons[1]
        == "It was stopped on p to make room for high, which goes before it, and asks anew.")
  }

  /// Two replicas hold half of the pool, which is neither idle nor half out of service.
  @Test func servicesAreOnTheirPool() throws {
    let workspace = try run(
      """
        - inference:
            name: chat
            pool: p
            replicas: 2
            engine: {accelerators: 1, rates: {prefill: 1000 tokens/s, decode: 1000 tokens/s, step: 1 ms}}
            requests: {arrivals: {poisson: 1 /s}, input_tokens: {fixed: 10}, output_tokens: {fixed: 2}}
      """, pool: "count: 4")
    let pool = try explained("pool", "p", "--at", "1:00", in: workspace)
    #expect(pool["in_service"] as? Int == 4)
    #expect(pool["used"] as? Int == 2 && pool["serving"] as? Int == 2)
    #expect(pool["state"] as? String == "partly")
  }
}
