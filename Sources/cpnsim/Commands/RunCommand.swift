// SPDX-License-Identifier: GPL-3.0-or-later

internal import CommandLine
internal import Policies
internal import Results
internal import Scenario
internal import Scheduling
internal import Session
internal import Simulator

/// `cpnsim run`: simulates a scenario and writes or prints what came of it.
struct RunCommand: Command {
  static let name = "run"
  static let abstract = "Simulate a scenario."
  static let discussion = """
    With --out the run writes a folder: the tables that the scenario asks for, manifest.json and \
    datapackage.json. It appears when everything in it is complete, and not before. Without \
    --out the summary is printed and nothing is written.

    Where the scenario has `expect`, what does not hold is told, and the exit code is then 1.

    Where a policy is a program of its own, --transcript writes what it is asked and answers, \
    --replay takes the answers from such a file in place of the program, and --against says at \
    which question the program first answers otherwise than in it; the exit code is then 1.
    """
  static let examples = [
    Example("cpnsim run Scenarios/ring.yaml", "Print the summary."),
    Example(
      "cpnsim run Scenarios/ring.yaml --out results/ring", "Write all tables to a new folder."),
    Example(
      "cpnsim run Scenarios/ring.yaml --set 'network.links[cw0].capacity=1.6 Tbps'",
      "Change one value for this run."),
    Example(
      "cpnsim run Scenarios/national-day.yaml --set 'events[+]={at: 20 h, cut: Wuhan-Zhengzhou}'",
      "Cut another fibre."),
    Example("cpnsim run Scenarios/ring.yaml --format json", "Print the summary as JSON."),
  ]
  static var parameters: [Parameter<Self>] {
    [
      .scenario(\.scenario),
      .option("out", \.out, "The folder to write; it must not exist yet.")
        .taking("folder", .directory),
      .option("compress", \.packing, "Pack the tables of --out, all but summary.csv.")
        .taking("how"),
      .settings(\.settings),
      .removals(\.removals),
      .option("transcript", \.transcript, "A file to write what policies are asked and answer.")
        .taking("file", .file(extensions: ["jsonl"])),
      .option("replay", \.replay, "A transcript to take the answers of policies from.")
        .taking("file", .file(extensions: ["jsonl"])),
      .option("against", \.against, "A transcript to compare the answers of policies with.")
        .taking("file", .file(extensions: ["jsonl"])),
      .option("format", \.format, "How the summary is printed."),
      .flag("quiet", \.isQuiet, "Print no summary and draw no progress bar."),
    ]
  }

  var scenario = ""
  var out: String?
  var packing: TablePacking?
  var settings: [String] = []
  var removals: [String] = []
  var transcript: String?
  var replay: String?
  var against: String?
  var format = OutputFormat.table
  var isQuiet = false

  func run() throws -> ExitCode {
    guard packing == nil || out != nil else { throw UsageError.other("--compress goes with --out") }
    let loaded = try ScenarioFile.load(path: scenario, settings: settings, removing: removals)
    StandardError.write(warnings: loaded.warnings)
    let session = try Session(
      loaded, writing: out, packing: packing, policies: try recording(of: loaded))
    try driven(drawsProgress: !isQuiet) { try session.drive($0) }
    let finished = try session.finish()
    if !isQuiet { try report(finished, of: loaded) }
    return try judge(finished.verdicts)
  }

  private func recording(of loaded: LoadedScenario) throws -> PolicyRecording {
    let given = [("transcript", transcript), ("replay", replay), ("against", against)]
      .filter { $0.1 != nil }.map(\.0)
    if let option = given.first, !loaded.model.decidesOutside {
      throw UsageError.other("--\(option): no policy of \(scenario) is a program of its own")
    }
    if replay != nil, against != nil {
      throw UsageError.other("--replay and --against: expected one of them")
    }
    let answers: PolicyRecording.Answers =
      if let replay { .transcript(replay) } else if let against { .policyAgainst(against) } else {
        .policy
      }
    return PolicyRecording(answers: answers, writes: transcript)
  }

  /// Says which expectations do not hold.
  private func judge(_ verdicts: [Verdict]) throws -> ExitCode {
    let others = verdicts.filter { $0.outcome != .holds }
    let mistakes = others.filter(\.isMistake)
    for verdict in others where !verdict.isMistake { StandardError.write("\(verdict)\n") }
    guard mistakes.isEmpty else { throw MistakenExpectations(verdicts: mistakes) }
    guard others.isEmpty else { return .regression }
    if !verdicts.isEmpty, !isQuiet {
      StandardError.write(
        verdicts.count == 1 ? "\(verdicts[0])\n" : "all \(verdicts.count) expectations hold\n")
    }
    return .done
  }

  private func report(_ finished: FinishedRun, of loaded: LoadedScenario) throws {
    let printer = SummaryPrinter(finished: finished, model: loaded.model, folder: out)
    try StandardOutput.write(printer.text(as: format))
    StandardError.write(warnings: finished.warnings.map(\.description))
    if let out { StandardError.write("Wrote \(out)\n") }
  }
}

/// Expectations that say nothing of the run, such as one of a metric that it does not have.
struct MistakenExpectations: ReportableError {
  var verdicts: [Verdict]

  var description: String { verdicts.map(\.description).joined(separator: "\n") }
  var exitCode: ExitCode { .wrongInput }
}
