// SPDX-License-Identifier: GPL-3.0-or-later

/// What a check found.
public struct CheckReport: Sendable {
  public enum Kind: String, Sendable {
    /// The suite beside its baseline.
    case baseline
    /// The suite beside itself, with other seeds.
    case null
  }

  public var suite: String
  public var kind: Kind
  public var falseAlarm: Double
  /// The seeds of the last look.
  public var mostSeeds: Int
  public var cases: [CaseReport] = []

  public var isRed: Bool { cases.contains(where: \.isRed) }
  public var seconds: Double { cases.reduce(0) { $0 + $1.seconds } }
  public var runs: Int { cases.reduce(0) { $0 + $1.runs } }

  /// All metrics and exact comparisons, each with its case.
  public var findings: [(caseReport: CaseReport, finding: CaseFinding)] {
    cases.flatMap { report in report.findings.map { (report, $0) } }
  }
}

/// What a check found of a case.
public struct CaseReport: Sendable {
  public var name: String
  public var findings: [CaseFinding] = []
  /// The runs that were made, and the time that they took.
  public var runs = 0
  public var seconds = 0.0
  /// Whether the scenario, or a file of it, is another than that of the baseline.
  public var isOtherScenario = false
  /// Why a run did not get to its end.
  public var failure: String?

  init(name: String) {
    self.name = name
  }

  public var isRed: Bool { failure != nil || findings.contains(where: \.isRed) }
}

/// What a check found of a metric, or of a run that has to be the same in each event.
public enum CaseFinding: Sendable {
  case metric(GatedMetric, Judgement, unit: String)
  /// Nil where it is the same.
  case exact(FirstDifference?)
  case instructions(InstructionFinding)

  /// Whether it makes the suite red.
  public var isRed: Bool {
    switch self {
    case .metric(let metric, let judgement, _): metric.isBlocking && judgement.isBad
    case .exact(let difference): difference != nil
    case .instructions(let finding): finding.isRed
    }
  }

  public var name: String {
    switch self {
    case .metric(let metric, _, _): metric.name
    case .exact: "digest"
    case .instructions: "instructions"
    }
  }
}
