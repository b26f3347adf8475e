// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation
import TestSupport
import Testing

/// Waiting at a pool beside exact values of queueing theory, as a user reads them in summary.csv.
///
/// Ten replications; the 99.9 % interval of their means has to hold the exact value.
@Suite struct QueueingTheoryTests {
  struct Case: CustomTestStringConvertible {
    var name: String
    var queue: String
    var servers: Int
    /// Arrivals in a second; services take a second on average.
    var rate: Double
    var service: String
    var metric: String
    var exact: Double
    var testDescription: String { name }
  }

  static let cases = [
    // Erlang's C formula: rho 0.8 on two servers.
    Case(
      name: "M/M/2", queue: "fcfs", servers: 2, rate: 1.6, service: "{exponential: 1 s}",
      metric: "job_wait_mean", exact: 1.7777777777777778),
    // Pollaczek and Khinchine: rho / (2 (1 - rho)).
    Case(
      name: "M/D/1", queue: "fcfs", servers: 1, rate: 0.7, service: "{fixed: 1 s}",
      metric: "job_wait_mean", exact: 0.7 / 0.6),
    // Processor sharing: E S / (1 - rho), whatever the law of services.
    Case(
      name: "M/G/1 shared", queue: "processor-sharing", servers: 1, rate: 0.6,
      service: "{lognormal: {mean: 1 s, variation: 1.5}}", metric: "job_response_mean",
      exact: 2.5),
  ]

  @Test(arguments: cases) func theMeanIsExact(_ item: Case) throws {
    let means = try (1...10).map { seed in
      try ComputingBench(
        """
        scenario: queue
        seed: \(seed)
        warm_up: 500 s
        duration: 12000 s
        network: {nodes: [a]}
        pools: {list: [{name: p, at: a, accelerator: cpu, count: \(item.servers), queue: \(item.queue)}]}
        traffic:
          - jobs:
              arrivals: {poisson: \(item.rate) /s}
              accelerators: {fixed: 1}
              run: \(item.service)
        outputs: [summary]
        """
      ).run.summary(item.metric)
    }
    let mean = means.reduce(0, +) / 10
    let deviation = (means.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / 9).squareRoot()
    // t of nine degrees at 99.9 %.
    let half = 4.781 * deviation / 10.0.squareRoot()
    #expect(abs(mean - item.exact) < half, "\(mean) ± \(half), exact \(item.exact)")
    #expect(half < item.exact / 5, "an interval that says something")
  }

  /// Two classes on one server, the first before the second, with and without stops: with rates l
  /// of 0.3 each and exponential services of a second,
  /// W1 = R / (1 - l), W2 = R / ((1 - l) (1 - 2 l)), R = 2 l; preemptive T1 = 1 / (1 - l).
  @Test(arguments: ["priority", "preemptive"]) func theFirstClassGoesFirst(queue: String) throws {
    var sums = (first: 0.0, second: 0.0, count: 0.0)
    for seed in 1...6 {
      let bench = try ComputingBench(
        """
        scenario: two
        seed: \(seed)
        duration: 15000 s
        network: {nodes: [a]}
        pools: {list: [{name: p, at: a, accelerator: cpu, count: 1, queue: \(queue)}]}
        traffic:
          - jobs: {name: one, arrivals: {poisson: 0.3 /s}, accelerators: {fixed: 1}, run: {exponential: 1 s}, priority: 1}
          - jobs: {name: two, arrivals: {poisson: 0.3 /s}, accelerators: {fixed: 1}, run: {exponential: 1 s}, priority: 2}
        """)
      sums.first += mean(of: "one", in: bench)
      sums.second += mean(of: "two", in: bench)
      sums.count += 1
    }
    let l = 0.3
    let exact =
      queue == "priority"
      ? (1 + 2 * l / (1 - l), 1 + 2 * l / ((1 - l) * (1 - 2 * l)))
      : (1 / (1 - l), 1 / (1 - l) / (1 - 2 * l))
    #expect(abs(sums.first / sums.count - exact.0) < 0.05 * exact.0)
    #expect(abs(sums.second / sums.count - exact.1) < 0.08 * exact.1)
  }

  private func mean(of workload: String, in bench: ComputingBench) -> Double {
    let times = bench.jobs.filter { $0["workload_name"] == workload }
      .compactMap { $0["turnaround_time"].flatMap { Double($0) } }
    return times.reduce(0, +) / Double(times.count)
  }
}
