// SPDX-License-Identifier: GPL-3.0-or-later
public import Results

/// Reads the requests or jobs of a trace as one kind of record.
public struct WorkReader: RecordStream {
  private enum Reader {
    case requests(RequestReader)
    case jobs(JobReader)
    case swf(SWFReader)
    case shared(SharedWorkReader)
  }

  private let reader: Reader
  /// Where rows are put in order; nil where those of the file are.
  private let sorter: TraceSorter<WorkRecord>?

  /// Opens a file, or finds it among those that are shared.
  ///
  /// Of the options it takes how rows are read, and in which order. A certified reading, which has a
  /// record, is of the file alone; so is one in any order.
  public init(
    file: String, format: WorkFormat, options: TraceOptions, isCertified: Bool = false,
    sharing traces: SharedTraces? = nil
  ) throws(TraceError) {
    let (mapping, tolerance) = (options.mapping, options.tolerance)
    let order = options.sorts ? RecordOrder.any : .ofTime
    if !isCertified, !options.sorts, let shared = traces?.work(of: file, format, mapping) {
      (reader, sorter) = (.shared(SharedWorkReader(shared)), nil)
      return
    }
    sorter = options.sorts ? TraceSorter(of: file) : nil
    reader =
      switch format {
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

  /// What was read, for a manifest; nil of a reading that is not certified.
  public func record() throws(TraceError) -> FileRecord? {
    switch reader {
    case .requests(let reader): try reader.record()
    case .jobs(let reader): try reader.record()
    case .swf(let reader): try reader.record()
    case .shared: nil
    }
  }

  public var file: String {
    switch reader {
    case .requests(let reader): reader.file
    case .jobs(let reader): reader.file
    case .swf(let reader): reader.file
    case .shared(let reader): reader.file
    }
  }

  public var skipped: SkippedLines {
    switch reader {
    case .requests(let reader): reader.skipped
    case .jobs(let reader): reader.skipped
    case .swf(let reader): reader.skipped
    case .shared: SkippedLines()
    }
  }

  /// The part of the file that has been read; 0 where its length is not known.
  public var fractionRead: Double {
    switch reader {
    case .requests(let reader): reader.fractionRead
    case .jobs(let reader): reader.fractionRead
    case .swf(let reader): reader.fractionRead
    case .shared(let reader): reader.fractionRead
    }
  }

  public mutating func next() throws(TraceError) -> WorkRecord? {
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
    case .shared(let reader): reader.next()
    case .swf(let reader):
      try reader.next().map { record in
        let processors = record.requestedProcessors ?? record.allocatedProcessors
        return WorkRecord(
          time: record.time, work: .job(processors: processors, runTime: record.runTime))
      }
    }
  }

  public mutating func rewind() throws(TraceError) {
    if let sorter { return sorter.rewind() }
    switch reader {
    case .requests(let reader): try reader.rewind()
    case .jobs(let reader): try reader.rewind()
    case .swf(let reader): try reader.rewind()
    case .shared(let reader): reader.rewind()
    }
  }
}
