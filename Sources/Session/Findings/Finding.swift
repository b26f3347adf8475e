// SPDX-License-Identifier: GPL-3.0-or-later

public import Text

/// A sentence on a run that is worth reading before all tables, with its figure.
public struct Finding: Equatable, Sendable {
  /// What it is about, in the order in which people read them.
  public enum Kind: String, CaseIterable, Sendable {
    case full, failed, refused, late, idle, cost, help
  }

  /// What a rule finds, each thing once: a new one has a planted case and a counter-case in FindingCaseTests.
  public enum Subject: String, CaseIterable, Sendable {
    case fullLink = "full-link"
    case holdingLink = "holding-link"
    case failedLink = "failed-link"
    case failedPool = "failed-pool"
    case refusedTokens = "refused-tokens"
    case blockedRequests = "blocked-requests"
    case refusedWindows = "refused-windows"
    case refusedElastic = "refused-elastic"
    case refusedJobs = "refused-jobs"
    case lostDemands = "lost-demands"
    case lateFlows = "late-flows"
    case lateJobs = "late-jobs"
    case lateElastic = "late-elastic"
    case jobsOutOfTime = "jobs-out-of-time"
    case lateAnswers = "late-answers"
    case lateTokens = "late-tokens"
    case idlePools = "idle-pools"
    case idleNodes = "idle-nodes"
    case idleLinks = "idle-links"
    case energyCost = "energy-cost"
    case widerLink = "wider-link"
    case ceilings = "ceilings"

    var kind: Kind {
      switch self {
      case .fullLink, .holdingLink: .full
      case .failedLink, .failedPool: .failed
      case .refusedTokens, .blockedRequests, .refusedWindows, .refusedElastic, .refusedJobs,
        .lostDemands:
        .refused
      case .lateFlows, .lateJobs, .lateElastic, .jobsOutOfTime, .lateAnswers, .lateTokens: .late
      case .idlePools, .idleNodes, .idleLinks: .idle
      case .energyCost: .cost
      case .widerLink, .ceilings: .help
      }
    }
  }

  public let subject: Subject
  public var kind: Kind { subject.kind }
  public let text: String
  /// The same in Chinese.
  public let chinese: String
  /// The command that shows more, without the name of the program; `RUN` stands for the results folder.
  public let command: String?
  /// Of two of a kind the heavier one is told first.
  let weight: Double

  init(_ subject: Subject, _ sentence: Sentence, command: String? = nil, weight: Double = 1) {
    self.subject = subject
    (text, chinese) = (sentence.english, sentence.chinese)
    self.command = command
    self.weight = weight
  }
}

extension Finding {
  /// The command for a results folder.
  public func command(in folder: String = "RUN") -> String? {
    command.map { "cpnsim " + $0.replacing("RUN", with: folder, maxReplacements: 1) }
  }

  public func json(in folder: String = "RUN") -> JSON {
    .object([
      ("kind", .string(kind.rawValue)), ("subject", .string(subject.rawValue)),
      ("text", .string(text)),
      ("text_zh", .string(chinese)),
      ("command", command(in: folder).map { .string($0) } ?? .null),
    ])
  }
}

/// A rule that finds what is worth saying of a run, from its results alone.
protocol FindingRule: Sendable {
  /// Nothing where nothing is worth saying.
  func findings(in facts: RunFacts) -> [Finding]
}

extension Finding {
  /// All rules: a new one is a file and a line.
  static let rules: [any FindingRule] = [
    FullLinks(), Failures(), RefusedTraffic(), MissedDeadlines(), LateAnswers(), IdleEquipment(),
    EnergyCost(), WidestHelp(),
  ]

  /// No more than this is said.
  static let most = 7

  /// What is worth saying of a run: the best of each kind, then the next, in the order of kinds.
  static func all(in facts: RunFacts) -> [Finding] {
    let found = rules.flatMap { $0.findings(in: facts) }
    let byKind = Kind.allCases.map { kind in
      found.filter { $0.kind == kind }.sorted { ($1.weight, $0.text) < ($0.weight, $1.text) }
    }
    var chosen: [Finding] = []
    for place in 0..<most {
      let next = byKind.compactMap { $0.count > place ? $0[place] : nil }
      chosen += next.prefix(most - chosen.count)
    }
    return Kind.allCases.flatMap { kind in chosen.filter { $0.kind == kind } }
  }
}
