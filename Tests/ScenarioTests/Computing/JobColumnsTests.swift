// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation
import TestSupport
import Testing

/// What jobs.csv owes to those who read it as Batsim writes it.
///
/// `.ci/check-evalys` has evalys itself read it.
@Suite struct JobColumnsTests {
  /// The columns of Batsim, in its order.
  private static let batsim = [
    "job_id", "workload_name", "profile", "submission_time", "requested_number_of_resources",
    "requested_time", "success", "final_state", "starting_time", "execution_time", "finish_time",
    "waiting_time", "turnaround_time", "stretch", "allocated_resources", "consumed_energy",
    "metadata",
  ]
  /// What evalys 4 says that it needs (`JobSet.columns`).
  private static let evalys = [
    "job_id", "workload_name", "submission_time", "requested_number_of_resources",
    "requested_time", "success", "starting_time", "execution_time", "finish_time", "waiting_time",
    "turnaround_time", "stretch", "allocated_resources",
  ]
  /// What it computes with, which has to be numbers or nothing.
  private static let numbers = evalys.filter {
    !["job_id", "workload_name", "allocated_resources"].contains($0)
  }

  private static func bench(queue: String) throws -> ComputingBench {
    try ComputingBench(
      """
      scenario: e
      duration: 8 h
      network: {nodes: [a]}
      pools:
        list: [{name: p, at: a, accelerator: cpu, count: 16, queue: \(queue)}]
      traffic:
        - jobs:
            arrivals: {poisson: 20 /h}
            accelerators: {empirical: {values: [1, 2, 4, 8, 32]}}
            run: {exponential: 20 min}
            requested: {factor: 1.5}
      outputs: [jobs]
      """)
  }

  /// The accelerators of `0-3 7`.
  private func numbers(_ text: String) -> [Int] {
    text.split(separator: " ").flatMap { part -> [Int] in
      let ends = part.split(separator: "-").compactMap { Int($0) }
      guard let first = ends.first, let last = ends.last else { return [] }
      return Array(first...last)
    }
  }

  @Test(arguments: ["easy", "conservative", "priority"])
  func itReadsAsBatsimWritesIt(queue: String) throws {
    let jobs = try Self.bench(queue: queue).jobs
    #expect(jobs.count > 100)
    for job in jobs {
      #expect(Self.batsim.allSatisfy { job[$0] != nil })
      for column in Self.numbers {
        #expect(job[column] == "" || job[column].flatMap { Double($0) } != nil, "\(column)")
      }
      let held = numbers(job["allocated_resources"] ?? "")
      let asked = job["requested_number_of_resources"].flatMap { Int($0) }
      // Those that never started hold none, all others as many as they asked for, none twice.
      #expect(held.isEmpty ? job["starting_time"] == "" : held.count == asked)
      #expect(Set(held).count == held.count && held.allSatisfy { (0..<16).contains($0) })
    }
    try noAcceleratorIsHeldTwice(jobs)
  }

  /// The chart that evalys draws of it: no two jobs are on one accelerator at once.
  private func noAcceleratorIsHeldTwice(_ jobs: [[String: String]]) throws {
    var spans: [Int: [(from: Double, to: Double)]] = [:]
    for job in jobs where job["starting_time"] != "" {
      let from = try #require(job["starting_time"].flatMap { Double($0) })
      let to = job["finish_time"].flatMap { Double($0) } ?? .infinity
      for number in numbers(job["allocated_resources"] ?? "") {
        spans[number, default: []].append((from, to))
      }
    }
    for (_, held) in spans {
      let sorted = held.sorted { $0.from < $1.from }
      for (one, next) in zip(sorted, sorted.dropFirst()) { #expect(one.to <= next.from) }
    }
    #expect(spans.count == 16)
  }
}
