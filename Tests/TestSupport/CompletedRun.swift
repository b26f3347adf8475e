// SPDX-License-Identifier: GPL-3.0-or-later
internal import Results
public import Simulator

/// A run from its model to what a user reads: the outcome and the rows of the tables.
public struct CompletedRun {
  public let outcome: RunOutcome
  public let flows: [FlowRow]
  public let links: [LinkRow]
  /// The watch on a single flow as it stood when the run ended.
  public let probe: FlowProbe?
  private let scratch: ScratchFolder

  /// Runs a model; a test may look at the run after every so many instants, and before it ends.
  public init(
    _ model: Model, probing flow: String? = nil, instants: Int = 1024,
    looking look: (Run) throws -> Void = { _ in },
    atEnd: (Run) throws -> Void = { _ in }
  ) throws {
    scratch = try ScratchFolder()
    let folder = try ResultsFolder(at: scratch.path + "/run")
    let run = try Run(
      model, writing: RunTables(model.outputs, in: folder), watching: flow.map { .flow($0) })
    while try run.advance(instants: instants) { try look(run) }
    try atEnd(run)
    probe = run.probe
    outcome = try run.finish()
    try folder.commit()
    let kinds = model.outputs.kinds
    flows = kinds.contains(.flows) ? try FlowRow.read(folder.path + "/flows.csv") : []
    links = kinds.contains(.links) ? try LinkRow.read(folder.path + "/links.csv") : []
  }

  /// The rows of a table without quotes in it, each by the names of its columns.
  public func rows(of table: String) throws -> [[String: String]] {
    let lines = try lines(ofFile: "\(scratch.path)/run/\(table).csv").map {
      $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
    }
    guard let header = lines.first else { return [] }
    return lines.dropFirst().map {
      Dictionary(zip(header, $0), uniquingKeysWith: { first, _ in first })
    }
  }

  /// Some columns of a table without quotes in it, for tables of many rows.
  ///
  /// Nothing behind the last of them is looked at.
  public func columns(_ names: [String], of table: String) throws -> [[Substring]] {
    let lines = try lines(ofFile: "\(scratch.path)/run/\(table).csv")
    let header = lines.first?.split(separator: ",").map(String.init) ?? []
    let places = names.map { header.firstIndex(of: $0) ?? header.count }
    let last = (places.max() ?? 0) + 1
    return lines.dropFirst().map { line in
      let cells = line.split(separator: ",", maxSplits: last, omittingEmptySubsequences: false)
      return places.map { $0 < cells.count ? cells[$0] : "" }
    }
  }

  /// A metric of the summary by its name.
  public func summary(_ metric: String) -> Double {
    outcome.summary.rows.first { $0.metric == metric }?.value ?? .nan
  }

  /// The rows of finished and unfinished flows by name.
  public var flowsByName: [String: FlowRow] {
    Dictionary(uniqueKeysWithValues: flows.map { ($0.name, $0) })
  }

  /// The instants in nanoseconds at which flows finished, by name; unfinished ones are absent.
  public var finishes: [String: Int64] { flowsByName.compactMapValues(\.finish) }
}

/// A row of `flows.csv`.
public struct FlowRow: Equatable {
  public let name: String
  public let trafficClass: String
  public let bytes: Double
  /// Nanoseconds.
  public let start: Int64
  public let finish: Int64?
  public let meanRate: Double?
  public let slowdown: Double?
  public let bottleneck: String
  public let deadline: Int64?

  static func read(_ path: String) throws -> [FlowRow] {
    try lines(ofFile: path).dropFirst().map { line in
      let fields = line.split(separator: ",", omittingEmptySubsequences: false)
      precondition(fields.count == 11, "a row of flows.csv has eleven fields: \(line)")
      return FlowRow(
        name: String(fields[0]), trafficClass: String(fields[1]),
        bytes: Double(fields[4]) ?? .nan, start: nanoseconds(fields[5]) ?? -1,
        finish: nanoseconds(fields[6]), meanRate: Double(fields[7]), slowdown: Double(fields[8]),
        bottleneck: String(fields[9]), deadline: nanoseconds(fields[10]))
    }
  }
}

/// A row of `links.csv`.
public struct LinkRow: Equatable {
  public let time: Double
  public let link: String
  public let capacity: Double
  public let rate: Double
  public let utilisation: Double?

  static func read(_ path: String) throws -> [LinkRow] {
    try lines(ofFile: path).dropFirst().map { line in
      let fields = line.split(separator: ",", omittingEmptySubsequences: false)
      precondition(fields.count == 10, "a row of links.csv has ten fields: \(line)")
      return LinkRow(
        time: Double(fields[0]) ?? .nan, link: String(fields[1]),
        capacity: Double(fields[2]) ?? .nan, rate: Double(fields[3]) ?? .nan,
        utilisation: Double(fields[4]))
    }
  }
}

/// Reads seconds with up to nine decimals as whole nanoseconds, without rounding.
public func nanoseconds(_ text: some StringProtocol) -> Int64? {
  guard !text.isEmpty else { return nil }
  let parts = text.split(separator: ".", maxSplits: 1)
  let decimals = parts.count > 1 ? String(parts[1]) : ""
  guard let seconds = Int64(parts[0]), decimals.utf8.count <= 9 else { return nil }
  let padded = decimals + String(repeating: "0", count: 9 - decimals.utf8.count)
  return Int64(padded).map { seconds * 1_000_000_000 + $0 }
}
