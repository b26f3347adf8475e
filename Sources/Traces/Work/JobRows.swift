// SPDX-License-Identifier: GPL-3.0-or-later
public import Results

/// How a trace of jobs is written.
public enum JobFormat: Sendable {
  /// A table of jobs.
  case jobs
  /// The Standard Workload Format.
  case swf
  /// A workload of Batsim.
  case batsim
}

/// The jobs of a trace in order of time, whatever their order in the file if that is asked for.
public struct OrderedJobs: RecordStream {
  private let rows: JobRows
  private let sorter: TraceSorter<TraceJob>?

  public init(_ rows: JobRows, sorts: Bool) {
    self.rows = rows
    sorter = sorts ? TraceSorter(of: rows.file) : nil
  }

  public var file: String { rows.file }

  public func next() throws(TraceError) -> TraceJob? {
    guard let sorter else { return try rows.next() }
    return try sorter.next { () throws(TraceError) in try rows.next() }
  }

  public func rewind() throws(TraceError) {
    if let sorter { sorter.rewind() } else { try rows.rewind() }
  }
}

/// Reads the jobs of a trace, whichever its format, with their names and what they ask for.
public struct JobRows: RecordStream {
  private enum Reader {
    case jobs(JobReader)
    case swf(SWFReader)
    case batsim(BatsimReader)
  }

  private let reader: Reader

  /// Opens a file; of the options it takes how rows are read.
  ///
  /// A certified reading has a record.
  public init(
    file: String, format: JobFormat, options: TraceOptions, isCertified: Bool = false
  ) throws(TraceError) {
    let tolerance = options.tolerance
    let order = options.sorts ? RecordOrder.any : .ofTime
    reader =
      switch format {
      case .jobs:
        .jobs(
          try JobReader(
            file: file, mapping: options.mapping, tolerance: tolerance, order: order,
            isCertified: isCertified))
      case .swf:
        .swf(
          try SWFReader(
            file: file, tolerance: tolerance, order: order, isCertified: isCertified))
      case .batsim:
        .batsim(
          try BatsimReader(
            file: file, speed: options.flops.map { .flops($0) } ?? .needed, tolerance: tolerance,
            isCertified: isCertified))
      }
  }

  public var file: String {
    switch reader {
    case .jobs(let reader): reader.file
    case .swf(let reader): reader.file
    case .batsim(let reader): reader.file
    }
  }

  /// Whether rows say how long jobs run, and not only what they ask for.
  public var hasRunTimes: Bool {
    if case .jobs(let reader) = reader { reader.hasRunTimes } else { true }
  }

  public var skipped: SkippedLines {
    switch reader {
    case .jobs(let reader): reader.skipped
    case .swf(let reader): reader.skipped
    case .batsim(let reader): reader.skipped
    }
  }

  /// The part of the file that has been read; 0 where its length is not known.
  public var fractionRead: Double {
    switch reader {
    case .jobs(let reader): reader.fractionRead
    case .swf(let reader): reader.fractionRead
    case .batsim(let reader): reader.fractionRead
    }
  }

  /// What was read, for a manifest; of a certified reading only.
  public func record() throws(TraceError) -> FileRecord {
    switch reader {
    case .jobs(let reader): try reader.record()
    case .swf(let reader): try reader.record()
    case .batsim(let reader): reader.record()
    }
  }

  public func next() throws(TraceError) -> TraceJob? {
    switch reader {
    case .jobs(let reader): try reader.next()
    case .swf(let reader): try reader.next().map(\.job)
    case .batsim(let reader): reader.next()
    }
  }

  public func rewind() throws(TraceError) {
    switch reader {
    case .jobs(let reader): try reader.rewind()
    case .swf(let reader): try reader.rewind()
    case .batsim(let reader): reader.rewind()
    }
  }
}
