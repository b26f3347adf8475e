// SPDX-License-Identifier: GPL-3.0-or-later
private import Glibc

/// The bytes of a text file, checked to be UTF-8 without control characters.
struct SourceText {
  /// Without a byte order mark.
  let bytes: [UInt8]

  /// More than any scenario needs, and little enough to be read into memory.
  static let largestSize = 64 << 20

  /// Reports what is wrong with the bytes, and gives nil where something is.
  init?(_ bytes: [UInt8], problems: inout Problems) {
    if bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0xFE, 0xFF]) {
      let place = Place.mark(Mark(line: 1, column: 1))
      problems.add(found: "a UTF-16 byte order mark", expected: "UTF-8 text", at: place)
      return nil
    }
    let text = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? Array(bytes.dropFirst(3)) : bytes
    self.bytes = text
    if let (offset, what) = Self.firstFault(in: text) {
      problems.add(found: what, expected: "UTF-8 text", at: .mark(mark(at: offset)))
      return nil
    }
  }

  private static func firstFault(in bytes: [UInt8]) -> (offset: Int, what: String)? {
    let nul = bytes.firstIndex(of: 0)
    do {
      _ = try UTF8Span(validating: bytes.span)
    } catch {
      let offset = error.byteOffsets.lowerBound
      if offset < nul ?? .max {
        return (offset, "byte 0x\(String(bytes[offset], radix: 16, uppercase: true))")
      }
    }
    return nul.map { ($0, "a NUL byte") }
  }

  /// The line and the character of a byte.
  func mark(at offset: Int) -> Mark {
    let before = bytes.prefix(offset)
    let line = before.reduce(1) { $1 == UInt8(ascii: "\n") ? $0 + 1 : $0 }
    let start = before.lastIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? 0
    // Every byte but a continuation byte begins a character.
    let column = before[start...].reduce(1) { $1 & 0xC0 == 0x80 ? $0 : $0 + 1 }
    return Mark(line: line, column: column)
  }

  /// The first byte of the character at a mark.
  func byte(at mark: Mark) -> UInt8? {
    let lines = bytes.split(
      separator: UInt8(ascii: "\n"), maxSplits: mark.line, omittingEmptySubsequences: false)
    guard lines.indices.contains(mark.line - 1) else { return nil }
    return lines[mark.line - 1].filter { $0 & 0xC0 != 0x80 }.dropFirst(mark.column - 1).first
  }
}

// MARK: - Reading a file

extension SourceText {
  /// The bytes of a file; reports why there are none.
  static func contents(of path: String, problems: inout Problems) -> [UInt8]? {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else {
      problems.add("can't be read: \(String(cString: strerror(errno)))", at: .file)
      return nil
    }
    defer { close(descriptor) }
    var status = stat()
    if fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFDIR {
      problems.add(found: "a directory", expected: "a file", at: .file)
      return nil
    }
    return contents(of: descriptor, problems: &problems)
  }

  private static func contents(of descriptor: Int32, problems: inout Problems) -> [UInt8]? {
    var bytes: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = read(descriptor, &chunk, chunk.count)
      if count < 0, errno == EINTR { continue }
      guard count >= 0 else {
        problems.add("can't be read: \(String(cString: strerror(errno)))", at: .file)
        return nil
      }
      guard count > 0 else { return bytes }
      bytes += chunk.prefix(count)
      // Counted while reading, since the size of a pipe is not known before.
      guard bytes.count <= largestSize else {
        problems.add("is larger than \(largestSize >> 20) MiB, the largest file read", at: .file)
        return nil
      }
    }
  }
}
