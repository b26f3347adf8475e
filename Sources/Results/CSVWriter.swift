// SPDX-License-Identifier: GPL-3.0-or-later

/// Streams the rows of a table into a CSV file: RFC 4180, UTF-8, lines that end in LF.
///
/// LF and not RFC 4180's CRLF, because the tools that users have at hand (`cut`, `awk`, `diff`)
/// take a CR for part of the last field; the dialect in `datapackage.json` says so.
///
/// Fields are appended from left to right, then the row is ended:
///
///     rows.append("f1")
///     rows.append(nanosecondsAsSeconds: 1_500_000_000)
///     try rows.endRow()
public struct CSVWriter: ~Copyable {
  private static let flushThreshold = 128 * 1024

  private var file: FileOutput
  private var buffer = ByteBuffer(capacity: flushThreshold + 16 * 1024)
  private let columnCount: Int
  private let schema: TableSchema
  private let unbounded: UnboundedNumbers?
  private var fieldCount = 0
  private var rowStart = 0
  /// The number of rows so far, without the header.
  public private(set) var rowCount = 0

  /// Starts the file with its header.
  public init(
    _ schema: TableSchema, to file: consuming FileOutput, unbounded: UnboundedNumbers? = nil
  ) throws(ResultsError) {
    self.file = file
    self.schema = schema
    self.unbounded = unbounded
    columnCount = schema.columns.count
    for column in schema.columns { append(column.name) }
    try endRow()
    rowCount = 0
  }

  public mutating func append(_ text: String) {
    var text = text
    text.withUTF8 { append(bytes: $0) }
  }

  /// Appends a field of UTF-8 text.
  public mutating func append(bytes: UnsafeBufferPointer<UInt8>) {
    separate()
    if CSVWriter.needsQuotes(bytes) {
      appendQuoted(bytes)
    } else {
      buffer.append(bytes: bytes)
    }
  }

  public mutating func append(_ value: Int64) {
    separate()
    buffer.append(value)
  }

  public mutating func append(_ value: Int) {
    append(Int64(value))
  }

  /// Appends a number, or nothing where there is none to tell: not a number stands for that.
  ///
  /// A number without bounds is a mistake of the model, and no file has it: it is counted instead.
  public mutating func append(_ value: Double) {
    separate()
    if value.isFinite {
      buffer.append(finite: value)
    } else if value.isInfinite {
      unbounded?.count(schema, column: fieldCount - 1)
    }
  }

  /// Appends nanoseconds as a decimal number of seconds, exactly.
  public mutating func append(nanosecondsAsSeconds value: Int64) {
    separate()
    buffer.append(nanosecondsAsSeconds: value)
  }

  public mutating func append(_ value: Bool) {
    separate()
    buffer.append(text: value ? "true" : "false")
  }

  /// Appends a field without a value.
  public mutating func appendAbsent() {
    separate()
  }

  public mutating func endRow() throws(ResultsError) {
    precondition(fieldCount == columnCount, "A row has one field for every column.")
    // A blank line would be read as no row at all.
    if buffer.count == rowStart { buffer.append(text: "\"\"") }
    buffer.append(byte: UInt8(ascii: "\n"))
    fieldCount = 0
    rowCount += 1
    if buffer.count >= CSVWriter.flushThreshold { try flush() }
    rowStart = buffer.count
  }

  /// Hands the rows that have ended to the system.
  public mutating func flush() throws(ResultsError) {
    precondition(fieldCount == 0, "A row is ended before the file is flushed.")
    try file.write(buffer.bytes)
    buffer.removeAll()
    rowStart = 0
  }

  /// Writes what is left and closes the file; without it the last rows are lost.
  public mutating func close() throws(ResultsError) {
    try flush()
    try file.close()
  }
}

extension CSVWriter {
  private mutating func separate() {
    if fieldCount > 0 { buffer.append(byte: UInt8(ascii: ",")) }
    fieldCount += 1
  }

  private static func needsQuotes(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    for byte in bytes {
      switch byte {
      case UInt8(ascii: ","), UInt8(ascii: "\""), UInt8(ascii: "\n"), UInt8(ascii: "\r"):
        return true
      default: continue
      }
    }
    return false
  }

  private mutating func appendQuoted(_ bytes: UnsafeBufferPointer<UInt8>) {
    let quote = UInt8(ascii: "\"")
    buffer.append(byte: quote)
    for byte in bytes {
      if byte == quote { buffer.append(byte: quote) }
      buffer.append(byte: byte)
    }
    buffer.append(byte: quote)
  }
}
