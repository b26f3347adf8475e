// SPDX-License-Identifier: GPL-3.0-or-later
internal import Glibc

/// What a program has written and nobody has taken yet, line by line.
struct LineBuffer {
  private var bytes: [UInt8] = []
  /// Where the first line ends; nil where none is whole.
  private var end: Int?
  private var chunk = [UInt8](repeating: 0, count: 1 << 16)

  var hasLine: Bool { end != nil }
  var rest: [UInt8] { bytes }

  var count: Int { bytes.count }

  /// Takes the first line, without its end.
  mutating func take() -> [UInt8] {
    guard let end else { return [] }
    var line = Array(bytes[..<end])
    if line.last == UInt8(ascii: "\r") { line.removeLast() }
    bytes.removeFirst(end + 1)
    self.end = bytes.firstIndex(of: UInt8(ascii: "\n"))
    return line
  }

  /// Reads a piece of what is there; false at the end of the stream.
  mutating func read(from descriptor: Int32) -> Bool {
    let count = Glibc.read(descriptor, &chunk, chunk.count)
    guard count > 0 else { return count < 0 && (errno == EAGAIN || errno == EINTR) }
    if end == nil, let place = chunk[..<count].firstIndex(of: UInt8(ascii: "\n")) {
      end = bytes.count + place
    }
    bytes.append(contentsOf: chunk[..<count])
    return true
  }
}

/// The end of what a program writes to its standard error.
struct ErrorTail {
  /// More than this is never kept; less may be.
  private static let most = 1 << 13
  private(set) var bytes: [UInt8] = []
  private var chunk = [UInt8](repeating: 0, count: 1 << 16)

  /// Reads a piece of what is there; false at the end of the stream.
  mutating func read(from descriptor: Int32) -> Bool {
    let count = Glibc.read(descriptor, &chunk, chunk.count)
    guard count > 0 else { return count < 0 && (errno == EAGAIN || errno == EINTR) }
    bytes.append(contentsOf: chunk[max(0, count - Self.most)..<count])
    if bytes.count > Self.most { bytes.removeFirst(bytes.count - Self.most) }
    return true
  }
}
