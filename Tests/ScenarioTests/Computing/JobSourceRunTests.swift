// SPDX-License-Identifier: GPL-3.0-or-later
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
