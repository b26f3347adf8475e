// SPDX-License-Identifier: GPL-3.0-or-later

/// The records of a stream in order of time.
struct Sorted<Base: RecordStream>: RecordStream where Base.Record: StorableRecord {
  private var base: Base
  private let sorter: TraceSorter<Base.Record>

  /// The base may give its records in any order.
  init(_ base: Base) {
    self.base = base
    sorter = TraceSorter(of: base.file)
  }

  var file: String { base.file }

  mutating func next() throws(TraceError) -> Base.Record? {
    try sorter.next { () throws(TraceError) in try base.next() }
  }

  mutating func rewind() throws(TraceError) { sorter.rewind() }
}
