// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation
import Scheduling
import Simulator
import TestSupport
import Testing

/// Jobs that share pools by rounds, from a scenario to jobs.csv.
@Suite struct RoundsRunTests {
  static func scenario(
    pools: String = "[{name: p, at: A, accelerator: t, count: 1, power: {idle: 0 W, full: 1 kW}}]",
    placement: String = "{policy: max-min, rounds: {length: 100 s, renewal: 0 s}}", jobs: String,
    more: String = "checkpoint: {every: 1 h}", outputs: String = "[summary, jobs, energy]"
  ) -> String {
    """
    scenario: s
    outputs: \(outputs)
    network:
      links: [{name: AB, from: A, to: B, capacity: 1 Gbps, delay: 1 ms, two_way: true}]
    pools:
      list: \(pools)
    placement: \(placement)
    traffic:
      - jobs:
          name: batch
          list: \(jobs)
          \(more)
    """
  }

  private static let two =
    "[{job: a, accelerators: 1, run: 250 s}, {job: b, accelerators: 1, run: 150 s}]"

  /// A round that nobody needs to its end is shorter: b is done at 350 s.
  @Test func twoJobsTakeTurns() throws {
    let bench = try ComputingBench(Self.scenario(jobs: Self.two))
    #expect(bench.value("a", "finish_time") == 400 && bench.value("b", "finish_time") == 350)
    #expect(bench.value("b", "starting_time") == 100 && bench.value("a", "moves") == 2)
    #expect(bench.run.summary("jobs_paused") == 3 && bench.run.summary("jobs_moved") == 0)
    #expect(bench.run.summary("rounds") == 5 && bench.run.summary("share_renewals") == 2)
    #expect(abs(try bench.energy("p", "it_kwh") - 400.0 / 3600) < 1e-12)
  }

  /// Each turn behind the first begins with ten seconds of writing down and starting anew.
  @Test func stoppingCostsWhatItCosts() throws {
    let bench = try ComputingBench(
      Self.scenario(
        jobs: Self.two, more: "checkpoint: {every: 1 h, takes: 4 s, restart: 6 s}"))
    #expect(bench.value("b", "finish_time") == 360 && bench.value("a", "finish_time") == 430)
  }

  @Test func whatKeepsNothingIsNotStopped() throws {
    let bench = try ComputingBench(Self.scenario(jobs: Self.two, more: ""))
    #expect(bench.value("a", "finish_time") == 250 && bench.value("b", "finish_time") == 400)
    #expect(bench.run.summary("jobs_paused") == 0)
  }

  /// The time that was asked for is that of the work, whatever number of turns it takes.
  @Test func timeRunsOutOverAllTurns() throws {
    let bench = try ComputingBench(
      Self.scenario(
        jobs: "[{job: a, accelerators: 1, run: 250 s, requested: 180 s}, "
          + "{job: b, accelerators: 1, run: 150 s}]"))
    // a has 100 s, b 100 s, a the 80 s that are left, b 50 s.
    #expect(bench.text("a", "final_state") == "COMPLETED_WALLTIME_REACHED")
    #expect(bench.value("a", "finish_time") == 280 && bench.value("b", "finish_time") == 330)
  }

  /// 15 GB take 120 s and a delay: the round ends meanwhile, and the turn does not.
  @Test func inputOnItsWayKeepsItsTurn() throws {
    let bench = try ComputingBench(
      Self.scenario(
        jobs: "[{job: a, accelerators: 1, run: 250 s, input: 15 GB}, "
          + "{job: b, accelerators: 1, run: 150 s, input: 0 B}]",
        more: "checkpoint: {every: 1 h}\n      input: {from: B}"))
    #expect(abs((bench.value("a", "starting_time") ?? 0) - 120) < 0.01)
    #expect(bench.value("b", "starting_time") == 200)
    #expect(bench.run.summary("jobs_completed") == 2)
  }

  /// While the pool is away nobody has a turn, and the next round begins as it is back.
  @Test func aPoolThatIsAwayHasNoRounds() throws {
    let text =
      Self.scenario(jobs: Self.two)
      + "\nevents: [{at: 150 s, fail_pool: p, for: 1000 s}]"
    let bench = try ComputingBench(text)
    // a has 100 s and b loses 50; then a and b have turns as before, and nothing is written down.
    #expect(bench.value("b", "restarts") == 1 && bench.value("b", "lost_s") == 50)
    #expect(bench.run.summary("makespan") == 1150 + 300)
    #expect(bench.run.summary("jobs_completed") == 2)
  }

  // MARK: - Gavel

  private static let rules = [
    ("max-min", "max_min_fairness_perf", SharingRule.best(.maxMin)),
    ("max-sum", "max_sum_throughput_perf", .best(.maxSum)),
    ("min-makespan", "min_total_duration_perf", .best(.minMakespan)),
    ("equal-shares", "isolated", .equal),
  ]

  /// The means of Gavel's simulator, and the ends of each job as rounds without a world have them.
  @Test(arguments: [("small20", 2), ("static100", 6)])
  func runsComeOutAsThoseOfGavel(trace: String, count: Int) throws {
    let jobs = try GavelTrace.jobs(trace)
    let golden = try GavelTrace.outcomes(trace)
    var means: [(ours: Double, theirs: Double)] = []
    for (policy, name, rule) in Self.rules {
      let bench = try ComputingBench(GavelTrace.scenario(jobs, count: count, policy: policy))
      let ends = jobs.map { bench.value($0.name, "finish_time") ?? .nan }
      let row = try #require(golden[name])
      let mean = ends.reduce(0, +) / Double(jobs.count)
      #expect(abs(mean / row.meanCompletion - 1) < 0.05)
      #expect(abs(bench.run.summary("makespan") / row.makespan - 1) < 0.05)
      means.append((mean, row.meanCompletion))
      let replay = try SharedFleet(types: GavelTrace.types(count), jobs: jobs.map(\.shared))
        .outcome(by: .init()) { (fleet) throws(AllocationError) in
          try rule.allocation(of: fleet)
        }
      // What is left to do is in whole nanoseconds, and a makespan is measured by that: of jobs that
      // are as good as equal another may go first.
      let isExact = rule != .best(.minMakespan)
      let apart = zip(ends, replay.ends).map { abs($0 - $1) }.max() ?? .nan
      #expect(apart < (isExact ? 1e-3 : 1000), "\(policy)")
      let held = bench.run.outcome.pools.map {
        $0.use * Double($0.accelerators) * (ends.max() ?? 0)
      }
      for (held, used) in zip(held, replay.used) {
        #expect(abs(held / used - 1) < (isExact ? 1e-6 : 1e-3))
      }
    }
    func order(_ value: (Int) -> Double) -> [Int] { means.indices.sorted { value($0) < value($1) } }
    #expect(order { means[$0].ours } == order { means[$0].theirs })
  }

  // MARK: - Conservation

  /// Whatever moves, stops and fails: each job is done once, work is kept, pools take the energy of
  /// what jobs held, and no accelerator is held twice (numbers are the lowest free ones).
  @Test(arguments: ["max-min", "max-sum", "min-makespan", "equal-shares"])
  func noWorkIsLostOrDoneTwice(policy: String) throws {
    let power = "power: {idle: 0 W, full: 1 kW}"
    let list = (0..<90).map {
      "{job: j\($0), submit: \($0 * 300) s, accelerators: \(1 + $0 * 7 % 8), "
        + "run: \(600 + $0 * 7919 % 6000) s}"
    }
    let bench = try ComputingBench(
      Self.scenario(
        pools:
          "[{name: p, at: A, accelerator: t, count: 8, \(power)}, {name: q, at: B, accelerator: u, "
          + "count: 12, \(power), failures: {mean_time: 20 h, repair: 20 min}}]",
        placement: "{policy: \(policy), rounds: 7 min}",
        jobs: "[\(list.joined(separator: ", "))]",
        more: "checkpoint: {every: 5 min, takes: 1 s, restart: 3 s, size: 100 MB}"))
    #expect(bench.run.summary("jobs_completed") == 90 && bench.run.summary("jobs_restarted") > 3)
    #expect(bench.run.summary("jobs_moved") > 3 && bench.run.summary("jobs_paused") > 3)
    var held = 0.0
    for job in bench.jobs {
      let count = Double(job["requested_number_of_resources"] ?? "") ?? .nan
      held += count * (Double(job["execution_time"] ?? "") ?? .nan)
      let most = (job["allocated_resources"] ?? "").split { $0 == " " || $0 == "-" }
        .compactMap { Int($0) }.max()
      #expect(most ?? 99 < (job["pool"] == "p" ? 8 : 12))
    }
    let energy = try bench.energy("p", "it_kwh") + bench.energy("q", "it_kwh")
    #expect(abs(energy - held / 3600) < 1e-6)
  }
}

/// Jobs of Gavel's simulator and what came of them (SchedulingTests/Allocation/Data).
private enum GavelTrace {
  struct Job {
    var name: String
    var accelerators: Int
    var steps: Double
    var speeds: [String]

    var shared: SharedFleet.Job {
      .init(
        name: name, accelerators: accelerators, weight: 1, steps: steps,
        speeds: speeds.compactMap { Double($0) })
    }
  }

  static let names = ["v100", "p100", "k80"]

  static func types(_ count: Int) -> [SharedFleet.AcceleratorType] {
    names.map { .init(name: $0, count: count) }
  }

  static func jobs(_ trace: String) throws -> [Job] {
    try lines("jobs_\(trace).csv").map { fields in
      let end = fields.count
      return Job(
        name: "j" + fields[0], accelerators: try #require(Int(fields[end - 6])),
        steps: try #require(Double(fields[end - 4])), speeds: Array(fields[(end - 3)...]))
    }
  }

  static func outcomes(
    _ trace: String
  ) throws -> [String: (meanCompletion: Double, makespan: Double)] {
    var rows: [String: (meanCompletion: Double, makespan: Double)] = [:]
    for fields in try lines("gavel_sim.csv") where fields[0] == trace {
      rows[fields[1]] = (Double(fields[8]) ?? .nan, Double(fields[11]) ?? .nan)
    }
    return rows
  }

  /// A step is a second on a type that there is none of, so that speeds are steps a second.
  static func scenario(_ jobs: [Job], count: Int, policy: String) -> String {
    var traffic = ""
    for (number, job) in jobs.enumerated() {
      let speeds = zip(names, job.speeds).map { "\($0): \($1)" }.joined(separator: ", ")
      traffic += """
          - jobs:
              name: n\(number)
              reference: step
              runs_on: {\(speeds)}
              checkpoint: {every: 10000 h}
              list: [{job: \(job.name), accelerators: \(job.accelerators), run: \(Int(job.steps)) s}]

        """
    }
    let pools = names.map { "{name: \($0), at: lab, accelerator: \($0), count: \(count)}" }
    return """
      scenario: gavel
      outputs: [summary, jobs]
      network: {nodes: [lab]}
      pools: {list: [\(pools.joined(separator: ", "))]}
      placement: \(policy)
      traffic:
      \(traffic)
      """
  }

  private static func lines(_ name: String) throws -> [[String]] {
    let url = URL(filePath: #filePath).deletingLastPathComponent()
      .appending(path: "../../SchedulingTests/Allocation/Data/\(name)")
    return try String(contentsOf: url, encoding: .utf8).split(separator: "\n").dropFirst()
      .map { $0.split(separator: ",").map(String.init) }
  }
}
