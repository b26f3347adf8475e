// SPDX-License-Identifier: GPL-3.0-or-later
import Testing

@testable import Studies

/// What schedulers put into the environment of a task, and the shard that follows from it.
@Suite struct EngineArrayTaskTests {
  private func shard(_ environment: [String: String]) throws -> Shard {
    try ArrayTask { environment[$0] }.shard()
  }

  @Test(arguments: [
    (
      "3/8",
      [
        "SLURM_ARRAY_TASK_ID": "3", "SLURM_ARRAY_TASK_MIN": "1", "SLURM_ARRAY_TASK_MAX": "8",
        "SLURM_ARRAY_TASK_COUNT": "8",
      ]
    ),
    (
      "4/8",
      [
        "SLURM_ARRAY_TASK_ID": "3", "SLURM_ARRAY_TASK_MIN": "0", "SLURM_ARRAY_TASK_MAX": "7",
        "SLURM_ARRAY_TASK_COUNT": "8",
      ]
    ),
    ("1/5", ["JOB_COMPLETION_INDEX": "0", "CPNSIM_SHARDS": "5"]),
    ("5/5", ["JOB_COMPLETION_INDEX": "4", "CPNSIM_SHARDS": "5"]),
    ("2/9", ["PBS_ARRAY_INDEX": "2", "CPNSIM_SHARDS": "9"]),
    ("7/7", ["LSB_JOBINDEX": "7", "LSB_JOBINDEX_END": "7"]),
    ("10/10", ["AWS_BATCH_JOB_ARRAY_INDEX": "9", "AWS_BATCH_JOB_ARRAY_SIZE": "10"]),
    ("1/10", ["AWS_BATCH_JOB_ARRAY_INDEX": "0", "CPNSIM_SHARDS": "10"]),
  ])
  func eachSchedulerSaysTheShard(_ expected: String, _ environment: [String: String]) throws {
    #expect(try shard(environment) == Shard(expected))
  }

  /// A job of LSF that is no array has the index 0.
  @Test func aJobOfLSFThatIsNoArrayIsNone() throws {
    #expect(
      try shard([
        "LSB_JOBINDEX": "0", "LSB_JOBINDEX_END": "0", "PBS_ARRAY_INDEX": "1", "CPNSIM_SHARDS": "2",
      ]) == Shard("1/2"))
  }

  /// One task of an array that is submitted again is the shard that it was before.
  @Test func theNumberOfShardsMayBeSaid() throws {
    let alone = [
      "SLURM_ARRAY_TASK_ID": "3", "SLURM_ARRAY_TASK_MIN": "3", "SLURM_ARRAY_TASK_MAX": "3",
      "SLURM_ARRAY_TASK_COUNT": "1",
    ]
    #expect(try shard(alone) == Shard("1/1"))
    #expect(try shard(alone.merging(["CPNSIM_SHARDS": "8"]) { $1 }) == Shard("3/8"))
    let second = ["CPNSIM_SHARDS": "64", "CPNSIM_SHARD_OFFSET": "49"]
    #expect(try shard(alone.merging(second) { $1 }) == Shard("52/64"))
  }

  @Test(arguments: [
    ([:], "looked for SLURM_ARRAY_TASK_ID (Slurm), JOB_COMPLETION_INDEX (Kubernetes)"),
    (["LSB_JOBINDEX": "0"], "found no task of an array"),
    (
      ["SLURM_ARRAY_TASK_ID": "3", "JOB_COMPLETION_INDEX": "1"],
      "several schedulers: SLURM_ARRAY_TASK_ID=3 (Slurm), JOB_COMPLETION_INDEX=1 (Kubernetes)"
    ),
    (["PBS_ARRAY_INDEX": "3"], "not how many tasks there are; looked for CPNSIM_SHARDS"),
    (
      ["LSB_JOBINDEX": "3"],
      "not how many tasks there are; looked for LSB_JOBINDEX_END, CPNSIM_SHARDS"
    ),
    (["PBS_ARRAY_INDEX": "x", "CPNSIM_SHARDS": "3"], "PBS_ARRAY_INDEX=x, expected a whole number"),
    (["PBS_ARRAY_INDEX": "4", "CPNSIM_SHARDS": "3"], "which is shard 4 of 3; expected 1 to 3"),
    (["PBS_ARRAY_INDEX": "0", "CPNSIM_SHARDS": "3"], "which is shard 0 of 3; expected 1 to 3"),
    (["PBS_ARRAY_INDEX": "1", "CPNSIM_SHARDS": "0"], "which is shard 1 of 0"),
    (["JOB_COMPLETION_INDEX": "5", "CPNSIM_SHARDS": "5"], "which is shard 6 of 5"),
    (
      [
        "SLURM_ARRAY_TASK_ID": "9", "SLURM_ARRAY_TASK_MIN": "1", "SLURM_ARRAY_TASK_MAX": "9",
        "SLURM_ARRAY_TASK_COUNT": "3",
      ], "3 tasks from 1 to 9, an array with gaps"
    ),
  ])
  func whatIsMissingOrContradictsItselfIsSaid(
    _ environment: [String: String], _ expected: String
  ) {
    let error = #expect(throws: NoArrayTask.self) { try shard(environment) }
    #expect(error?.description.contains(expected) == true, "\(error?.description ?? "")")
  }
}
