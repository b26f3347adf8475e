// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation
import Results
import Testing

@Suite struct CSVWriterTests {
  @Test(arguments: [
    ("plain", "plain"), ("two words", "two words"), ("a,b", "\"a,b\""),
    ("say \"hi\"", "\"say \"\"hi\"\"\""), ("two\nlines", "\"two\nlines\""),
    ("carriage\rreturn", "\"carriage\rreturn\""), ("\"", "\"\"\"\""), ("中卫", "中卫"),
  ])
  func quotesOnlyWhatNeedsIt(text: String, expected: String) throws {
    let written = try csv(columns: 2) { writer in
      writer.append(text)
      writer.append(1)
      try writer.endRow()
    }
    #expect(written == "\(expected),1\n")
  }

  @Test func aLoneEmptyFieldIsNotABlankLine() throws {
    let written = try csv(columns: 1) { writer in
      writer.append("")
      try writer.endRow()
    }
    #expect(written == "\"\"\n")
  }

  @Test func absentFieldsAreEmpty() throws {
    let written = try csv(columns: 4) { writer in
      writer.append(Double.nan)
      writer.appendAbsent()
      writer.append(-Double.infinity)
      writer.append(true)
      try writer.endRow()
    }
    // A number without bounds is no number that a file could hold.
    #expect(written == ",,,true\n")
  }

  @Test(
    arguments: [
      (0.0, "0"), (-0.0, "0"), (1.0, "1"), (-17.0, "-17"), (1e9, "1000000000"), (0.1, "0.1"),
      (999_999_999_999_999.0, "999999999999999"), (1e15, "1000000000000000"), (2.5, "2.5"),
      (1e-7, "1e-07"), (0x1.fffffffffffffp53, "18014398509481982"),
      (0x1p54, "1.8014398509481984e+16"),
    ] as [(Double, String)])
  func wholeNumbersHaveNoPoint(value: Double, expected: String) throws {
    #expect(try csv(columns: 1) { try $0.row(value) } == expected + "\n")
  }

  @Test(arguments: 0..<20)
  func doublesReadBackBitForBit(seed: Int) throws {
    var bits = UInt64(seed) &+ 0x9e37_79b9_7f4a_7c15
    var values: [Double] = []
    while values.count < 200 {
      // A 64-bit linear congruence is enough to reach every exponent.
      bits = bits &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      let value = Double(bitPattern: bits)
      if value.isFinite, value != 0 { values.append(value) }
    }
    let text = try csv(columns: 1) { writer in for value in values { try writer.row(value) } }
    let read = text.split(separator: "\n").map { Double($0)?.bitPattern }
    #expect(read == values.map(\.bitPattern))
  }

  @Test(arguments: [
    0, 1, -1, 9, 10, 99, 100, 1_000_000_007, Int64.max, Int64.min, 999_999_999_999_999_999,
    1_000_000_000_000_000_000,
  ])
  func integersAreWrittenInFull(value: Int64) throws {
    let written = try csv(columns: 1) { writer in
      writer.append(value)
      try writer.endRow()
    }
    #expect(written == "\(value)\n")
  }

  @Test(arguments: [
    (0, "0"), (1, "0.000000001"), (-1, "-0.000000001"), (1_234_567_890, "1.23456789"),
    (1_000_000_000, "1"), (1_500_000_000, "1.5"), (86_400_000_000_000, "86400"),
    (Int64.max, "9223372036.854775807"), (Int64.min, "-9223372036.854775808"),
  ])
  func nanosecondsBecomeExactSeconds(nanoseconds: Int64, expected: String) throws {
    let written = try csv(columns: 1) { writer in
      writer.append(nanosecondsAsSeconds: nanoseconds)
      try writer.endRow()
    }
    #expect(written == expected + "\n")
  }

  @Test func manyRowsCrossTheBufferUnharmed() throws {
    // 60 000 rows of 12 to 17 bytes and one field of 300 000 bytes: several flushes and a growth.
    let long = String(repeating: "x", count: 300_000)
    let written = try csv(columns: 3) { writer in
      for row in 0..<60_000 {
        writer.append(row)
        writer.append(row == 30_000 ? long : "name")
        writer.append(nanosecondsAsSeconds: Int64(row) * 1000)
        try writer.endRow()
      }
      #expect(writer.rowCount == 60_000)
    }
    let lines = written.split(separator: "\n")
    #expect(lines.count == 60_000)
    #expect(lines[30_000] == "30000,\(long),0.03")
    #expect(lines[59_999] == "59999,name,0.059999")
  }

  @Test func aFullDiskIsAnErrorThatNamesTheFile() throws {
    let schema = TableSchema(
      file: "full", about: "", columns: [Column("c", .integer, about: "A column.")])
    let device = try FileHandle(forWritingTo: URL(fileURLWithPath: "/dev/full"))
    let file = FileOutput(borrowing: device.fileDescriptor, named: "results/ring/flows.csv")
    var writer = try CSVWriter(schema, to: file)
    do {
      try writer.close()
      Issue.record("A full disk took the rows.")
    } catch {
      #expect(error.description == "results/ring/flows.csv: the disk is full")
    }
  }
}

extension CSVWriter {
  fileprivate mutating func row(_ value: Double) throws(ResultsError) {
    append(value)
    try endRow()
  }
}
