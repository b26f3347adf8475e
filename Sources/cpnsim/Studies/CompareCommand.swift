// SPDX-License-Identifier: GPL-3.0-or-later

internal import CommandLine
internal import Results
internal import Scenario
internal import Studies
internal import Text

/// `cpnsim compare`: says how runs, studies or scenarios differ, and whether chance would do it.
struct CompareCommand: Command {
  static let name = "compare"
  static let abstract = "Compare runs, studies or scenarios, metric by metric."
  static let discussion = """
    All that is compared is of one kind: folders of runs, folders of studies, or scenario files, \
    which are run here with the seeds from 1 on. The first is the baseline. Runs of one scenario, \
    axes and seed are a pair, and all is said of the differences of pairs: their mean with its \
    95 % interval, p by Student's paired t, by an exact test, and one that holds for skewed \
    differences too, the size of the effect.

    A metric is equal where two one-sided tests place its difference within --tolerance, better or \
    worse where the skewed p holds at 5 % by Benjamini and Hochberg over all metrics, else undecided. \
    Metrics that are neither better nor worse by themselves are higher or lower. Of one pair only \
    differences are shown. Whatever is found, the exit code is 0.
    """
  static let examples = [
    Example(
      "cpnsim compare Scenarios/dci-ring-upgrade.yaml --set-b light.assignment=most-used",
      "Compare a scenario with itself changed, with 20 seeds each."),
    Example(
      "cpnsim compare Scenarios/dci-ring-upgrade.yaml --set-b light.grid.channels=48 --seeds 8 "
        + "--metric blocking --metric lightpaths_lit --format markdown",
      "Compare two metrics, as a table for a report."),
    Example("cpnsim run Scenarios/ring.yaml --out results/a --quiet", "Make a run."),
    Example(
      "cpnsim run Scenarios/ring.yaml --out results/b --set 'network.links[cw0].capacity=1 Tbps'",
      "Make another."),
    Example("cpnsim compare results/a results/b", "Say what differs, and which flows moved most."),
  ]
  static var parameters: [Parameter<Self>] {
    [
      .arguments(
        "what", \.paths, atLeast: 1,
        "Folders of runs, folders of studies, or scenario files; the first is the baseline."
      ).taking("path", .file(extensions: [])),
      .option("tolerance", \.tolerance, "How far means may differ and still be equal."),
      .options("metric", \.metrics, "A metric to compare; all where none is named.").taking("name"),
      .options("better", \.better, "Which way a metric gets better, against what is known."),
      .option("seeds", \.seeds, "How many seeds scenarios are run with; 20 where not given."),
      .option("jobs", \.jobs, "How many runs at once; all cores where it is not given."),
      .settings(\.settings),
      .removals(\.removals),
      .options(
        "set-b", \.otherSettings, "A value to replace in all but the first, behind those of --set."
      ).taking("path=value"),
      .option("format", \.format, "How the answer is printed."),
      .flag("quiet", \.isQuiet, "Draw no progress bar."),
    ]
  }

  var paths: [String] = []
  var tolerance = ShareArgument(part: 0.01)
  var metrics: [String] = []
  var better: [DirectionArgument] = []
  var seeds: Int?
  var jobs: Int?
  var settings: [String] = []
  var removals: [String] = []
  var otherSettings: [String] = []
  var format = CompareFormat.table
  var isQuiet = false

  func run() throws -> ExitCode {
    if paths.count == 1, otherSettings.isEmpty {
      throw UsageError.other(
        "nothing to compare \(paths[0]) with: expected another, or --set-b PATH=VALUE for a "
          + "scenario and the same with a change")
    }
    if let seed = otherSettings.first(where: { $0.hasPrefix("seed=") }) {
      throw UsageError.other(
        "--set-b \(seed): both sides run with the same seeds, so that they differ by nothing else; "
          + "--seeds says how many")
    }
    let comparisons = try compared()
    let report = ComparisonReport(comparisons, rules)
    try StandardOutput.write(report.text(as: format))
    return .done
  }

  private var rules: ComparisonRules {
    var rules = ComparisonRules()
    rules.tolerance = tolerance.part
    rules.metrics = metrics
    for direction in better { rules.better[direction.metric] = direction.better }
    return rules
  }

  private func compared() throws -> [ComparisonReport.Part] {
    switch try ComparedKind.common(of: paths) {
    case .run:
      try checkNothingRuns()
      let sides = try paths.map { try ComparedSide(run: $0) }
      return try parts(of: sides) { side, _ in try FolderMoves.all(paths[0], paths[side]) }
    case .study:
      try checkNothingRuns()
      let sides = try paths.map { try ComparedSide(study: $0) }
      let studies = try parts(of: sides) { try StudyMoves.all($1, sides[0], sides[$0]) }
      return studies.map { part in
        var part = part
        part.isOfStudies = true
        return part
      }
    case .scenario:
      let results = try results()
      return try parts(of: results.sides) { side, _ in
        try Interrupt.heeding {
          try results.moves(to: side, scratch: TemporaryPlace.parent) { !Interrupt.isRequested }
        }
      }
    }
  }

  /// What moved most is looked for where anything differs.
  private func parts(
    of sides: [ComparedSide], moves: (_ side: Int, Comparison) throws -> [Moves]
  ) throws -> [ComparisonReport.Part] {
    try sides.indices.dropFirst().map { side in
      let comparison = try Comparison(sides[0], sides[side], rules)
      return ComparisonReport.Part(
        baseline: sides[0], candidate: sides[side], place: side, comparison: comparison,
        moves: comparison.isIdentical ? [] : try moves(side, comparison))
    }
  }

  /// Settings and seeds are of scenarios; what was run before has them.
  private func checkNothingRuns() throws {
    let given = [
      ("--seeds", seeds != nil), ("--jobs", jobs != nil), ("--set", !settings.isEmpty),
      ("--unset", !removals.isEmpty), ("--set-b", !otherSettings.isEmpty),
    ]
    if let option = given.first(where: \.1)?.0 {
      throw UsageError.other("\(option) goes with scenario files; folders hold runs that are done")
    }
  }

  // MARK: - Scenarios

  private func results() throws -> ScenarioResults {
    let seeds = try checked(seeds ?? 20, "--seeds", most: 100_000)
    let jobs = try checked(jobs ?? Cores.count, "--jobs", most: 4096)
    let runs: ScenarioRuns
    do throws(ScenarioErrors) {
      runs = try ScenarioRuns(scenarios, seeds: seeds, jobs: jobs)
    } catch {
      let own = otherSettings.map { String($0.prefix { $0 != "=" }) }
      throw error.told(of: "--set-b", own)
    }
    StandardError.write(warnings: runs.warnings)
    var bar = ProgressBar()
    defer { bar.clear() }
    return try Interrupt.heeding {
      try runs.run { progress in
        if !isQuiet {
          bar.update(
            fraction: Double(progress.done) / Double(progress.of),
            "\(progress.done) of \(counted(progress.of, "run")) done")
        }
        return !Interrupt.isRequested
      }
    }
  }

  /// Of one file that is changed for the others there are two sides.
  private var scenarios: [ComparedScenario] {
    let all = paths.count == 1 ? [paths[0], paths[0]] : paths
    let change = otherSettings.isEmpty ? "" : " with " + otherSettings.joined(separator: ", ")
    return all.enumerated().map { place, path in
      ComparedScenario(
        path: path, settings: settings + (place == 0 ? [] : otherSettings), removals: removals,
        name: path + (place == 0 ? "" : change))
    }
  }

  private func checked(_ count: Int, _ option: String, most: Int) throws -> Int {
    guard (1...most).contains(count) else {
      throw UsageError.invalidValue(
        "\(count)", parameter: option, expected: "whole number from 1 to \(most)", choices: [])
    }
    return count
  }
}
