// SPDX-License-Identifier: GPL-3.0-or-later

/// What a trace is a list of, and how it is written.
public enum TraceKind: String, CaseIterable, Sendable {
  /// CSV of flows.
  case flows
  /// CSV or JSON lines of jobs.
  case jobs
  /// Jobs in the Standard Workload Format.
  case swf
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

extension TraceRecords {
  fileprivate mutating func kind(_ mapping: TraceMapping) throws(TraceError.Problem) -> TraceKind {
    while let text = try peek(), text.allSatisfy(Self.isBlank) { _ = try next() }
    guard let text = try peek() else { throw .emptyFile(expected: "a trace") }
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
