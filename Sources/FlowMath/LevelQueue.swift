// SPDX-License-Identifier: GPL-3.0-or-later

/// The links that wait to be filled again, lowest level first.
///
/// Mostly two or three wait at a time: the first few stand in a list without order, which is
/// looked through. The others are a binary heap of (level, port). A port may be pushed again at a
/// lower level; an entry of the heap that is no longer the port's own is skipped when it comes up.
struct LevelQueue: ~Copyable {
  struct Entry: BitwiseCopyable {
    var level: Double
    var port: Int32
  }

  /// The number of ports up to which a look at each costs less than a heap.
  private static let few = 8

  private var near = AlignedColumn<Int32>(repeating: 0, count: few)
  private var nearCount = 0
  private var heap = AlignedColumn<Entry>()
  /// The level at which each port waits, or infinity where it does not.
  private var waiting = AlignedColumn<Double>()

  mutating func addPort() {
    waiting.append(.infinity)
  }

  /// The level of the lowest entry; it may be one that will be skipped.
  var lowest: Double {
    var lowest = heap.isEmpty ? Double.infinity : heap[0].level
    for index in 0..<nearCount {
      let level = waiting[near[index]]
      lowest = level < lowest ? level : lowest
    }
    return lowest
  }

  /// Puts a port in line at a level, unless it waits at a lower one already.
  @inline(__always)
  mutating func push(_ port: Int32, at level: Double) {
    let before = waiting[port]
    guard level < before else { return }
    waiting[port] = level
    if before == .infinity, nearCount < LevelQueue.few {
      near[nearCount] = port
      nearCount &+= 1
    } else if before == .infinity || !heap.isEmpty {
      // One that stands in the list may be in the heap as well: the list's is taken first.
      siftUp(Entry(level: level, port: port))
    }
  }

  /// Lets nobody put a port in line, which does not wait now, until `release`.
  mutating func shut(_ port: Int32) { waiting[port] = -.infinity }

  mutating func release(_ port: Int32) { waiting[port] = .infinity }

  /// Takes the port with the lowest level.
  @inline(__always)
  mutating func pop() -> (port: Int32, level: Double)? {
    var first = Entry(level: .infinity, port: .max)
    var place = -1
    for index in 0..<nearCount {
      let entry = Entry(level: waiting[near[index]], port: near[index])
      let isFirst = precedes(entry, first)
      first.level = isFirst ? entry.level : first.level
      first.port = isFirst ? entry.port : first.port
      place = isFirst ? index : place
    }
    if !heap.isEmpty, let far = firstOfHeap(), precedes(far, first) {
      removeFirst()
      waiting[far.port] = .infinity
      return (far.port, far.level)
    }
    guard place >= 0 else { return nil }
    nearCount &-= 1
    near[place] = near[nearCount]
    waiting[first.port] = .infinity
    return (first.port, first.level)
  }

  mutating func removeAll() {
    for index in 0..<nearCount { waiting[near[index]] = .infinity }
    for index in 0..<heap.count { waiting[heap[index].port] = .infinity }
    nearCount = 0
    heap.removeAll()
  }
}

// MARK: - The heap

extension LevelQueue {
  /// The first entry that is still its port's own.
  @inline(never)
  private mutating func firstOfHeap() -> Entry? {
    while !heap.isEmpty {
      if waiting[heap[0].port] == heap[0].level { return heap[0] }
      removeFirst()
    }
    return nil
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

  private mutating func removeFirst() {
    let last = heap.removeLast()
    let count = heap.count
    let heap = heap.base
    guard count > 0 else { return }
    var index = 0
    while true {
      var child = 2 * index + 1
      guard child < count else { break }
      // Chosen without a branch: which of two is lower cannot be predicted.
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
