// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation
import TestSupport
import Testing

/// Jobs that leave their pool because the policy says so, and prices that change while they run.
@Suite struct JobMovesRunTests {
  static func scenario(
    east: String = "", west: String = "", energy: String = "", placement: String, jobs: String,
    checkpoint: String = "checkpoint: {every: 10 min, takes: 10 s, restart: 1 min, size: 1 TB}",
    outputs: String = "[summary, jobs, energy]"
  ) -> String {
    """
    scenario: s
    outputs: \(outputs)
    network:
      nodes: [A, B]
      links: [{name: AB, from: A, to: B, capacity: 100 Gbps, delay: 1 ms, two_way: true}]
    pools:
      list:
        - {name: east, at: A, accelerator: H800, count: 8, power: {idle: 0 W, full: 1 kW}, tariff: day\(east)}
        - {name: west, at: B, accelerator: H800, count: 8, power: {idle: 0 W, full: 1 kW}, tariff: night\(west)}
    energy:
      tariffs:
        - {name: day, flat: 1 yuan/kWh}
        - {name: night, flat: 0.5 yuan/kWh}
      \(energy)
    placement: \(placement)
    traffic:
      - jobs:
          name: batch
          list: \(jobs)
          \(checkpoint)
    """
  }

  /// West is cheaper and taken until 2:01:50, by two hours of work with eleven checkpoints.
  ///
  /// At 2:30 the other has run for 14 rounds of 610 s and 460 s: 8,860 s of its 21,600 are done. A
  /// terabyte takes 80 s, writing and starting 70 s; then come 12,740 s with 21 checkpoints.
  @Test(arguments: [("5 %", true), ("60 %", false)])
  func aJobGoesToACheaperPoolOnceThatIsFree(gain: String, moves: Bool) throws {
    let bench = try ComputingBench(
      Self.scenario(
        placement: "{policy: cheapest, moves: {every: 30 min, gain: \(gain)}}",
        jobs: "[{job: a, accelerators: 8, run: 2 h}, {job: b, accelerators: 8, run: 6 h}]"))
    #expect(bench.value("a", "finish_time") == 7310 && bench.text("a", "pool") == "west")
    let end: Double = moves ? 9080.001 + 12_740 + 210 + 70 : 21_600 + 350
    #expect(abs((bench.value("b", "finish_time") ?? 0) - end) < 1e-6)
    #expect(bench.text("b", "pool") == (moves ? "west" : "east"))
    #expect(bench.value("b", "moves") == (moves ? 1 : 0) && bench.value("b", "lost_s") == 0)
    let east = moves ? 9000.0 : 21_950
    let kWh = try bench.energy("east", "it_kwh")
    #expect(abs(kWh - 8 * east / 3600) < 1e-9)
    #expect(bench.run.summary("jobs_moved") == (moves ? 1 : 0))
  }

  /// What leaving takes counts from where a job is, and not from where it came from: it goes to the
  /// faster pool once, and does not go back when 100 TB would take longer than what is left.
  @Test func aJobThatHasMovedStays() throws {
    let text = Self.scenario(
      placement: "{policy: joint, moves: {every: 30 min}}",
      jobs: "[{job: a, accelerators: 8, run: 2 h, requested: 20 h}, "
        + "{job: b, accelerators: 8, run: 30 h}]",
      checkpoint: "checkpoint: {every: 10 min, size: 100 TB}\n      reference: H800\n"
        + "      runs_on: {H800: 1, A800: 0.8}"
    ).replacingOccurrences(of: "at: A, accelerator: H800", with: "at: A, accelerator: A800")
    let bench = try ComputingBench(text)
    #expect(bench.value("b", "moves") == 1 && bench.text("b", "pool") == "west")
    #expect(bench.run.summary("jobs_moved") == 1)
  }

  /// Two jobs of a minute share one accelerator, while another has the other until 70 s.
  ///
  /// At 80 s each has 20 s left, which take 40 s where they are: the first goes, and both end at 100 s.
  /// For a gain of 60 % it does not.
  @Test(arguments: [("5 %", 100.0, 1.0), ("60 %", 120, 0)])
  func aJobLeavesAPoolThatItShares(gain: String, end: Double, moves: Double) throws {
    let bench = try ComputingBench(
      """
      scenario: s
      outputs: [summary, jobs, energy]
      network: {nodes: [A]}
      pools:
        list:
          - {name: s, at: A, accelerator: H800, count: 1, queue: processor-sharing, power: {idle: 0 W, full: 1 kW}}
          - {name: t, at: A, accelerator: H800, count: 1, queue: processor-sharing, power: {idle: 0 W, full: 1 kW}}
      placement: {policy: joint, moves: {every: 80 s, gain: \(gain)}}
      traffic:
        - jobs: {name: other, list: [{job: x, run: 70 s}], to: {pool: t}}
        - jobs:
            name: two
            list: [{job: a, run: 60 s}, {job: b, run: 60 s}]
            checkpoint: {every: 1 s}
      """)
    #expect(bench.value("a", "finish_time") == end && bench.value("b", "finish_time") == end)
    #expect(bench.value("a", "moves") == moves && bench.value("b", "moves") == 0)
    #expect(bench.text("a", "pool") == (moves > 0 ? "t" : "s"))
    #expect(bench.value("a", "execution_time") == end && bench.value("a", "lost_s") == 0)
    let kWh = try bench.energy("s", "it_kwh") + bench.energy("t", "it_kwh")
    #expect(abs(kWh - 190.0 / 3600) < 1e-12)
  }

  /// A job without checkpoints would lose what it has done, and stays; one that waits goes.
  @Test func onlyWhatKeepsItsWorkIsMoved() throws {
    let bench = try ComputingBench(
      Self.scenario(
        placement: "{policy: joint, moves: {every: 30 min}}",
        jobs: "[{job: a, accelerators: 8, run: 1 h}, {job: b, accelerators: 8, run: 6 h}, "
          + "{job: c, accelerators: 8, run: 1 h, requested: 9 h}]", checkpoint: ""))
    // c was sent behind a; b runs on, on the other pool, and nobody is stopped.
    #expect(bench.value("b", "finish_time") == 21_600 && bench.value("b", "moves") == 0)
    #expect(bench.value("c", "starting_time") == 3600)
    let moved = try ComputingBench(
      Self.scenario(
        placement: "{policy: joint, moves: {every: 30 min}}",
        jobs: "[{job: a, accelerators: 8, run: 1 h, requested: 9 h}, "
          + "{job: b, accelerators: 8, run: 5 min, requested: 10 h}, "
          + "{job: c, accelerators: 8, run: 1 h}]", checkpoint: ""))
    #expect(moved.value("c", "moves") == 1 && moved.value("c", "starting_time") == 1800)
    #expect(moved.text("c", "pool") != moved.text("a", "pool"))
  }

  /// From 3:00 to 5:00 power costs eight times as much in the east, which is said at 2:00.
  ///
  /// Staying would cost 8 kW (4 h 1 + 2 h 8), the rest in the west 8 kW 4 h 0.9.
  @Test(arguments: [("announced: 2 h", 2.0), ("announced: 3 h", 3.0), ("", 3.0)])
  func aSignalSendsJobsAway(announced: String, at hours: Double) throws {
    let signal = "{tariff: day, from: 3 h, to: 5 h, price: 8 yuan/kWh"
    let text = Self.scenario(
      energy: "signals: [\(signal)\(announced.isEmpty ? "" : ", " + announced)}]",
      placement: "{policy: cheapest, moves: {every: 24 h}}",
      jobs: "[{job: b, accelerators: 8, run: 6 h}]", checkpoint: "checkpoint: {every: 10 min}"
    ).replacingOccurrences(of: "night, flat: 0.5", with: "night, flat: 1.2")
    let bench = try ComputingBench(text)
    #expect(bench.text("b", "pool") == "west" && bench.value("b", "finish_time") == 21_600)
    let yuan = 8 * (hours * 1 + (6 - hours) * 1.2)
    #expect(abs(bench.run.summary("energy_cost") - yuan) < 1e-9)
    #expect(abs((bench.value("b", "energy_yuan") ?? 0) - yuan) < 1e-9)
    // What stays pays the signal: nobody moves without `moves`.
    let staying = try ComputingBench(
      text.replacingOccurrences(of: ", moves: {every: 24 h}", with: ""))
    #expect(abs(staying.run.summary("energy_cost") - 8 * (4 * 1 + 2 * 8)) < 1e-9)
    #expect(try abs(staying.energy("east", "energy_yuan") - 8 * (4 * 1 + 2 * 8)) < 1e-9)
  }

  /// At the announcement the job stops until the price is back, for it is over in time all the same.
  @Test func aJobWaitsForACheaperHour() throws {
    let text = Self.scenario(
      west: ", joined: false",
      energy: "signals: [{tariff: day, from: 3 h, to: 5 h, price: 8 yuan/kWh, announced: 3 h}]",
      placement: "{policy: east-data-west-computing, moves: {every: 24 h}}",
      jobs: "[{job: b, accelerators: 8, run: 6 h, deadline: 12 h}]",
      checkpoint: "checkpoint: {every: 1 h, restart: 30 min}")
    let bench = try ComputingBench(text)
    #expect(bench.value("b", "finish_time") == 8.5 * 3600 && bench.value("b", "moves") == 1)
    #expect(bench.run.summary("jobs_paused") == 1)
    #expect(abs(bench.run.summary("energy_cost") - 8 * 6.5) < 1e-9)
    // With half an hour less there is no time to wait so long.
    let short = try ComputingBench(
      text.replacingOccurrences(of: "deadline: 12 h", with: "deadline: 8 h"))
    #expect(short.value("b", "finish_time") ?? 0 <= 8 * 3600)
    #expect(short.run.summary("job_deadlines_missed") == 0)
  }

  /// The urgent stop those that count least, and no more than they need; by hand.
  @Test func theUrgentMakeRoomForThemselves() throws {
    let text = Self.scenario(
      east: ", queue: priority", west: ", joined: false",
      placement: "{policy: nearest, preempt: true}",
      jobs: "[{job: a, accelerators: 4, run: 2 h, priority: 5}, "
        + "{job: b, accelerators: 4, run: 6 h, priority: 3}, "
        + "{job: u, submit: 1 h, accelerators: 6, run: 1 h}, "
        + "{job: v, submit: 90 min, accelerators: 2, run: 1 h}]",
      checkpoint: "checkpoint: {every: 10 min, takes: 10 s, restart: 1 min}")
    let bench = try ComputingBench(text)
    #expect(bench.value("u", "starting_time") == 3600)
    #expect(bench.value("v", "starting_time") == 5400)
    // Both kept 3,550 s. b goes on as u ends at 7,250: 18,050 s, 30 checkpoints, 70 s; a as v does.
    #expect(bench.value("b", "finish_time") == 25_670.0)
    #expect(bench.value("a", "finish_time") == 12_830.0)
    #expect(bench.run.summary("jobs_preempted") == 2)
    let patient = try ComputingBench(
      text.replacingOccurrences(of: ", preempt: true", with: ", preempt: false"))
    #expect(patient.value("u", "starting_time") ?? 0 > 7000)
    #expect(patient.value("a", "moves") == 0)
  }

  /// Whatever moves, stops and fails: each job is done once, work is kept, and what pools hold is what
  /// jobs held.
  @Test(arguments: [
    "fcfs", "easy", "priority", "conservative", "fair-share", "preemptive", "processor-sharing",
  ])
  func noWorkIsLostOrDoneTwice(queue: String) throws {
    let text = Self.scenario(
      east: ", queue: \(queue)",
      west: ", queue: \(queue), failures: {mean_time: 90 h, repair: 1 h}",
      energy: "signals: [{tariff: night, from: 6 h, to: 9 h, price: 3 yuan/kWh}]",
      placement: "{policy: cheapest, moves: {every: 20 min, gain: 1 %}, preempt: true}",
      jobs: "LIST", checkpoint: "checkpoint: {every: 5 min, size: 10 GB}")
    var jobs: [String] = []
    var work = 0
    for number in 0..<120 {
      let (accelerators, run) = (1 + number * 7 % 8, 600 + number * 7919 % 6000)
      work += accelerators * run
      jobs.append(
        "{job: j\(number), submit: \(number * 400) s, accelerators: \(accelerators), run: \(run) s, "
          + "priority: \(1 + number % 3)}")
    }
    let bench = try ComputingBench(
      text.replacingOccurrences(of: "LIST", with: "[\(jobs.joined(separator: ", "))]"))
    #expect(bench.run.summary("jobs_completed") == 120)
    #expect(bench.run.summary("jobs_moved") > 3)
    #expect(queue != "priority" || bench.run.summary("jobs_preempted") > 3)
    var held = 0.0
    for (number, job) in bench.jobs.enumerated() {
      let ran = Double(job["execution_time"] ?? "") ?? .nan
      let lost = Double(job["lost_s"] ?? "") ?? .nan
      let count = Double(job["requested_number_of_resources"] ?? "") ?? .nan
      let run = Int(job["job_id"]?.dropFirst() ?? "").map { 600 + $0 * 7919 % 6000 } ?? -number
      // Those that share a pool are there for longer than what they do takes.
      let isSharing = queue == "processor-sharing"
      held += (isSharing ? Double(run) + lost : ran) * count
      // Of each stop a moment may be rounded.
      #expect(
        isSharing ? ran > Double(run) + lost - 1e-6 : abs(ran - lost - Double(run)) < 1e-6,
        "\(job["job_id"] ?? "")")
    }
    let energy = try bench.energy("east", "it_kwh") + bench.energy("west", "it_kwh")
    #expect(abs(energy - held / 3600) < 1e-6)
  }
}
