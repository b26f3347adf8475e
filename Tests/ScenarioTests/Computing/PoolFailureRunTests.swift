// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation
import TestSupport
import Testing

/// What failures of pools and accelerators do to jobs, and what checkpoints save.
@Suite struct PoolFailureRunTests {
  /// Ten hours of work, written down each hour in 6 minutes.
  ///
  /// The pool is out from 5:20 to 6:20, and four hours are kept. A start of 10 minutes, six hours and five checkpoints more: 13 hours.
  @Test(arguments: [("easy", "p"), ("processor-sharing", "p"), ("fcfs", "any")])
  func aJobGoesOnFromWhatItHasWrittenDown(queue: String, to: String) throws {
    let bench = try ComputingBench(
      """
      scenario: s
      network: {nodes: [x, y]}
      pools:
        list:
          - {name: p, at: x, accelerator: H800, count: 4, queue: \(queue)}
          - {name: q, at: y, accelerator: H800, count: 4, queue: \(queue), joined: \(to == "any")}
      traffic:
        - jobs:
            name: j
            list: [{job: one, accelerators: 4, run: 10 h}]
            checkpoint: {every: 1 h, takes: 6 min, restart: 10 min}
      events: [{at: 320 min, fail_pool: p, for: 1 h}]
      """)
    // Where another pool is free the policy sends it there at once.
    let end = to == "any" ? 12.0 : 13
    #expect(bench.value("one", "finish_time") == end * 3600)
    #expect(bench.text("one", "pool") == (to == "any" ? "q" : "p"))
    #expect(bench.value("one", "lost_s") == 80 * 60 && bench.value("one", "restarts") == 1)
    #expect(bench.value("one", "execution_time") == 43_200)
    #expect(bench.run.summary("pool_failures") == 1)
    #expect(bench.run.summary("work_lost") == 4 * 80 * 60)
  }

  /// At one instant come all ends first, though the outage was planned before them.
  @Test(arguments: ["fcfs", "conservative", "processor-sharing"])
  func aJobThatIsDoneIsDoneThoughItsPoolFailsThen(queue: String) throws {
    let bench = try ComputingBench(
      """
      scenario: s
      network: {nodes: [x]}
      pools: {list: [{name: p, at: x, accelerator: H800, count: 2, queue: \(queue)}]}
      traffic:
        - jobs:
            name: j
            list:
              - {job: one, accelerators: 1, run: 100 s}
              - {job: two, accelerators: 1, run: 101 s}
      events: [{at: 100 s, fail_pool: p, for: 100 s}]
      """)
    #expect(bench.value("one", "finish_time") == 100 && bench.value("one", "restarts") == 0)
    #expect(bench.value("two", "finish_time") == 301 && bench.value("two", "restarts") == 1)
    #expect(bench.run.summary("work_lost") == 100)
  }

  /// 20 s of work that were asked for and one checkpoint, however long the job would really run.
  @Test(arguments: ["20 s", "100 s"])
  func whatAJobWritesDownIsThatOfTheTimeItAskedFor(run: String) throws {
    let bench = try ComputingBench(
      """
      scenario: s
      network: {nodes: [x]}
      pools: {list: [{name: p, at: x, accelerator: H800, count: 1}]}
      traffic:
        - jobs:
            name: j
            list: [{job: one, accelerators: 1, run: \(run), requested: 20 s}]
            checkpoint: {every: 10 s, takes: 5 s}
      """)
    #expect(bench.value("one", "execution_time") == 25)
    #expect(bench.value("one", "success") == (run == "20 s" ? 1 : 0))
  }

  /// A job on a part of a pool goes elsewhere as well, at the instant at which that fails.
  @Test(arguments: ["nearest", "joint", "round-robin"])
  func aPoolThatHasJustFailedIsNoChoice(placement: String) throws {
    let bench = try ComputingBench(
      """
      scenario: s
      duration: 24 h
      network: {links: [{name: xy, from: x, to: y, capacity: 10 Gbps, delay: 1 ms, two_way: true}]}
      pools:
        list:
          - {name: p, at: x, accelerator: H800, count: 8}
          - {name: q, at: y, accelerator: H800, count: 8}
      placement: \(placement)
      traffic:
        - jobs: {name: j, from: x, list: [{job: one, submit: 8 h, accelerators: 2, run: 5 h}]}
      events: [{at: 9 h, fail_pool: p, for: 6 h}]
      """)
    #expect(bench.text("one", "pool") == "q" && bench.value("one", "finish_time") == 14 * 3600)
  }

  /// A part of length w takes e^(R/M) M (e^(w/M) - 1) on average, with failures at the rate 1/M.
  ///
  /// R is the time to start anew. J. Daly, "A higher order estimate of the optimum checkpoint interval for restart dumps", 2006.
  @Test(arguments: [0.25, 2]) func theTimeWithFailuresIsThatOfDaly(every: Double) throws {
    let bench = try ComputingBench(
      """
      scenario: s
      network: {nodes: [x]}
      outputs: [jobs]
      pools:
        list: [{name: p, at: x, accelerator: H800, count: 8, failures: {mean_time: 80 h}}]
      traffic:
        - jobs:
            name: j
            arrivals: {deterministic: 0.001 /h}
            accelerators: {fixed: 8}
            run: {fixed: 50 h}
            count: 400
            checkpoint: {every: \(every) h, takes: 6 min, restart: 15 min}
      """)
    func mean(_ length: Double) -> Double { exp(0.25 / 10) * 10 * (exp(length / 10) - 1) }
    let expected = (50 / every - 1) * mean(every + 0.1) + mean(every)
    let times: [Double] = bench.jobs.compactMap { Double($0["execution_time"] ?? "") }
      .map { $0 / 3600 }
    let found = times.reduce(0, +) / Double(times.count)
    let variance = times.reduce(0) { $0 + ($1 - found) * ($1 - found) } / Double(times.count)
    // Four standard errors, which one case of 16,000 exceeds.
    let reach = 4 * (variance / Double(times.count)).squareRoot()
    #expect(times.count == 400)
    #expect(abs(found - expected) < reach, "\(found) for \(expected)")
    // So close that the wrong formula would be seen: without the start anew it is 2.5 % less.
    #expect(reach / expected < 0.013)
  }

  /// Whatever fails, each job ends once, and no accelerator is used twice.
  @Test(arguments: [
    "fcfs", "easy", "conservative", "preemptive", "fair-share", "processor-sharing",
  ])
  func noJobIsLost(queue: String) throws {
    let bench = try ComputingBench(
      """
      scenario: s
      network: {nodes: [x]}
      pools:
        list:
          - {name: p, at: x, accelerator: H800, count: 16, queue: \(queue), failures: {mean_time: 20 h, repair: 2 h}}
          - {name: q, at: x, accelerator: H800, count: 12, queue: \(queue)}
      placement: least-loaded
      traffic:
        - jobs:
            name: j
            arrivals: {poisson: 6 /h}
            accelerators: {empirical: {values: [1, 2, 8], weights: [4, 2, 1]}}
            run: {exponential: 1 h}
            requested: {factor: 2}
            count: 150
            checkpoint: {every: 20 min}
      events: [{at: 3 h, fail_pool: p, for: 90 min}, {at: 4 h, fail_pool: q, for: 2 h}]
      """)
    #expect(bench.run.summary("jobs_completed") == 150)
    #expect(bench.run.summary("jobs_restarted") > 5)
    #expect(Set(bench.jobs.compactMap { $0["job_id"] }).count == 150)
    for job in bench.jobs {
      let lost = Double(job["lost_s"] ?? "") ?? .nan
      let ran = Double(job["execution_time"] ?? "") ?? .nan
      #expect(lost <= ran)
    }
  }

  /// A training job on a pool runs as long as its iterations do by themselves on the same fabric.
  @Test func trainingRunsAtThePaceOfTheFabric() throws {
    let plan = """
      model: {parameters: 1e9, layers: 8, hidden: 2048, sequence: 2048}
              plan: {data: 4, tensor: 8, batch: 32}
      """
    let bench = try ComputingBench(
      """
      scenario: s
      network:
        nodes: [x]
        fabrics:
          - {name: fast, hosts: 4, nic: 400 Gbps, nics_per_leaf: 8, accelerator: H800, balancing: intelligent}
          - {name: slow, hosts: 4, nic: 100 Gbps, nics_per_leaf: 8, accelerator: A800, balancing: intelligent}
      pools:
        list:
          - {name: p, at: x, accelerator: H800, count: 32, fabric: fast}
          - {name: q, at: x, accelerator: A800, count: 32, fabric: slow}
          - {name: r, at: x, accelerator: H800, count: 32}
      placement: joint
      traffic:
        - jobs:
            name: llm
            list: [{job: one}, {job: two}]
            training:
              \(plan)
              iterations: 1000
        - training:
            name: alone
            fabric: fast
            \(plan.replacingOccurrences(of: "        plan", with: "      plan"))
      """)
    let iteration = try #require(bench.value("alone", "iteration_s"))
    let time = try #require(bench.value("one", "execution_time"))
    #expect(abs(time - 1000 * iteration) < 1e-6)
    #expect(bench.text("one", "pool") == "p")
    #expect(bench.value("one", "iterations") == 1000)
    // The second is over sooner on the slow fabric than behind the first, or it waits for it.
    let second = try #require(bench.value("two", "finish_time"))
    #expect(second < 2000 * iteration + 1e-6)
  }
}
