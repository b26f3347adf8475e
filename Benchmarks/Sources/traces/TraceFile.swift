// SPDX-License-Identifier: GPL-3.0-or-later
import EventKernel
import Glibc

/// A trace of records at random, the same ones in every run.
struct TraceFile {
  struct NotWritten: Error, CustomStringConvertible {
    var description: String
  }

  private let format: TraceBenchmark.Format
  private let lines: Int
  private var stream = RandomStream(seed: 1, name: "traces")

  init(_ format: TraceBenchmark.Format, lines: Int) {
    self.format = format
    self.lines = lines
  }

  /// - Returns: the number of bytes.
  func write(to path: String) throws(NotWritten) -> Int {
    guard let file = fopen(path, "w") else {
      throw NotWritten(description: "\(path): \(String(cString: strerror(errno)))")
    }
    var copy = self
    var bytes = 0
    var text = header
    var milliseconds = 1_700_000_000_000
    for number in 1...lines {
      milliseconds += copy.draw(20)
      text += copy.line(number, milliseconds)
      if number % 1000 == 0 || number == lines {
        bytes += fwrite(text, 1, text.utf8.count, file)
        text = ""
      }
    }
    guard fclose(file) == 0 else { throw NotWritten(description: "\(path) is not complete") }
    return bytes
  }

  private mutating func draw(_ limit: UInt64) -> Int {
    Int(stream.next().multipliedFullWidth(by: limit).high)
  }

  private var header: String {
    switch format {
    case .swf: "; Version: 2.2\n; MaxProcs: 1024\n"
    case .jobsCSV:
      "job_id,workload_name,profile,submission_time,requested_number_of_resources,requested_time,"
        + "success,final_state,starting_time,execution_time,finish_time,waiting_time,"
        + "turnaround_time,stretch,allocated_resources,consumed_energy,metadata\n"
    case .requestsCSV: "TIMESTAMP,ContextTokens,GeneratedTokens\n"
    case .requestsJSON: ""
    case .flowsCSV: "flow,start_s,source,target,bytes\n"
    }
  }

  private mutating func line(_ number: Int, _ milliseconds: Int) -> String {
    let seconds = milliseconds / 1000
    let decimals = String(milliseconds % 1000 + 1000).dropFirst()
    let first = draw(10_000)
    let second = draw(1000)
    switch format {
    case .swf:
      return "  \(number) \(seconds - 1_700_000_000)  \(first) \(second * 10) \(second) "
        + "\(second * 9).25 -1 \(second) 86400 -1 1 \(first) 1 -1 1 -1 -1 -1\n"
    case .jobsCSV:
      return "w0!\(number),w0,delay,\(seconds).\(decimals),\(second),86400,1,"
        + "COMPLETED_SUCCESSFULLY,\(seconds + 9),\(first).5,\(seconds + 9 + first),9,\(first + 9),"
        + "1.01,0-\(second),-1,\n"
    case .requestsCSV:
      let time = [11 + seconds / 3600 % 12, seconds / 60 % 60, seconds % 60].map(twoDigits)
      // A new day each 12 hours, so that the text keeps the order of the seconds.
      let day = twoDigits(1 + (seconds - 1_699_963_200) / 43_200)
      return "2023-11-\(day) \(time.joined(separator: ":")).\(decimals)0000,\(first),\(second)\n"
    case .requestsJSON:
      return "{\"timestamp\": \(milliseconds - 1_700_000_000_000), \"input_length\": \(first), "
        + "\"output_length\": \(second), \"hash_ids\": [0, 1, 2, \(number)]}\n"
    case .flowsCSV:
      return "f\(number),\(seconds - 1_700_000_000).\(decimals),n\(first % 31),m\(second % 31),"
        + "\(first * 1000 + 1)\n"
    }
  }

  private func twoDigits(_ value: Int) -> String { value < 10 ? "0\(value)" : "\(value)" }
}
