// SPDX-License-Identifier: GPL-3.0-or-later

/// The rows of a trace of flows as a stream, which can be reshaped and summed up like others.
public final class FlowRows: RecordStream {
  private var reader: TraceReader
  private let mapping: TraceMapping
  private let tolerance: Tolerance
  private let resolve: (RouteRequest) throws(RouteProblem) -> Int32
  /// The lines that the first pass left out, once it is over: the later ones leave out the same.
  private var skippedAtFirst: SkippedLines?

  /// Opens the file; `resolve` is asked as `TraceReader.next(resolve:)` asks it.
  public init(
    file: String, mapping: TraceMapping = TraceMapping(), tolerance: Tolerance = .strict,
    resolve: @escaping (RouteRequest) throws(RouteProblem) -> Int32
  ) throws(TraceError) {
    reader = try TraceReader(file: file, mapping: mapping, tolerance: tolerance)
    self.mapping = mapping
    self.tolerance = tolerance
    self.resolve = resolve
  }

  public var file: String { reader.file }

  public var skipped: SkippedLines { skippedAtFirst ?? reader.skipped }

  public var fractionRead: Double { reader.fractionRead }

  public func next() throws(TraceError) -> TraceRow? {
    try reader.next(resolve: resolve)
  }

  public func rewind() throws(TraceError) {
    skippedAtFirst = skipped
    reader = try TraceReader(file: reader.file, mapping: mapping, tolerance: tolerance)
  }
}
