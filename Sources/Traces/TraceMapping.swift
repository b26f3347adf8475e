// SPDX-License-Identifier: GPL-3.0-or-later

/// Which columns of a trace hold what, and what its times count.
///
/// What is not said is found by well-known names.
public struct TraceMapping: Equatable, Sendable {
  /// What a column holds.
  public enum Role: String, CaseIterable, Sendable {
    /// When a flow starts, a request arrives or a job is submitted.
    case timestamp
    case flow
    case source
    case target
    case bytes
    /// The links of a flow, joined by `;`.
    case path
    case trafficClass = "class"
    /// When the last byte of a flow is to be there; its unit is that of the timestamp.
    case deadline
    case input
    case output
    case job
    case processors
    case runTime = "run_time"
    case requestedTime = "requested_time"
    /// When a job started and ended, for traces that don't tell how long it ran.
    case start
    case end
  }

  /// The names of columns, or of keys where the trace is JSON.
  public var columns: [Role: String]
  /// Nil where the name of the column or the format tells it; seconds otherwise.
  public var timeUnit: TimeUnit?

  public init(columns: [Role: String] = [:], timeUnit: TimeUnit? = nil) {
    self.columns = columns
    self.timeUnit = timeUnit
  }
}

/// A column that was found in a trace.
struct MappedColumn {
  var name: String
  /// Of its field in a record.
  var position: Int
}

/// A set of names by which traces of one origin are known.
struct KnownColumns {
  var names: [TraceMapping.Role: String]
  /// Columns that may be missing.
  var optional: [TraceMapping.Role: String] = [:]
  var timeUnit: TimeUnit?
}

extension TraceMapping {
  /// Names of requests of language models, in the order in which they are tried.
  static let knownRequests = [
    // Azure Public Dataset, AzureLLMInferenceTrace 2023 and 2024; its times are date-times.
    KnownColumns(
      names: [.timestamp: "TIMESTAMP", .input: "ContextTokens", .output: "GeneratedTokens"]),
    // Mooncake, FAST'25.
    KnownColumns(
      names: [.timestamp: "timestamp", .input: "input_length", .output: "output_length"],
      timeUnit: .milliseconds),
    KnownColumns(
      names: [.timestamp: "timestamp_ms", .input: "input_length", .output: "output_length"]),
    // BurstGPT.
    KnownColumns(
      names: [.timestamp: "Timestamp", .input: "Request tokens", .output: "Response tokens"]),
    KnownColumns(
      names: [.timestamp: "timestamp_s", .input: "input_tokens", .output: "output_tokens"]),
    KnownColumns(
      names: [.timestamp: "timestamp", .input: "input_tokens", .output: "output_tokens"]),
    // splitwise-sim.
    KnownColumns(
      names: [.timestamp: "arrival_timestamp", .input: "prompt_size", .output: "token_size"]),
    KnownColumns(
      names: [.timestamp: "arrival_s", .input: "input_tokens", .output: "output_tokens"]),
    KnownColumns(
      names: [.timestamp: "arrival_s", .input: "prompt_tokens", .output: "output_tokens"]),
    KnownColumns(
      names: [.timestamp: "unit_arrival", .input: "prompt_tokens", .output: "output_tokens"]),
  ]

  /// Names of jobs: those of Batsim's jobs.csv.
  static let knownJobs = [
    KnownColumns(
      names: [
        .job: "job_id", .timestamp: "submission_time",
        .processors: "requested_number_of_resources",
      ],
      optional: [
        .runTime: "execution_time", .requestedTime: "requested_time", .start: "starting_time",
        .end: "finish_time",
      ])
  ]

  /// This mapping with what it leaves open taken from the first set of names that fits.
  ///
  /// Nil where none does.
  func completed(by known: [KnownColumns], among found: [String]) -> TraceMapping? {
    for set in known {
      let names = set.names.merging(columns) { $1 }
      guard names.values.allSatisfy(found.contains) else { continue }
      var mapping = TraceMapping(columns: names)
      for (role, name) in set.optional where names[role] == nil && found.contains(name) {
        mapping.columns[role] = name
      }
      let time = names[.timestamp] ?? ""
      let isKnown = time == set.names[.timestamp]
      mapping.timeUnit =
        timeUnit ?? TimeUnit(endOf: time) ?? (isKnown ? set.timeUnit : nil) ?? .seconds
      return mapping
    }
    return nil
  }

  /// Completes the mapping, or says what is missing.
  func resolved(
    _ kind: String, by known: [KnownColumns], among found: [String]
  ) throws(TraceError.Problem) -> TraceMapping {
    for name in columns.values.sorted() where !found.contains(name) {
      throw .noColumn(name, found: found)
    }
    if let mapping = completed(by: known, among: found) { return mapping }
    let sets = known.map { set in
      Role.allCases.compactMap { set.names[$0] }.joined(separator: ", ")
    }
    throw .noMapping(kind: kind, expected: sets.joined(separator: "; or "), found: found)
  }

  /// Where the column of a role stands; nil where it has none.
  func place(_ role: Role, among found: [String]) -> MappedColumn? {
    guard let name = columns[role], let position = found.firstIndex(of: name) else { return nil }
    return MappedColumn(name: name, position: position)
  }
}
