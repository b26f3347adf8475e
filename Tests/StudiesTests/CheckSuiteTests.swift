// SPDX-License-Identifier: GPL-3.0-or-later
import EventKernel
import Foundation
import Scenario
import Session
import Simulator
import TestSupport
import Testing

@testable import Studies

/// Suites, baselines and ladders as files.
@Suite struct CheckSuiteTests {
  static let scenario = """
    scenario: s
    duration: 20 s
    network: {links: [{name: l, from: a, to: b, capacity: 1 Gbps}]}
    traffic:
      - generate: {name: g, from: a, to: b, arrivals: {poisson: 20 /s}, sizes: {exponential: {mean: 1 MB}}}

    """

  static let suite = """
    suite: s
    baseline: b.json
    looks: [4, 8]
    cases:
      - name: load
        scenario: s.yaml
        metrics:
          - {metric: fct_mean, better: lower, tolerance: 1 %}
          - {metric: flows_finished, better: higher, tolerance: 2, blocking: false}
      - {name: same, scenario: s.yaml, exact: digest}

    """

  static func folder() throws -> ScratchFolder {
    let folder = try ScratchFolder()
    try folder.write(scenario, to: "s.yaml")
    return folder
  }

  // MARK: - Suites

  @Test func aSuiteIsRead() throws {
    let folder = try Self.folder()
    let suite = try Suite(path: folder.write(Self.suite, to: "suite.yaml"))
    #expect(suite.looks == [4, 8] && suite.falseAlarm == 0.001 && suite.blockingMetrics == 1)
    #expect(suite.baselinePath == "\(folder.path)/b.json")
    #expect(suite.cases.map(\.isExact) == [false, true])
    #expect(suite.cases[0].metrics[0].tolerance == .relative(0.01))
    #expect(suite.cases[0].metrics[1].tolerance == .absolute(2))
  }

  @Test(arguments: [
    ("looks: [4, 8]", "looks: [8, 4]", "5:12: looks[1]: found 4, expected more seeds than 8"),
    ("looks: [4, 8]", "looks: [1]", "looks[0]: found 1, expected 2 to 100000 seeds"),
    ("looks: [4, 8]", "looks: []", "looks: found an empty list, expected numbers of seeds"),
    ("looks: [4, 8]", "false_alarm: 0.1", "false_alarm: found \"0.1\", expected a chance from"),
    ("looks: [4, 8]", "look: [4, 8]", "unknown key \"look\"; did you mean \"looks\"?"),
    ("better: lower", "better: less", "unknown word \"less\""),
    ("tolerance: 1 %", "tolerance: -1 %", "tolerance: found \"-1 %\", expected a number"),
    ("tolerance: 1 %", "tolerance: 1 ms", "tolerance: found \"1 ms\", expected a number"),
    ("exact: digest", "exact: digest, metrics: []", "found metrics and exact of metrics, exact"),
    (", exact: digest", "", "found none of metrics, exact, expected exactly one"),
    ("exact: digest", "exact: all", "unknown word \"all\""),
    ("name: same", "name: load", "a second case \"load\""),
    ("metric: flows_finished", "metric: fct_mean", "a second metric \"fct_mean\""),
    ("baseline: b.json", "baseline: \"\"", "baseline: found \"\", expected a name"),
    ("name: load", "name: load\n    set: {seed: 3}", "found seed, which each run has of the suite"),
    ("scenario: s.yaml", "scenario: t.yaml", "t.yaml: can't be read: No such file or directory"),
    ("scenario: s.yaml", "scenario: t.yaml", "suite.yaml:7:15: cases[0].scenario: "),
  ]) func aWrongSuiteIsAClearError(from: String, to: String, message: String) throws {
    let folder = try Self.folder()
    let text = Self.suite.replacing(from, with: to, maxReplacements: 1)
    #expect(text != Self.suite)
    let path = try folder.write("# comment\n" + text, to: "suite.yaml")
    do {
      _ = try Suite(path: path)
      Issue.record("\(to) is taken")
    } catch {
      let expected = message.replacing("5:12", with: "\(path):4:12")
      #expect("\(error)".contains(expected), "\(error)")
    }
  }

  @Test func allWrongScenariosAreToldBeforeTheFirstRun() throws {
    let folder = try Self.folder()
    let text = Self.suite.replacing(
      "scenario: s.yaml", with: "scenario: s.yaml, set: {duration: 1 m}"
    )
    .replacing(
      "    scenario: s.yaml, set: {duration: 1 m}\n",
      with: "    scenario: s.yaml\n    unset: [network]\n")
    let suite = try Suite(path: folder.write(text, to: "suite.yaml"))
    do {
      _ = try SuiteCheck(suite, jobs: 1)
      Issue.record("wrong scenarios are taken")
    } catch {
      #expect(
        "\(error)".contains("case load:\n")
          && "\(error)".contains("case same:\n\(folder.path)/suite.yaml:")
          && "\(error)".contains(".set: duration: "), "\(error)")
    }
  }

  @Test func anUnknownMetricIsAClearError() throws {
    let folder = try Self.folder()
    let text = Self.suite.replacing("metric: fct_mean", with: "metric: fct_maen")
    let suite = try Suite(path: folder.write(text, to: "suite.yaml"))
    let check = try SuiteCheck(suite, jobs: 2)
    #expect(throws: (any Error).self) { _ = try check.baseline { _ in true } }
    do {
      _ = try check.nullReport { _ in true }
    } catch {
      #expect(
        "\(error)".contains(
          "suite.yaml:8:18: case load: unknown metric \"fct_maen\"; did you mean \"fct_mean\"?"),
        "\(error)")
    }
  }

  // MARK: - Baselines

  @Test func aBaselineReadsBackAsItIs() throws {
    let folder = try Self.folder()
    let suite = try Suite(path: folder.write(Self.suite, to: "suite.yaml"))
    let check = try SuiteCheck(suite, jobs: 2)
    var baseline = try check.baseline { _ in true }
    baseline.cases[0].runs[2].values[1] = .nan
    try baseline.write(to: suite.baselinePath)
    #expect(try Baseline(path: suite.baselinePath) == baseline)
    #expect(baseline.text.split(separator: "\n").contains { $0.hasPrefix("        [3, \"") })
    #expect(baseline.cases[0].runs.map(\.seed) == Array(1...8))
  }

  @Test func checksAgreeWithTheirBaselineWhateverTheJobs() throws {
    let folder = try Self.folder()
    let suite = try Suite(path: folder.write(Self.suite, to: "suite.yaml"))
    let baseline = try SuiteCheck(suite, jobs: 1).baseline { _ in true }
    #expect(try SuiteCheck(suite, jobs: 3).baseline { _ in true } == baseline)
    let report = try SuiteCheck(suite, jobs: 2).report(against: baseline) { _ in true }
    #expect(!report.isRed && report.cases[0].runs == 4)
    for case .metric(_, let judgement, _) in report.cases[0].findings {
      #expect(judgement.verdict == .identical)
    }
  }

  @Test(arguments: [
    ("\"format\": 1", "\"format\": 2", "found format 2, expected 1; --update makes it anew"),
    ("\"case\": \"load\"", "\"case\": \"lad\"", "it has no case load"),
    ("\"suite\": \"s\"", "\"suite\": \"t\"", "it is of the suite t, expected s"),
    ("\"fct_mean\"", "\"fct_max\"", "case load: it has no metric fct_mean"),
    ("        [8, ", "        [9, ", "found seed 9, expected seed 8"),
    ("\"suite\"", "<<<<<<< HEAD\n\"suite\"", "b.json:4:8: while parsing"),
  ]) func aWrongBaselineIsAClearError(from: String, to: String, message: String) throws {
    let folder = try Self.folder()
    let suite = try Suite(path: folder.write(Self.suite, to: "suite.yaml"))
    let text = try SuiteCheck(suite, jobs: 2).baseline { _ in true }.text
    let changed = text.replacing(from, with: to, maxReplacements: 1)
    #expect(changed != text)
    try folder.write(changed, to: "b.json")
    do {
      let baseline = try Baseline(path: suite.baselinePath)
      _ = try SuiteCheck(suite, jobs: 1).report(against: baseline) { _ in true }
      Issue.record("\(to) is taken")
    } catch {
      #expect("\(error)".contains(message), "\(error)")
    }
  }

  // MARK: - Ladders

  @Test func aLadderPlacesTheFirstDifference() throws {
    let folder = try Self.folder()
    let path = "\(folder.path)/s.yaml"
    let ladder = try DigestLadder(of: ScenarioFile.load(path: path)) { true }
    #expect((200...DigestLadder.count).contains(ladder.rungs.count))
    #expect(try ladder.difference(from: ScenarioFile.load(path: path)) { true } == nil)
    let session = try Session(ScenarioFile.load(path: path))
    try session.drive()
    #expect(try session.finish().outcome.digest.value == ladder.rungs.last?.digest)
    // A change at 10 s is found within the events that a rung is apart.
    let changed = try ScenarioFile.load(
      path: path, settings: ["events[+]={at: 10 s, link: l, capacity: 2 Gbps}"])
    let found = try #require(try ladder.difference(from: changed) { true })
    let agreed = try #require(found.agreed)
    #expect(agreed.time.seconds < 10 && found.differs.time.seconds >= 10)
    #expect(found.differs.events - agreed.events <= 8)
    #expect(found.text.hasPrefix("digests agree up to t = 9.") && found.text.contains("differ by"))
    // And its events are those of a run, each with the digest behind it.
    let events = try EventWindow(after: agreed.events, count: 40).events(of: changed)
    let change = try #require(events.first { $0.time.seconds == 10 })
    #expect(change.what.hasPrefix("linkChanges") && events[0].number == agreed.events + 1)
    let whole = try EventWindow(after: 0, count: .max).events(of: ScenarioFile.load(path: path))
    #expect(whole.last?.digest.value == ladder.rungs.last?.digest)
    #expect(whole.count == ladder.rungs.last?.events)
  }

  @Test func aSuiteBesideItselfIsGreen() throws {
    let folder = try Self.folder()
    let suite = try Suite(path: folder.write(Self.suite, to: "suite.yaml"))
    let report = try SuiteCheck(suite, jobs: 2).nullReport { _ in true }
    #expect(!report.isRed && report.kind == .null)
    guard case .metric(_, let judgement, _) = report.cases[0].findings[0] else {
      Issue.record("a metric comes first")
      return
    }
    #expect(judgement.verdict != .identical && (judgement.sees ?? 0) > judgement.tolerance)
  }
}
