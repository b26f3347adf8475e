// SPDX-License-Identifier: GPL-3.0-or-later
internal import Glibc
internal import Text

/// Finds the lines of a file of records.
struct RecordScan {
  private let text: UnsafeRawBufferPointer
  private(set) var wholeBytes = 0
  private(set) var entries: [Records.Entry] = []
  private(set) var metrics: [Int: [RunRecord.Metric]] = [:]

  init(_ text: UnsafeRawBufferPointer) {
    self.text = text
  }

  /// The format that the first line names, where that is another one than ours.
  var otherFormat: String? {
    guard let end = lineEnd(from: 0) else { return nil }
    let line = RecordLine(UnsafeRawBufferPointer(rebasing: text[0..<end]))
    return line.isHead ? nil : line.namedFormat
  }

  /// Reads all whole lines; gives the number of a line that is none of a record.
  ///
  /// The last line may be half written, whatever its end is: then it is not taken.
  mutating func run() -> Int? {
    var number = 0
    while let end = lineEnd(from: wholeBytes) {
      number += 1
      guard take(wholeBytes..<end, number: number) else {
        return end + 1 == text.count ? nil : number
      }
      wholeBytes = end + 1
    }
    return nil
  }

  private func lineEnd(from start: Int) -> Int? {
    guard start < text.count, let base = text.baseAddress,
      let found = memchr(base + start, Int32(UInt8(ascii: "\n")), text.count - start)
    else { return nil }
    return UnsafeRawPointer(found) - base
  }

  /// False where the line is none of a record.
  private mutating func take(_ range: Range<Int>, number: Int) -> Bool {
    let line = RecordLine(UnsafeRawBufferPointer(rebasing: text[range]))
    if number == 1 { return line.isHead }
    guard let kind = line.kind else { return false }
    switch kind {
    case .metrics:
      guard let (number, named) = line.metrics() else { return false }
      metrics[number] = named
    case .done, .failed, .trapped:
      guard let identity = line.identity else { return false }
      entries.append(
        .init(
          identity: identity, kind: kind, start: range.lowerBound, end: range.upperBound))
    }
    return true
  }
}
