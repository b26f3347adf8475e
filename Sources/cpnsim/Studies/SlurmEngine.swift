// SPDX-License-Identifier: GPL-3.0-or-later

internal import CommandLine
internal import Glibc
internal import Results
internal import Studies
internal import Text

/// `--engine slurm`: writes the job scripts of a study, submits them, and waits where it is asked to.
struct SlurmEngine {
  private let cluster: ClusterStudy
  private let shards: Int?

  /// `shards` is into how many the user wants the study divided.
  init(_ cluster: ClusterStudy, shards: Int?) {
    self.cluster = cluster
    self.shards = shards
  }

  /// Submits what is left to do; gives false where that is nothing.
  func submit() throws -> Bool {
    let limits = try SlurmQueue.limits(cluster.plan.study)
    let folder = try cluster.folder.prepare(for: cluster.plan, engine: SlurmScripts.folder)
    try checkQueue(folder)
    let left = try Holes(in: cluster.plan, of: cluster.folder)
    guard !left.isEmpty else { return false }
    let sizing = try cluster.sizing(left, shards: shards)
    let count = try count(sizing, left, limits)
    let holes = try Holes(in: cluster.plan, of: cluster.folder, shards: count)
    let scripts = SlurmScripts(
      try cluster.task(), shards: holes.shards, of: count, limits: limits, sizing: sizing)
    try write(scripts, in: folder)
    let jobs = try submit(scripts, in: folder)
    try report(scripts, jobs, holes, in: folder)
    return true
  }

  private func count(_ sizing: ShardSizing, _ left: Holes, _ limits: SlurmLimits) throws -> Int {
    guard let shards else { return sizing.count(cluster.plan.study, left: left, limits: limits) }
    guard shards <= limits.mostShards else {
      throw UsageError.other(
        "found --shards \(shards), but the cluster lets a user have \(limits.mostShards + 1) jobs; "
          + "expected at most \(limits.mostShards)")
    }
    return shards
  }

  // MARK: - Files

  private func write(_ scripts: SlurmScripts, in folder: String) throws {
    let logs = folder + "/logs"
    guard mkdir(logs, 0o777) == 0 || errno == EEXIST else {
      throw ResultsError(path: logs, reason: .system(errno))
    }
    for script in scripts.shardScripts + [scripts.gatherScript] {
      try cluster.write(script.text, to: "\(folder)/\(script.name)", executable: true)
    }
    // Those of an earlier submission with more arrays.
    var number = scripts.arrays.count + 1
    while unlink("\(folder)/shards-\(number).sh") == 0 { number += 1 }
  }

  /// Where the numbers of the jobs are kept that were submitted last.
  private func jobsPath(_ folder: String) -> String { "\(folder)/jobs" }

  /// Tasks of two submissions would do the same runs twice.
  private func checkQueue(_ folder: String) throws {
    guard let bytes = try? WholeFile.contents(of: jobsPath(folder)) else { return }
    let jobs = String(decoding: bytes, as: UTF8.self).split(separator: "\n").map(String.init)
    let waiting = try SlurmQueue.present(jobs)
    guard waiting.isEmpty else { throw StillQueued(jobs: waiting, folder: cluster.folder.path) }
  }

  // MARK: - Submission

  /// Submits all, or takes back what was submitted; gives the numbers of jobs, the last gathers.
  private func submit(_ scripts: SlurmScripts, in folder: String) throws -> [String] {
    var jobs: [String] = []
    func add(_ script: SlurmScripts.Script, after others: [String]) throws {
      jobs.append(try SlurmQueue.submit("\(folder)/\(script.name)", after: others))
      // At once: whoever ends this process now finds what is in the queue.
      try cluster.write(jobs.map { $0 + "\n" }.joined(), to: jobsPath(folder))
    }
    do {
      for script in scripts.shardScripts {
        try add(script, after: scripts.areChained ? Array(jobs.suffix(1)) : [])
      }
      try add(scripts.gatherScript, after: jobs)
    } catch {
      SlurmQueue.cancel(jobs)
      unlink(jobsPath(folder))
      throw error
    }
    return jobs
  }

  private func report(
    _ scripts: SlurmScripts, _ jobs: [String], _ holes: Holes, in folder: String
  ) throws {
    var listing = Listing(["job", "tasks", "indices", "script"])
    for (job, (script, array)) in zip(jobs, zip(scripts.shardScripts, scripts.arrays)) {
      listing.append([
        .text(job), .count(array.count), .text(array.tasks), .text("\(folder)/\(script.name)"),
      ])
    }
    listing.append([
      .text(jobs.last ?? ""), .count(1), .text(""),
      .text("\(folder)/\(scripts.gatherScript.name)"),
    ])
    if !cluster.isQuiet { try StandardOutput.write(listing.text(as: cluster.format)) }
    cluster.say(
      "submitted \(counted(holes.missing + holes.failed, "run")) as "
        + "\(counted(holes.shards.count, "task")); job \(jobs.last ?? "") gathers what they did "
        + "and says what lacks, in \(folder)/gather.log\n")
  }

  /// Waits until the last job has left the queue; nothing ends where the wait is interrupted.
  func wait() throws {
    let folder = "\(cluster.folder.path)/\(SlurmScripts.folder)"
    let bytes = try WholeFile.contents(of: jobsPath(folder))
    let jobs = String(decoding: bytes, as: UTF8.self).split(separator: "\n").map(String.init)
    cluster.say("waiting for job \(jobs.last ?? ""); Ctrl-C ends the wait and no job\n")
    var pause_s: UInt32 = 1
    var failures = 0
    while true {
      do {
        guard !(try SlurmQueue.present(jobs)).isEmpty else { return }
        failures = 0
      } catch {
        // A busy controller may not answer for a while.
        failures += 1
        if failures > Self.mostFailures { throw error }
      }
      sleep(pause_s)
      pause_s = min(10, pause_s + 1)
    }
  }

  /// So many times in a row, ten seconds apart, nobody has to answer.
  private static let mostFailures = 30
}

/// Jobs of an earlier submission that go on.
struct StillQueued: ReportableError {
  let jobs: [String]
  let folder: String

  var description: String {
    "\(folder): jobs of this study are in the queue: \(jobs.joined(separator: ", ")); "
      + "wait for their end, or scancel \(jobs.joined(separator: " "))"
  }
  var exitCode: ExitCode { .wrongInput }
}
