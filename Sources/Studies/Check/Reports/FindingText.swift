// SPDX-License-Identifier: GPL-3.0-or-later
internal import Statistics
internal import Text

/// A finding of a check in words, the same in all that people read.
public struct FindingText: Sendable {
  public let caseName: String
  public let name: String
  public let verdict: String
  public var baseline = ""
  public var now = ""
  public var difference = ""
  public var interval = ""
  public var tolerance = ""
  public var seeds = ""
  public var sees = ""
  /// One line on what is not as it should be, or not known; empty where all is well.
  public private(set) var message = ""

  public init(_ finding: CaseFinding, of report: CaseReport, mostSeeds: Int) {
    caseName = report.name
    name = finding.name
    switch finding {
    case .exact(let difference):
      verdict = difference == nil ? "identical" : "differs"
      message = difference?.text ?? ""
    case .instructions(let finding):
      verdict = finding.verdict
      message = finding.message
      baseline = finding.before.map { formatted(count: Double($0.count)) } ?? "-"
      now = finding.now.map { formatted(count: Double($0.count)) } ?? "-"
      difference = finding.change.map { "\(formatted(count: 100 * $0)) %" } ?? "-"
      tolerance = "\(formatted(count: 100 * finding.tolerance)) %"
    case .metric(let metric, let judgement, let unit):
      verdict = judgement.verdict.rawValue + (metric.isBlocking ? "" : ", advisory")
      let scale = FindingScale(metric, judgement, unit: unit)
      baseline = scale.value(judgement.baselineMean)
      now = scale.value(judgement.candidateMean)
      difference = scale.change(judgement.difference)
      if let interval = judgement.interval {
        self.interval = "\(scale.change(interval.low)) to \(scale.change(interval.high))"
      }
      tolerance = scale.amount(judgement.tolerance)
      seeds =
        judgement.pairs == judgement.seeds
        ? "\(judgement.seeds)" : "\(judgement.pairs) of \(judgement.seeds)"
      sees = scale.amount(judgement.sees)
      message = message(metric, judgement, mostSeeds: mostSeeds)
    }
  }

  private func message(
    _ metric: GatedMetric, _ judgement: Judgement, mostSeeds: Int
  ) -> String {
    let goal = "\(metric.goal.rawValue) is better"
    switch judgement.verdict {
    case .worse:
      return
        "\(name) is worse by \(difference) (\(interval)) with \(counted(judgement.pairs, "seed"))"
        + ": \(baseline) before, \(now) now; \(goal), tolerance \(tolerance)"
    case .lost:
      return "\(name) has no value with \(counted(judgement.lost, "seed")) of \(judgement.seeds), "
        + "where the baseline has one"
    case .undecided where judgement.difference == nil:
      return "\(name) has values on both sides with \(counted(judgement.pairs, "seed")) of "
        + "\(judgement.seeds), which says nothing"
    case .undecided:
      return "\(name) is undecided: \(difference) (\(interval)) with "
        + "\(counted(judgement.pairs, "seed")); "
        + "with \(mostSeeds) seeds this gate sees \(sees), tolerance \(tolerance)"
    case .identical, .equal, .better, .noWorse: return ""
    }
  }
}

/// How the numbers of a metric are shown: in its unit, or as shares of the baseline.
private struct FindingScale {
  /// What one is of the baseline; nil where numbers are shown in the metric's unit.
  private let whole: Double?
  private let unit: String

  init(_ metric: GatedMetric, _ judgement: Judgement, unit: String) {
    self.unit = unit
    guard case .relative = metric.tolerance, let mean = judgement.baselineMean, mean != 0 else {
      whole = nil
      return
    }
    whole = mean.magnitude
  }

  func value(_ value: Double?) -> String {
    guard let value else { return "-" }
    return switch unit {
    case "s": formatted(seconds: value)
    case "B": formatted(bytes: value)
    case "bit/s": formatted(bitsPerSecond: value)
    case "": formatted(count: value)
    default: formatted(value, unit: unit)
    }
  }

  func amount(_ amount: Double?) -> String {
    guard let amount else { return "-" }
    guard let whole else { return value(amount) }
    return "\(formatted(count: 100 * amount / whole)) %"
  }

  func change(_ change: Double?) -> String {
    guard let change else { return "-" }
    return (change > 0 ? "+" : "") + amount(change)
  }
}
