// SPDX-License-Identifier: GPL-3.0-or-later

/// The links that wait to be filled again, lowest level first.
///
/// A binary heap of (level, port). A port may be pushed again at a lower level; the entry that is
/// no longer the port's own is skipped when it comes up.
struct LevelQueue: ~Copyable {
  struct Entry: BitwiseCopyable {
    var level: Double
    var port: Int32
  }

  private var heap = AlignedColumn<Entry>()
  /// The level at which each port waits, or infinity where it does not.
  private var waiting = AlignedColumn<Double>()

  mutating func addPort() {
    waiting.append(.infinity)
  }

  var isEmpty: Bool { heap.isEmpty }

  /// The level of the lowest entry; it may be one that will be skipped.
  var lowest: Double { heap.isEmpty ? .infinity : heap[0].level }

  /// Puts a port in line at a level, unless it waits at a lower one already.
  @inline(__always)
  mutating func push(_ port: Int32, at level: Double) {
    guard level < waiting[port] else { return }
    waiting[port] = level
    siftUp(Entry(level: level, port: port))
  }

  @inline(never)
  private mutating func siftUp(_ entry: Entry) {
    heap.append(entry)
    let entries = heap.base
    var index = heap.count - 1
    while index > 0 {
      let parent = (index - 1) >> 1
      guard precedes(entry, entries[parent]) else { break }
      entries[index] = entries[parent]
      index = parent
    }
    entries[index] = entry
  }

  /// Lets nobody put a port in line, which does not wait now, until `release`.
  mutating func shut(_ port: Int32) { waiting[port] = -.infinity }

  mutating func release(_ port: Int32) { waiting[port] = .infinity }

  /// Takes the port with the lowest level.
  mutating func pop() -> (port: Int32, level: Double)? {
    while !heap.isEmpty {
      let first = heap[0]
      removeFirst()
      guard waiting[first.port] == first.level else { continue }
      waiting[first.port] = .infinity
      return (first.port, first.level)
    }
    return nil
  }

  mutating func removeAll() {
    for index in 0..<heap.count { waiting[heap[index].port] = .infinity }
    heap.removeAll()
  }

  private mutating func removeFirst() {
    let last = heap.removeLast()
    let count = heap.count
    let heap = heap.base
    guard count > 0 else { return }
    var index = 0
    while true {
      var child = 2 * index + 1
      guard child < count else { break }
      // Chosen without a branch: which of two is lower cannot be foretold.
      let sibling = min(child + 1, count - 1)
      child = precedes(heap[sibling], heap[child]) ? sibling : child
      guard precedes(heap[child], last) else { break }
      heap[index] = heap[child]
      index = child
    }
    heap[index] = last
  }

  /// Equal levels go by port, so that the order never depends on the heap's history.
  @inline(__always)
  private func precedes(_ left: Entry, _ right: Entry) -> Bool {
    left.level == right.level ? left.port < right.port : left.level < right.level
  }
}
