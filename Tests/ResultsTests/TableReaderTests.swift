// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation
import Samples
import Testing

@testable import Results

@Suite struct TableReaderTests {
  private static let schema = TableSchema(
    file: "t.csv", about: "Rows.",
    columns: [Column("name", .string, about: "A text."), Column("value", .number, about: "One.")])

  /// Texts with all that has to be quoted, of lengths around that of the buffer.
  private static let texts: [String] =
    ["", "plain", "a,b", "say \"so\"", "\"", "two\nlines", "京津冀枢纽", "ends\r"]
    + [100, 1 << 16, (1 << 17) - 3, 1 << 18].map { String(repeating: "long, \"", count: $0 / 7) }

  private func write(_ rows: Int, to path: String) throws {
    var writer = try CSVWriter(Self.schema, to: FileOutput(creating: path))
    for row in 0..<rows {
      writer.append(Self.texts[row % Self.texts.count])
      writer.append(Double(row) / 7)
      try writer.endRow()
    }
    try writer.close()
  }

  private func check(_ path: String, rows: Int) throws {
    let table = try TableReader(path)
    #expect(table.columns == ["name", "value"])
    for row in 0..<rows {
      #expect(try table.advance())
      #expect(table.text(0) == Self.texts[row % Self.texts.count], "row \(row)")
      #expect(try table.number(1) == Double(row) / 7)
    }
    #expect(try table.advance() == false)
    #expect(table.rows == rows)
  }

  @Test func whatTheWriterWritesReadsBack() throws {
    let scratch = try Scratch()
    let path = "\(scratch.path)/t.csv"
    try write(50, to: path)
    try check(path, rows: 50)
  }

  @Test func packedTablesReadTheSame() throws {
    let scratch = try Scratch()
    let path = "\(scratch.path)/t.csv"
    try write(500, to: path)
    let bytes = [UInt8](try Data(contentsOf: URL(filePath: path)))
    for (name, packed) in [("t.zst", zstandard(bytes)), ("t.gz", gzipped(bytes))] {
      try Data(packed).write(to: URL(filePath: "\(scratch.path)/\(name)"))
      try check("\(scratch.path)/\(name)", rows: 500)
      // Half of it is no table.
      try Data(packed.prefix(packed.count / 2)).write(to: URL(filePath: "\(scratch.path)/half"))
      #expect(throws: TableFault.self) { try check("\(scratch.path)/half", rows: 500) }
    }
  }

  @Test(arguments: [
    ("", "found no row, expected a header"),
    ("a,b\n1\n", "row 1 behind the header has 1 fields, expected 2"),
    ("a,b\n1,2\n1,2,3\n", "row 2 behind the header has 3 fields, expected 2"),
    ("a,b\n1,much\n", "row 1 has 'much' as its b, expected a number"),
    ("a,b\n1,2 \n", "row 1 has '2 ' as its b, expected a number"),
    ("a,c\n1,2\n", "the column b is missing"),
  ])
  func mistakesSayWhere(_ text: String, _ message: String) throws {
    let scratch = try Scratch()
    let path = "\(scratch.path)/t.csv"
    try Data(text.utf8).write(to: URL(filePath: path))
    let fault = #expect(throws: TableFault.self) {
      let table = try TableReader(path)
      let column = try table.column("b")
      while try table.advance() { _ = try table.number(column) }
    }
    #expect(fault?.description == "\(path): \(message)")
  }

  @Test func lastRowsMayLackTheirLineEnd() throws {
    let scratch = try Scratch()
    let path = "\(scratch.path)/t.csv"
    try Data("a,b\r\n1,2\r\n,\"4\"".utf8).write(to: URL(filePath: path))
    let table = try TableReader(path)
    #expect(try table.advance())
    #expect(try table.number(1) == 2)
    #expect(try table.advance())
    #expect(try table.number(0).isNaN && table.number(1) == 4)
    #expect(try table.advance() == false)
  }
}
