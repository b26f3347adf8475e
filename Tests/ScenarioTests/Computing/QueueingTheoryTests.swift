// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation
import TestSupport
import Testing

// Waiting at a pool beside exact values of queueing theory, as a user reads it in jobs.csv.
//
// Ten replications; the 99.9 % interval of their means has to hold the exact value. What a job finds,
// V, is settled before it comes: neither its service S nor the gap A to the next depends on it. With
// c servers the sum over jobs of
//
//     V (c A - S - E[c A - S])
//
// has the mean nought, whatever the program makes of these jobs, and so has that of S - E S. Here V is
// the work that a line with one server of c times the speed would have, V' = max(0, V + S - c A). Squared,
// that says that the mean of V is the first sum over E[c A - S], but for squares of S, A and idle time,
// which vary little: with so much of both sums taken out as was best over other seeds, the interval is up
// to six times narrower than that of the plain mean, for the same jobs.

/// A job of a class, in seconds.
private struct Job {
  var kind: Int
  var submitted: Double
  var service: Double
  var response: Double
}

@Suite struct QueueingTheoryTests {
  struct Case: CustomTestStringConvertible {
    var name: String
    var queue: String
    var servers = 1
    /// Arrivals of each class in a second; services take a second on average.
    var rates: [Double]
    var law = "{exponential: 1 s}"
    /// The mean response of each class, and how much of both sums is in it.
    var exact: [Double]
    var work: [Double]
    var service: [Double]
    var testDescription: String { name }
  }

  static let cases = [
    // Erlang's C formula: rho 0.8 on two servers.
    Case(
      name: "M/M/2", queue: "fcfs", servers: 2, rates: [1.6], exact: [1 + 1.7777777777777778],
      work: [1 / 2], service: [4]),
    // Pollaczek and Khinchine: rho / (2 (1 - rho)).
    Case(
      name: "M/D/1", queue: "fcfs", rates: [0.7], law: "{fixed: 1 s}", exact: [1 + 0.7 / 0.6],
      work: [0.86], service: [0]),
    // Processor sharing: E S / (1 - rho), whatever the law of services.
    Case(
      name: "M/G/1 shared", queue: "processor-sharing", rates: [0.6],
      law: "{lognormal: {mean: 1 s, variation: 1.5}}", exact: [2.5], work: [0.63], service: [5]),
    // Classes one after the other, with rates l of 0.3 each: by A. Cobham the waits are
    // R / (1 - l) and R / ((1 - l) (1 - 2 l)), R = 2 l.
    Case(
      name: "priority", queue: "priority", rates: [0.3, 0.3],
      exact: [1 + 0.6 / 0.7, 1 + 0.6 / 0.7 / 0.4], work: [0.24, 1.4], service: [2.6, 6]),
    // Where the first stops the second, it sees nothing of it: 1 / (1 - l), and over 1 - 2 l.
    Case(
      name: "preemptive", queue: "preemptive", rates: [0.3, 0.3], exact: [1 / 0.7, 1 / 0.7 / 0.4],
      work: [0.1, 1.55], service: [2, 6.7]),
  ]

  @Test(arguments: cases) func meansAreExact(_ item: Case) throws {
    let runs = try (101...110).map { try Self.estimates(of: item, seed: $0) }
    for kind in item.rates.indices {
      let means = runs.map { $0[kind] }
      let mean = means.reduce(0, +) / 10
      let deviation = (means.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / 9).squareRoot()
      // t of nine degrees at 99.9 %.
      let half = 4.781 * deviation / 10.0.squareRoot()
      let exact = item.exact[kind]
      #expect(abs(mean - exact) < half, "\(mean) ± \(half), exact \(exact)")
      #expect(half < exact / 6, "an interval that says something: ± \(half)")
    }
  }

  /// The mean response of each class in one run, without what both sums brought.
  private static func estimates(of item: Case, seed: Int) throws -> [Double] {
    let entries = item.rates.enumerated().map { kind, rate in
      "  - jobs: {name: \(kind), arrivals: {poisson: \(rate) /s}, accelerators: {fixed: 1}, "
        + "run: \(item.law), priority: \(kind + 1), stop: 2000 s}\n"
    }
    let bench = try ComputingBench(
      """
      scenario: queue
      seed: \(seed)
      network: {nodes: [a]}
      pools: {list: [{name: p, at: a, accelerator: cpu, count: \(item.servers), queue: \(item.queue)}]}
      traffic:
      \(entries.joined())
      outputs: [jobs]
      """)
    // A run with a stop ends when all is done; the first 200 s warm it up, the last bring the gap.
    let jobs = try jobs(of: bench.run)
    let counted = jobs.filter { (200...1900).contains($0.submitted) }
    let found = foundWork(by: jobs, item)
    let extra = counted.reduce(0) { $0 + $1.service - 1 }
    return item.rates.indices.map { kind in
      let mine = counted.filter { $0.kind == kind }.map(\.response)
      return mine.reduce(0, +) / Double(mine.count)
        + (item.work[kind] * found - item.service[kind] * extra) / Double(counted.count)
    }
  }

  /// The sum over V, over what it counts as a mean.
  private static func foundWork(by jobs: [Job], _ item: Case) -> Double {
    let servers = Double(item.servers)
    let drift = servers / item.rates.reduce(0, +) - 1
    var (work, sum) = (0.0, 0.0)
    for (job, next) in zip(jobs, jobs.dropFirst()) {
      let step = servers * (next.submitted - job.submitted) - job.service
      if (200...1900).contains(job.submitted) { sum += work * (step - drift) }
      work = max(0, work - step)
    }
    return sum / drift
  }

  private static func jobs(of run: CompletedRun) throws -> [Job] {
    let names = ["workload_name", "submission_time", "requested_time", "turnaround_time"]
    return try run.columns(names, of: "jobs").map { cells in
      let numbers = cells.map { Double($0) ?? .nan }
      return Job(
        kind: Int(numbers[0]), submitted: numbers[1], service: numbers[2], response: numbers[3])
    }.sorted { $0.submitted < $1.submitted }
  }
}
