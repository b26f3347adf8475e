// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation
import Samples
import Testing
import Traces

@Suite struct RecordErrorTests {
  private static let good = "timestamp,input_length,output_length\n0,1,1\n"

  @Test(arguments: [
    ("0,1", "expected 3 fields as in the header, found 2"),
    ("0,1,2,3", "expected 3 fields as in the header, found 4"),
    ("0;1;2", "expected 3 fields as in the header, found 1"),
    ("x,1,2", "timestamp: expected a number from 0 on or a date-time, found 'x'"),
    (",1,2", "timestamp: expected a number from 0 on or a date-time, found ''"),
    ("-1,1,2", "timestamp: expected a number from 0 on or a date-time, found '-1'"),
    ("NaN,1,2", "timestamp: expected a number from 0 on or a date-time, found 'NaN'"),
    ("inf,1,2", "timestamp: expected a number from 0 on or a date-time, found 'inf'"),
    (
      "1e14,1,2",
      "timestamp: '1e14' is past the last instant, in the year 2262"
    ),
    (
      "2023-02-29 00:00:00,1,2",
      "timestamp: expected a date-time such as 2023-11-16T18:17:03.98Z, found '2023-02-29 00:00:00'"
    ),
    (
      "1969-12-31T23:59:59Z,1,2",
      "timestamp: expected a date from 1970 on, found '1969-12-31T23:59:59Z'"
    ),
    (
      "2300-01-01T00:00:00Z,1,2",
      "timestamp: '2300-01-01T00:00:00Z' is past the last instant, "
        + "in the year 2262"
    ),
    ("0,1.5,2", "input_length: expected a whole number from 0 to 1e15, found '1.5'"),
    ("0,-1,2", "input_length: expected a whole number from 0 to 1e15, found '-1'"),
    ("0,1e16,2", "input_length: expected a whole number from 0 to 1e15, found '1e16'"),
    ("0,1e999,2", "input_length: expected a whole number from 0 to 1e15, found '1e999'"),
    ("0,nan,2", "input_length: expected a whole number from 0 to 1e15, found 'nan'"),
    ("0,1,\u{e4}", "output_length: expected a whole number from 0 to 1e15, found '\u{e4}'"),
    ("0,\"1,2", "a quote is opened and never closed"),
    ("0,\"1\"x,2", "a quote may only enclose a whole field, and is doubled inside one"),
  ])
  func rowsOfATable(row: String, expected: String) throws {
    #expect(try complaint(Self.good + row) { try RequestReader(file: $0) } == "3: " + expected)
    // Skipped, and what follows is read.
    let trace = try Trace(Self.good + row + "\n7,8,9\n")
    let reader = try RequestReader(file: trace.path, tolerance: .lenient)
    #expect(try all(reader).map(\.inputTokens) == [1, 8])
    #expect(reader.skipped.count == 1 && reader.skipped.first.map(\.line) == [3])
    withExtendedLifetime(trace) {}
  }

  @Test(arguments: [
    ("{", "3:2: expected a key in quotes, found the end of the line"),
    ("[1]", "3:1: expected an object in braces, found '[1]'"),
    ("null", "3:1: expected an object in braces, found 'null'"),
    (#"{"timestamp" 1}"#, "3:14: expected ':' behind the key, found '1}'"),
    (#"{"é": 1, timestamp: 1}"#, "3:10: expected a key in quotes, found 'timestamp: 1'"),
    (#"{"timestamp": }"#, "3:15: expected a value, found '}'"),
    (#"{"timestamp": 1, }"#, "3:18: expected a key in quotes, found '}'"),
    (#"{"timestamp": 1 "a": 2}"#, "3:17: expected ',' or '}', found '\"a\": 2}'"),
    (#"{"a": [1, 2}"#, "3:12: expected ']', found '}'"),
    (#"{"a": {"b": [}]}"#, "3:14: expected ']', found '}]}'"),
    (#"{"a": "b\"}"#, "3:12: expected '\"', found the end of the line"),
    (#"{"a": 1} x"#, "3:10: expected the end of the line behind the object, found 'x'"),
    (#"{"timestamp": 1, "input_length": 2}"#, "3: the key 'output_length' is missing"),
    (
      #"{"timestamp": 1, "input_length": null, "output_length": 2}"#,
      "3: input_length: expected a whole number from 0 to 1e15, found ''"
    ),
    (
      #"{"timestamp": 1, "input_length": [1], "output_length": 2}"#,
      "3: input_length: expected a whole number from 0 to 1e15, found '[1]'"
    ),
  ])
  func linesOfJSON(line: String, expected: String) throws {
    let first = #"{"timestamp": 0, "input_length": 1, "output_length": 1}"# + "\n\n"
    #expect(try complaint(first + line) { try RequestReader(file: $0) } == expected)
    let trace = try Trace(first + line + "\n" + first)
    let reader = try RequestReader(file: trace.path, tolerance: .lenient)
    #expect(try all(reader).count == 2 && reader.skipped.count == 1)
    withExtendedLifetime(trace) {}
  }

  @Test func nestingHasAnEnd() throws {
    let first = #"{"timestamp": 0, "input_length": 1, "output_length": 1}"# + "\n"
    let deep = #"{"a": "# + String(repeating: "[", count: 100)
    let found = try complaint(first + deep) { try RequestReader(file: $0) }
    #expect(found?.hasPrefix("2:106: expected at most 100, found brackets 101 levels deep") == true)
  }

  @Test(arguments: [
    ("1 0 0 0 1 -1 -1 1 1 -1 1 1 1 1 1 1 -1", "line: expected 18 fields, found '17'"),
    ("1 0 0 0 1 -1 -1 1 1 -1 1 1 1 1 1 1 -1 -1 9", "line: expected 18 fields, found '19'"),
    (
      "x 0 0 0 1 -1 -1 1 1 -1 1 1 1 1 1 1 -1 -1",
      "field 1, job number: expected a whole number from 0 to 1e15, found 'x'"
    ),
    (
      "1 -1 0 0 1 -1 -1 1 1 -1 1 1 1 1 1 1 -1 -1",
      "field 2, submit time: expected a number from 0 on or a date-time, found '-1'"
    ),
    (
      "1 0 0 -2 1 -1 -1 1 1 -1 1 1 1 1 1 1 -1 -1",
      "field 4, run time: expected a number from 0 on, found '-2'"
    ),
    (
      "1 0 0 0 1 -1 -1 1 1 -1 7 1 1 1 1 1 -1 -1",
      "field 11, status: expected a status from 0 to 5, or -1, found '7'"
    ),
  ])
  func linesOfTheStandardWorkloadFormat(line: String, expected: String) throws {
    let text = "; MaxProcs: 8\n\(line)\n"
    #expect(try complaint(text) { try SWFReader(file: $0) } == "2: " + expected)
  }

  @Test(arguments: [
    ("", "1: the file is empty; expected a header or a JSON object"),
    ("\u{feff}\n \n", "3: the file is empty; expected a header or a JSON object"),
    (
      "a,b\n",
      "1: these are not the columns of jobs; expected submission_time, job_id, "
        + "requested_number_of_resources; found a, b; other names are given by columns: "
        + "{role: name} in a scenario, --map role=name with show trace"
    ),
    ("job_id,job_id\n", "1: the column 'job_id' is there twice"),
  ])
  func headersOfJobs(text: String, expected: String) throws {
    #expect(try complaint(text) { try JobReader(file: $0) } == expected)
  }

  @Test func jobsNeedToTellHowLongTheyRun() throws {
    let text = "job_id,submission_time,requested_number_of_resources\n"
    #expect(
      try complaint(text) { try JobReader(file: $0) }
        == "1: these are not the columns of jobs; expected execution_time, requested_time, or "
        + "starting_time and finish_time; found job_id, submission_time, "
        + "requested_number_of_resources; other names are given by columns: {role: name} in a "
        + "scenario, --map role=name with show trace")
  }

  @Test func aMappedColumnMustBeThere() throws {
    let mapping = TraceMapping(columns: [.input: "prompt"])
    #expect(
      try complaint(Self.good) { try RequestReader(file: $0, mapping: mapping) }
        == "1: there is no column 'prompt'; found timestamp, input_length, output_length")
  }

  @Test func timeMayNotGoBack() throws {
    #expect(
      try complaint(Self.good + "2000.5,1,1\n2000,1,1\n") { try RequestReader(file: $0) }
        == "4: timestamp: expected no time before that of the record above, 2.0005, found 2; "
        + "sort the file by it, or have it sorted: sort: true in a scenario, --sort with show trace"
    )
    let trace = try Trace(Self.good + "5,1,1\n4,9,9\n5,2,1\n")
    let reader = try RequestReader(file: trace.path, tolerance: .lenient)
    #expect(try all(reader).map(\.inputTokens) == [1, 1, 2] && reader.skipped.count == 1)
    withExtendedLifetime(trace) {}
  }

  @Test func headersAloneAreTracesWithoutRecords() throws {
    for text in ["timestamp,input_length,output_length", Self.good.components(separatedBy: "0")[0]]
    {
      let trace = try Trace(text)
      #expect(try all(RequestReader(file: trace.path)).isEmpty)
      withExtendedLifetime(trace) {}
    }
  }

  @Test func bytesThatAreNotUTF8AreNamed() throws {
    let header = Data("job_id,submission_time,requested_number_of_resources,requested_time\n".utf8)
    let row = header + [0xc3, 0x28] + Data(",0,1,1\n".utf8)
    #expect(
      try complaint(row) { try JobReader(file: $0) } == "2: job_id: the text is not UTF-8")
    #expect(
      try complaint(Data([0xff]) + header) { try JobReader(file: $0) }
        == "1: header: the text is not UTF-8")
  }

  @Test func aGiganticLineIsRefusedOrSkipped() throws {
    let long = String(repeating: "9", count: 3 << 20)
    #expect(
      try complaint(Self.good + long) { try RequestReader(file: $0) }
        == "3: the line is longer than 1 MiB")
    let trace = try Trace(Self.good + long + "\n1,2,3\n\"" + long + "\n4,5,6\n" + long)
    let reader = try RequestReader(file: trace.path, tolerance: .lenient)
    #expect(try all(reader).map(\.inputTokens) == [1, 2, 5])
    #expect(reader.skipped.first.map(\.line) == [3, 5, 7])
    withExtendedLifetime(trace) {}
  }

  @Test func onlyTheFirstBadLinesAreKept() throws {
    let bad = (0..<100).map { "x\($0),1,1\n" }.joined()
    let trace = try Trace(Self.good + bad)
    let reader = try RequestReader(file: trace.path, tolerance: .lenient)
    #expect(try all(reader).count == 1)
    #expect(reader.skipped.count == 100 && reader.skipped.first.count == SkippedLines.mostKept)
    withExtendedLifetime(trace) {}
  }

  @Test func flowsCanBeReadLenientlyToo() throws {
    let trace = try Trace("flow,start_s,source,target,bytes\nf,0,a,b,1\ng,0,a,b,x\nh,1,a,b,2\n")
    let rows = try FlowRows(file: trace.path, tolerance: .lenient) { _ in 0 }
    #expect(try rows.next()?.bytes == 1)
    #expect(try rows.next()?.bytes == 2)
    #expect(try rows.next() == nil)
    #expect(rows.skipped.count == 1)
    withExtendedLifetime(trace) {}
  }
}

private func complaint<Stream: RecordStream>(
  _ text: String, _ open: (String) throws -> Stream
) throws -> String? {
  try complaint(Data(text.utf8), open)
}

/// What a reader says of a trace behind the name of its file; nil where it is content.
private func complaint<Stream: RecordStream>(
  _ bytes: Data, _ open: (String) throws -> Stream
) throws -> String? {
  let trace = try Trace(bytes)
  defer { withExtendedLifetime(trace) {} }
  do {
    _ = try all(open(trace.path))
    return nil
  } catch let error as TraceError {
    return error.description.replacingOccurrences(of: trace.path + ":", with: "")
  }
}
