// SPDX-License-Identifier: GPL-3.0-or-later
import Testing

@testable import Studies

@Suite struct EngineSlurmTests {
  private static let config = """
    Configuration data as of 2026-01-01T00:00:00
    MaxArraySize            = 50
    MaxJobCount             = 10000
    MaxJobId                = 67043328

    """

  private func scripts(
    _ sample: EngineSample, shards: [Int], of count: Int, run_s: Double? = nil
  ) -> SlurmScripts {
    SlurmScripts(
      sample.task(), shards: shards, of: count, limits: SlurmLimits(config: Self.config),
      sizing: ShardSizing(run_s: run_s, jobs: 1))
  }

  // MARK: - Limits

  @Test func theLargestIndexIsOneLessThanMaxArraySize() {
    let limits = SlurmLimits(config: Self.config)
    #expect(limits.largestIndex == 49)
    #expect(limits.mostShards == 9999)
    #expect(SlurmLimits(config: "").largestIndex == 1000)
    #expect(SlurmLimits(config: "").mostShards == Shard.most)
  }

  @Test func theLeastLimitOnSubmittedJobsCounts() {
    #expect(SlurmLimits(config: Self.config, submitLimits: ["\n200\n", "300\n"]).mostJobs == 200)
    #expect(SlurmLimits(config: Self.config, submitLimits: ["", "\n\n"]).mostJobs == 10_000)
  }

  // MARK: - Arrays

  @Test func shardsAreDividedOverArrays() throws {
    let scripts = scripts(try EngineSample(), shards: Array(1...64), of: 64)
    #expect(
      scripts.arrays == [
        .init(offset: 0, tasks: "1-49", count: 49), .init(offset: 49, tasks: "1-15", count: 15),
      ])
    let texts = scripts.shardScripts.map(\.text)
    #expect(texts[0].contains("#SBATCH --array=1-49\n"))
    #expect(texts[1].contains("export CPNSIM_SHARDS=64 CPNSIM_SHARD_OFFSET=49\n"))
    #expect(scripts.shardScripts.map(\.name) == ["shards-1.sh", "shards-2.sh"])
    #expect(!scripts.areChained)
  }

  /// The tasks of every array, with its offset, are all shards once.
  @Test(arguments: [1, 48, 49, 50, 98, 99, 500])
  func noShardIsLostOrDone(twice count: Int) throws {
    let arrays = scripts(try EngineSample(), shards: Array(1...count), of: count).arrays
    let shards = arrays.flatMap { array in
      array.tasks.split(separator: ",").flatMap { range in
        let ends = range.split(separator: "-").compactMap { Int($0) }
        return (ends[0]...ends[ends.count - 1]).map { $0 + array.offset }
      }
    }
    #expect(shards == Array(1...count))
    #expect(arrays.allSatisfy { $0.count <= 49 })
  }

  @Test func onlyShardsWithRunsToDoAreSubmitted() throws {
    let scripts = scripts(try EngineSample(), shards: [2, 3, 4, 9, 60], of: 64)
    #expect(scripts.arrays.map(\.tasks) == ["2-4,9", "11"])
  }

  // MARK: - What is asked for

  @Test func whatTheStudyAsksForIsPassedOn() throws {
    let sample = try EngineSample(
      """
      slurm:
        {partition: main, account: net, qos: high, time: 30 min, memory: 2 GB, at_once: 50}
      """, name: "\"load: the network's\"")
    let scripts = scripts(sample, shards: [1, 2], of: 2)
    let text = scripts.shardScripts[0].text
    for line in [
      "job-name=cpnsim-load-the-network-s", "array=1-2%50", "partition=main", "account=net",
      "qos=high", "time=30", "mem=1908M", "cpus-per-task=2", "signal=B:USR1@120", "requeue",
      "output=\"/shared/out/slurm/logs/%A_%a.log\"",
    ] {
      #expect(text.contains("#SBATCH --\(line)\n"), "\(line) in \(text)")
    }
    #expect(
      text.contains(
        "\n/opt/cpnsim sweep /shared/s.yaml --out /shared/out --shard auto --jobs 2 --quiet &\n"))
    #expect(scripts.areChained)
    #expect(
      scripts.gatherScript.text.hasSuffix(
        "\nexec /opt/cpnsim sweep /shared/s.yaml --out /shared/out --gather\n"))
  }

  @Test func pathsAreQuoted() throws {
    #expect(Quoting.shell("/a study's/x") == "'/a study'\\''s/x'")
    #expect(Quoting.shell("") == "''")
    #expect(Quoting.shell("/héhé") == "'/héhé'")
    #expect(Quoting.directive("/100% \"a\"", then: "/%A.log") == "\"/100%% \\\"a\\\"/%A.log\"")
  }

  @Test(arguments: [
    ("partition: 'a b'", "slurm.partition: found \"a b\", expected a name such as main"),
    ("account: \"x\\n#SBATCH\"", "slurm.account: found"),
    ("time: 0 min", "slurm.time: found a time of 0.0 s"), ("time: soon", "slurm.time: "),
    ("memory: 0 GB", "slurm.memory: found"), ("memory: 2", "slurm.memory: "),
    ("at_once: 0", "slurm.at_once: found 0"), ("nodes: 3", "nodes"),
  ])
  func whatNoClusterCanBeAskedForIsAnError(_ line: String, _ expected: String) {
    let error = #expect(throws: (any Error).self) { try EngineSample("slurm: {\(line)}") }
    #expect("\(String(describing: error))".contains(expected), "\(String(describing: error))")
  }

  // MARK: - Sizes

  @Test func shardsTakeTenToThirtyMinutes() throws {
    let plain = ClusterRequest()
    let sizing = ShardSizing(run_s: 6, jobs: 1)
    for runs in [300, 1000, 12_345] {
      let count = sizing.count(runs: runs, most: 10_000, request: plain)
      let minutes = 6 * Double(runs) / Double(count) / 60
      #expect(10 <= minutes && minutes <= 30)
    }
    #expect(sizing.count(runs: 5, most: 10_000, request: plain) == 1)
    #expect(sizing.count(runs: 12_345, most: 7, request: plain) == 7)
    #expect(ShardSizing(run_s: 7200, jobs: 1).count(runs: 9, most: 99, request: plain) == 9)
    // A task that may take 10 minutes gets less.
    var short = ClusterRequest()
    short.minutes = 10
    let count = sizing.count(runs: 1000, most: 10_000, request: short)
    #expect(6.0 * 1000 / Double(count) < 300)
  }

  @Test func tasksAreToldEarlyEnoughForTheirRuns() {
    var request = ClusterRequest()
    #expect(ShardSizing(run_s: 1, jobs: 1).warning_s(request: request) == 120)
    #expect(ShardSizing(run_s: 300, jobs: 1).warning_s(request: request) == 600)
    request.minutes = 2
    #expect(ShardSizing(run_s: 300, jobs: 1).warning_s(request: request) == 60)
  }

  // MARK: - Answers

  @Test(arguments: [
    ("123\n", "123"), ("123;cluster\n", "123"), ("note: x\n77\n", "77"), ("", nil),
    ("Submitted batch job 5\n", nil), ("12a\n", nil),
  ])
  func theAnswerOfSbatchIsChecked(_ answer: String, _ number: String?) {
    #expect(SlurmScripts.jobNumber(answer) == number)
  }
}
