// SPDX-License-Identifier: GPL-3.0-or-later
internal import Glibc
internal import Results

/// A CSV file with a header, read row by row in little memory, however long it is.
///
/// It reads what the program writes: RFC 4180, with `\n` or `\r\n` behind a row.
final class TableFile {
  let path: String
  private(set) var columns: [String] = []
  /// The number of rows that were read, the header not counted.
  private(set) var rows = 0
  private let descriptor: Int32
  private var chunk = [UInt8](repeating: 0, count: 1 << 16)
  private var next = 0
  private var end = 0
  /// The fields of the row, one behind the other, without their quotes.
  private var bytes: [UInt8] = []
  private var ends: [Int] = []

  init(_ path: String) throws {
    self.path = path
    descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw ResultsError(path: path, reason: .system(errno)) }
    guard try readRow() else { throw IncomparableSides("\(path): found no row, expected a header") }
    columns = (0..<ends.count).map { text($0) }
  }

  deinit {
    if descriptor >= 0 { close(descriptor) }
  }

  static func exists(_ path: String) -> Bool { access(path, F_OK) == 0 }

  /// The place of a column, which must be there.
  func column(_ name: String) throws -> Int {
    guard let place = columns.firstIndex(of: name) else {
      throw IncomparableSides("\(path): the column \(name) is missing")
    }
    return place
  }

  /// Reads the next row; false at the end of the file.
  func advance() throws -> Bool {
    guard try readRow() else { return false }
    rows += 1
    guard ends.count == columns.count else {
      throw IncomparableSides(
        "\(path): row \(rows) behind the header has \(ends.count) fields, expected \(columns.count)"
      )
    }
    return true
  }

  // MARK: - Fields

  private func range(_ column: Int) -> Range<Int> {
    (column == 0 ? 0 : ends[column - 1])..<ends[column]
  }

  func text(_ column: Int) -> String { String(decoding: bytes[range(column)], as: UTF8.self) }

  /// Not a number where the field is empty.
  func number(_ column: Int) throws -> Double {
    let range = range(column)
    if range.isEmpty { return .nan }
    guard let number = Double(text(column)) else {
      throw IncomparableSides(
        "\(path): row \(rows) has '\(text(column))' as its \(columns[column]), expected a number")
    }
    return number
  }

  /// A number that stands for the text; two texts share one in 1 of 2^64 cases.
  func hash(_ column: Int) -> UInt64 {
    var hash: UInt64 = 0xcbf2_9ce4_8422_2325
    for byte in bytes[range(column)] { hash = (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01b3 }
    return hash
  }

  // MARK: - Bytes

  private func readRow() throws -> Bool {
    bytes.removeAll(keepingCapacity: true)
    ends.removeAll(keepingCapacity: true)
    guard var byte = try take() else { return false }
    var isQuoted = false
    while true {
      switch byte {
      case UInt8(ascii: "\""): isQuoted.toggle()
      case UInt8(ascii: ",") where !isQuoted: ends.append(bytes.count)
      case UInt8(ascii: "\n") where !isQuoted: return endRow()
      default: bytes.append(byte)
      }
      guard let following = try take() else { return endRow() }
      // A quote right behind one that closes is a quote of the text.
      if byte == UInt8(ascii: "\""), following == byte, !isQuoted { bytes.append(byte) }
      byte = following
    }
  }

  private func endRow() -> Bool {
    if bytes.last == UInt8(ascii: "\r"), bytes.count > ends.last ?? 0 { bytes.removeLast() }
    ends.append(bytes.count)
    return true
  }

  private func take() throws -> UInt8? {
    if next == end {
      var count = read(descriptor, &chunk, chunk.count)
      while count < 0, errno == EINTR { count = read(descriptor, &chunk, chunk.count) }
      guard count >= 0 else { throw ResultsError(path: path, reason: .system(errno)) }
      (next, end) = (0, count)
      if count == 0 { return nil }
    }
    defer { next += 1 }
    return chunk[next]
  }
}
