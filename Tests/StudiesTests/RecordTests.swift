// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation
import Testing

@testable import Studies

/// What is kept of runs is whole or ignored, whatever ended the process that wrote it.
@Suite struct RecordTests {
  private let bench: Bench
  private var path: String { bench.path + "/r.records" }

  private static let metrics = [
    RunRecord.Metric(name: "a\tb", unit: "s"), RunRecord.Metric(name: "c", unit: ""),
  ]

  init() throws {
    bench = try Bench()
  }

  private func record(_ number: Int) -> RunRecord {
    RunRecord(
      identity: RunIdentity(UInt128(number) << 64 + 7), seconds: 0.5,
      outcome: number % 3 == 0
        ? .failed("two\nlines \\ and a\ttab")
        : .done(digest: UInt64(number), values: [Double(number) / 3, 1e-300]))
  }

  private func write(_ numbers: Range<Int>) throws {
    let file = try RecordFile(at: path)
    for number in numbers { try file.append(record(number), metrics: Self.metrics) }
  }

  private func read() throws -> [RunRecord] {
    let records = try Records(file: path)
    return records.entries.compactMap { records.record($0)?.record }
  }

  @Test func readsBackWhatWasWritten() throws {
    try write(1..<10)
    #expect(try read() == (1..<10).map(record))
    let records = try Records(file: path)
    #expect(records.metrics == [0: Self.metrics])
  }

  /// Cut at each of its bytes, a file gives the whole records before the cut, and goes on from there.
  @Test func halfARecordAtTheEndIsIgnored() throws {
    try write(1..<4)
    let whole = try Data(contentsOf: URL(filePath: path))
    for length in 0..<whole.count {
      try whole.prefix(length).write(to: URL(filePath: path))
      let kept = try read()
      #expect(kept == (1..<4).map(record).prefix(kept.count).map(\.self))
      try write(7..<8)
      #expect(try read() == kept + [record(7)])
    }
  }

  /// A changed digit is found by the sum of its line, unless the line is the last.
  @Test func aRecordThatWasChangedIsAnError() throws {
    try write(1..<4)
    let text = try bench.text("r.records")
    try bench.write(text.replacing("0.5\t1\t0", with: "0.5\t1\t1"), to: "r.records")
    let error = try #require(throws: ChangedRecords.self) { _ = try Records(file: path) }
    #expect(error.description.contains("r.records:3"))
  }

  @Test func oneProcessAtATimeAddsToAFile() throws {
    let first = try RecordFile(at: path)
    try first.append(record(1), metrics: Self.metrics)
    #expect(throws: StudyIsBusy.self) { _ = try RecordFile(at: path) }
  }
}
