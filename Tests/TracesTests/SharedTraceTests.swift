// SPDX-License-Identifier: GPL-3.0-or-later
import EventKernel
import Foundation
import Samples
import Testing

@testable import Traces

/// Shared rows are those of the file, and whatever can't be shared is read as ever.
@Suite struct SharedTraceTests {
  private static let flows = """
    flow,start_s,source,target,bytes,deadline_s
    f1,0.5,a,b,1000,
    "g,2",0.5,a,c,2000.5,9
    f3,1,a,b,3000,2

    """

  private func open(_ path: String, _ traces: SharedTraces?, _ tolerance: Tolerance = .strict)
    throws -> FlowReader
  {
    try FlowReader(file: path, tolerance: tolerance, sharing: traces)
  }

  /// All rows as text, and what ended the reading.
  private func rows(_ reader: FlowReader, unknown: String = "none") -> [String] {
    var rows: [String] = []
    var asked: [String] = []
    do {
      while let row = try reader.next(resolve: { request throws(RouteProblem) in
        if request.target == unknown { throw .unknownNode(unknown) }
        asked.append(request.target)
        return Int32(asked.count - 1)
      }) {
        let name = String(decoding: row.name, as: UTF8.self)
        let deadline = row.deadline.map { "\($0.nanoseconds)" } ?? "none"
        rows.append(
          "\(name) \(row.start.nanoseconds) \(row.bytes) \(asked[Int(row.route)]) \(deadline)")
      }
    } catch {
      rows.append("\(error)")
    }
    return rows + reader.skipped.first.map { "skipped \($0)" } + ["\(reader.skipped.count)"]
  }

  @Test(arguments: [Tolerance.strict, .lenient], ["none", "c"])
  func sharedRowsAreThoseOfTheFile(tolerance: Tolerance, unknown: String) throws {
    let trace = try Trace(Self.flows)
    try withExtendedLifetime(trace) {
      let traces = SharedTraces()
      let expected = rows(try open(trace.path, nil, tolerance), unknown: unknown)
      for _ in 0..<2 {
        #expect(rows(try open(trace.path, traces, tolerance), unknown: unknown) == expected)
      }
      #expect(traces.flows(of: trace.path, TraceMapping()) != nil)
    }
  }

  /// What was parsed once is not read again: here the file is gone.
  @Test func theFileIsReadOnce() throws {
    let trace = try Trace(Self.flows)
    try withExtendedLifetime(trace) {
      let traces = SharedTraces()
      let first = rows(try open(trace.path, traces))
      try FileManager.default.removeItem(atPath: trace.path)
      #expect(rows(try open(trace.path, traces)) == first)
      #expect(throws: TraceError.self) { try open(trace.path, nil) }
    }
  }

  /// A row that can't be read, or too many: each run reads the file, and finds what it finds.
  @Test func badAndLongTracesAreNotShared() throws {
    let bad = try Trace(Self.flows + "f4,0.1,a,b,1,\n")
    try withExtendedLifetime(bad) {
      let traces = SharedTraces()
      #expect(traces.flows(of: bad.path, TraceMapping()) == nil)
      for tolerance in [Tolerance.strict, .lenient] {
        let expected = rows(try open(bad.path, nil, tolerance))
        #expect(rows(try open(bad.path, traces, tolerance)) == expected)
      }
    }
    let long = try Trace(Self.flows)
    withExtendedLifetime(long) {
      #expect(SharedTraces(mostBytes: 100).flows(of: long.path, TraceMapping()) == nil)
      #expect(SharedTraces(mostBytes: 1000).flows(of: long.path, TraceMapping()) != nil)
    }
  }

  /// The memory is for all traces together.
  @Test func theMemoryIsForAllTogether() throws {
    let (one, other) = (try Trace(Self.flows), try Trace(Self.flows))
    try withExtendedLifetime((one, other)) {
      let shared = try SharedFlows(file: one.path, mapping: TraceMapping(), mostBytes: 1 << 20)
      let traces = SharedTraces(mostBytes: 2 * shared.bytes - 1)
      #expect(traces.flows(of: one.path, TraceMapping()) != nil)
      #expect(traces.flows(of: other.path, TraceMapping()) == nil)
      #expect(rows(try open(other.path, traces)) == rows(try open(other.path, nil)))
    }
  }

  /// Again and again, as a trace that is looped goes.
  @Test func aPassBeginsAgain() throws {
    let trace = try Trace(Self.flows)
    try withExtendedLifetime(trace) {
      let reader = try open(trace.path, SharedTraces())
      let passes = try (0..<2).map { _ in
        defer { try? reader.rewind() }
        var names: [String] = []
        while let row = try reader.next(resolve: { _ in 7 }) {
          names.append(String(decoding: row.name, as: UTF8.self) + " \(row.route)")
        }
        return names
      }
      #expect(passes == [["f1 7", "g,2 7", "f3 7"], ["f1 7", "g,2 7", "f3 7"]])
    }
  }

  @Test func requestsAreSharedToo() throws {
    let text =
      "TIMESTAMP,ContextTokens,GeneratedTokens\n2024-01-01 00:00:00,10,20\n"
      + "2024-01-01 00:00:01.5,30,0\n"
    let trace = try Trace(text)
    try withExtendedLifetime(trace) {
      let traces = SharedTraces()
      var records: [[Work]] = []
      for shared in [nil, traces, traces] {
        var reader = try WorkReader(
          file: trace.path, format: .requests, options: TraceOptions(), sharing: shared)
        var found: [Work] = []
        while let record = try reader.next() { found.append(record.work) }
        try reader.rewind()
        #expect(try reader.next()?.work == found.first)
        records.append(found)
      }
      #expect(records[0].count == 2 && records[1] == records[0] && records[2] == records[0])
      #expect(traces.work(of: trace.path, .requests, TraceMapping()) != nil)
    }
  }

  /// Threads that come while a trace is parsed wait for it.
  @Test func manyThreadsGetTheSameRows() async throws {
    let lines = (0..<5000).map { "f\($0),\($0),a,b,\($0 + 1)\n" }.joined()
    let trace = try Trace("flow,start_s,source,target,bytes\n" + lines)
    let traces = SharedTraces()
    let path = trace.path
    let all = await withTaskGroup(of: ObjectIdentifier?.self) { group in
      for _ in 0..<8 {
        group.addTask { traces.flows(of: path, TraceMapping()).map { ObjectIdentifier($0) } }
      }
      return await group.reduce(into: Set()) { $0.insert($1) }
    }
    withExtendedLifetime(trace) { #expect(all.count == 1 && !all.contains(nil)) }
  }
}
