// SPDX-License-Identifier: GPL-3.0-or-later

/// The requests or jobs of a trace as they were parsed, for any number of runs at once.
final class SharedWork: SharedRows {
  let file: String
  nonisolated(unsafe) let records: UnsafeMutableBufferPointer<WorkRecord>

  var bytes: Int { records.count * MemoryLayout<WorkRecord>.stride }

  /// Reads all of a file; throws where a line can't be read, or more than so many bytes come of it.
  init(file: String, format: WorkFormat, mapping: TraceMapping, mostBytes: Int) throws {
    var reader = try WorkReader(
      file: file, format: format, options: TraceOptions(mapping: mapping))
    var records: [WorkRecord] = []
    while let record = try reader.next() {
      records.append(record)
      guard records.count * MemoryLayout<WorkRecord>.stride <= mostBytes else {
        throw TooLongToShare()
      }
    }
    self.file = file
    self.records = .allocate(capacity: records.count)
    _ = self.records.initialize(fromContentsOf: records)
  }

  deinit {
    records.deallocate()
  }
}

/// Goes through shared requests or jobs as a reader goes through their file.
final class SharedWorkReader {
  private let shared: SharedWork
  private let records: UnsafeMutableBufferPointer<WorkRecord>
  private var position = 0

  init(_ shared: SharedWork) {
    self.shared = shared
    records = shared.records
  }

  var file: String { shared.file }

  var fractionRead: Double { Double(position) / Double(max(1, records.count)) }

  func rewind() { position = 0 }

  func next() -> WorkRecord? {
    guard position < records.count else { return nil }
    position += 1
    return records[position - 1]
  }
}
