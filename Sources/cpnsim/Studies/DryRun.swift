// SPDX-License-Identifier: GPL-3.0-or-later

internal import CommandLine
internal import Results
internal import Studies
internal import Text

/// What a sweep would do: its variants, and what a run takes by the first of them.
struct DryRun {
  private let plan: StudyPlan
  private let jobs: Int
  private let format: OutputFormat
  private var study: Study { plan.study }

  /// More than a screen has; programs get all.
  private static let mostShown = 40

  init(_ plan: StudyPlan, jobs: Int, format: OutputFormat) {
    self.plan = plan
    self.jobs = jobs
    self.format = format
  }

  func report() throws -> ExitCode {
    try StandardOutput.write(variants.text(as: format))
    let shown = variants.rows.count
    if shown < study.cellCount {
      StandardError.write("and \(counted(study.cellCount - shown, "variant")) more\n")
    }
    StandardError.write(try cost())
    return .done
  }

  private var variants: Listing {
    let names = ["variant", "scenario"] + study.axes.map(\.name) + ["seeds"]
    var listing = Listing(names.map { .init($0) })
    let count = format == .table ? min(study.cellCount, Self.mostShown) : study.cellCount
    for position in 0..<count {
      let cell = study.cell(position)
      listing.append(
        [.count(position + 1), .text(study.scenario(of: cell).label)]
          + study.labels(of: cell).map { .text($0) } + [.text(seeds)])
    }
    return listing
  }

  private var seeds: String {
    switch study.replications {
    case .seeds(let count): "\(count)"
    case .until(let rule): "\(IntervalRule.firstLook) to \(rule.most)"
    }
  }

  private func cost() throws -> String {
    let seconds = try FirstRun.seconds(study)
    let all = seconds * Double(study.mostRuns)
    let most = if case .until = study.replications { "at most " } else { "" }
    return
      "\(most)\(counted(study.mostRuns, "run")); the first took \(formatted(seconds: seconds)): "
      + "\(most)\(formatted(seconds: all)) of computing, "
      + "\(formatted(seconds: all / Double(jobs))) with \(counted(jobs, "job"))\n"
  }
}
