// SPDX-License-Identifier: GPL-3.0-or-later

internal import CommandLine
internal import Results
internal import Studies
internal import Text

/// `cpnsim check`: compares a suite with its baseline, and is red where something got worse.
struct CheckCommand: Command {
  static let name = "check"
  static let abstract = "Check a suite of scenarios against its baseline."
  static let discussion = """
    Each case runs with the seeds of the baseline, at several looks. A metric is worse where the \
    interval of its paired difference lies wholly beyond its tolerance; chance alone makes the \
    whole suite red as seldom as its false_alarm says. The exit code is then 1.

    --update writes the baseline anew: what is found now is as it should be. docs/check.md has the \
    equations, and workflows for GitHub and GitLab.
    """
  static let examples = [
    Example("cpnsim check Scenarios/suites/policies.yaml", "Check the suite."),
    Example(
      "cpnsim check Scenarios/suites/policies.yaml --junit check.xml --markdown check.md",
      "Check it, and write what other programs show."),
    Example("cpnsim check Scenarios/suites/policies.yaml --update", "Write the baseline anew."),
    Example(
      "cpnsim check Scenarios/suites/policies.yaml --null",
      "Compare the suite with itself, and say what it sees."),
    Example(
      "cpnsim check Scenarios/suites/policies.yaml --bisect v1.2 HEAD",
      "Find the commit that made it red."),
  ]
  static var parameters: [Parameter<Self>] {
    [
      .argument("suite", \.suite, "The suite file.").taking("file", .scenario),
      .optionalArgument("bad", \.bad, "With --bisect, a commit that is worse; HEAD if not given."),
      .flag("update", \.updates, "Write the baseline anew in place of checking."),
      .flag("null", \.isNull, "Check the program against itself, with other seeds."),
      .option(
        "against", \.against,
        "An older program, to find the first event that differs where digests do."
      ).taking("program", .file(extensions: [])),
      .option(
        "bisect", \.good,
        "Find the commit since this one that made the suite red, in scenarios of your repository."
      ).taking("good"),
      .option("jobs", \.jobs, "How many runs at once; all cores where it is not given."),
      .option("junit", \.junit, "Write the findings as JUnit XML.").taking("file", .xml),
      .option("markdown", \.markdown, "Write them as Markdown, at most 1 MiB.")
        .taking("file", .markdown),
      .option("comment", \.comment, "Write what matters as Markdown, at most 65,536 characters.")
        .taking("file", .markdown),
      .option("openmetrics", \.openMetrics, "Write them as OpenMetrics text.")
        .taking("file", .file(extensions: ["prom", "txt"])),
      .format(\.format),
      .flag("quiet", \.isQuiet, "Print what makes the suite red alone, and draw no progress bar."),
    ]
  }

  var suite = ""
  var bad: String?
  var good: String?
  var updates = false
  var isNull = false
  var against: String?
  var jobs: Int?
  var junit: String?
  var markdown: String?
  var comment: String?
  var openMetrics: String?
  var format = OutputFormat.table
  var isQuiet = false

  func run() throws -> ExitCode {
    try checkArguments()
    if let good { return try bisect(from: good, to: bad ?? "HEAD") }
    if let against { try FirstEvents.checkProgram(against) }
    let read = try Suite(path: suite)
    // Before the first run: what can't be written would be lost after the last.
    for path in [junit, markdown, comment, openMetrics].compactMap(\.self) {
      try WholeFile.checkFolder(of: path)
      let own = [suite, read.baselinePath] + read.cases.map(\.scenarioPath)
      if own.contains(where: { WholeFile.areOne(path, $0) }) {
        throw UsageError.other("'\(path)' is read by the check, and can't be written by it")
      }
    }
    if updates { try WholeFile.makeFolder(of: read.baselinePath) }
    var check = try SuiteCheck(read, jobs: jobs ?? Cores.count)
    check.countInstructions = { try InstructionCounter.count($0) }
    StandardError.write(warnings: check.warnings)
    if updates { return try update(check) }
    let report = try watched { watch in
      isNull
        ? try check.nullReport(watch)
        : try check.report(against: Baseline(path: read.baselinePath), watch)
    }
    try write(report)
    try show(report)
    if let against { try showFirstEvents(report, read, older: against) }
    return report.isRed ? .regression : .done
  }

  private func checkArguments() throws(UsageError) {
    if let jobs, !(1...4096).contains(jobs) {
      throw .invalidValue(
        "\(jobs)", parameter: "--jobs", expected: "whole number from 1 to 4096", choices: [])
    }
    if updates, isNull { throw .other("--update and --null are two things, expected one of them") }
    let files = [junit, markdown, comment, openMetrics].compactMap(\.self)
    if updates, !files.isEmpty || against != nil {
      throw .other("--update checks nothing, and has nothing to write but the baseline")
    }
    if isNull, against != nil { throw .other("--null and --against are two things") }
    if let bad, good == nil { throw .excessArgument(bad, expected: 1) }
    if good != nil, updates || isNull || against != nil || !files.isEmpty {
      throw .other("--bisect goes with --jobs and --quiet only")
    }
    if good != nil, format != .table {
      throw .other("--bisect prints text, and has no other --format")
    }
  }

  private func bisect(from good: String, to bad: String) throws -> ExitCode {
    let found = try watched { watch in
      try CommitSearch(suite, jobs: jobs ?? Cores.count, watch: watch).run(from: good, to: bad)
    }
    guard let found else {
      StandardError.write("\(bad) is no worse than \(good)\n")
      return .done
    }
    try StandardOutput.write(found)
    return .regression
  }

  private func update(_ check: SuiteCheck) throws -> ExitCode {
    let baseline = try watched { try check.baseline($0) }
    try baseline.write(to: check.suite.baselinePath)
    if !isQuiet {
      let runs = baseline.cases.reduce(0) { $0 + $1.runs.count }
      StandardError.write(
        "Wrote \(check.suite.baselinePath): \(counted(baseline.cases.count, "case")), "
          + "\(counted(runs, "run"))\n")
    }
    return .done
  }

  private func watched<Value>(_ work: (@escaping SuiteCheck.Watch) throws -> Value) throws -> Value
  {
    let progress = CheckProgress(draws: !isQuiet)
    defer { progress.bar.clear() }
    return try Interrupt.heeding { try work(progress.heed) }
  }

  private func write(_ report: CheckReport) throws {
    let files = [
      (junit, report.junit),
      (markdown, report.markdown(limit: CheckReport.summaryLimit, isShort: false)),
      (comment, report.markdown(limit: CheckReport.commentLimit, isShort: true)),
      (openMetrics, report.openMetrics),
    ]
    for case (let path?, let text) in files {
      try WholeFile.write(text, to: path, replacing: true)
    }
  }

  private func show(_ report: CheckReport) throws {
    if !isQuiet {
      let listing = format == .table ? report.listing : report.data
      try StandardOutput.write(listing.text(as: format))
    }
    for line in report.messages where !isQuiet || report.isRed { StandardError.write("\(line)\n") }
    if !isQuiet, let sight = report.sight { StandardError.write("\(sight)\n") }
    if !isQuiet || report.isRed { StandardError.write("\(report.verdict)\n") }
  }

  private func showFirstEvents(_ report: CheckReport, _ suite: Suite, older: String) throws {
    for (found, suiteCase) in zip(report.cases, suite.cases) {
      for case .exact(let difference?) in found.findings {
        let text = try FirstEvents(suiteCase, difference, older: older).text()
        StandardError.write("\(found.name): \(text)")
      }
    }
  }
}

/// The bar of a check, and the wish of its user.
private final class CheckProgress {
  var bar = ProgressBar()
  private let draws: Bool

  init(draws: Bool) {
    self.draws = draws
  }

  func heed(_ progress: SuiteCheck.Progress) -> Bool {
    if draws {
      bar.update(
        fraction: Double(progress.done) / Double(max(1, progress.of)),
        "\(progress.caseName), at most \(progress.of - progress.done) runs left")
    }
    return !Interrupt.isRequested
  }
}

extension Completion {
  fileprivate static let xml = Completion.file(extensions: ["xml"])
  fileprivate static let markdown = Completion.file(extensions: ["md"])
}
