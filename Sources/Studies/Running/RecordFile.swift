// SPDX-License-Identifier: GPL-3.0-or-later
internal import Glibc
internal import Locks
internal import Results

/// A file of records that this process adds to, one line a run, and nobody else meanwhile.
///
/// A line is handed to the system as soon as its run has ended: whatever ends the process, what
/// was done before is there. Half a line at the end, which a full disk or a dead process left, is
/// cut off when the file is opened the next time.
final class RecordFile: Sendable {
  private struct State {
    var numbers: [[RunRecord.Metric]: Int] = [:]
    var error: ResultsError?
  }

  let descriptor: Int32
  private let path: String
  private let state = Guarded(State())

  /// Opens a file, makes it where it is missing, and locks it.
  init(at path: String) throws {
    let descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_APPEND, 0o666)
    guard descriptor >= 0 else { throw ResultsError(path: path, reason: .system(errno)) }
    self.descriptor = descriptor
    self.path = path
    // A file system without locks does without.
    if flock(descriptor, LOCK_EX | LOCK_NB) != 0, errno == EWOULDBLOCK {
      throw StudyIsBusy(path: path)
    }
    try repair()
  }

  deinit {
    close(descriptor)
  }

  /// Adds a run; `metrics` are those of its summary.
  func append(_ record: RunRecord, metrics: [RunRecord.Metric]) throws(ResultsError) {
    let error = state.withLock { state -> ResultsError? in
      if let error = state.error { return error }
      do throws(ResultsError) {
        try append(record, metrics, &state)
      } catch {
        // After half a line nothing may follow.
        state.error = error
        return error
      }
      return nil
    }
    if let error { throw error }
  }

  private func append(
    _ record: RunRecord, _ metrics: [RunRecord.Metric], _ state: inout State
  ) throws(ResultsError) {
    var text = ""
    var number = 0
    if case .done = record.outcome {
      number = state.numbers[metrics] ?? state.numbers.count
      if state.numbers.updateValue(number, forKey: metrics) == nil {
        text = RecordText.line(metrics: metrics, number: number)
      }
    }
    try write(text + RecordText.line(record, metrics: number))
  }

  /// Makes sure that what was added is on the disk.
  func sync() throws(ResultsError) {
    guard fsync(descriptor) == 0 || errno == EINVAL else {
      throw ResultsError(path: path, reason: .system(errno))
    }
  }

  private func write(_ text: String) throws(ResultsError) {
    let file = FileOutput(borrowing: descriptor, named: path)
    try file.write(text)
  }
}

// MARK: - What an earlier process left

extension RecordFile {
  /// Begins a file, or cuts off half a line at its end and learns which metrics it has.
  private func repair() throws {
    let records = try Records(file: path)
    if records.wholeBytes < records.bytes, ftruncate(descriptor, off_t(records.wholeBytes)) != 0 {
      throw ResultsError(path: path, reason: .system(errno))
    }
    if records.wholeBytes == 0 { try write(RecordText.head) }
    state.withLock { state in
      for (number, metrics) in records.metrics.sorted(by: { $0.key < $1.key }) {
        state.numbers[metrics] = number
      }
    }
  }
}

/// Another process is at the same runs.
public struct StudyIsBusy: Error, CustomStringConvertible {
  let path: String

  public var description: String {
    "another process is at these runs: it holds \(path)"
  }
}
