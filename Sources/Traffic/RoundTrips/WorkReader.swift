// SPDX-License-Identifier: GPL-3.0-or-later
internal import EventKernel
internal import Results

/// A row of a trace of requests or jobs, whichever its format.
struct WorkRecord: TraceRecord {
  var time: SimTime
  var work: Work

  mutating func scale(by factor: Double) {
    switch work {
    case .request(let inputTokens, let outputTokens):
      work = .request(inputTokens: inputTokens * factor, outputTokens: outputTokens * factor)
    case .job(let processors, let runTime):
      work = .job(processors: processors, runTime: runTime?.scaled(by: factor))
    }
  }
}

/// Reads the requests or jobs of a trace as one kind of record.
struct WorkReader: RecordStream {
  private enum Reader {
    case requests(RequestReader)
    case jobs(JobReader)
    case swf(SWFReader)
  }

  private let reader: Reader
  /// Where rows are put in order; nil where those of the file are.
  private let sorter: TraceSorter<WorkRecord>?

  init(_ trace: RoundTripTrace, isCertified: Bool) throws(TraceError) {
    let (mapping, tolerance) = (trace.options.mapping, trace.options.tolerance)
    let (file, order) = (trace.file, trace.options.sorts ? RecordOrder.any : .ofTime)
    sorter = trace.options.sorts ? TraceSorter(of: file) : nil
    reader =
      switch trace.format {
      case .requests:
        .requests(
          try RequestReader(
            file: file, mapping: mapping, tolerance: tolerance, order: order,
            isCertified: isCertified))
      case .jobs:
        .jobs(
          try JobReader(
            file: file, mapping: mapping, tolerance: tolerance, order: order,
            isCertified: isCertified))
      case .swf:
        .swf(
          try SWFReader(
            file: file, tolerance: tolerance, order: order, isCertified: isCertified))
      }
  }

  func record() throws(TraceError) -> FileRecord {
    switch reader {
    case .requests(let reader): try reader.record()
    case .jobs(let reader): try reader.record()
    case .swf(let reader): try reader.record()
    }
  }

  var file: String {
    switch reader {
    case .requests(let reader): reader.file
    case .jobs(let reader): reader.file
    case .swf(let reader): reader.file
    }
  }

  var skipped: SkippedLines {
    switch reader {
    case .requests(let reader): reader.skipped
    case .jobs(let reader): reader.skipped
    case .swf(let reader): reader.skipped
    }
  }

  var fractionRead: Double {
    switch reader {
    case .requests(let reader): reader.fractionRead
    case .jobs(let reader): reader.fractionRead
    case .swf(let reader): reader.fractionRead
    }
  }

  mutating func next() throws(TraceError) -> WorkRecord? {
    guard let sorter else { return try nextOfFile() }
    return try sorter.next { () throws(TraceError) in try nextOfFile() }
  }

  private func nextOfFile() throws(TraceError) -> WorkRecord? {
    switch reader {
    case .requests(let reader):
      try reader.next().map {
        WorkRecord(
          time: $0.time,
          work: .request(inputTokens: $0.inputTokens, outputTokens: $0.outputTokens))
      }
    case .jobs(let reader): try reader.next().map(WorkRecord.init)
    case .swf(let reader):
      try reader.next().map { record in
        let processors = record.requestedProcessors ?? record.allocatedProcessors
        return WorkRecord(
          time: record.time, work: .job(processors: processors, runTime: record.runTime))
      }
    }
  }

  mutating func rewind() throws(TraceError) {
    if let sorter { return sorter.rewind() }
    switch reader {
    case .requests(let reader): try reader.rewind()
    case .jobs(let reader): try reader.rewind()
    case .swf(let reader): try reader.rewind()
    }
  }
}

extension WorkRecord {
  fileprivate init(_ job: TraceJob) {
    self.init(
      time: job.time, work: .job(processors: job.processors, runTime: job.runTime))
  }
}
