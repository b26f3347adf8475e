// SPDX-License-Identifier: GPL-3.0-or-later
private import Glibc
internal import Results
internal import YAMLReader

/// A row of a small CSV file that a scenario refers to.
struct SmallTableRow {
  var line: Int
  /// Why it is no row of its table; nil for one that is.
  private(set) var problem: String?
  private var fields: [String: String]

  init(line: Int, _ values: [String], columns: [String]) {
    self.line = line
    fields = Dictionary(zip(columns, values), uniquingKeysWith: { first, _ in first })
    if values.count != columns.count {
      problem = "found \(values.count) fields, expected \(columns.count)"
    }
  }

  /// The text in a column; empty where there is no such column.
  subscript(column: String) -> String { fields[column] ?? "" }
}

extension Checker {
  /// The rows of a CSV file, read as a whole; nil where it can't be, which is reported.
  ///
  /// Fields are plain: names have neither quotes nor commas in them.
  mutating func rows(
    ofCSV file: Written<String>, required: [String]
  ) -> [SmallTableRow]? {
    let path = path(of: file.value)
    guard let text = contents(of: path, at: file) else { return nil }
    let lines = text.split(omittingEmptySubsequences: false) { $0.isNewline }
    let columns = (lines.first ?? "").split(separator: ",").map(String.init)
    for column in required where !columns.contains(column) {
      report("\(Node.quoted(path)) line 1: the column \(column) is missing", at: file)
      return nil
    }
    return lines.enumerated().dropFirst().filter { !$0.element.isEmpty }.map { index, line in
      let values = line.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
      return SmallTableRow(line: index + 1, values, columns: columns)
    }
  }

  private mutating func contents(of path: String, at written: Written<String>) -> String? {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else {
      let reason = String(cString: strerror(errno))
      report("the file \(Node.quoted(path)) can't be read: \(reason)", at: written)
      return nil
    }
    defer { close(descriptor) }
    guard let bytes = bytes(of: descriptor, path, at: written) else { return nil }
    guard let text = String(validating: bytes, as: UTF8.self) else {
      report("the file \(Node.quoted(path)) is not UTF-8", at: written)
      return nil
    }
    return text
  }

  /// All bytes of an open file, which is put down as an input.
  private mutating func bytes(
    of descriptor: Int32, _ path: String, at written: Written<String>
  ) -> [UInt8]? {
    var reading = FileReading(of: descriptor, takesHash: true)
    var bytes: [UInt8] = []
    let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 65_536, alignment: 16)
    defer { buffer.deallocate() }
    while true {
      let count = read(descriptor, buffer.baseAddress, buffer.count)
      if count < 0, errno == EINTR { continue }
      guard count >= 0 else {
        let reason = String(cString: strerror(errno))
        report("the file \(Node.quoted(path)) can't be read: \(reason)", at: written)
        return nil
      }
      do throws(FileChange) {
        try reading.take(UnsafeRawBufferPointer(rebasing: buffer[..<count]))
        bytes += buffer[..<count]
        guard count == 0 else { continue }
        inputs.append((path, try reading.record()))
        return bytes
      } catch {
        report("\(Node.quoted(path)): \(error.description)", at: written)
        return nil
      }
    }
  }
}
