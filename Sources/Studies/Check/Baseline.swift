// SPDX-License-Identifier: GPL-3.0-or-later
internal import EventKernel
public import Results
internal import Session
internal import Text

/// What the runs of a suite were like when somebody last said that they are as they should be.
///
/// A file in JSON beside the suite, made to stand in a repository: in the order of the suite, a run
/// or a rung a line, and without times or names of machines, so that what is the same stays the same.
public struct Baseline: Equatable, Sendable {
  /// Of another format nothing is read.
  public static let format = 1

  public struct Case: Equatable, Sendable {
    public var name: String
    /// The fingerprint of the scenario and its files.
    public var identity: String
    /// The columns of the values.
    public var metrics: [String] = []
    /// By seed, from 1 on.
    public var runs: [SeedResult] = []
    public var ladder: DigestLadder?
    public var instructions: InstructionCount?
  }

  public var suite: String
  /// The version of the program that made it.
  public var version: String
  public var cases: [Case]

  public init(suite: String, version: String, cases: [Case]) {
    self.suite = suite
    self.version = version
    self.cases = cases
  }

  /// Writes it in the place of an earlier one.
  public func write(to path: String) throws(ResultsError) {
    try WholeFile.write(text, to: path, replacing: true)
  }

  /// The file.
  public var text: String {
    let members: [(name: String, value: JSON)] = [
      ("format", .integer(Int64(Self.format))),
      ("suite", .string(suite)),
      ("version", .string(version)),
      ("cases", .array(cases.map(\.json))),
    ]
    return JSON.object(members).text(.innermostFlat, .yaml) + "\n"
  }
}

extension Baseline.Case {
  fileprivate var json: JSON {
    var members: [(name: String, value: JSON)] = [
      ("case", .string(name)), ("scenario", .string(identity)),
    ]
    if let instructions {
      members.append(
        ("instructions", .array([.string(instructions.tool), .integer(instructions.count)])))
    }
    if let ladder {
      members.append(("ladder", .array(ladder.rungs.map(\.json))))
    } else {
      members.append(("metrics", .array(metrics.map { .string($0) })))
      members.append(("runs", .array(runs.map(\.json))))
    }
    return .object(members)
  }
}

extension SeedResult {
  /// A line of a baseline: the seed, the digest, and the values in the order of the metrics.
  fileprivate var json: JSON {
    let head: [JSON] = [
      .integer(Int64(seed)), .string(Hexadecimal.text(of: digest, digits: 16)),
    ]
    return .array(head + values.map { .number($0) })
  }
}

extension RunMark {
  /// A line of a baseline: the events so far, the nanosecond, and the digest.
  fileprivate var json: JSON {
    .array([
      .integer(Int64(events)), .integer(time.nanoseconds),
      .string(Hexadecimal.text(of: digest, digits: 16)),
    ])
  }
}
