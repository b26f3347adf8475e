// SPDX-License-Identifier: GPL-3.0-or-later
internal import EventKernel
internal import Traces

/// What was read of a trace: how many records, and all they say folded into a number.
private struct Reading: Equatable {
  private(set) var records = 0
  private var fold: UInt64 = 0xcbf2_9ce4_8422_2325

  /// Reads a stream from where it stands to its end.
  init<Stream: RecordStream>(
    of stream: inout Stream, _ values: (Stream.Record) -> (UInt64, UInt64)
  ) throws(TraceError) {
    while let record = try stream.next() {
      records += 1
      let (first, second) = values(record)
      for value in [UInt64(bitPattern: record.time.nanoseconds), first, second] {
        fold = (fold ^ value) &* 0x100_0000_01b3
      }
    }
  }

  /// Reads a stream twice; nil where the second time gives other records.
  static func twice<Stream: RecordStream>(
    _ stream: Stream, _ values: (Stream.Record) -> (UInt64, UInt64)
  ) throws(TraceError) -> Reading? {
    var stream = stream
    let first = try Reading(of: &stream, values)
    try stream.rewind()
    return try Reading(of: &stream, values) == first ? first : nil
  }
}

extension FuzzTarget {
  static let flowTrace = FuzzTarget(
    "flows", longest: 2048,
    words: fields + ["flow,start_s,source,target,bytes", ",path,class,deadline_s\n", ";"]
  ) { bytes in
    MemoryFile.with(bytes) { path in
      compare { tolerance, sorts throws(TraceError) in
        let rows = try FlowRows(file: path, tolerance: tolerance, sorts: sorts) { _ in 0 }
        let reading = try Reading.twice(rows) { row in
          let deadline = row.deadline?.nanoseconds ?? -1
          let name = row.name.reduce(UInt64(bitPattern: deadline)) { ($0 &* 31) &+ UInt64($1) }
          return (row.bytes.bitPattern, name)
        }
        return (reading, rows.skipped.count)
      }
    }
  }

  static let requestTrace = work(
    "requests", .requests,
    words: [
      "TIMESTAMP,ContextTokens,GeneratedTokens\n", "Timestamp,Request tokens,Response tokens\n",
      "timestamp_s,input_tokens,output_tokens\n", "{\"timestamp\": 0, ", "\"input_length\": 1, ",
      "\"output_length\": 1}\n", "2023-11-16 18:17:03.9799600", "+01:00", "\\u0041",
      "\\ud83d\\ude00",
    ])

  static let jobTrace = work(
    "jobs", .jobs(.jobs),
    words: [
      "job_id,submission_time,requested_number_of_resources", ",execution_time", ",requested_time",
      ",starting_time", ",finish_time", "{\"job_id\": 1, \"submission_time\": 0, ",
      "\"requested_number_of_resources\": 1}\n",
    ])

  static let swfTrace = work(
    "swf", .jobs(.swf),
    words: [
      "; UnixStartTime: 0\n", "; MaxNodes: 8\n", "; MaxProcs: 8\n", "; Version: 2.2\n",
      "1 0 0 1 1 -1 -1 1 1 -1 1 1 1 1 1 -1 -1 -1\n", " -1",
    ])

  static let batsimTrace = work(
    "batsim", .jobs(.batsim),
    words: [
      "{\"jobs\": [", "{\"id\": 1, \"subtime\": 0, \"res\": 1, \"profile\": \"p\"}", "], ",
      "\"profiles\": {\"p\": ", "{\"type\": \"delay\", \"delay\": 1}", "}}", "\"walltime\": -1",
      "{\"type\": \"composed\", \"repeat\": 2, \"seq\": [\"p\"]}",
    ])

  private static let fields = [
    "\r\n", "\n\n", "\"", "\"\"", ",,", "1e9", "1e-9", "0.000000001", "9223372036.854775807",
    "1e308",
    "-0", "\u{FEFF}",
  ]

  private static func work(_ name: String, _ format: WorkFormat, words: [String]) -> FuzzTarget {
    FuzzTarget(name, longest: 2048, words: fields + words) { bytes in
      MemoryFile.with(bytes) { path in
        compare { tolerance, sorts throws(TraceError) in
          let options = TraceOptions(tolerance: tolerance, sorts: sorts)
          let reader = try WorkReader(file: path, format: format, options: options)
          let reading = try Reading.twice(reader) { record in
            switch record.work {
            case .request(let input, let output): (input.bitPattern, output.bitPattern)
            case .job(let processors, let runTime):
              (
                UInt64(bitPattern: Int64(processors ?? -1)),
                UInt64(bitPattern: runTime?.nanoseconds ?? -1)
              )
            }
          }
          return (reading, reader.skipped.count)
        }
      }
    }
  }

  /// A trace without errors has the same records however they are taken.
  private static func compare(
    _ read: (Tolerance, _ sorts: Bool) throws(TraceError) -> (Reading?, skipped: Int)
  ) -> String? {
    let lenient = try? read(.lenient, false)
    if let lenient, lenient.0 == nil { return "it has other records the second time" }
    guard let strict = try? read(.strict, false).0 else { return nil }
    guard let lenient else { return "it is read, and refused where lines may be skipped" }
    if lenient.skipped > 0 { return "it is read, and \(lenient.skipped) lines of it skipped" }
    guard lenient.0 == strict else { return "it has other records where lines may be skipped" }
    guard let sorted = try? read(.strict, true).0 else { return "it is read, and not when sorted" }
    return sorted == strict ? nil : "\(strict) are read, and \(sorted) when sorted"
  }
}
