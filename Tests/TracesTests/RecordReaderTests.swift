// SPDX-License-Identifier: GPL-3.0-or-later
import EventKernel
import Foundation
import Samples
import Statistics
import Testing
import Traces

@Suite struct RecordReaderTests {
  @Test func theFieldsOfTheStandardWorkloadFormatAreAllThere() throws {
    let trace = try Trace(
      """
      ; Version: 2.2
      ;   Computer:  A small cluster
      ; MaxProcs: 64
      ; UnixStartTime: 1027839845
      ; Queue: 1 short
      ; Queue: 2 long
      ; a remark without a label
      ; Favourite: none

        1  0 30 3600 16 3599.25 1024 32 7200 2048 1 5 6 7 8 9 10 11
      \t2 5 -1 -1 -1 -1 -1 -1 -1 -1 -1 -1 -1 -1 -1 -1 -1 -1\r
      ; a remark between jobs
       3 5 0 0 4 -1 -1 -1 -1 -1 5 -1 -1 -1 -1 -1 2 0
      """)
    let reader = try SWFReader(file: trace.path)
    #expect(reader.header.processors == 64 && reader.header.unixStart == 1_027_839_845)
    #expect(reader.header["Computer"] == "A small cluster" && reader.header["Favourite"] == nil)
    #expect(
      reader.header.fields.filter { $0.label == "Queue" }.map(\.value) == ["1 short", "2 long"])
    let full = try #require(try reader.next())
    #expect(full.number == 1 && full.time == .zero && full.wait == seconds(30))
    #expect(full.runTime == seconds(3600) && full.allocatedProcessors == 16)
    #expect(full.processorTime == seconds(3599.25) && full.usedMemory_kB == 1024)
    #expect(full.requestedProcessors == 32 && full.requestedTime == seconds(7200))
    #expect(full.requestedMemory_kB == 2048 && full.status == .completed)
    #expect(
      [full.user, full.group, full.executable, full.queue, full.partition] == [5, 6, 7, 8, 9])
    #expect(full.precedingJob == 10 && full.thinkTime == seconds(11))
    #expect(
      full.job
        == TraceJob(
          name: "1", time: .zero, processors: 32, runTime: seconds(3600),
          requestedTime: seconds(7200), user: 5))
    let unknown = try #require(try reader.next())
    #expect(unknown.time == time(5) && unknown.status == nil && unknown.thinkTime == nil)
    #expect(
      unknown.job
        == TraceJob(name: "2", time: time(5), processors: nil, runTime: nil, requestedTime: nil))
    let last = try #require(try reader.next())
    #expect(last.status == .cancelled && last.runTime == .zero && last.precedingJob == 2)
    // Those it got, where none are asked for.
    #expect(last.job.processors == 4)
    #expect(try reader.next() == nil)
    withExtendedLifetime(trace) {}
  }

  @Test func jobsHaveTheColumnsOfBatsimInAnyOrder() throws {
    let trace = try Trace(
      """
      metadata,finish_time,job_id,requested_time,submission_time,requested_number_of_resources,\
      execution_time
      "a,b",30,w0!1,100,2.5,4,20.25
      ,,w0!2,-1,1e1,0,
      """)
    let jobs = try all(JobReader(file: trace.path))
    #expect(
      jobs == [
        TraceJob(
          name: "w0!1", time: time(2.5), processors: 4, runTime: seconds(20.25),
          requestedTime: seconds(100)),
        TraceJob(name: "w0!2", time: time(10), processors: 0, runTime: nil, requestedTime: nil),
      ])
    withExtendedLifetime(trace) {}
  }

  @Test func aRunTimeIsTheTimeFromStartToEnd() throws {
    let trace = try Trace(
      "name,created,gpus,from,till\na,0,1,5,65\nb,1,2,,80\nc,2,3,2024-01-01T00:00:00Z,"
        + "2024-01-01 01:00:30.5\n")
    let mapping = TraceMapping(columns: [
      .job: "name", .timestamp: "created", .processors: "gpus", .start: "from", .end: "till",
    ])
    let jobs = try all(JobReader(file: trace.path, mapping: mapping))
    #expect(jobs.map(\.runTime) == [seconds(60), nil, seconds(3630.5)])
    withExtendedLifetime(trace) {}
  }

  @Test(arguments: [
    // Azure, with and without an offset.
    "TIMESTAMP,ContextTokens,GeneratedTokens\n1970-01-01 00:00:01.5000000,374,44\n"
      + "1970-01-01 01:00:02.25+01:00,10,0\n",
    "\u{feff}\"TIMESTAMP\",GeneratedTokens,ContextTokens\r\n1970-01-01T00:00:01.5Z,44,374\r\n"
      + "\r\n1970-01-01T00:00:02.25Z,\"0\",10.0",
    // BurstGPT, in seconds.
    "Timestamp,Session ID,Model,Request tokens,Response tokens,Total tokens,Log Type\n"
      + "1.5,,ChatGPT,374,44,418,API log\n2.25,1,GPT-4,1e1,0,10,API log\n",
    // Mooncake, in milliseconds.
    #"{"timestamp": 1500, "input_length": 374, "output_length": 44, "hash_ids": [0, "]", {"a": []}]}"#
      + "\n\n" + #"  {"hash_ids":[],"output_length":0 , "input_length":"10","timestamp":2.25e3}"#,
    "timestamp_ms,input_length,output_length\n1500,374,44\n2250,10,0\n",
    "timestamp_s,input_tokens,output_tokens\n1.5,374,44\n2.25,10,0\n",
  ])
  func requestsOfKnownTraces(text: String) throws {
    let trace = try Trace(text)
    #expect(
      try all(RequestReader(file: trace.path)) == [
        TokenRequest(time: time(1.5), inputTokens: 374, outputTokens: 44),
        TokenRequest(time: time(2.25), inputTokens: 10, outputTokens: 0),
      ])
    #expect(try TraceKind(of: trace.path) == .requests)
    withExtendedLifetime(trace) {}
  }

  @Test(arguments: zip(TimeUnit.allCases, ["7", "7e3", "7000000", "7000000000"]))
  func theMappingTellsTheUnitOfTime(unit: TimeUnit, text: String) throws {
    let trace = try Trace("when,in,out\n\(text),1,2\n")
    let mapping = TraceMapping(
      columns: [.timestamp: "when", .input: "in", .output: "out"], timeUnit: unit)
    #expect(try all(RequestReader(file: trace.path, mapping: mapping)).map(\.time) == [time(7)])
    withExtendedLifetime(trace) {}
  }

  @Test func aMappingFillsTheGapOfAKnownSet() throws {
    let trace = try Trace("TIMESTAMP,ContextTokens,made\n1970-01-01 00:00:07,3,4\n")
    let reader = try RequestReader(
      file: trace.path, mapping: TraceMapping(columns: [.output: "made"]))
    #expect(reader.mapping.columns[.input] == "ContextTokens")
    #expect(try all(reader).map(\.outputTokens) == [4])
    withExtendedLifetime(trace) {}
  }

  @Test func aMappingReadsFlowsOfOtherMakers() throws {
    let trace = try Trace(
      "id,proto,src,dst,size,t_ms\nf,tcp,a,b,1e6,1500\ng,udp,b,a,9,2000\nh,udp,b,a,9,1999\n")
    let mapping = TraceMapping(columns: [
      .flow: "id", .source: "src", .target: "dst", .bytes: "size", .timestamp: "t_ms",
    ])
    #expect(try TraceKind(of: trace.path, mapping: mapping) == .flows)
    let rows = try FlowRows(file: trace.path, mapping: mapping) { $0.source == "a" ? 1 : 2 }
    let first = try #require(try rows.next())
    #expect(first.start == time(1.5) && first.bytes == 1e6 && first.route == 1)
    #expect(try rows.next()?.route == 2)
    #expect {
      try rows.next()
    } throws: {
      "\($0)".hasSuffix(
        ":4: t_ms: expected no time before that of the record above, 2, found 1.999; "
          + "sort the file by it, or have it sorted: sort: true in a scenario, --sort with show trace"
      )
    }
    withExtendedLifetime(trace) {}
  }

  @Test func manyLinesCrossTheEdgesOfTheBuffer() throws {
    var text = ""
    for number in 0..<40_000 {
      let ids = String(repeating: "\(number), ", count: number % 17) + "0"
      text +=
        #"{"timestamp": \#(number), "input_length": \#(number % 91), "output_length": 1, "#
        + #""hash_ids": [\#(ids)]}"# + "\n"
    }
    let trace = try Trace(text)
    let requests = try all(RequestReader(file: trace.path))
    #expect(requests.count == 40_000)
    #expect(requests.indices.allSatisfy { requests[$0].time == time(Double($0) / 1000) })
    #expect(requests.indices.allSatisfy { requests[$0].inputTokens == Double($0 % 91) })
    withExtendedLifetime(trace) {}
  }

  @Test(arguments: [
    ("; Version: 2\n", TraceKind.swf), ("  1 0 -1 5 1 -1 -1 1 9 -1 1 1 1 1 1 1 -1 -1\n", .swf),
    ("flow,start_s,source,target,bytes\n", .flows),
    ("\nx,job_id,submission_time,requested_number_of_resources,execution_time\n", .jobs),
    (#"{"input_length": 1, "timestamp": 1, "output_length": 1}"#, .requests),
    (#"{"job_id": "a", "submission_time": 1, "requested_number_of_resources": 1}"#, .jobs),
  ])
  func theKindIsToldByTheContent(text: String, kind: TraceKind) throws {
    let trace = try Trace(text)
    #expect(try TraceKind(of: trace.path) == kind)
    withExtendedLifetime(trace) {}
  }

  @Test func theSumsOfATraceAreThoseOfItsLines() throws {
    let trace = try Trace("timestamp,input_length,output_length\n0,3,1\n1000,5,2\n4000,4,9\n")
    let summary = try TraceSummary(of: trace.path, kind: .requests)
    #expect(summary.count == 3 && summary.span == seconds(4) && summary.rate == 0.5)
    #expect(summary.gaps.summary.sum == 4 && summary.gaps.summary.count == 2)
    #expect(summary.quantities.map(\.summary.sum) == [12, 12])
    #expect(summary.quantities[0].summary.quantiles([0, 0.5, 1]) == [3, 4, 5])
    withExtendedLifetime(trace) {}
  }
}

func all<Stream: RecordStream>(_ stream: Stream) throws -> [Stream.Record] {
  var stream = stream
  var records: [Stream.Record] = []
  while let record = try stream.next() { records.append(record) }
  return records
}

func seconds(_ seconds: Double) -> SimDuration {
  SimDuration(nanoseconds: Int64((seconds * 1e9).rounded()))
}

func time(_ seconds: Double) -> SimTime {
  SimTime(nanoseconds: Int64((seconds * 1e9).rounded()))
}
