// SPDX-License-Identifier: GPL-3.0-or-later
private import Glibc
internal import Text

/// The bytes of a text file, checked to be UTF-8.
struct SourceText {
  private let text: UTF8Text

  var bytes: [UInt8] { text.bytes }

  /// More than any scenario needs, and little enough to be read into memory.
  static let largestSize = 64 << 20

  /// Reports what is wrong with the bytes, and gives nil where something is.
  init?(_ bytes: [UInt8], problems: inout Problems) {
    do throws(TextFault) {
      text = try UTF8Text(bytes)
    } catch {
      let mark = UTF8Text(unchecked: bytes).mark(at: error.offset)
      problems.add(found: error.found, expected: error.expected, at: .mark(mark))
      return nil
    }
  }

  /// The line and the character of a byte.
  func mark(at offset: Int) -> Mark { text.mark(at: offset) }

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
