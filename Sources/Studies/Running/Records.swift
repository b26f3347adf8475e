// SPDX-License-Identifier: GPL-3.0-or-later
internal import Glibc
internal import Results
internal import Text

/// A file of records, as it is read.
///
/// The file is mapped and not copied: of a run only its place is kept until its values are asked
/// for, so that a study of many runs takes little memory.
final class Records: Sendable {
  /// A run that has ended, and where its line is.
  struct Entry: Sendable {
    var identity: RunIdentity
    var kind: RecordLine.Kind
    /// The first byte of the line and the first behind it.
    var start: Int
    var end: Int

    var isDone: Bool { kind == .done }
  }

  let path: String
  /// The length of the file when it was opened.
  let bytes: Int
  /// Up to the end of the last whole line.
  let wholeBytes: Int
  let entries: [Entry]
  /// The metrics of runs, by their number in this file.
  let metrics: [Int: [RunRecord.Metric]]
  nonisolated(unsafe) private let text: UnsafeRawBufferPointer

  /// Reads a file; half a line at its end is not taken.
  init(file path: String) throws {
    text = try Records.map(path)
    bytes = text.count
    self.path = path
    var scan = RecordScan(text)
    if let other = scan.otherFormat {
      throw UnreadableStudy(
        path: path,
        reason: "the records have format \(other), expected \(RecordText.format); "
          + "another version of the program wrote them")
    }
    if let fault = scan.run() {
      throw ChangedRecords(path: path, line: fault)
    }
    wholeBytes = scan.wholeBytes
    entries = scan.entries
    metrics = scan.metrics
  }

  deinit {
    if let base = text.baseAddress { munmap(UnsafeMutableRawPointer(mutating: base), text.count) }
  }

  private static func map(_ path: String) throws(ResultsError) -> UnsafeRawBufferPointer {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw ResultsError(path: path, reason: .system(errno)) }
    defer { close(descriptor) }
    var status = stat()
    guard fstat(descriptor, &status) == 0 else {
      throw ResultsError(path: path, reason: .system(errno))
    }
    guard status.st_size > 0 else { return UnsafeRawBufferPointer(start: nil, count: 0) }
    let count = Int(status.st_size)
    guard let base = mmap(nil, count, PROT_READ, MAP_PRIVATE, descriptor, 0), base != MAP_FAILED
    else { throw ResultsError(path: path, reason: .system(errno)) }
    return UnsafeRawBufferPointer(start: base, count: count)
  }

  /// How long a run took.
  func seconds(of entry: Entry) -> Double? { line(entry).seconds }

  private func line(_ entry: Entry) -> RecordLine {
    RecordLine(UnsafeRawBufferPointer(rebasing: text[entry.start..<entry.end]))
  }

  /// The metrics of a run that is done.
  func metrics(of entry: Entry) -> [RunRecord.Metric]? {
    line(entry).metricsNumber.flatMap { metrics[$0] }
  }

  /// The whole of a record.
  func record(_ entry: Entry) -> (record: RunRecord, metrics: Int)? {
    line(entry).record(entry.identity)
  }
}

/// A file of records with a line that no run has written.
public struct ChangedRecords: Error, CustomStringConvertible {
  let path: String
  let line: Int

  public var description: String {
    "\(path):\(line): the line is no record of a run, or was changed; "
      + "remove it, and its run is done again"
  }
}
