// SPDX-License-Identifier: GPL-3.0-or-later

/// What a trace is a list of, and how it is written.
public enum TraceKind: String, CaseIterable, Sendable {
  /// CSV of flows.
  case flows
  /// CSV or JSON lines of jobs.
  case jobs
  /// Jobs in the Standard Workload Format.
  case swf
  /// A workload of Batsim: one JSON text with jobs and profiles.
  case batsim
  /// CSV or JSON lines of requests to language models.
  case requests

  /// Finds the kind of a file by its first line that holds anything.
  public init(of file: String, mapping: TraceMapping = TraceMapping()) throws(TraceError) {
    var line: Int?
    do throws(TraceError.Problem) {
      var records = try TraceRecords.opening(file)
      guard records.isFile else { throw .kindOfPipe }
      line = 1
      self = try records.kind(mapping)
    } catch {
      throw TraceError(file: file, line: line, problem: error)
    }
  }
}

extension TraceKind {
  /// How its jobs are written; nil where it is not of jobs.
  public var jobFormat: JobFormat? {
    switch self {
    case .jobs: .jobs
    case .swf: .swf
    case .batsim: .batsim
    case .flows, .requests: nil
    }
  }
}

extension TraceRecords {
  /// Whether a text of JSON begins that does not end on its first line, or has the keys of one.
  ///
  /// JSON lines are objects that end on their line, and have other keys.
  fileprivate func beginsWorkload(_ line: UnsafeBufferPointer<UInt8>) -> Bool {
    let text = line.drop { Self.isBlank($0) }
    guard text.first == UInt8(ascii: "{") else { return false }
    if text.last(where: { !Self.isBlank($0) }) != UInt8(ascii: "}") { return true }
    let words = String(decoding: text, as: UTF8.self)
    return words.contains("\"profiles\"") && words.contains("\"jobs\"")
  }

  fileprivate mutating func kind(_ mapping: TraceMapping) throws(TraceError.Problem) -> TraceKind {
    while let text = try peek(), text.allSatisfy(Self.isBlank) { _ = try next() }
    guard let text = try peek() else { throw .emptyFile(expected: "a trace") }
    if beginsWorkload(text) { return .batsim }
    let words = text.split(whereSeparator: Self.isBlank)
    if words.first?.first == UInt8(ascii: ";") { return .swf }
    if words.count == 18,
      words.allSatisfy({ DecimalField(UnsafeBufferPointer(rebasing: $0)) != nil })
    {
      return .swf
    }
    let names = try columnNames()
    let roles = Set(mapping.columns.keys)
    let ofFlows: Set<TraceMapping.Role> = [.flow, .source, .target, .bytes, .path, .trafficClass]
    if names.contains("flow"), names.contains("start_s") || !roles.isDisjoint(with: ofFlows) {
      return .flows
    }
    if mapping.completed(by: TraceMapping.knownJobs, among: names) != nil { return .jobs }
    if mapping.completed(by: TraceMapping.knownRequests, among: names) != nil { return .requests }
    // What the user maps tells what is meant, and the reader then tells what is missing.
    if !roles.isDisjoint(with: ofFlows) { return .flows }
    if !roles.isDisjoint(with: [.input, .output]) { return .requests }
    if !roles.isSubset(of: [.timestamp]) { return .jobs }
    throw .unknownKind(found: names)
  }
}
