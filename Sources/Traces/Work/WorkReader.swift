// SPDX-License-Identifier: GPL-3.0-or-later
public import Results

/// Reads the requests or jobs of a trace as one kind of record.
public struct WorkReader: RecordStream {
  private enum Reader {
    case requests(RequestReader)
    case jobs(JobRows)
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
    if !isCertified, !options.sorts, options.flops == nil,
      let shared = traces?.work(of: file, format, options.mapping)
    {
      (reader, sorter) = (.shared(SharedWorkReader(shared)), nil)
      return
    }
    sorter = options.sorts ? TraceSorter(of: file) : nil
    reader =
      switch format {
      case .requests:
        .requests(
          try RequestReader(
            file: file, mapping: options.mapping, tolerance: options.tolerance,
            order: options.sorts ? .any : .ofTime, isCertified: isCertified))
      case .jobs(let format):
        .jobs(
          try JobRows(file: file, format: format, options: options, isCertified: isCertified))
      }
  }

  /// What was read, for a manifest; nil of a reading that is not certified.
  public func record() throws(TraceError) -> FileRecord? {
    switch reader {
    case .requests(let reader): try reader.record()
    case .jobs(let rows): try rows.record()
    case .shared: nil
    }
  }

  public var file: String {
    switch reader {
    case .requests(let reader): reader.file
    case .jobs(let rows): rows.file
    case .shared(let reader): reader.file
    }
  }

  public var skipped: SkippedLines {
    switch reader {
    case .requests(let reader): reader.skipped
    case .jobs(let rows): rows.skipped
    case .shared: SkippedLines()
    }
  }

  /// The part of the file that has been read; 0 where its length is not known.
  public var fractionRead: Double {
    switch reader {
    case .requests(let reader): reader.fractionRead
    case .jobs(let rows): rows.fractionRead
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
      return try reader.next().map {
        WorkRecord(
          time: $0.time,
          work: .request(inputTokens: $0.inputTokens, outputTokens: $0.outputTokens))
      }
    case .jobs(let rows): return try rows.next().map(WorkRecord.init)
    case .shared(let reader): return reader.next()
    }
  }

  public mutating func rewind() throws(TraceError) {
    if let sorter { return sorter.rewind() }
    switch reader {
    case .requests(let reader): try reader.rewind()
    case .jobs(let rows): try rows.rewind()
    case .shared(let reader): reader.rewind()
    }
  }
}
