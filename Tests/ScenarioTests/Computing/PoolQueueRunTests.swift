// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation
import Scheduling
import TestSupport
import Testing

/// Start times as jobs.csv has them, beside what programs that are not ours gave.
@Suite struct PoolQueueRunTests {
  /// Ten jobs on eight processors: number, submission, run, request, processors.
  private static let toy = """
    1,0,50,50,4
    2,2,30,60,3
    3,5,40,40,6
    4,7,20,25,2
    5,9,10,10,1
    6,11,60,80,8
    7,13,15,15,1
    8,20,5,30,2
    9,30,25,30,4
    10,41,9,12,1
    """

  /// By hand for `fcfs`, and by the plain rules of the tests of queues for the others.
  @Test func jobsStartInTheirOrder() throws {
    let rows = Self.toy.split(separator: "\n").map { $0.split(separator: ",").map(String.init) }
    let bench = try bench(queue: "fcfs", rows)
    let processors = 8
    var ends: [(time: Double, count: Int)] = []
    var last = 0.0
    for row in rows {
      let numbers = row.compactMap { Double($0) }
      let need = Int(numbers[4])
      var start = max(last, numbers[1])
      // The next instant at which so many are free.
      for end in [start] + ends.map(\.time).filter({ $0 > start }).sorted() {
        let busy = ends.filter { $0.time > end }.reduce(0) { $0 + $1.count }
        start = end
        if busy + need <= processors { break }
      }
      ends.append((start + numbers[2], need))
      last = start
      #expect(bench.start(row[0]) == start, "job \(row[0])")
    }
  }

  private func bench(queue: String, _ rows: [[String]]) throws -> ComputingBench {
    let header =
      "job_id,submission_time,execution_time,requested_time,requested_number_of_resources"
    return try ComputingBench(
      """
      scenario: toy
      network: {nodes: [a]}
      pools: {list: [{name: p, at: a, accelerator: cpu, count: 8, queue: \(queue)}]}
      traffic: [{trace: {file: t.csv, format: jobs, to: {pool: p}}}]
      """, files: ["t.csv": header + "\n" + rows.map { $0.joined(separator: ",") + "\n" }.joined()])
  }

  /// No rule loses a job, uses an accelerator twice, or starts a job before it came.
  @Test(arguments: QueueRule.allCases) func noAcceleratorIsUsedTwice(rule: QueueRule) throws {
    let bench = try ComputingBench(
      """
      scenario: busy
      seed: 7
      network: {nodes: [a]}
      pools: {list: [{name: p, at: a, accelerator: cpu, count: 16, queue: \(rule.rawValue)}]}
      traffic:
        - jobs:
            name: many
            arrivals: {poisson: 60 /h}
            accelerators: {empirical: {values: [1, 2, 5, 16], weights: [4, 3, 2, 1]}}
            run: {lognormal: {mean: 5 min, variation: 2}}
            requested: {factor: 2}
            priority: 2
            count: 300
        - jobs:
            name: few
            arrivals: {poisson: 6 /h}
            accelerators: {fixed: 8}
            run: {exponential: 4 min}
            priority: 1
            count: 30
      """)
    #expect(bench.jobs.count == 330)
    #expect(bench.run.summary("jobs_completed") == 330)
    guard rule != .processorSharing, rule != .preemptive else { return }
    for job in bench.jobs {
      let start = try #require(job["starting_time"].flatMap { Double($0) })
      let submission = try #require(job["submission_time"].flatMap { Double($0) })
      #expect(start >= submission)
      let others = bench.jobs.filter { other in
        let from = Double(other["starting_time"] ?? "") ?? .nan
        let to = Double(other["finish_time"] ?? "") ?? .nan
        return from <= start && start < to && other["job_id"] != job["job_id"]
      }
      let mine = Set(numbers(job["allocated_resources"]))
      let theirs = others.flatMap { numbers($0["allocated_resources"]) }
      #expect(mine.count == Int(job["requested_number_of_resources"] ?? ""))
      #expect(mine.isDisjoint(with: theirs))
      #expect(mine.union(theirs).allSatisfy { (0..<16).contains($0) })
    }
  }

  /// `0-3 7` are 0, 1, 2, 3 and 7.
  private func numbers(_ text: String?) -> [Int] {
    (text ?? "").split(separator: " ").flatMap { part -> [Int] in
      let ends = part.split(separator: "-").compactMap { Int($0) }
      return ends.isEmpty ? [] : Array(ends[0]...(ends.last ?? ends[0]))
    }
  }
}
