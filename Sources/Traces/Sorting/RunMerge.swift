// SPDX-License-Identifier: GPL-3.0-or-later

/// Reads several sorted runs of a file as one.
///
/// The heads of the runs are in a heap by time and run, so that of equal times the run that was
/// written first goes first.
final class RunMerge {
  /// Each has a buffer of its own.
  static let mostRuns = 64

  private let runs: [SortedRun]
  private var heap: [Int] = []
  private var hasBegun = false
  /// Of the record that was given last.
  private(set) var time: Int64 = 0

  init(of ranges: [Range<Int>], in file: SpillFile) throws(SortingFailure) {
    runs = ranges.map { SortedRun($0, of: file) }
  }

  /// The next record, whose bytes are valid until the one behind it is asked for.
  func next() throws(SortingFailure) -> UnsafeRawBufferPointer? {
    if hasBegun {
      try moveOn()
    } else {
      try begin()
    }
    guard let first = heap.first else { return nil }
    time = runs[first].time
    return runs[first].bytes
  }

  func rewind() {
    for run in runs { run.rewind() }
    heap = []
    hasBegun = false
  }

  private func begin() throws(SortingFailure) {
    hasBegun = true
    for (index, run) in runs.enumerated() where try run.moveOn() { heap.append(index) }
    for place in heap.indices.reversed() { sink(from: place) }
  }

  private func moveOn() throws(SortingFailure) {
    guard let first = heap.first else { return }
    if try !runs[first].moveOn() {
      heap.swapAt(0, heap.count - 1)
      heap.removeLast()
    }
    sink(from: 0)
  }

  private func sink(from start: Int) {
    var place = start
    while true {
      var least = place
      for child in [2 * place + 1, 2 * place + 2] where child < heap.count {
        if isBefore(heap[child], heap[least]) { least = child }
      }
      guard least != place else { return }
      heap.swapAt(place, least)
      place = least
    }
  }

  private func isBefore(_ one: Int, _ other: Int) -> Bool {
    (runs[one].time, one) < (runs[other].time, other)
  }
}

/// A run of sorted records, read from front to back.
private final class SortedRun {
  private static let bufferSize = 256 << 10

  private let file: SpillFile
  private let range: Range<Int>
  /// Where in the file the bytes behind the buffer are.
  private var place: Int
  private var buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: bufferSize, alignment: 16)
  private var start = 0
  private var end = 0
  private(set) var time: Int64 = 0
  /// Of the record at hand.
  private(set) var bytes = UnsafeRawBufferPointer(start: nil, count: 0)

  init(_ range: Range<Int>, of file: SpillFile) {
    self.range = range
    self.file = file
    place = range.lowerBound
  }

  deinit {
    buffer.deallocate()
  }

  func rewind() {
    place = range.lowerBound
    (start, end) = (0, 0)
  }

  /// Moves on to the next record; false behind the last.
  func moveOn() throws(SortingFailure) -> Bool {
    guard end > start || place < range.upperBound else { return false }
    try fill(SpillFile.headSize)
    time = buffer.loadUnaligned(fromByteOffset: start, as: Int64.self)
    let length = Int(buffer.loadUnaligned(fromByteOffset: start + 8, as: Int64.self))
    try fill(SpillFile.headSize + length)
    let first = start + SpillFile.headSize
    bytes = UnsafeRawBufferPointer(rebasing: buffer[first..<first + length])
    start = first + length
    return true
  }

  /// Sees to it that so many bytes are in the buffer.
  private func fill(_ count: Int) throws(SortingFailure) {
    guard end - start < count else { return }
    if buffer.count < count { grow(to: count) }
    buffer.copyMemory(from: UnsafeRawBufferPointer(rebasing: buffer[start..<end]))
    (start, end) = (0, end - start)
    let more = min(buffer.count - end, range.upperBound - place)
    guard let base = buffer.baseAddress, more > 0 else { return }
    try file.read(more, from: place, into: base + end)
    place += more
    end += more
  }

  private func grow(to count: Int) {
    let larger = UnsafeMutableRawBufferPointer.allocate(byteCount: 2 * count, alignment: 16)
    larger.copyMemory(from: UnsafeRawBufferPointer(rebasing: buffer[start..<end]))
    (start, end) = (0, end - start)
    buffer.deallocate()
    buffer = larger
  }
}
