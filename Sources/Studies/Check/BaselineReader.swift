// SPDX-License-Identifier: GPL-3.0-or-later
internal import EventKernel
internal import Glibc
internal import Scenario
internal import Session
internal import Text
internal import YAMLReader

extension Baseline {
  /// Reads what `--update` wrote.
  public init(path: String) throws {
    guard access(path, F_OK) == 0 else { throw NoBaseline(path: path) }
    var problems = Problems(file: path)
    guard let root = Node.read(file: path, problems: &problems) else {
      throw ScenarioErrors(problems)
    }
    try Self.checkFormat(root, path)
    guard let section = BaselineSection.read(root, path: .root, problems: &problems) else {
      throw ScenarioErrors(problems)
    }
    for section in section.cases { section.check(&problems) }
    guard problems.isEmpty else { throw ScenarioErrors(problems) }
    self.init(
      suite: section.suite, version: section.version,
      cases: section.cases.map { section in
        Case(
          name: section.name, identity: section.identity, metrics: section.metrics,
          runs: section.runs.map(\.result),
          ladder: section.ladder.map { DigestLadder(rungs: $0.map(\.mark)) },
          instructions: section.instructions?.count)
      })
  }

  private static func checkFormat(_ root: Node, _ path: String) throws {
    guard case .mapping(let entries) = root.content,
      let format = entries.first(where: { $0.key == "format" })?.value,
      format.scalar?.text != "\(Baseline.format)"
    else { return }
    throw OtherBaseline(path: path, found: format.summary)
  }
}

/// A suite that was not blessed yet.
public struct NoBaseline: Error, CustomStringConvertible {
  let path: String

  public var description: String {
    "\(path): no such file; `cpnsim check SUITE --update` makes the baseline"
  }
}

/// A baseline that another version wrote.
public struct OtherBaseline: Error, CustomStringConvertible {
  let path: String
  let found: String

  public var description: String {
    "\(path): found format \(found), expected \(Baseline.format); --update makes it anew"
  }
}

/// A baseline file as it was written.
private struct BaselineSection: Section {
  var origin = Origin.none
  var format = 0
  var suite = ""
  var version = ""
  var cases: [BaselineCaseSection] = []

  static let shape = Shape<BaselineSection>(
    "What the runs of a suite were like.",
    fields: [
      .required("format", \.format, "The format of the file."),
      .required("suite", \.suite, "The name of the suite."),
      .required("version", \.version, "The version of the program that wrote it."),
      .required("cases", \.cases, "The cases of the suite."),
    ])
}

private struct BaselineCaseSection: Section {
  var origin = Origin.none
  var name = ""
  var identity = ""
  var metrics: [String] = []
  var runs: [ResultRow] = []
  var ladder: [MarkRow]?
  var instructions: CountRow?

  static let shape = Shape<BaselineCaseSection>(
    "A case: its runs, or digests along one.",
    fields: [
      .required("case", \.name, "The name of the case."),
      .required("scenario", \.identity, "The fingerprint of the scenario and its files."),
      .defaulted("metrics", \.metrics, "The metrics of the runs."),
      .defaulted("runs", \.runs, "A run each: its seed, its digest, and a value for each metric."),
      .optional("instructions", \.instructions, "The tool that counted, and the count."),
      .optional("ladder", \.ladder, "A digest each: the events, the nanosecond, the digest."),
    ],
    rules: [.exactlyOne(["runs", "ladder"])])

  /// Seeds count from 1 on, and each run has all metrics.
  func check(_ problems: inout Problems) {
    for (index, run) in runs.enumerated() {
      if run.result.seed != index + 1 {
        problems.add(
          found: "seed \(run.result.seed)", expected: "seed \(index + 1)", at: run.place,
          path: origin.path)
      } else if run.result.values.count != metrics.count {
        problems.add(
          found: "\(run.result.values.count) values", expected: "\(metrics.count)", at: run.place,
          path: origin.path)
      }
    }
    if ladder?.isEmpty == true {
      problems.add(
        found: "an empty list", expected: "digests", at: origin.place,
        path: origin.path.key("ladder"))
    }
  }
}

private struct ResultRow: ScenarioValue {
  var place: Place
  var result: SeedResult

  static let schema = Node.mapping([("type", .text("array"))])

  static func read(_ node: Node, path: Path, problems: inout Problems) -> ResultRow? {
    let parts = node.scalars
    guard parts.count >= 2, let seed = Int(parts[0] ?? ""),
      let digest = Hexadecimal.value(of: (parts[1] ?? "").utf8)
    else {
      node.report(expected: "a seed, a digest and values", path: path, problems: &problems)
      return nil
    }
    var values: [Double] = []
    for part in parts.dropFirst(2) {
      guard let part else {
        values.append(.nan)
        continue
      }
      guard let value = DecimalText(part)?.value() else {
        problems.add(found: Node.quoted(part), expected: "a number", at: node.place, path: path)
        return nil
      }
      values.append(value)
    }
    return ResultRow(
      place: node.place, result: SeedResult(seed: seed, digest: digest, values: values))
  }

  var node: Node { .list([]) }
}

private struct MarkRow: ScenarioValue {
  var mark: RunMark

  static let schema = Node.mapping([("type", .text("array"))])

  static func read(_ node: Node, path: Path, problems: inout Problems) -> MarkRow? {
    let parts = node.scalars.map { $0 ?? "" }
    guard parts.count == 3, let events = Int(parts[0]), let time = Int64(parts[1]),
      let digest = Hexadecimal.value(of: parts[2].utf8)
    else {
      node.report(
        expected: "a number of events, a nanosecond and a digest", path: path, problems: &problems)
      return nil
    }
    return MarkRow(
      mark: RunMark(events: events, time: SimTime(nanoseconds: time), digest: digest))
  }

  var node: Node { .list([]) }
}

private struct CountRow: ScenarioValue {
  var count: InstructionCount

  static let schema = Node.mapping([("type", .text("array"))])

  static func read(_ node: Node, path: Path, problems: inout Problems) -> CountRow? {
    let parts = node.scalars.map { $0 ?? "" }
    guard parts.count == 2, let count = Int64(parts[1]) else {
      node.report(expected: "a tool and a count", path: path, problems: &problems)
      return nil
    }
    return CountRow(count: InstructionCount(tool: parts[0], count: count))
  }

  var node: Node { .list([]) }
}

extension Node {
  /// The texts of a list of plain values; nil for each that says nothing.
  fileprivate var scalars: [String?] {
    guard case .sequence(let elements) = content else { return [] }
    return elements.map { $0.scalar?.text }
  }
}
