// SPDX-License-Identifier: GPL-3.0-or-later
private import Glibc
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
    let stands = file.value.hasPrefix("/") || directory == "."
    let path = stands ? file.value : "\(directory)/\(file.value)"
    guard let text = contents(of: path, at: file) else { return nil }
    inputs.append(path)
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
    guard let file = fopen(path, "r") else {
      let reason = String(cString: strerror(errno))
      report("the file \(Node.quoted(path)) can't be read: \(reason)", at: written)
      return nil
    }
    defer { fclose(file) }
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 65_536)
    while true {
      let count = fread(&buffer, 1, buffer.count, file)
      guard count > 0 else { break }
      bytes += buffer[..<count]
    }
    guard let text = String(validating: bytes, as: UTF8.self) else {
      report("the file \(Node.quoted(path)) is not UTF-8", at: written)
      return nil
    }
    return text
  }
}
