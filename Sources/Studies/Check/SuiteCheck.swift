// SPDX-License-Identifier: GPL-3.0-or-later
internal import Results
internal import Scenario
internal import Session
internal import Simulator

/// Runs a suite: beside its baseline, beside itself, or to make the baseline.
///
///     let check = try SuiteCheck(suite, jobs: 4)
///     let report = try check.report(against: Baseline(path: suite.baselinePath)) { _ in true }
public struct SuiteCheck: Sendable {
  /// How far a check is, in runs.
  public struct Progress: Equatable, Sendable {
    public var caseName: String
    public var done: Int
    /// The most that there can be.
    public var of: Int
  }

  public typealias Watch = (Progress) -> Bool

  public let suite: Suite
  /// Counts the instructions of a run; gives nil where nothing counts here.
  public var countInstructions: @Sendable (SuiteCase) throws -> InstructionCount? = { _ in nil }
  let prepared: [PreparedCase]
  let jobs: Int

  /// Reads and checks all scenarios.
  public init(_ suite: Suite, jobs: Int) throws {
    self.suite = suite
    self.jobs = jobs
    let inputs = StudyInputs()
    var errors: [(name: String, error: any Error)] = []
    var prepared: [PreparedCase] = []
    for suiteCase in suite.cases {
      do {
        prepared.append(try PreparedCase(suiteCase, of: suite, inputs: inputs))
      } catch {
        errors.append((suiteCase.name, error))
      }
    }
    guard errors.isEmpty else { throw WrongCases(errors) }
    self.prepared = prepared
  }

  /// What can be run and is hardly meant, each once.
  public var warnings: [String] {
    var heard: Set<String> = []
    return prepared.flatMap(\.loaded.warnings).filter { heard.insert($0).inserted }
  }

  var gate: Gate {
    Gate(looks: suite.looks, falseAlarm: suite.falseAlarm, metrics: suite.blockingMetrics)
  }

  // MARK: - Beside the baseline

  public func report(against baseline: Baseline, _ watch: @escaping Watch) throws -> CheckReport {
    let known = try BaselineMatch(suite, baseline)
    let counter = Counter(suite, factor: 1, watch)
    return try report(.baseline) { prepared in
      counter.caseName = prepared.name
      guard let before = known.case(of: prepared.suiteCase) else {
        return CaseReport(name: prepared.name)
      }
      var report =
        if let ladder = before.ladder {
          try compare(prepared, with: ladder, counter)
        } else {
          try compare(prepared, from: 1, counter) { Array(before.runs.prefix($0.count)) }
        }
      if let tolerance = prepared.suiteCase.instructions {
        let now = try countInstructions(prepared.suiteCase)
        report.findings.append(
          .instructions(.init(tolerance: tolerance, before: before.instructions, now: now)))
      }
      report.isOtherScenario = before.identity != prepared.identity
      counter.settle()
      return report
    }
  }

  private func report(
    _ kind: CheckReport.Kind, _ compare: (PreparedCase) throws -> CaseReport
  ) throws -> CheckReport {
    var report = CheckReport(
      suite: suite.name, kind: kind, falseAlarm: suite.falseAlarm, mostSeeds: suite.mostSeeds)
    for prepared in prepared {
      do {
        report.cases.append(try compare(prepared))
      } catch let failed as FailedCase where !(failed.cause is ScenarioErrors) {
        var failure = CaseReport(name: prepared.name)
        failure.failure = failed.description
        report.cases.append(failure)
      } catch let failed as FailedCase {
        throw failed.cause
      }
    }
    return report
  }

  private func compare(
    _ prepared: PreparedCase, with ladder: DigestLadder, _ counter: Counter
  ) throws -> CaseReport {
    var report = CaseReport(name: prepared.name)
    let difference = try ofOneRun(prepared) {
      try ladder.difference(from: prepared.loaded) { counter.goesOn() }
    }
    report.findings = [.exact(difference)]
    report.runs = 1
    return report
  }

  /// What comes of the run of a case that is to be the same; where it does not get to its end, that is
  /// told of the case.
  private func ofOneRun<Value>(
    _ prepared: PreparedCase, _ work: () throws -> Value
  ) throws -> Value {
    do {
      return try work()
    } catch let error where !(error is StoppedCheck || error is UnrepeatableRun) {
      throw FailedCase(name: prepared.name, seed: Int(prepared.loaded.model.seed), cause: error)
    }
  }

  /// Look after look, with seeds from a first one on, beside what `others` gives for as many.
  private func compare(
    _ prepared: PreparedCase, from first: Int, _ counter: Counter,
    _ others: (Range<Int>) throws -> [SeedResult]
  ) throws -> CaseReport {
    var report = CaseReport(name: prepared.name)
    var watch = GateWatch(gate, metrics: prepared.suiteCase.metrics)
    var results: [SeedResult] = []
    var units: [String] = []
    while let look = watch.nextLook {
      let seeds = Array(first + results.count..<first + look)
      let (more, seconds, found) = try run(prepared, seeds, counter)
      results += more
      units = found
      report.runs += more.count
      report.seconds += seconds
      watch.look(
        candidate: columns(results, of: prepared),
        baseline: columns(try others(1..<look + 1), of: prepared), areOfOneSeed: first == 1)
    }
    for (index, metric) in prepared.suiteCase.metrics.enumerated() {
      guard let judgement = watch.judgements[index] else { continue }
      report.findings.append(.metric(metric, judgement, unit: units[index]))
    }
    return report
  }

  private func columns(_ results: [SeedResult], of prepared: PreparedCase) -> [[Double]] {
    prepared.suiteCase.metrics.indices.map { index in results.map { $0.values[index] } }
  }

  private func run(
    _ prepared: PreparedCase, _ seeds: [Int], _ counter: Counter
  ) throws -> (results: [SeedResult], seconds: Double, units: [String]) {
    let found = try SeedRuns.run(prepared, seeds: seeds, jobs: jobs) { counter.goesOn(running: $0) }
    counter.done += seeds.count
    return found
  }
}

// MARK: - Beside itself, and anew

extension SuiteCheck {
  /// The suite beside itself: the program with seeds that the baseline does not have.
  ///
  /// As nothing has changed, nothing may be red, and what is seen is what the gate would see of a
  /// change after which runs of one seed have no more in common than any two.
  public func nullReport(_ watch: @escaping Watch) throws -> CheckReport {
    let counter = Counter(suite, factor: 2, watch)
    return try report(.null) { prepared in
      counter.caseName = prepared.name
      defer { counter.settle() }
      guard !prepared.suiteCase.isExact else {
        let ladder = try ofOneRun(prepared) {
          try DigestLadder(of: prepared.loaded) { counter.goesOn() }
        }
        return try compare(prepared, with: ladder, counter)
      }
      var own: [SeedResult] = []
      var seconds = 0.0
      var report = try compare(prepared, from: suite.mostSeeds + 1, counter) { seeds in
        let more = try run(prepared, Array(own.count + 1..<seeds.upperBound), counter)
        own += more.results
        seconds += more.seconds
        return own
      }
      report.runs += own.count
      report.seconds += seconds
      return report
    }
  }

  /// Runs all seeds of all cases.
  public func baseline(_ watch: @escaping Watch) throws -> Baseline {
    let counter = Counter(suite, factor: 1, watch)
    let cases = try prepared.map { prepared in
      counter.caseName = prepared.name
      var known = Baseline.Case(name: prepared.name, identity: prepared.identity)
      if prepared.suiteCase.isExact {
        known.ladder = try DigestLadder(of: prepared.loaded) { counter.goesOn() }
      } else {
        known.metrics = prepared.suiteCase.metrics.map(\.name)
        known.runs = try run(prepared, Array(1...suite.mostSeeds), counter).results
      }
      if prepared.suiteCase.instructions != nil {
        known.instructions = try countInstructions(prepared.suiteCase)
      }
      counter.settle()
      return known
    }
    return Baseline(suite: suite.name, version: Version.text, cases: cases)
  }
}

/// How many runs are done, and whom to tell.
private final class Counter {
  var caseName = ""
  var done = 0
  private var settled = 0
  private let each: Int
  private let of: Int
  private let watch: SuiteCheck.Watch

  init(_ suite: Suite, factor: Int, _ watch: @escaping SuiteCheck.Watch) {
    each = factor * suite.mostSeeds
    of = each * suite.cases.count
    self.watch = watch
  }

  func goesOn(running: Int = 0) -> Bool {
    watch(.init(caseName: caseName, done: settled + done + running, of: of))
  }

  /// A case is over, whichever of its runs were needed.
  func settle() {
    settled += each
    done = 0
  }
}
