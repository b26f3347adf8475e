// SPDX-License-Identifier: GPL-3.0-or-later

internal import CommandLine
internal import Planning
internal import Results
internal import Scenario
internal import Simulator
internal import Text

/// `cpnsim plan`: says what hurts most if it fails, and what to build.
struct PlanCommand: Command {
  static let name = "plan"
  static let abstract = "Say what to build for what is to hold, and what hurts most if it fails."
  static let discussion = """
    With a plan file it looks for the cheapest build with which the levels of the plan hold, and \
    simulates the scenario with it; the exit code is 1 where one does not hold. A solver beside it, \
    glpsol or HiGHS, is asked how far that is from the cheapest, if there is one. With a scenario and \
    an option it says what there is to fear:

    With --failures each fibre (and link that is not made of light), each pair of them, or each \
    site fails in turn. Nothing is simulated: traffic is summed on the routes that it would take, \
    hour by hour. --confirm then simulates the worst of them.

    With --availability it tells for how much of the time places reach each other over fibres that \
    fail as `light.failures` says.
    """
  static let examples = [
    Example(
      "cpnsim plan Scenarios/plans/backbone.yaml --out build",
      "Say what to build, and write the bill of materials."),
    Example(
      "cpnsim plan Scenarios/fibre-cut.yaml --failures single",
      "Rank the fibres by what their cut does."),
    Example(
      "cpnsim plan Scenarios/national-clusters.yaml --failures sites --top 5",
      "Show the five sites whose loss hurts most."),
    Example(
      "cpnsim plan Scenarios/national-clusters.yaml --failures single --confirm 2",
      "Simulate the two worst cuts, too."),
    Example(
      "cpnsim plan Scenarios/fibre-cut.yaml --failures single --by pairs",
      "Rank cuts by the pairs of places that they cut off."),
    Example(
      "cpnsim plan Scenarios/fibre-cut.yaml --availability --out availability",
      "Write the availability of all pairs of places."),
  ]
  static var parameters: [Parameter<Self>] {
    [
      .argument("file", \.file, "The plan file; with --failures or --availability a scenario.")
        .taking("file", .scenario),
      .option("failures", \.failures, "What fails in turn: single, double or sites.")
        .taking("kind"),
      .option(
        "by", \.measure,
        "What failures are ranked by: traffic (not carried in the worst hour), bytes, tokens, "
          + "stranded, pairs, links; with --confirm deadlines or yuan."
      ).taking("measure"),
      .option("confirm", \.confirm, "Simulate so many of the worst, each out of order for 4 hours.")
        .taking("n"),
      .flag("availability", \.tellsAvailability, "Tell how available places and services are."),
      .option(
        "solver", \.solver,
        "Who is asked how far a build is from the cheapest, in place of what the plan says: any, "
          + "glpsol, highs or none."
      ).taking("name"),
      .option("top", \.top, "How many are shown (10); --out writes all.").taking("n"),
      .option("jobs", \.jobs, "How many threads work; as many as there are cores.").taking("n"),
      .option("out", \.out, "The folder to write; it must not exist yet.")
        .taking("folder", .directory),
      .settings(\.settings), .removals(\.removals), .format(\.format),
      .flag("quiet", \.isQuiet, "Draw no progress bar."),
    ]
  }

  var file = ""
  var failures: FailureKind?
  var measure: FailureMeasure?
  var confirm: Int?
  var tellsAvailability = false
  var solver: SolverChoice?
  var top: Int?
  var jobs: Int?
  var out: String?
  var settings: [String] = []
  var removals: [String] = []
  var format = OutputFormat.table
  var isQuiet = false

  func run() throws -> ExitCode {
    try check()
    guard failures != nil || tellsAvailability else { return try BuildReport(self).write() }
    // A folder that can't be written is told before minutes of work.
    if let out { try ResultsFolder(at: out).discard() }
    let scenario = try PlannedScenario(path: file, settings: settings, removing: removals)
    let loaded = try scenario.load()
    StandardError.write(warnings: loaded.warnings)
    if let failures {
      return try SurvivabilityReport(self, scenario, loaded.model).write(failures)
    }
    return try AvailabilityAnswer(self, loaded.model).write()
  }

  private func check() throws(UsageError) {
    guard failures == nil || !tellsAvailability else {
      throw .other("--failures and --availability: expected one of them")
    }
    if solver != nil, failures != nil || tellsAvailability {
      throw .other("--solver goes with a plan file")
    }
    if measure != nil, failures == nil { throw .other("--by goes with --failures") }
    if let measure, measure.isOfRuns, confirm == nil {
      throw .other(
        "--by \(measure.rawValue): simulations alone tell; add --confirm with how many to simulate")
    }
    if confirm != nil, failures == nil { throw .other("--confirm goes with --failures") }
    for (value, name) in [(top, "--top"), (jobs, "--jobs"), (confirm, "--confirm")] {
      guard let value, !(1...4096).contains(value) else { continue }
      throw .invalidValue(
        "\(value)", parameter: name, expected: "whole number from 1 to 4096", choices: [])
    }
  }

  var shown: Int { top ?? 10 }
  var threads: Int { jobs ?? Cores.count }

  /// Does work with a bar, until somebody presses Ctrl-C.
  func watched<Value>(
    _ what: String, _ work: (@escaping (Double) -> Bool) throws -> Value?
  ) throws -> Value {
    let bar = SharedBar(what, isQuiet: isQuiet)
    defer { bar.clear() }
    let value = try Interrupt.heeding {
      try work { fraction in
        bar.update(fraction)
        return !Interrupt.isRequested
      }
    }
    guard let value else { throw StoppedPlan() }
    return value
  }

  /// Writes tables into a new folder, all or nothing.
  func write(
    _ tables: [(file: String, listing: Listing)], texts: [(file: String, text: String)] = []
  ) throws {
    guard let out else { return }
    let folder = try ResultsFolder(at: out)
    do {
      for table in tables { try folder.write(table.listing.csv, to: table.file) }
      for text in texts { try folder.write(text.text, to: text.file) }
      try folder.commit()
    } catch {
      folder.discard()
      throw error
    }
    StandardError.write("Wrote \(out)\n")
  }
}

/// A progress bar that work holds on to.
private final class SharedBar {
  private var bar = ProgressBar()
  private let what: String
  private let isQuiet: Bool

  init(_ what: String, isQuiet: Bool) {
    self.what = what
    self.isQuiet = isQuiet
  }

  func update(_ fraction: Double) {
    if !isQuiet, bar.isDue { bar.update(fraction: fraction, what) }
  }

  func clear() { bar.clear() }
}

extension FailureKind: ArgumentValue {}
extension SolverChoice: ArgumentValue {}
extension FailureMeasure: ArgumentValue {}

/// The user stopped the work; nothing was written.
struct StoppedPlan: ReportableError {
  var description: String { "interrupted; nothing was written" }
  var exitCode: ExitCode { .interrupted }
}
