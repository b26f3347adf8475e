// SPDX-License-Identifier: GPL-3.0-or-later
internal import EventKernel
internal import Results

/// A file of records in order of time: what the readers of all formats have in common.
struct TraceInput: ~Copyable {
  let file: String
  var records: TraceRecords
  private(set) var skipped = SkippedLines()
  private let tolerance: Tolerance
  private let order: RecordOrder
  private var previous = SimTime.zero
  private var isFirstPass = true

  init(
    file: String, syntax: TraceRecords.Syntax = .csv, tolerance: Tolerance,
    order: RecordOrder = .ofTime, isCertified: Bool = false
  ) throws(TraceError) {
    self.file = file
    self.tolerance = tolerance
    self.order = order
    do throws(TraceError.Problem) {
      records = try TraceRecords.opening(file, syntax: syntax, isCertified: isCertified)
    } catch {
      throw TraceError(file: file, line: nil, problem: error)
    }
  }

  /// Returns what a layout makes of the next line that holds anything; nil behind the last.
  mutating func next<Layout: RecordLayout>(
    _ layout: borrowing Layout
  ) throws(TraceError) -> Layout.Record? {
    while true {
      do throws(TraceError.Problem) {
        guard try records.next() else { return nil }
        if records.isBlank || records.isComment && records.syntax == .words { continue }
        let record = try layout.record(of: records)
        guard record.time >= previous || order == .any else {
          throw .outOfOrder(
            column: layout.timeColumn, from: previous.text, to: record.time.text)
        }
        previous = record.time
        return record
      } catch {
        let error = TraceError(file: file, line: records.line, problem: error)
        guard case .lenient = tolerance, error.isOfOneLine else { throw error }
        if isFirstPass { skipped.add(error) }
      }
    }
  }

  /// What was read, for a manifest; of a certified reading only.
  func record() throws(TraceError) -> FileRecord {
    do throws(TraceError.Problem) {
      return try records.record()
    } catch {
      throw TraceError(file: file, line: nil, problem: error)
    }
  }

  /// Goes back to the first line, of which the caller skips what is no record.
  mutating func rewind() throws(TraceError) {
    do throws(TraceError.Problem) {
      try records.rewind()
    } catch {
      throw TraceError(file: file, line: nil, problem: error)
    }
    previous = .zero
    // The lines that are skipped are the same ones each time, and are counted once.
    isFirstPass = false
  }
}

/// What the fields of a record mean.
protocol RecordLayout {
  associatedtype Record: TraceRecord

  /// The column whose order is that of the file.
  var timeColumn: String { get }

  func record(of fields: borrowing TraceRecords) throws(TraceError.Problem) -> Record
}
