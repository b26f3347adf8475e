// SPDX-License-Identifier: GPL-3.0-or-later
public import EventKernel
public import Results

/// A request to a language model, as a trace has it.
public struct TokenRequest: TraceRecord, Equatable, Sendable, BitwiseCopyable {
  public var time: SimTime
  /// Whole, unless they were scaled.
  public var inputTokens: Double
  public var outputTokens: Double

  public init(time: SimTime, inputTokens: Double, outputTokens: Double) {
    self.time = time
    self.inputTokens = inputTokens
    self.outputTokens = outputTokens
  }

  public mutating func scale(by factor: Double) {
    inputTokens *= factor
    outputTokens *= factor
  }
}

/// Reads requests from a table with a header, or from JSON lines, which the content decides.
///
/// The columns or keys are found by a mapping or by the names that known traces use; others are
/// ignored. Its memory does not grow with the file.
public final class RequestReader: RecordStream {
  public let file: String
  /// The mapping with all that was found by known names.
  public let mapping: TraceMapping
  private var input: TraceInput
  private let layout: RequestLayout

  /// Opens a file and finds its columns; a certified reading has a record.
  public init(
    file: String, mapping: TraceMapping = TraceMapping(), tolerance: Tolerance = .strict,
    order: RecordOrder = .ofTime, isCertified: Bool = false
  ) throws(TraceError) {
    self.file = file
    input = try TraceInput(
      file: file, tolerance: tolerance, order: order, isCertified: isCertified)
    (self.mapping, layout) = try input.openTable(mapping)
  }

  public var skipped: SkippedLines { input.skipped }

  /// What was read, for a manifest; of a certified reading only.
  public func record() throws(TraceError) -> FileRecord { try input.record() }

  /// The part of the file that has been read; 0 where its length is not known.
  public var fractionRead: Double { input.records.fractionRead }

  public func next() throws(TraceError) -> TokenRequest? { try input.next(layout) }

  public func rewind() throws(TraceError) { try input.rewindTable() }
}

/// Where the columns of requests stand.
private struct RequestLayout: TableLayout {
  static let kind = "requests"
  static let known = TraceMapping.knownRequests

  let fieldCount: Int?
  private let timestamp: MappedColumn
  private let input: MappedColumn
  private let output: MappedColumn
  private let unit: TimeUnit

  init(_ table: MappedTable) throws(TraceError.Problem) {
    fieldCount = table.fieldCount
    timestamp = try table.column(.timestamp)
    input = try table.column(.input)
    output = try table.column(.output)
    unit = table.timeUnit
  }

  var timeColumn: String { timestamp.name }

  func record(of fields: borrowing TraceRecords) throws(TraceError.Problem) -> TokenRequest {
    try fields.require(fieldCount)
    return TokenRequest(
      time: try fields.field(timestamp).instant(timestamp.name, in: unit),
      inputTokens: Double(try fields.field(input).wholeNumber(input.name)),
      outputTokens: Double(try fields.field(output).wholeNumber(output.name)))
  }
}
