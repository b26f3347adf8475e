// SPDX-License-Identifier: GPL-3.0-or-later
public import Text

/// What `manifest.json` says of a run: all that it takes to repeat it, and what came of it.
public struct Manifest: Sendable {
  public static let file = "manifest.json"

  public enum Status: String, Sendable {
    /// Every flow ended, or the horizon was reached.
    case complete
  }

  /// A file that the run read, and what it read of it.
  public struct Input: Equatable, Sendable {
    public var path: String
    /// Nil where nothing is known of it.
    public var record: FileRecord?

    public init(path: String, record: FileRecord?) {
      self.path = path
      self.record = record
    }
  }

  /// The name of the scenario.
  public var name: String
  /// The version of the program.
  public var version: String
  public var seed: UInt64
  public var status: Status
  /// The digest over the events of the run.
  public var digest: UInt64
  public var events: Int
  public var wallSeconds: Double
  public var simulatedSeconds: Double
  /// The folder that relative paths in the scenario start from, as an absolute path.
  public var directory: String
  public var inputs: [Input]
  /// What is worth reading first, as JSON.
  public var findings: JSON
  /// The scenario with every default filled in, as JSON text.
  public var scenario: String

  public init(
    name: String, version: String, seed: UInt64, status: Status, digest: UInt64, events: Int,
    wallSeconds: Double, simulatedSeconds: Double, directory: String, inputs: [Input],
    findings: JSON = .array([]), scenario: String
  ) {
    self.name = name
    self.version = version
    self.seed = seed
    self.status = status
    self.digest = digest
    self.events = events
    self.wallSeconds = wallSeconds
    self.simulatedSeconds = simulatedSeconds
    self.directory = directory
    self.inputs = inputs
    self.findings = findings
    self.scenario = scenario
  }

  public var json: JSON {
    .object([
      ("name", .string(name)),
      ("version", .string(version)),
      // Text for the digest, because readers that know only doubles would round it.
      ("seed", .raw(String(seed))),
      ("status", .string(status.rawValue)),
      ("digest", .string(hexadecimal(digest))),
      ("events", .integer(Int64(events))),
      ("wall_s", .number(wallSeconds)),
      ("simulated_s", .number(simulatedSeconds)),
      ("directory", .string(directory)),
      ("inputs", .array(inputs.map(\.json))),
      ("findings", findings),
      ("scenario", .raw(scenario)),
    ])
  }
}

extension Manifest.Input {
  var json: JSON {
    guard let record else { return .object([("path", .string(path))]) }
    var members: [(name: String, value: JSON)] = [
      ("path", .string(path)),
      ("read", .string(record.isPart ? "part" : "whole")),
      ("bytes", .integer(record.fingerprint.bytes)),
    ]
    // The length of a pipe is known to nobody.
    if let length = record.fileBytes { members.append(("file_bytes", .integer(length))) }
    members.append(("fnv1a_64", .string(hexadecimal(record.fingerprint.hash))))
    return .object(members)
  }
}

/// Sixteen digits, so that equal lengths line up and compare as text.
private func hexadecimal(_ value: UInt64) -> String { Hexadecimal.text(of: value, digits: 16) }
