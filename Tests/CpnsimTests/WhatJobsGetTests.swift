// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation
import Testing

/// Small scenarios of jobs and services whose rows can be told by hand.
@Suite struct WhatJobsGetTests {
  private func run(_ text: String, files: [String: String] = [:]) throws -> Workspace {
    let workspace = try Workspace()
    try workspace.write(text, to: "s.yaml")
    for (name, content) in files { try workspace.write(content, to: name) }
    let outcome = try workspace.cpnsim("run", "s.yaml", "--quiet", "--out", "o")
    try #require(outcome.code == 0, "\(outcome.errors)")
    return workspace
  }

  private func job(_ name: String, in workspace: Workspace) throws -> [String: Any] {
    let outcome = try workspace.cpnsim("explain", "o", "job", name, "--format", "json")
    try #require(outcome.code == 0, "\(outcome.errors)")
    return try outcome.object()
  }

  private func reasons(_ job: [String: Any]) throws -> [String] {
    try #require(job["decisions"] as? [[String: Any]]).compactMap { $0["reason"] as? String }
  }

  // MARK: - Where jobs go

  /// Cheap from 12:00 to 15:00, and two hours of work: with an hour of input, of output or of writing it
  /// sets out so that all is over by 14:30.
  @Test(arguments: [
    ("input: {from: a}", "input: 450 GB", 11.0 + 1, 14.0),
    ("output: {to: a}", "output: 450 GB", 11, 14),
    ("checkpoint: {every: 10 min, takes: 5 min}", "priority: 1", 11, 13 + 55.0 / 60),
    ("checkpoint: {every: 10 min, takes: 0 s}", "priority: 1", 12, 14),
  ])
  func whatWaitsForACheapHourIsOverInTime(
    entry: String, job: String, start: Double, over: Double
  ) throws {
    let row = try #require(
      try run(
        """
        scenario: s
        network: {links: [{name: ab, from: a, to: b, capacity: 1 Gbps, two_way: true}]}
        pools:
          list: [{name: p, at: b, accelerator: X, count: 1, power: {idle: 0 W, full: 1 kW}, tariff: t}]
        energy:
          tariffs:
            - {name: t, flat: 0.5 yuan/kWh, valley: 0.1 yuan/kWh, hours: {valley: ["12-15"]}}
        placement: east-data-west-computing
        traffic:
          - jobs:
              name: b
              \(entry)
              list: [{job: j, submit: 8 h, accelerators: 1, run: 2 h, deadline: 14.5 h, \(job)}]
        outputs: [jobs]
        """
      ).rows(of: "o/jobs.csv").first)
    let times = ["starting_time", "over_s"].map { Double(row[$0] ?? "") ?? .nan }
    #expect(abs(times[0] - 3600 * start) < 1e-3 && abs(times[1] - 3600 * over) < 1e-3, "\(times)")
  }

  /// 0.4 yuan at a PUE of 1.5 and 0.6 at 1 are the same: the nearest of them is taken.
  @Test(arguments: ["cheapest", "greenest"]) func ofEqualCostsTheNearestIsTaken(policy: String)
    throws
  {
    let workspace = try run(
      """
      scenario: s
      network: {links: [{name: l, from: a, to: b, capacity: 1 Gbps, delay: 3 ms, two_way: true}]}
      pools:
        list:
          - {name: near, at: a, accelerator: H800, count: 1, pue: 1.5, tariff: t}
          - {name: far, at: b, accelerator: H800, count: 1, pue: 1, tariff: u}
      energy:
        tariffs:
          - {name: t, flat: 0.4 yuan/kWh, carbon: 0.4 kg/kWh}
          - {name: u, flat: 0.6 yuan/kWh, carbon: 0.6 kg/kWh}
      placement: \(policy)
      traffic:
        - jobs: {name: b, input: {from: a}, list: [{job: j, accelerators: 1, run: 1 h}]}
      outputs: [jobs]
      """)
    #expect(try workspace.rows(of: "o/jobs.csv").map { $0["pool"] } == ["near"])
    let decisions = try #require(try job("j", in: workspace)["decisions"] as? [[String: Any]])
    let others = try #require(decisions.first?["alternatives"] as? [[String: Any]])
    for other in others {
      #expect(other["yuan"] as? Double == 0 && other["carbon_kg"] as? Double == 0, "\(other)")
    }
  }

  // MARK: - Where requests go

  /// Power of p1 is dear but from 1:00 to 2:00; with eight accelerators a replica p0 is dearer again.
  @Test(arguments: [
    (1, ["p0", "p1", "p1", "p1", "p0", "p0"]), (8, Array(repeating: "p1", count: 6)),
  ])
  func requestsFollowThePriceOfTheHour(accelerators: Int, sites: [String]) throws {
    let times = [0, 3600, 3700, 5000, 7200, 8000]
    let workspace = try run(
      """
      scenario: s
      duration: 3 h
      network: {nodes: [a]}
      pools:
        list:
          - {name: p0, at: a, accelerator: H800, count: 8, tariff: t}
          - {name: p1, at: a, accelerator: H800, count: 1, tariff: u}
      energy:
        tariffs:
          - {name: t, flat: 0.5 yuan/kWh}
          - {name: u, flat: 0.8 yuan/kWh, valley: 0.1 yuan/kWh, hours: {valley: ["1-2"]}}
      traffic:
        - inference:
            name: chat
            sites:
              - pool: p0
                engine: {accelerators: \(accelerators), rates: {prefill: 1000 tokens/s, decode: 1000 tokens/s, step: 1 ms}}
              - pool: p1
                engine: {accelerators: 1, rates: {prefill: 1000 tokens/s, decode: 1000 tokens/s, step: 1 ms}}
            requests: {file: r.csv}
            routing: cheapest-within-slo
            slo: {ttft: 250 ms}
      outputs: [samples]
      """,
      files: [
        "r.csv": "arrival_s,prompt_tokens,output_tokens\n"
          + times.map { "\($0),100,1\n" }.joined()
      ])
    #expect(try workspace.rows(of: "o/samples.csv").map { $0["pool"] } == sites)
  }

  /// Replica 1 had the last two requests, one of them as the only one that took any.
  @Test func aTurnThatWasTheOnlyOneCounts() throws {
    let requests = zip(
      ["0", ".01", ".02", ".03", ".6", "4.5", "4.7", "4.9"], [40, 5, 5, 5, 1, 1, 1, 1])
    let rows = try run(
      """
      scenario: s
      duration: 10 s
      network: {nodes: [a]}
      pools: {list: [{name: p, at: a, accelerator: H800, count: 2}]}
      traffic:
        - inference:
            name: chat
            pool: p
            replicas: 2
            engine:
              accelerators: 1
              batch_requests: 1
              rates: {prefill: 1000 tokens/s, decode: 1000 tokens/s, step: 100 ms}
            requests: {file: r.csv}
            routing: round-robin
            waiting: 1
      outputs: [samples]
      """,
      files: [
        "r.csv": "arrival_s,prompt_tokens,output_tokens\n"
          + requests.map { "0\($0),10,\($1)\n" }.joined()
      ]
    ).rows(of: "o/samples.csv")
    let replicas = rows.sorted { Int($0["request"] ?? "") ?? 0 < Int($1["request"] ?? "") ?? 0 }
    #expect(replicas.map { $0["replica"] } == ["0", "1", "0", "1", "1", "0", "1", "0"])
  }

  // MARK: - What is read

  /// A line that can't be read and rows that say too little: counted, and told where they can't be read.
  @Test func rowsThatCannotRunAreCounted() throws {
    let workspace = try Workspace()
    try workspace.write(
      """
      scenario: s
      network: {nodes: [a]}
      pools: {list: [{name: p, at: a, accelerator: H800, count: 4}]}
      traffic:
        - trace: {file: t.csv, format: jobs, name: tr, lenient: true, sort: true, to: {pool: any}}
      outputs: [summary, jobs]
      """, to: "s.yaml")
    try workspace.write(
      """
      job_id,submission_time,requested_number_of_resources,execution_time,requested_time
      late,30,2,10,20
      bad,xx,1,10,10
      first,10,2,10,20
      none,11,0,10,20
      less,12,-1,10,20
      open,13,1,-1,20

      """, to: "t.csv")
    let outcome = try workspace.cpnsim("run", "s.yaml", "--out", "o")
    #expect(outcome.code == 0)
    #expect(outcome.errors.contains("t.csv: skipped 1 line:"))
    let summary = try workspace.summary(of: "o")
    let counts = [
      "tr/rows": 5.0, "tr/rows_skipped": 1, "tr/processors_unknown": 2, "tr/run_times_unknown": 1,
      "tr/processor_time": 40, "jobs_submitted": 2,
    ]
    for (metric, value) in counts { #expect(summary[metric] == value, "\(metric)") }
    #expect(try workspace.rows(of: "o/jobs.csv").map { $0["job_id"] } == ["first", "late"])
  }

  /// Where a table has requested times alone, they are the run times.
  @Test func requestedTimesAloneAreRunTimes() throws {
    let rows = try run(
      """
      scenario: s
      network: {nodes: [a]}
      pools: {list: [{name: p, at: a, accelerator: H800, count: 4}]}
      traffic: [{trace: {file: t.csv, format: jobs, name: tr, to: {pool: p}}}]
      outputs: [jobs]
      """,
      files: [
        "t.csv": "job_id,submission_time,requested_number_of_resources,requested_time\nj,0,1,7\n"
      ]
    ).rows(of: "o/jobs.csv")
    #expect(rows.map { $0["execution_time"] } == ["7"])
  }

  @Test func skippedRequestsAreCounted() throws {
    let workspace = try run(
      """
      scenario: s
      duration: 10 s
      network: {nodes: [a]}
      pools: {list: [{name: p, at: a, accelerator: H800, count: 1}]}
      traffic:
        - inference:
            name: chat
            pool: p
            engine: {accelerators: 1, rates: {prefill: 1000 tokens/s, decode: 1000 tokens/s, step: 1 ms}}
            requests: {file: r.csv, lenient: true}
      outputs: [summary]
      """,
      files: ["r.csv": "arrival_s,prompt_tokens,output_tokens\n1,10,2\n2,x,2\n3,5,4\n30,1,1\n"])
    let summary = try workspace.summary(of: "o")
    #expect(summary["chat/rows"] == 2 && summary["chat/rows_skipped"] == 1)
    #expect(summary["chat/tokens_in"] == 15 && summary["chat/tokens_out"] == 6)
  }
}
