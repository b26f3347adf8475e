// SPDX-License-Identifier: GPL-3.0-or-later

internal import CommandLine
internal import Results
internal import Statistics
internal import Studies
internal import Text

/// `cpnsim sensitivity`: says how much a metric of a study depends on each axis.
struct SensitivityCommand: Command {
  static let name = "sensitivity"
  static let abstract = "Say how much a metric of a study depends on each of its axes."
  static let discussion = """
    For axes whose values are combined: what each value does to the metric beside the first one, all \
    else and the seed being equal, with a 95 % interval over seeds. For axes that are drawn by \
    `sample: {method: saltelli, count: N}`: the share of the metric's variance that each axis \
    answers for, by itself and with its interactions (Sobol's indices).
    """
  static let examples = [
    Example(
      "cpnsim sensitivity Scenarios/studies/saturation.yaml --out results/saturation --metric fct_p99",
      "After a sweep of the study into that folder.")
  ]
  static var parameters: [Parameter<Self>] {
    [
      .argument("study", \.study, "The study file.").taking("file", .scenario),
      .option("out", \.out, "The folder that the study was swept into.")
        .taking("folder", .directory),
      .option("metric", \.metric, "The metric.").taking("name"),
      .format(\.format),
    ]
  }

  var study = ""
  var out: String?
  var metric: String?
  var format = OutputFormat.table

  func run() throws -> ExitCode {
    guard let out else { throw UsageError.missingArgument("--out") }
    guard let metric else { throw UsageError.missingArgument("--metric") }
    let folder = StudyFolder(out)
    let plan = try Interrupt.heeding {
      try StudyPlan(Study(path: study), jobs: Cores.count, knownFrom: folder) { _, _ in
        !Interrupt.isRequested
      }
    }
    let sensitivity = try Sensitivity(of: metric, plan, in: folder)
    let parts = [
      sensitivity.effects.isEmpty ? nil : effects(sensitivity).text(as: format),
      sensitivity.shares.isEmpty ? nil : shares(sensitivity).text(as: format),
    ].compactMap(\.self)
    try StandardOutput.write(parts.joined(separator: "\n"))
    if sensitivity.missing > 0 {
      StandardError.write(
        "warning: \(counted(sensitivity.missing, "run")) of \(sensitivity.runs) have no value of "
          + "\(metric), and are left out\n")
    }
    return .done
  }

  private func effects(_ sensitivity: Sensitivity) -> Listing {
    let names = [
      "axis", "from", "to", "mean before", "difference", "low", "high", "share", "pairs",
      "seeds",
    ]
    var listing = Listing(names.map { .init($0, $0.replacingBlanks) })
    for effect in sensitivity.effects {
      let interval = effect.difference.interval()
      listing.append([
        .text(effect.axis), .text(effect.from), .text(effect.to), .precise(effect.base),
        .precise(effect.difference.mean), .precise(interval?.lower ?? .nan),
        .precise(interval?.upper ?? .nan),
        effect.base == 0 ? .absent : .share(effect.difference.mean / effect.base),
        .count(effect.pairs), .count(effect.difference.count),
      ])
    }
    return listing
  }

  private func shares(_ sensitivity: Sensitivity) -> Listing {
    var listing = Listing(
      ["axis", "alone", "alone +-", "in all", "in all +-"].map { .init($0, $0.replacingBlanks) })
    for share in sensitivity.shares {
      listing.append([
        .text(share.axis), .precise(share.first.mean), .precise(share.first.halfWidth),
        .precise(share.total.mean), .precise(share.total.halfWidth),
      ])
    }
    return listing
  }
}

extension String {
  fileprivate var replacingBlanks: String {
    replacing("+-", with: "half_width").replacing(" ", with: "_")
  }
}
