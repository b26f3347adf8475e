// SPDX-License-Identifier: GPL-3.0-or-later

internal import CommandLine
internal import Results
internal import Studies
internal import Text

/// `cpnsim sweep`: runs all variants of a study, or says how far one is.
struct SweepCommand: Command {
  static let name = "sweep"
  static let abstract = "Run a study: many variants of a scenario, each with several seeds."
  static let discussion = """
    Runs that are done are kept in --out, one line each. Whatever ends a sweep, the same command goes \
    on from there, and a study that has grown runs what is new. At the end the tables results.csv, \
    wide.csv, summary.csv and failures.csv are made of all that is done.

    With some runs failed the exit code is 4; failures.csv says why, and the next sweep tries them \
    again. SIGTERM and SIGUSR1, by which schedulers say that time is nearly over, let the runs that \
    have begun finish; with runs left to do the exit code is then 75.
    """
  static let examples = [
    Example(
      "cpnsim sweep Scenarios/studies/saturation.yaml --out results/saturation",
      "Run the study on all cores."),
    Example(
      "cpnsim sweep Scenarios/studies/saturation.yaml --dry-run",
      "List what would be run, and what a run takes."),
    Example("cpnsim sweep status results/saturation", "Say how far it is."),
    Example(
      "cpnsim sweep Scenarios/studies/saturation.yaml --out results/parts --shard 1/4",
      "Run a quarter of it; the command without --shard then makes the tables."),
    Example(
      "cpnsim sweep Scenarios/studies/saturation.yaml --out results/cluster --engine slurm",
      "Submit it to a cluster, with a job that makes the tables."),
  ]
  static var parameters: [Parameter<Self>] {
    [
      .argument(
        "study", \.study, "The study file; or status, with the folder of a study behind it."
      )
      .taking("file", .scenario),
      .optionalArgument("folder", \.folder, "The folder of a study, after status.")
        .taking("folder", .directory),
      .option("out", \.out, "The folder of the study; an earlier sweep of it goes on.")
        .taking("folder", .directory),
      .option(
        "jobs", \.jobs, "How many runs at once; else all cores, and one in each task of an engine."),
      .option(
        "shard", \.part,
        "Run one part of several, as 3/8; auto: that of the task which a cluster has started."
      ).taking("i/n"),
      .option("engine", \.engine, "Where the runs are done; kubernetes writes the files alone."),
      .option("shards", \.shards, "With an engine: how many parts; else of 10 to 30 minutes each."),
      .flag("wait", \.waits, "With --engine slurm: wait for the end, then gather."),
      .flag("gather", \.gathers, "Run nothing: make the tables of what is there, say what lacks."),
      .flag("dry-run", \.isDry, "List the variants and time the first run; write nothing."),
      .flag("fail-fast", \.failsFast, "Stop at the first run that fails."),
      .format(\.format),
      .flag("quiet", \.isQuiet, "Print no summary and draw no progress bar."),
    ]
  }

  var study = ""
  var folder: String?
  var out: String?
  var jobs: Int?
  var part = ShardArgument.whole
  var engine = Engine.local
  var shards: Int?
  var waits = false
  var gathers = false
  var isDry = false
  var failsFast = false
  var format = OutputFormat.table
  var isQuiet = false

  func run() throws -> ExitCode {
    if study == "status" {
      guard let folder else { throw UsageError.missingArgument("<folder>") }
      return try printStatus(of: folder)
    }
    if let folder {
      throw UsageError.excessArgument(folder, expected: 1)
    }
    if let jobs, !(1...4096).contains(jobs) {
      throw UsageError.invalidValue(
        "\(jobs)", parameter: "--jobs", expected: "whole number from 1 to 4096", choices: [])
    }
    try checkTogether()
    let shard = try part.shard()
    let read = try Study(path: study)
    let plan = try plan(of: read)
    StandardError.write(warnings: plan.warnings)
    if isDry { return try DryRun(plan, jobs: threads, format: format).report() }
    guard let out else { throw UsageError.missingArgument("--out") }
    let folder = StudyFolder(out)
    if gathers { return try gather(plan, folder) }
    if engine != .local { return try handOver(plan, folder) }
    return try sweep(plan, shard, into: folder)
  }

  private var threads: Int { jobs ?? Cores.count }

  private func plan(of study: Study) throws -> StudyPlan {
    var bar = ProgressBar()
    defer { bar.clear() }
    return try Interrupt.heeding {
      try StudyPlan(study, jobs: threads, knownFrom: out.map { StudyFolder($0) }) { done, all in
        if !isQuiet {
          bar.update(fraction: Double(done) / Double(all), "checked \(done) of \(all) variants")
        }
        return !Interrupt.isRequested
      }
    }
  }

  private func sweep(
    _ plan: StudyPlan, _ shard: Shard, into folder: StudyFolder
  ) throws -> ExitCode {
    Traps.listen()
    var options = Sweep.Options()
    options.endsEarly = { Interrupt.isEndRequested }
    (options.jobs, options.shard, options.failsFast) = (threads, shard, failsFast)
    var bar = ProgressBar()
    defer { bar.clear() }
    let end = try Interrupt.heeding {
      try Interrupt.finishing {
        try Sweep(plan, into: folder, options).run { progress in
          if !isQuiet {
            bar.update(fraction: progress.fraction, progress.text())
          }
          return !Interrupt.isRequested
        }
      }
    }
    bar.clear()
    if shard == .whole {
      let summary = try StudyTables(plan, of: folder).write(mostShown: mostShown)
      if !isQuiet { try report(summary, folder) }
    }
    if !isQuiet {
      let isOpen = if case .until = plan.study.replications { true } else { false }
      StandardError.write("\(end.text(isOpen: isOpen)); wrote \(folder.path)\n")
    }
    return end.failed > 0 ? .someRunsFailed : .done
  }

  /// A screenful for people, and all rows for programs.
  var mostShown: Int { format == .table ? StudySummary.screenful : .max }

  func report(_ summary: StudySummary, _ folder: StudyFolder) throws {
    let (rows, more) = summary.listing
    try StandardOutput.write(rows.text(as: format))
    if more > 0 {
      StandardError.write("and \(counted(more, "row")) more in \(folder.path)/summary.csv\n")
    }
    if summary.tooWide > 0 {
      StandardError.write(
        "warning: the interval of \(counted(summary.tooWide, "variant")) is wider than `until` asks\n"
      )
    }
    if summary.incomplete > 0 {
      StandardError.write(
        "warning: \(counted(summary.incomplete, "variant")) without all runs; n says how many each has\n"
      )
    }
  }

  private func printStatus(of path: String) throws -> ExitCode {
    let status = try StudyStatus(of: StudyFolder(path))
    try StandardOutput.write(StatusListing(status).text(as: format))
    return .done
  }
}

extension Sweep.Progress {
  /// Of what this sweep has to do: the time that is left follows from it.
  fileprivate var fraction: Double {
    of == doneBefore ? 1 : Double(done - doneBefore + failed) / Double(of - doneBefore)
  }

  /// At the end of a study whose variants a rule ends, as many are done as it has asked for.
  fileprivate func text(isOpen: Bool = false) -> String {
    (isOpen ? "\(counted(done, "run")) done" : "\(done) of \(counted(of, "run")) done")
      + (failed > 0 ? ", \(failed) failed" : "")
  }
}
