// SPDX-License-Identifier: GPL-3.0-or-later
public import Results

/// Reads the flows of a trace from its file, or from rows that are shared with other runs.
///
/// Both give the same rows, errors and lines that are left out.
public struct FlowReader {
  private enum Source {
    case file(TraceReader)
    case shared(SharedFlowReader)
  }

  private let source: Source

  /// Opens the file, or finds it among those that are shared.
  ///
  /// A certified reading, which has a record, is of the file alone; so is one in any order.
  public init(
    file: String, mapping: TraceMapping = TraceMapping(), tolerance: Tolerance = .strict,
    order: RecordOrder = .ofTime, isCertified: Bool = false, sharing traces: SharedTraces? = nil
  ) throws(TraceError) {
    if !isCertified, order == .ofTime, let shared = traces?.flows(of: file, mapping) {
      source = .shared(SharedFlowReader(shared, tolerance: tolerance))
    } else {
      source = .file(
        try TraceReader(
          file: file, mapping: mapping, tolerance: tolerance, order: order,
          isCertified: isCertified))
    }
  }

  public var file: String {
    switch source {
    case .file(let reader): reader.file
    case .shared(let reader): reader.file
    }
  }

  public var skipped: SkippedLines {
    switch source {
    case .file(let reader): reader.skipped
    case .shared(let reader): reader.skipped
    }
  }

  /// The part of the trace that has been read; 0 for a pipe, whose length nobody knows.
  public var fractionRead: Double {
    switch source {
    case .file(let reader): reader.fractionRead
    case .shared(let reader): reader.fractionRead
    }
  }

  /// What was read, for a manifest; nil of a reading that is not certified.
  public func record() throws(TraceError) -> FileRecord? {
    switch source {
    case .file(let reader): try reader.record()
    case .shared: nil
    }
  }

  /// Goes back to the first flow.
  func rewind() throws(TraceError) {
    switch source {
    case .file(let reader): try reader.rewind()
    case .shared(let reader): reader.rewind()
    }
  }

  /// Returns the next flow, or nil behind the last one; asks as `TraceReader.next(resolve:)` does.
  public func next(
    resolve: (RouteRequest) throws(RouteProblem) -> Int32
  ) throws(TraceError) -> TraceRow? {
    switch source {
    case .file(let reader): try reader.next(resolve: resolve)
    case .shared(let reader): try reader.next(resolve: resolve)
    }
  }
}
