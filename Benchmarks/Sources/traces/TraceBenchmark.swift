// SPDX-License-Identifier: GPL-3.0-or-later
import EventKernel
import Glibc
import Measuring
import Traces
import Traffic

/// Writes traces and measures how fast they are read.
struct TraceBenchmark {
  enum Format: String, CaseIterable {
    case swf
    case jobsCSV = "jobs CSV"
    case requestsCSV = "requests CSV"
    case requestsJSON = "requests JSON"
    case flowsCSV = "flows CSV"
  }

  let lines: Int
  let repetitions: Int

  func measure(_ format: Format, in table: PrintedTable) throws {
    let path = scratchFile(named: "trace")
    let bytes = try TraceFile(format, lines: lines).write(to: path)
    defer { unlink(path) }
    let works: [(String, () throws -> Int)] = [
      ("read", { try read(path, format) }), ("reshape", { try reshape(path, format) }),
      ("sum up", { try sumUp(path, format) }),
    ]
    for (name, work) in works {
      Memory.forgetPeak()
      let before = Memory.resident
      let best = try medianRun(repetitions: repetitions, within: 60, cpu: { $0.seconds }) {
        let start = cpuSeconds()
        let records = try work()
        return (seconds: cpuSeconds() - start, records: records)
      }
      let megabytes = Double(bytes) * Double(best.records) / Double(lines) / 1e6
      table.row([
        format.rawValue, name, "\(best.records)", fixed(megabytes, 0), fixed(best.seconds, 2),
        fixed(Double(best.records) / best.seconds, 0), fixed(megabytes / best.seconds, 0),
        fixed(Double(max(0, Memory.peak - before)) / 1e6, 1),
      ])
    }
  }

  private func read(_ path: String, _ format: Format) throws -> Int {
    switch format {
    case .swf: try count(SWFReader(file: path))
    case .jobsCSV: try count(JobReader(file: path))
    case .requestsCSV, .requestsJSON: try count(RequestReader(file: path))
    case .flowsCSV: try count(FlowRows(file: path) { _ in 0 })
    }
  }

  private func reshape(_ path: String, _ format: Format) throws -> Int {
    switch format {
    case .swf: try count(reshaped(SWFReader(file: path)))
    case .jobsCSV: try count(reshaped(JobReader(file: path)))
    case .requestsCSV, .requestsJSON: try count(reshaped(RequestReader(file: path)))
    case .flowsCSV: try count(reshaped(FlowRows(file: path) { _ in 0 }))
    }
  }

  private func reshaped<Base: RecordStream>(_ base: Base) -> Split<Reshaped<Base>> {
    let reshaping = TraceReshaping(timeFactor: 0.5, sizeFactor: 2, repetition: .times(2))
    return base.reshaped(by: reshaping).split(
      over: (1...31).map(Double.init), using: RandomStream(seed: 1, name: "provinces"))
  }

  private func count<Stream: RecordStream>(_ stream: consuming Stream) throws -> Int {
    var count = 0
    while try stream.next() != nil { count += 1 }
    return count
  }

  private func sumUp(_ path: String, _ format: Format) throws -> Int {
    let kinds: [Format: TraceKind] = [.swf: .swf, .jobsCSV: .jobs, .flowsCSV: .flows]
    return try TraceSummary(of: path, kind: kinds[format] ?? .requests).count
  }
}
