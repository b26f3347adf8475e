// SPDX-License-Identifier: GPL-3.0-or-later
import TestSupport
import Testing

/// Where the jobs of pools come from: users of a log, workloads of Batsim, presets.
@Suite struct JobSourceRunTests {
  /// A log of one processor.
  ///
  /// User 1 has run for an hour when a second job of his and one of user 2 wait.
  private static let log = """
    ; UnixStartTime: 0
    1 0 -1 3600 1 -1 -1 1 3600 -1 1 1 -1 -1 -1 -1 -1 -1
    2 10 -1 100 1 -1 -1 1 100 -1 1 1 -1 -1 -1 -1 -1 -1
    3 20 -1 100 1 -1 -1 1 100 -1 1 2 -1 -1 -1 -1 -1 -1

    """

  private func bench(_ trace: String, files: [String: String], count: Int = 1) throws
    -> ComputingBench
  {
    try ComputingBench(
      """
      scenario: s
      network: {nodes: [a]}
      pools: {list: [{name: p, at: a, accelerator: cpu, count: \(count), queue: fair-share}]}
      traffic: [{trace: {\(trace), to: {pool: any}}}]
      """, files: files)
  }

  @Test func usersOfALogAreTenantsWhereTheScenarioSaysSo() throws {
    let trace = "file: l.swf, name: log, format: swf"
    let shared = try bench(trace + ", users_are_tenants: true", files: ["l.swf": Self.log])
    #expect(shared.start("3") == 3600 && shared.start("2") == 3700)
    #expect(shared.text("3", "tenant") == "log/user-2")
    let alone = try bench(trace, files: ["l.swf": Self.log])
    #expect(alone.start("2") == 3600 && alone.start("3") == 3700)
    #expect(alone.text("3", "tenant") == "")
  }

  @Test func workloadsOfBatsimRun() throws {
    let workload = """
      {"jobs": [{"id": "late", "subtime": 1, "res": 2, "walltime": 4, "profile": "ops"},
                {"id": "first", "subtime": 0, "res": 1, "profile": "nap"}],
       "profiles": {"nap": {"type": "delay", "delay": 2.5},
                    "ops": {"type": "parallel_homogeneous", "cpu": 10e9, "com": 0}}}
      """
    let bench = try bench(
      "file: w.json, format: batsim, flops: 1e9", files: ["w.json": workload], count: 2)
    #expect(bench.start("first") == 0 && bench.start("late") == 2.5)
    // Ten seconds of work, of which four were asked for.
    #expect(bench.value("late", "finish_time") == 6.5)
    #expect(bench.text("late", "final_state") == "COMPLETED_WALLTIME_REACHED")
  }

  /// Jobs of a log book machines and windows as listed ones do, by the deadline of the entry.
  ///
  /// 100 GB at 8 Gbps are there after 100 s. Job 1 runs for 50 s then, on all four; job 2 would be
  /// there after 200 s behind it, and has only 149 s. Job 3, whose input waits for that of job 1,
  /// starts at 200 s.
  @Test func jobsOfALogBookAhead() throws {
    let log = """
      ; UnixStartTime: 0
      1 0 -1 50 4 -1 -1 4 50 -1 1 1 -1 -1 -1 -1 -1 -1
      2 0 -1 48 4 -1 -1 4 48 -1 1 1 -1 -1 -1 -1 -1 -1
      3 0 -1 60 2 -1 -1 2 60 -1 1 1 -1 -1 -1 -1 -1 -1

      """
    func bench(_ entry: String) throws -> ComputingBench {
      try ComputingBench(
        """
        scenario: s
        outputs: [summary, jobs, transfers]
        network:
          links: [{name: AB, from: A, to: B, capacity: 8 Gbps, delay: 0 s, two_way: true}]
        pools: {list: [{name: p, at: B, accelerator: cpu, count: 4, queue: conservative}]}
        traffic: [\(entry)]
        """, files: ["l.swf": log])
    }
    let traced = try bench(
      "{trace: {file: l.swf, name: log, format: swf, from: A, to: {pool: any}, "
        + "bytes_per_job: {input: 100 GB}, deadline: {slack: 4.4}, reserve: {}}}")
    let listed = try bench(
      "{jobs: {name: log, input: {from: [A]}, reserve: {}, list: ["
        + "{job: 1, accelerators: 4, run: 50 s, input: 100 GB, deadline: 220 s}, "
        + "{job: 2, accelerators: 4, run: 48 s, input: 100 GB, deadline: 211.2 s}, "
        + "{job: 3, accelerators: 2, run: 60 s, input: 100 GB, deadline: 264 s}]}}")
    #expect(traced.text("1", "booking") == "held" && traced.text("3", "booking") == "held")
    #expect(traced.text("2", "reason") == "no-booking")
    #expect(abs((traced.start("1") ?? 0) - 100) < 1e-4)
    #expect(abs((traced.start("3") ?? 0) - 200) < 1e-4)
    for column in ["starting_time", "finish_time", "booking", "booked_start_s", "deadline_s"] {
      #expect(traced.jobs.map { $0[column] } == listed.jobs.map { $0[column] })
    }
  }

  /// What entries say of jobs goes for those of traces: types, level, latency, checkpoints.
  @Test func jobsOfATraceHaveTheTermsOfTheirEntry() throws {
    let bench = try ComputingBench(
      """
      scenario: s
      outputs: [summary, jobs]
      network:
        links:
          - {name: near, from: A, to: B, capacity: 8 Gbps, delay: 1 ms, two_way: true}
          - {name: far, from: B, to: C, capacity: 8 Gbps, delay: 10 ms, two_way: true}
      pools:
        list:
          - {name: open, at: A, accelerator: A800, count: 1, level: 1}
          - {name: safe, at: B, accelerator: A800, count: 1, level: 2}
          - {name: distant, at: C, accelerator: H800, count: 1, level: 2}
      placement: {policy: joint}
      traffic:
        - trace:
            file: j.csv
            name: t
            format: jobs
            from: A
            to: {pool: any}
            runs_on: {H800: 1, A800: 0.4}
            tenant: {name: bank, level: 2}
            latency: 5 ms
            checkpoint: {every: 10 s, takes: 1 s}
            deadline: {slack: 2}
      """,
      files: [
        "j.csv": "job_id,submission_time,requested_number_of_resources,execution_time\nj,0,1,40\n"
      ])
    // Of level 2 within 5 ms is the one at B: 40 s at 0.4 are 100 s, and nine times a second.
    #expect(bench.text("j", "pool") == "safe" && bench.text("j", "tenant") == "bank")
    #expect(bench.value("j", "execution_time") == 109)
    #expect(bench.value("j", "deadline_s") == 80)
    #expect(bench.run.summary("job_deadlines_missed") == 1)
  }

  /// Of Philly's jobs the mean is 1.304 accelerators; of 500 drawn ones it is that within 20 %.
  @Test func presetsFillInWhatIsLeftOpen() throws {
    let bench = try ComputingBench(
      """
      scenario: s
      network: {nodes: [a]}
      pools: {list: [{name: p, at: a, accelerator: cpu, count: 100000}]}
      traffic: [{jobs: {name: j, preset: philly, run: {fixed: 1 s}, count: 500}}]
      """)
    let counts = bench.jobs.compactMap {
      $0["requested_number_of_resources"].flatMap { Double($0) }
    }
    let mean = counts.reduce(0, +) / 500
    #expect(counts.count == 500)
    #expect(abs(mean / 1.304 - 1) < 0.2)
    #expect(bench.jobs.allSatisfy { $0["execution_time"] == "1" })
  }
}
