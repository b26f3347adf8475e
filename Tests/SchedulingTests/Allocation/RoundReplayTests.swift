// SPDX-License-Identifier: GPL-3.0-or-later
import Testing

@testable import Scheduling

/// Jobs that share types by rounds: against whole runs of Gavel's simulator, and by hand.
@Suite struct RoundReplayTests {
  private typealias Rule = @Sendable (SharedFleet) throws(AllocationError) -> Allocation

  /// By the name that Gavel has for it.
  private static let rules: [(name: String, rule: Rule)] = [
    ("max_min_fairness_perf", rule(.maxMin)), ("max_sum_throughput_perf", rule(.maxSum)),
    ("min_total_duration_perf", rule(.minMakespan)),
    ("isolated", { (fleet) throws(AllocationError) in fleet.equalShares() }),
  ]

  private static func rule(_ objective: AllocationObjective) -> Rule {
    { (fleet) throws(AllocationError) in try fleet.allocation(for: objective) }
  }

  /// Ties and allocations that are not unique make single jobs arbitrary; means are not.
  @Test(arguments: [("small20", 2), ("static100", 6)])
  func runsComeOutAsThoseOfGavel(trace: String, count: Int) throws {
    let run = try GavelRun(trace, count: count)
    var ours: [GavelRun.Row] = []
    var theirs: [GavelRun.Row] = []
    for (name, rule) in Self.rules {
      let outcome = try run.fleet.outcome(by: .init(), rule)
      ours.append(
        .init(
          meanCompletion: run.fleet.meanTime(of: outcome), makespan: outcome.lastEnd,
          hours: outcome.used.map { $0 / 3600 }))
      theirs.append(try #require(run.rows[name]))
    }
    for (our, their) in zip(ours, theirs) {
      #expect(abs(our.meanCompletion / their.meanCompletion - 1) < 0.05)
      #expect(abs(our.makespan / their.makespan - 1) < 0.05)
      #expect(zip(our.hours, their.hours).allSatisfy { abs($0 / $1 - 1) < 0.1 })
    }
    for measure in [\GavelRun.Row.meanCompletion, \.makespan] {
      func order(_ rows: [GavelRun.Row]) -> [Int] {
        rows.indices.sorted { rows[$0][keyPath: measure] < rows[$1][keyPath: measure] }
      }
      #expect(order(ours) == order(theirs))
    }
  }

  private func job(
    _ steps: Double, _ speeds: [Double], at arrival: Double = 0, accelerators: Int = 1
  )
    -> SharedFleet.Job
  {
    .init(
      name: "j", accelerators: accelerators, weight: 1, steps: steps, speeds: speeds,
      arrival: arrival)
  }

  /// Two jobs in turn on one accelerator, and one that comes when they are gone.
  @Test func twoJobsTakeTurns() throws {
    let fleet = SharedFleet(
      types: [.init(name: "t", count: 1)],
      jobs: [job(250, [1]), job(150, [1]), job(30, [2], at: 1000)])
    let outcome = try fleet.outcome(by: .init(length: 100, renewal: 0), Self.rule(.maxMin))
    // 100 of the first, 100 of the second, 100 of the first, 50 of the second, then the rest; the
    // last round of each is shorter.
    #expect(outcome.ends == [400, 350, 1015])
    #expect(outcome.used == [415] && outcome.rounds == 6)
  }

  @Test func whatCanNeverRunIsSaid() {
    let types = [SharedFleet.AcceleratorType(name: "t", count: 2), .init(name: "u", count: 4)]
    let fleet = SharedFleet(types: types, jobs: [job(1, [1, 0], accelerators: 4)])
    #expect(throws: AllocationError.neverFits(job: "j")) {
      try fleet.outcome(by: .init(), Self.rule(.maxSum))
    }
  }

  /// Jobs without a share take what is free, those first that cost the objective least.
  @Test func whatIsFreeIsFilled() {
    var scheduler = RoundScheduler(types: [.init(name: "t", count: 3)], round: 10)
    for number in 0..<4 { scheduler.add(job(1, [1]), number: number) }
    scheduler.follow(
      Allocation(shares: [0, 1, 0, 0.5], losses: [0.2, 0, 0.1, 0]), after: 0)
    #expect(scheduler.turns().map(\.job) == [1, 3, 2])
    scheduler.book(.init(job: 1, type: 0), seconds: 100)
    #expect(scheduler.turns().map(\.job) == [3, 1, 2])
  }
}
