// SPDX-License-Identifier: GPL-3.0-or-later

internal import CommandLine
internal import Studies
internal import Text

// What a sweep does beyond this machine.

extension SweepCommand {
  /// Options that make sense one by one, and not together.
  func checkTogether() throws(UsageError) {
    let isPart = part.argumentText != ""
    let modes = [
      ("--shard", isPart), ("--engine \(engine.rawValue)", engine != .local),
      ("--gather", gathers), ("--dry-run", isDry),
    ].filter(\.1).map(\.0)
    guard modes.count <= 1 else {
      throw .other("'\(modes[0])' and '\(modes[1])' exclude each other")
    }
    if shards != nil, engine == .local {
      throw .other("'--shards' goes with --engine slurm or kubernetes only")
    }
    if waits, engine != .slurm { throw .other("'--wait' goes with --engine slurm only") }
    if failsFast, engine != .local || gathers {
      throw .other("'--fail-fast' goes with runs on this machine only")
    }
    if let shards, !(1...Shard.most).contains(shards) {
      throw .invalidValue(
        "\(shards)", parameter: "--shards", expected: "whole number from 1 to \(Shard.most)",
        choices: [])
    }
  }

  /// Makes the tables of what is there.
  func gather(_ plan: StudyPlan, _ folder: StudyFolder) throws -> ExitCode {
    try folder.require(plan)
    let holes = try Holes(in: plan, of: folder)
    let summary = try StudyTables(plan, of: folder).write(mostShown: mostShown)
    if !isQuiet { try report(summary, folder) }
    StandardError.write(holes.text)
    if !isQuiet {
      let all = counted(holes.done + holes.missing + holes.failed, "run")
      StandardError.write("\(holes.done) of \(all) done; wrote \(folder.path)\n")
    }
    return holes.isEmpty ? .done : .someRunsFailed
  }

  /// Gives the study to an engine.
  func handOver(_ plan: StudyPlan, _ folder: StudyFolder) throws -> ExitCode {
    let cluster = ClusterStudy(
      plan: plan, folder: folder, jobs: jobs ?? 1, format: format, isQuiet: isQuiet)
    guard engine == .slurm else {
      if let shards, shards > KubernetesFiles.mostShards {
        throw UsageError.other("expected at most \(KubernetesFiles.mostShards) shards of a job")
      }
      try KubernetesEngine(cluster, shards: shards).write()
      return .done
    }
    let slurm = SlurmEngine(cluster, shards: shards)
    let isSubmitted = try slurm.submit()
    if isSubmitted, !waits { return .done }
    if isSubmitted { try slurm.wait() }
    return try gather(plan, folder)
  }
}
