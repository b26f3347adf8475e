// SPDX-License-Identifier: GPL-3.0-or-later
internal import Glibc

/// A table that the program wrote, read row by row in little memory, however long it is.
///
/// It reads what the program writes: RFC 4180, with `\n` or `\r\n` behind a row, as it is or packed
/// by Zstandard or gzip. Fields stay where they are in a buffer until the next row.
public final class TableReader {
  public let path: String
  public private(set) var columns: [String] = []
  /// The number of rows that were read, the header not counted.
  public private(set) var rows = 0
  private let input: TableInput
  private var buffer: UnsafeMutableRawBufferPointer
  /// What has been read and not been given as rows.
  private var unread = 0..<0
  private var isAtEnd = false
  private var fields: [Range<Int>] = []

  public init(_ path: String) throws(TableFault) {
    self.path = path
    input = try TableInput(path)
    // One byte more, so that behind every field there is one that ends a number.
    buffer = .allocate(byteCount: 1 << 17, alignment: 16)
    guard try readRow() else { throw TableFault(path: path, reason: .empty) }
    columns = fields.indices.map { text($0) }
  }

  deinit {
    buffer.deallocate()
  }

  /// The file of a table in a folder, packed or not; nil where there is none.
  public static func path(of name: String, in folder: String) -> String? {
    (["\(name).csv"] + TablePacking.allCases.map { "\(name).csv.\($0.rawValue)" })
      .map { "\(folder)/\($0)" }.first(where: exists)
  }

  /// Whether there is a file, whatever it is.
  public static func exists(_ path: String) -> Bool { access(path, F_OK) == 0 }

  /// The place of a column, which must be there.
  public func column(_ name: String) throws(TableFault) -> Int {
    guard let place = columns.firstIndex(of: name) else {
      throw TableFault(path: path, reason: .missingColumn(name))
    }
    return place
  }

  /// Reads the next row; false at the end of the file.
  public func advance() throws(TableFault) -> Bool {
    guard try readRow() else { return false }
    rows += 1
    guard fields.count == columns.count else {
      throw TableFault(
        path: path, reason: .fields(row: rows, found: fields.count, expected: columns.count))
    }
    return true
  }
}

// MARK: - Fields

extension TableReader {
  public func text(_ column: Int) -> String {
    String(decoding: UnsafeRawBufferPointer(rebasing: buffer[fields[column]]), as: UTF8.self)
  }

  public func isEmpty(_ column: Int) -> Bool { fields[column].isEmpty }

  /// Not a number where the field is empty.
  public func number(_ column: Int) throws(TableFault) -> Double {
    let range = fields[column]
    guard !range.isEmpty, let base = buffer.baseAddress else { return .nan }
    let start = (base + range.lowerBound).assumingMemoryBound(to: CChar.self)
    var end: UnsafeMutablePointer<CChar>?
    let value = strtod(start, &end)
    guard let end, UnsafePointer(end) == UnsafePointer(start) + range.count, value.isFinite else {
      throw TableFault(
        path: path, reason: .noNumber(row: rows, column: columns[column], found: text(column)))
    }
    return value
  }

  /// A number that stands for the text; two texts share one in 1 of 2^64 cases.
  public func hash(_ column: Int) -> UInt64 {
    var hash: UInt64 = 0xcbf2_9ce4_8422_2325
    for byte in buffer[fields[column]] { hash = (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01b3 }
    return hash
  }
}

// MARK: - Bytes

extension TableReader {
  private func readRow() throws(TableFault) -> Bool {
    fields.removeAll(keepingCapacity: true)
    var place = unread.lowerBound
    var start = place
    var isQuoted = false
    var hasQuotes = false
    while true {
      while place < unread.upperBound {
        let byte = buffer[place]
        place += 1
        if byte == UInt8(ascii: "\"") {
          isQuoted.toggle()
          hasQuotes = true
        } else if isQuoted {
          continue
        } else if byte == UInt8(ascii: ",") {
          fields.append(start..<place - 1)
          start = place
        } else if byte == UInt8(ascii: "\n") {
          endRow(start..<place - 1, hasQuotes)
          unread = place..<unread.upperBound
          return true
        }
      }
      let moved = try refill()
      place -= moved
      start -= moved
      for index in fields.indices {
        fields[index] = fields[index].lowerBound - moved..<fields[index].upperBound - moved
      }
      guard isAtEnd else { continue }
      // A last row without its line end.
      guard !unread.isEmpty else { return false }
      endRow(start..<place, hasQuotes)
      unread = unread.upperBound..<unread.upperBound
      return true
    }
  }

  private func endRow(_ last: Range<Int>, _ hasQuotes: Bool) {
    var last = last
    if !last.isEmpty, buffer[last.upperBound - 1] == UInt8(ascii: "\r") {
      last = last.lowerBound..<last.upperBound - 1
    }
    fields.append(last)
    if hasQuotes { for index in fields.indices { unquote(index) } }
  }

  /// Takes the quotes off in place: a field only ever gets shorter.
  private func unquote(_ index: Int) {
    let range = fields[index]
    guard !range.isEmpty, buffer[range.lowerBound] == UInt8(ascii: "\"") else { return }
    var end = range.lowerBound
    var place = range.lowerBound + 1
    while place < range.upperBound {
      let byte = buffer[place]
      place += 1
      if byte == UInt8(ascii: "\"") {
        // One of two that stand for one; the last closes the field.
        guard place < range.upperBound else { break }
        place += 1
      }
      buffer[end] = byte
      end += 1
    }
    fields[index] = range.lowerBound..<end
    // What a number ends at must not be a digit.
    if end < range.upperBound { buffer[end] = UInt8(ascii: ",") }
  }

  /// Makes room and reads on; returns by how much what is unread has moved to the front.
  private func refill() throws(TableFault) -> Int {
    let moved = unread.lowerBound
    let count = unread.count
    if count + 1 >= buffer.count / 2 {
      let larger = UnsafeMutableRawBufferPointer.allocate(
        byteCount: buffer.count * 2, alignment: 16)
      larger.copyMemory(from: UnsafeRawBufferPointer(rebasing: buffer[unread]))
      buffer.deallocate()
      buffer = larger
    } else if moved > 0, let base = buffer.baseAddress {
      base.copyMemory(from: base + moved, byteCount: count)
    }
    let room = UnsafeMutableRawBufferPointer(rebasing: buffer[count..<buffer.count - 1])
    let given = try input.read(into: room)
    isAtEnd = given == 0
    unread = 0..<count + given
    buffer[unread.upperBound] = UInt8(ascii: "\n")
    return moved
  }
}
