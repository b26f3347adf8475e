// SPDX-License-Identifier: GPL-3.0-or-later
public import Results

/// The rows of a trace of flows as a stream, which can be reshaped and summed up like others.
public final class FlowRows: RecordStream {
  private let reader: FlowReader
  /// Where rows are put in order; nil where those of the file are.
  private let sorter: TraceSorter<TraceRow>?
  private let resolve: (RouteRequest) throws(RouteProblem) -> Int32
  /// The lines that the first pass left out, once it is over: the later ones leave out the same.
  private var skippedAtFirst: SkippedLines?

  /// Opens the file; `resolve` is asked as `TraceReader.next(resolve:)` asks it.
  public init(
    file: String, mapping: TraceMapping = TraceMapping(), tolerance: Tolerance = .strict,
    sorts: Bool = false, isCertified: Bool = false, sharing traces: SharedTraces? = nil,
    resolve: @escaping (RouteRequest) throws(RouteProblem) -> Int32
  ) throws(TraceError) {
    sorter = sorts ? TraceSorter(of: file) : nil
    reader = try FlowReader(
      file: file, mapping: mapping, tolerance: tolerance, order: sorts ? .any : .ofTime,
      isCertified: isCertified, sharing: traces)
    self.resolve = resolve
  }

  public var file: String { reader.file }

  public var skipped: SkippedLines { skippedAtFirst ?? reader.skipped }

  /// What was read, for a manifest; nil of a reading that is not certified.
  public func record() throws(TraceError) -> FileRecord? { try reader.record() }

  public func next() throws(TraceError) -> TraceRow? {
    guard let sorter else { return try reader.next(resolve: resolve) }
    return try sorter.next { () throws(TraceError) in try reader.next(resolve: resolve) }
  }

  public func rewind() throws(TraceError) {
    if let sorter { return sorter.rewind() }
    skippedAtFirst = skipped
    try reader.rewind()
  }
}
