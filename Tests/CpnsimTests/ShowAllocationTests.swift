// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation
import Testing

/// `cpnsim show allocation`, from files to what is printed.
@Suite struct ShowAllocationTests {
  /// The first case of Tests/SchedulingTests/Allocation/Data/gavel_allocation.json.
  private func workspace() throws -> Workspace {
    let workspace = try Workspace()
    try workspace.write(
      """
      {"seed": 1, "gpu_types": ["k80", "p100", "v100"], "capacity": [1, 1, 1],
       "throughput_steps_per_s":
         [[1.471, 3.148, 7.53], [1.023, 2.927, 11.341], [0.955, 3.099, 6.676]],
       "gpus_per_job": [1, 2, 4], "weights": [3, 3, 1], "steps_left": [1732, 5462, 2107]}
      """, to: "case.json")
    try workspace.write("accelerators: {fast: 1, slow: 1}\njobs: jobs.csv\n", to: "table.yaml")
    try workspace.write(
      """
      job,kind,gpus,arrival_s,total_steps,fast_steps_per_s,slow_steps_per_s
      one,"a (b)",1,0,7200,2,1
      two,c,1,3600,1800,1,0.5
      """, to: "jobs.csv")
    return workspace
  }

  @Test(arguments: [
    ("max-min", 0.438246984209), ("max-sum", 9.505), ("min-makespan", 1489.55959739),
  ])
  func programsGetAllDigits(objective: String, expected: Double) throws {
    let outcome = try workspace().cpnsim(
      "show", "allocation", "case.json", "--objective", objective, "--format", "json")
    let answer = try outcome.object()
    let value = try #require(answer["value"] as? Double)
    #expect(outcome.code == 0 && abs(value / expected - 1) < 1e-9)
    let jobs = try #require(answer["jobs"] as? [[String: Any]])
    let shares = jobs.compactMap { $0["shares"] as? [String: Double] }
    let used = (0..<3).reduce(0) { $0 + (shares[$1]["v100"] ?? .nan) * [1, 2, 4][$1] }
    let types = try #require(answer["types"] as? [[String: Any]])
    #expect(abs(used - (types[2]["used"] as? Double ?? .nan)) < 1e-12 && used <= 1 + 1e-12)
    let proof = try #require(answer["proof"] as? [String: Double])
    #expect(proof.count == 3 && proof.values.allSatisfy { abs($0) < 1e-9 })
  }

  /// One job alone on the fast type for an hour; the second comes as it ends.
  @Test func jobsOfATableRunByRounds() throws {
    let workspace = try workspace()
    let outcome = try workspace.cpnsim(
      "show", "allocation", "table.yaml", "--round", "10 min", "--format", "csv")
    #expect(outcome.code == 0 && outcome.errors.isEmpty)
    try workspace.write(outcome.output, to: "out.csv")
    let rows = try workspace.rows(of: "out.csv")
    #expect(
      rows.map { $0["objective"] } == ["max-min", "max-sum", "min-makespan", "equal-share"])
    for row in rows {
      #expect(row["mean_completion_s"] == "2700" && row["last_end_s"] == "5400")
      #expect(row["fast_hours"] == "1.5" && row["slow_hours"] == "0")
    }
    let one = try workspace.cpnsim(
      "show", "allocation", "table.yaml", "--round", "10 min", "--objective", "max-min")
    #expect(one.output.contains("jobs take 45 min in the mean"))
  }

  @Test func whatHasNoAnswerIsSaid() throws {
    let workspace = try workspace()
    try workspace.write(
      "accelerators: {a: 1, b: 0}\njobs: [{name: x, speed: {b: 1}}]\n", to: "stranded.yaml")
    try workspace.write(
      "job,gpus,total_steps,fast_steps_per_s,slow_steps_per_s\none,0,x,1,\none,1,1\n",
      to: "jobs.csv")
    for (words, message) in [
      (["stranded.yaml"], "the job 'x' runs on no type that there is any of"),
      (
        ["stranded.yaml", "--objective", "min-makespan"],
        "the job 'x' runs on no type that there is any of"
      ),
      (["stranded.yaml", "--renewal", "1 h"], "--renewal goes with --round only"),
      (["table.yaml"], "\"jobs.csv\" line 2: found gpus \"0\", expected a whole number above zero"),
      (["table.yaml"], "\"jobs.csv\" line 3: found 3 fields, expected 5"),
      (["case.json", "--round", "soon"], "--round"),
    ] {
      let outcome = try workspace.cpnsim(["show", "allocation"] + words)
      #expect(outcome.code == 2 && outcome.errors.contains(message), "\(outcome.errors)")
    }
  }
}
