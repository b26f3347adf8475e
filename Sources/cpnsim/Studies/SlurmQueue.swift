// SPDX-License-Identifier: GPL-3.0-or-later

internal import CommandLine
internal import Glibc
internal import Studies

/// Slurm's own programs, through which jobs are submitted and asked for.
enum SlurmQueue {
  /// Submits a job script, to begin when others have ended, however they did; gives its number.
  static func submit(_ script: String, after others: [String]) throws -> String {
    let dependency =
      others.isEmpty ? [] : ["--dependency=afterany:" + others.joined(separator: ":")]
    let said = try run(["sbatch", "--parsable"] + dependency + [script])
    guard said.code == 0 else {
      throw SlurmRefusal(
        doing: "submit \(script)", said.complaint + "\nwhat was submitted before it is cancelled")
    }
    guard let number = SlurmScripts.jobNumber(said.output) else {
      throw SlurmRefusal(
        doing: "submit \(script)", "found no number of a job in its answer: \(said.complaint)")
    }
    return number
  }

  static func cancel(_ jobs: [String]) {
    guard !jobs.isEmpty else { return }
    _ = try? run(["scancel"] + jobs)
  }

  /// Those of some jobs that wait or run.
  static func present(_ jobs: [String]) throws -> [String] {
    guard !jobs.isEmpty else { return [] }
    let said = try run(["squeue", "--noheader", "--format=%A %F", "--jobs=\(list(jobs))"])
    guard said.code == 0 else {
      // It has forgotten jobs that ended a while ago.
      if said.errors.contains("Invalid job id") { return [] }
      throw SlurmRefusal(doing: "ask for jobs \(list(jobs))", said.complaint)
    }
    // A task has a number of its own beside that of its array.
    let numbers = Set(said.output.split { $0 == "\n" || $0 == " " }.map(String.init))
    return jobs.filter { numbers.contains($0) }
  }

  private static func list(_ jobs: [String]) -> String { jobs.joined(separator: ",") }

  /// What the cluster allows; limits on submitted jobs are left out where nobody can say them.
  static func limits(_ study: Study) throws -> SlurmLimits {
    let config = try run(["scontrol", "show", "config"])
    guard config.code == 0 else {
      throw SlurmRefusal(doing: "ask the cluster for its limits", config.complaint)
    }
    let limits = SlurmLimits(config: config.output, submitLimits: submitLimits(study))
    guard limits.largestIndex >= 1 else {
      throw SlurmRefusal(
        doing: "submit job arrays", "MaxArraySize is \(limits.largestIndex + 1) on this cluster")
    }
    return limits
  }

  private static func submitLimits(_ study: Study) -> [String] {
    guard let name = getenv("USER") ?? getenv("LOGNAME") else { return [] }
    let user = String(cString: name)
    let plain = ["sacctmgr", "--noheader", "--parsable2", "show"]
    let account = study.account.map { ["account=\($0)"] } ?? []
    var asked = [
      plain + ["associations", "where", "user=\(user)"] + account + ["format=MaxSubmitJobs"]
    ]
    if let qos = study.qos {
      asked.append(plain + ["qos", "where", "name=\(qos)", "format=MaxSubmitJobsPerUser"])
    }
    return asked.compactMap { words in
      guard let said = try? run(words), said.code == 0 else { return nil }
      return said.output
    }
  }

  private static func run(_ words: [String]) throws -> ForeignProgram {
    guard let said = try ForeignProgram(words) else { throw NoSlurm(program: words[0]) }
    return said
  }
}

/// A machine without Slurm.
struct NoSlurm: ReportableError {
  let program: String

  var description: String {
    "--engine slurm: found no \(program) in PATH; expected a machine that submits to Slurm, such as "
      + "the login node of a cluster"
  }
  var exitCode: ExitCode { .wrongInput }
}

/// What Slurm would not do, in its own words.
struct SlurmRefusal: ReportableError {
  private let doing: String
  private let complaint: String

  init(doing: String, _ complaint: String) {
    self.doing = doing
    self.complaint = complaint
  }

  var description: String { "Slurm did not \(doing): \(complaint)" }
  var exitCode: ExitCode { .wrongInput }
}
