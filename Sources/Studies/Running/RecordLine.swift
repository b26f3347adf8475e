// SPDX-License-Identifier: GPL-3.0-or-later
internal import Glibc
internal import Text

/// One line of a file of records.
struct RecordLine {
  enum Kind: String {
    case metrics
    case done
    case failed
    /// It ended the process.
    case trapped
  }

  private let bytes: UnsafeRawBufferPointer

  private static let tab = UInt8(ascii: "\t")
  private static let identityDigits = 32
  private static let sumDigits = 8

  init(_ bytes: UnsafeRawBufferPointer) {
    self.bytes = bytes
  }

  var isHead: Bool { text(0..<bytes.count) + "\n" == RecordText.head }

  /// The format of a first line, of this version or another; nil for any other line.
  var namedFormat: String? {
    let text = text(0..<min(bytes.count, 64))
    guard text.hasPrefix(RecordText.headWords) else { return nil }
    let format = text.dropFirst(RecordText.headWords.count)
    return format.allSatisfy(\.isNumber) && !format.isEmpty ? String(format) : nil
  }

  /// Nil where it is not a whole line: half of one, or one that somebody has changed.
  var kind: Kind? {
    let start = bytes.count - Self.sumDigits
    guard start > 1, bytes[start - 1] == Self.tab,
      text(start..<bytes.count) == RecordText.sum(of: bytes[..<(start - 1)])
    else { return nil }
    return first.flatMap { Kind(rawValue: text(0..<$0)) }
  }

  /// Where its first field ends.
  private var first: Int? { bytes.firstIndex(of: Self.tab) }

  var identity: RunIdentity? {
    guard let first, first + 1 + Self.identityDigits < bytes.count else { return nil }
    return RunIdentity(text(first + 1..<first + 1 + Self.identityDigits)[...])
  }

  func metrics() -> (number: Int, [RunRecord.Metric])? {
    let fields = fields
    guard fields.count >= 2, fields.count % 2 == 0, let number = Int(fields[1]) else { return nil }
    let named = stride(from: 2, to: fields.count, by: 2).map { index in
      RunRecord.Metric(
        name: RecordText.unescaped(fields[index]), unit: RecordText.unescaped(fields[index + 1]))
    }
    return (number, named)
  }

  /// The run of the line, and the number of its metrics.
  func record(_ identity: RunIdentity) -> (record: RunRecord, metrics: Int)? {
    let fields = fields
    if fields.first == Kind.trapped.rawValue[...], fields.count >= 3 {
      let message = RecordLine.message(ofTrap: fields[2])
      return (.init(identity: identity, seconds: 0, outcome: .failed(message)), 0)
    }
    guard fields.count >= 4, let seconds = Double(fields[2]) else { return nil }
    guard fields[0] == Kind.done.rawValue else {
      let message = RecordText.unescaped(fields[3])
      return (.init(identity: identity, seconds: seconds, outcome: .failed(message)), 0)
    }
    guard fields.count >= 5, let digest = UInt64(fields[3], radix: 16), let number = Int(fields[4])
    else { return nil }
    let values = fields[5...].map { $0.isEmpty ? Double.nan : Double($0) ?? .nan }
    return (
      .init(
        identity: identity, seconds: seconds, outcome: .done(digest: digest, values: values)),
      number
    )
  }

  private static func message(ofTrap signal: Substring) -> String {
    "the run ended the program by \(signal), and is not tried again; "
      + "remove its line \"trapped\" in the folder records, and it is"
  }

  /// The number of the metrics of a run that is done.
  var metricsNumber: Int? { field(4).flatMap { Int($0) } }

  /// How long the run took.
  var seconds: Double? { field(2).flatMap { Double($0) } }

  /// One of the first fields.
  private func field(_ position: Int) -> String? {
    let fields = bytes.split(
      separator: Self.tab, maxSplits: position + 1, omittingEmptySubsequences: false)
    return fields.count > position + 1 ? String(decoding: fields[position], as: UTF8.self) : nil
  }

  /// All but the sum.
  private var fields: [Substring] {
    text(0..<bytes.count - Self.sumDigits - 1).split(
      separator: "\t", omittingEmptySubsequences: false)
  }

  private func text(_ range: Range<Int>) -> String {
    String(decoding: UnsafeRawBufferPointer(rebasing: bytes[range]), as: UTF8.self)
  }
}
