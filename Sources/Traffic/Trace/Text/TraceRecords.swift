// SPDX-License-Identifier: GPL-3.0-or-later
internal import Glibc

/// Splits a stream into the records and fields of RFC 4180, one record at a time.
///
/// It owns the descriptor and one buffer, which always holds the whole record at hand; fields
/// point into it until the next one is read. Pipes do as well as files: it only ever reads on.
struct CSVRecords: ~Copyable {
  static let longestRecord = 1 << 20
  /// More than any table here has columns; fields beyond are counted and not kept.
  private static let keptFields = 32
  private static let capacity = longestRecord + 256 * 1024

  /// The line on which the record at hand starts, counted from 1.
  private(set) var line = 0
  private(set) var fieldCount = 0
  private let descriptor: Int32
  private let bytes = UnsafeMutablePointer<UInt8>.allocate(capacity: capacity)
  private let fields = UnsafeMutablePointer<UnsafeBufferPointer<UInt8>>.allocate(
    capacity: keptFields)
  private var start = 0
  private var end = 0
  private var isAtEnd = false
  private var bytesRead = 0
  private let fileSize: Int
  private var nextLine = 1

  /// Takes over the descriptor.
  init(owning descriptor: Int32) {
    self.descriptor = descriptor
    var status = stat()
    fileSize = fstat(descriptor, &status) == 0 ? Int(status.st_size) : 0
    fields.initialize(repeating: UnsafeBufferPointer(start: nil, count: 0), count: Self.keptFields)
  }

  deinit {
    close(descriptor)
    bytes.deallocate()
    fields.deallocate()
  }

  /// The part of the file that has been read; 0 where its length is not known.
  var fractionRead: Double {
    fileSize > 0 ? min(1, Double(bytesRead - (end - start)) / Double(fileSize)) : 0
  }

  var storedFieldCount: Int { min(fieldCount, Self.keptFields) }

  /// A field of the record at hand, without its quotes.
  subscript(position: Int) -> UnsafeBufferPointer<UInt8> { fields[position] }

  /// Whether the record at hand is a line without anything.
  var isBlank: Bool { fieldCount == 1 && fields[0].isEmpty }

  /// Skips the mark that some spreadsheets put before UTF-8.
  mutating func skipByteOrderMark() throws(TraceError.Problem) {
    while end < 3, !isAtEnd { try refill() }
    if end >= 3, bytes[0] == 0xef, bytes[1] == 0xbb, bytes[2] == 0xbf { start = 3 }
  }

  /// Moves on to the next record; false where there is none.
  mutating func next() throws(TraceError.Problem) -> Bool {
    line = nextLine
    var scanned = 0
    while true {
      let unread = end - start
      let newline = memchr(bytes + start + scanned, 0x0a, unread - scanned)
      if newline == nil, !isAtEnd {
        scanned = unread
        try refill()
        continue
      }
      if newline == nil, unread == 0 { return false }
      let length = newline.map { $0 - UnsafeMutableRawPointer(bytes + start) } ?? unread
      guard length <= Self.longestRecord else { throw .lineTooLong }
      if memchr(bytes + start, 0x22, length) != nil {
        let (length, lines) = try quotedExtent()
        try splitQuoted(length)
        advance(past: length, lines: lines)
      } else {
        splitPlain(length)
        advance(past: length, lines: 1)
      }
      return true
    }
  }
}

extension CSVRecords {
  private mutating func advance(past length: Int, lines: Int) {
    start = min(start + length + 1, end)
    nextLine += lines
  }

  /// Moves the record at hand to the front and reads what fits behind it.
  private mutating func refill() throws(TraceError.Problem) {
    guard end - start <= Self.longestRecord else { throw .lineTooLong }
    bytes.update(from: bytes + start, count: end - start)
    end -= start
    start = 0
    while true {
      let count = read(descriptor, bytes + end, Self.capacity - end)
      // A signal that ends the wait is a wish to stop; whoever listens for it knows what to do.
      guard count >= 0 else { throw .system(errno) }
      isAtEnd = count == 0
      bytesRead += count
      end += count
      return
    }
  }

  private mutating func splitPlain(_ length: Int) {
    fieldCount = 0
    var fieldStart = start
    let recordEnd = endWithoutReturn(length)
    for index in start..<recordEnd where bytes[index] == UInt8(ascii: ",") {
      appendField(from: fieldStart, to: index)
      fieldStart = index + 1
    }
    appendField(from: fieldStart, to: recordEnd)
  }

  private mutating func appendField(from fieldStart: Int, to fieldEnd: Int) {
    if fieldCount < Self.keptFields {
      fields[fieldCount] = UnsafeBufferPointer(
        start: bytes + fieldStart, count: fieldEnd - fieldStart)
    }
    fieldCount += 1
  }

  private func endWithoutReturn(_ length: Int) -> Int {
    let recordEnd = start + length
    return length > 0 && bytes[recordEnd - 1] == 0x0d ? recordEnd - 1 : recordEnd
  }

  /// The length of a record with quotes, in which line ends may stand, and its number of lines.
  private mutating func quotedExtent() throws(TraceError.Problem) -> (length: Int, lines: Int) {
    var length = 0
    var lines = 1
    var isQuoted = false
    while true {
      if length == end - start {
        guard !isAtEnd else { break }
        guard length <= Self.longestRecord else {
          throw isQuoted ? .unterminatedQuote : .lineTooLong
        }
        try refill()
        continue
      }
      let byte = bytes[start + length]
      if byte == 0x22 { isQuoted.toggle() }
      if byte == 0x0a {
        guard isQuoted else { break }
        lines += 1
      }
      length += 1
    }
    guard !isQuoted else { throw .unterminatedQuote }
    guard length <= Self.longestRecord else { throw .lineTooLong }
    return (length, lines)
  }

  /// Takes the quotes off in place: a field only ever gets shorter.
  private mutating func splitQuoted(_ length: Int) throws(TraceError.Problem) {
    fieldCount = 0
    let recordEnd = endWithoutReturn(length)
    var index = start
    while true {
      let fieldStart = index
      var fieldEnd = index
      if index < recordEnd, bytes[index] == 0x22 {
        index += 1
        while index < recordEnd, bytes[index] != 0x22 || isDoubledQuote(index, recordEnd) {
          if bytes[index] == 0x22 { index += 1 }
          bytes[fieldEnd] = bytes[index]
          fieldEnd += 1
          index += 1
        }
        index += 1
        guard index >= recordEnd || bytes[index] == UInt8(ascii: ",") else { throw .strayQuote }
      } else {
        while index < recordEnd, bytes[index] != UInt8(ascii: ",") {
          guard bytes[index] != 0x22 else { throw .strayQuote }
          index += 1
        }
        fieldEnd = index
      }
      appendField(from: fieldStart, to: fieldEnd)
      guard index < recordEnd else { return }
      index += 1
    }
  }

  private func isDoubledQuote(_ index: Int, _ recordEnd: Int) -> Bool {
    index + 1 < recordEnd && bytes[index] == 0x22 && bytes[index + 1] == 0x22
  }
}
