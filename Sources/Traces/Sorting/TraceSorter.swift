// SPDX-License-Identifier: GPL-3.0-or-later
internal import EventKernel

/// Gives the records of a trace in order of time, whatever their order in the file.
///
/// An external merge sort. Records are gathered up to a limit, sorted and written behind each
/// other to a file that has no name; what is read is the least of the heads of these runs. Records
/// of one instant keep the order of the file: they are sorted by time and place, and of equal
/// heads that of the earlier run goes first. A trace that fits within the limit is sorted in memory.
final class TraceSorter<Record: StorableRecord> {
  /// So much is gathered in memory before it is written.
  static var standardLimit: Int { 64 << 20 }

  private let file: String
  private let limit: Int
  private var gathered = GatheredRecords()
  private var spill: SpillFile?
  private var runs: [Range<Int>] = []
  private var merge: RunMerge?
  private var nextGathered = 0
  private var isComplete = false

  init(of file: String, limit: Int = standardLimit) {
    self.file = file
    self.limit = limit
  }

  /// The next record in order; the first call reads all that there are.
  func next(
    reading read: () throws(TraceError) -> Record?
  ) throws(TraceError) -> Record? {
    if !isComplete { try takeAll(read) }
    do throws(SortingFailure) {
      if let bytes = try merge?.next() { return Record.restored(from: bytes) }
    } catch {
      throw TraceError(file: file, line: nil, problem: .sorting(error))
    }
    guard merge == nil, nextGathered < gathered.count else { return nil }
    defer { nextGathered += 1 }
    return gathered.withBytes(of: nextGathered) { Record.restored(from: $0) }
  }

  /// Goes back to before the first record, without reading the file again.
  func rewind() {
    nextGathered = 0
    merge?.rewind()
  }

  private func takeAll(_ read: () throws(TraceError) -> Record?) throws(TraceError) {
    while let record = try read() {
      gathered.add(record)
      guard gathered.size >= limit else { continue }
      do throws(SortingFailure) {
        try writeRun()
      } catch {
        throw TraceError(file: file, line: nil, problem: .sorting(error))
      }
    }
    do throws(SortingFailure) {
      try complete()
    } catch {
      throw TraceError(file: file, line: nil, problem: .sorting(error))
    }
    isComplete = true
  }

  private func complete() throws(SortingFailure) {
    guard spill != nil else { return gathered.sort() }
    if gathered.count > 0 { try writeRun() }
    while runs.count > RunMerge.mostRuns { try mergeOnce() }
    guard let spill else { return }
    merge = try RunMerge(of: runs, in: spill)
  }

  private func writeRun() throws(SortingFailure) {
    gathered.sort()
    let file: SpillFile
    if let spill { file = spill } else { file = try SpillFile() }
    spill = file
    let start = file.length
    for index in 0..<gathered.count {
      let time = gathered.time(of: index)
      try gathered.write(index, at: time, to: file)
    }
    try file.flush()
    runs.append(start..<file.length)
    gathered.removeAll()
  }

  /// Merges neighbouring runs into longer ones, in a file of their own.
  private func mergeOnce() throws(SortingFailure) {
    guard let spill else { return }
    let longer = try SpillFile()
    var merged: [Range<Int>] = []
    for first in stride(from: 0, to: runs.count, by: RunMerge.mostRuns) {
      let some = Array(runs[first..<min(first + RunMerge.mostRuns, runs.count)])
      let start = longer.length
      let merge = try RunMerge(of: some, in: spill)
      while let bytes = try merge.next() { try longer.append(bytes, at: merge.time) }
      try longer.flush()
      merged.append(start..<longer.length)
    }
    (self.spill, runs) = (longer, merged)
  }
}

/// Records as bytes, end to end.
private struct GatheredRecords {
  private struct Entry {
    var time: Int64
    var start: Int
    var end: Int
  }

  private var bytes: [UInt8] = []
  private var entries: [Entry] = []

  var count: Int { entries.count }

  /// What they take of memory.
  var size: Int { bytes.count + entries.count * MemoryLayout<Entry>.stride }

  mutating func add(_ record: some StorableRecord) {
    let start = bytes.count
    record.store(in: &bytes)
    entries.append(Entry(time: record.time.nanoseconds, start: start, end: bytes.count))
  }

  mutating func sort() { entries.sort { ($0.time, $0.start) < ($1.time, $1.start) } }

  func time(of index: Int) -> Int64 { entries[index].time }

  /// The bytes of a record, which stay where they are as long as none is added.
  func withBytes<Result>(of index: Int, _ body: (UnsafeRawBufferPointer) -> Result) -> Result {
    let entry = entries[index]
    return bytes.withUnsafeBytes {
      body(UnsafeRawBufferPointer(rebasing: $0[entry.start..<entry.end]))
    }
  }

  func write(_ index: Int, at time: Int64, to file: SpillFile) throws(SortingFailure) {
    file.put(time: time, length: entries[index].end - entries[index].start)
    file.put(bytes[entries[index].start..<entries[index].end])
    try file.flushIfFull()
  }

  mutating func removeAll() {
    bytes.removeAll(keepingCapacity: true)
    entries.removeAll(keepingCapacity: true)
  }
}
