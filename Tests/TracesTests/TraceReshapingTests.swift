// SPDX-License-Identifier: GPL-3.0-or-later
import EventKernel
import Foundation
import Samples
import Testing
import Traces

@Suite struct TraceReshapingTests {
  /// Three requests: at 10, 12 and 16 s, of 100, 200 and 300 tokens in, and 1 out; reshaped.
  private func requests(_ reshaping: TraceReshaping) throws -> [TokenRequest] {
    let trace = try Trace("timestamp_s,input_tokens,output_tokens\n10,100,1\n12,200,1\n16,300,1\n")
    defer { withExtendedLifetime(trace) {} }
    return try all(RequestReader(file: trace.path).reshaped(by: reshaping))
  }

  private func times(_ reshaping: TraceReshaping) throws -> [Double] {
    try requests(reshaping).map(\.time.seconds)
  }

  @Test func theFirstRecordIsAtZero() throws {
    #expect(try times(TraceReshaping()) == [0, 2, 6])
    #expect(try times(TraceReshaping(startsAtZero: false)) == [10, 12, 16])
  }

  @Test func timesAndSizesAreScaled() throws {
    let records = try requests(TraceReshaping(timeFactor: 0.25, sizeFactor: 1.5))
    #expect(records.map(\.time.seconds) == [0, 0.5, 1.5])
    #expect(records.map(\.inputTokens) == [150, 300, 450])
    #expect(records.map(\.outputTokens) == [1.5, 1.5, 1.5])
  }

  @Test func aLoopGoesOnAfterAPeriod() throws {
    let tenSeconds = TraceReshaping(repetition: .times(3), period: seconds(10))
    #expect(try times(tenSeconds) == [0, 2, 6, 10, 12, 16, 20, 22, 26])
    // Without a period it is the span of 6 s and a mean gap of 3 s.
    #expect(try times(TraceReshaping(repetition: .until(time(15)))) == [0, 2, 6, 9, 11])
    let slow = TraceReshaping(timeFactor: 2, repetition: .times(2))
    #expect(try times(slow) == [0, 4, 12, 18, 22, 30])
  }

  @Test func aPeriodIsAsLongAsTheTraceOrAnError() throws {
    let just = TraceReshaping(repetition: .times(2), period: seconds(6))
    #expect(try times(just) == [0, 2, 6, 6, 8, 12])
    #expect {
      try times(TraceReshaping(repetition: .times(2), period: seconds(5)))
    } throws: {
      "\($0)".hasSuffix("repeated every 5.0 s, the records overlap: they span 6.0 s")
    }
    let trace = try Trace("timestamp_s,input_tokens,output_tokens\n10,100,1\n")
    let forever = TraceReshaping(repetition: .until(.distantFuture))
    #expect(throws: TraceError.self) {
      try all(RequestReader(file: trace.path).reshaped(by: forever))
    }
    withExtendedLifetime(trace) {}
  }

  @Test func anEmptyTraceIsEmptyHoweverOftenItIsRead() throws {
    let trace = try Trace("timestamp_s,input_tokens,output_tokens\n")
    let forever = TraceReshaping(repetition: .until(.distantFuture))
    #expect(try all(RequestReader(file: trace.path).reshaped(by: forever)).isEmpty)
    withExtendedLifetime(trace) {}
  }

  @Test func everyKindOfTraceCanBeRepeated() throws {
    let jobs = try Trace(
      "; MaxProcs: 8\n 1 5 0 9 1 -1 -1 1 9 -1 1 1 1 1 1 1 -1 -1\n 2 6"
        + " 0 9 1 -1 -1 1 9 -1 1 1 1 1 1 1 -1 -1\n")
    let flows = try Trace("flow,start_s,source,target,bytes\nf,3,a,b,1\ng,4,a,b,2\n")
    let lines = try Trace(
      "{\"timestamp\": 1000, \"input_length\": 1, \"output_length\": 1}\n"
        + "{\"timestamp\": 2000, \"input_length\": 1, \"output_length\": 1}\nx\n")
    let twice = TraceReshaping(sizeFactor: 2, repetition: .times(2))
    let scaled = try all(SWFReader(file: jobs.path).reshaped(by: twice)).map(\.job)
    #expect(scaled.map(\.time.seconds) == [0, 1, 2, 3])
    #expect(scaled.map(\.runTime) == Array(repeating: seconds(18), count: 4))
    #expect(scaled.map(\.name) == ["1", "2", "1", "2"])
    var rows = try FlowRows(file: flows.path) { _ in 0 }.reshaped(by: twice)
    var bytes: [Double] = []
    while let row = try rows.next() { bytes.append(row.bytes) }
    #expect(bytes == [2, 4, 2, 4])
    let reader = try RequestReader(file: lines.path, tolerance: .lenient)
    #expect(try all(reader.reshaped(by: twice)).map(\.time.seconds) == [0, 1, 2, 3])
    // The bad line is met twice and is one line.
    #expect(reader.skipped.count == 1)
    withExtendedLifetime((jobs, flows, lines)) {}
  }

  @Test func recordsFallToPlacesByTheirWeights() throws {
    let rows = (0..<20_000).map { "\($0),1,1\n" }.joined()
    let trace = try Trace("timestamp,input_length,output_length\n" + rows)
    let stream = RandomStream(seed: 3, name: "provinces")
    var split = try RequestReader(file: trace.path).split(over: [1, 0, 3], using: stream)
    let places = try all(split).map(\.place)
    let counts = (0..<3).map { place in places.count { $0 == place } }
    // 5000 expected, with a standard deviation of sqrt(20,000 * 3/16) = 61.
    #expect(abs(counts[0] - 5000) < 250 && counts[1] == 0 && counts[2] == 20_000 - counts[0])
    // The same places again, from the same stream.
    try split.rewind()
    #expect(try all(split).map(\.place) == places)
    withExtendedLifetime(trace) {}
  }

  @Test func whatCanNotBeReshapedIsNamed() {
    #expect(TraceReshaping().problem == nil)
    #expect(TraceReshaping(timeFactor: 0).problem?.contains("time factor") == true)
    #expect(TraceReshaping(sizeFactor: .infinity).problem?.contains("size factor") == true)
    #expect(TraceReshaping(repetition: .times(0)).problem?.contains("at least once") == true)
    #expect(TraceReshaping(period: .zero).problem == "the period must be above 0")
  }
}
