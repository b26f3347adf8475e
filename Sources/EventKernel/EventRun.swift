// SPDX-License-Identifier: GPL-3.0-or-later

/// The nearest events in order: a sorted array that is consumed from its front.
///
/// For the few keys that it should hold, moving a hundred bytes beats any tree. An insertion moves
/// whichever side is shorter, so appending to any number of equal times is constant work.
struct EventRun: ~Copyable {
  private(set) var keys: UnsafeMutablePointer<EventKey>
  private(set) var head = 0
  private(set) var tail = 0
  private var capacity: Int

  init(capacity: Int) {
    self.capacity = capacity
    keys = .allocate(capacity: capacity)
  }

  deinit {
    keys.deallocate()
  }

  var count: Int { tail - head }
  var isEmpty: Bool { head == tail }
  var first: EventKey { keys[head] }

  mutating func removeFirst() {
    head += 1
    if head == tail {
      head = 0
      tail = 0
    }
  }

  /// Appends a key that follows all others, or that will be sorted with `sort`.
  mutating func append(_ key: EventKey) {
    if tail == capacity { makeRoom() }
    keys[tail] = key
    tail += 1
  }

  /// Inserts the most recent key, which follows every key of its time.
  mutating func insert(_ key: EventKey) {
    if isEmpty || keys[tail - 1].time <= key.time { return append(key) }
    if tail == capacity { makeRoom() }
    let position = upperBound(of: key.time)
    if head > 0, position - head < tail - position {
      (keys + head - 1).update(from: keys + head, count: position - head)
      head -= 1
      keys[position - 1] = key
    } else {
      (keys + position + 1).update(from: keys + position, count: tail - position)
      tail += 1
      keys[position] = key
    }
  }

  /// The position of the first key that is later than the time.
  func upperBound(of time: UInt64) -> Int {
    var low = head
    var remaining = count
    while remaining > 0 {
      let half = remaining / 2
      let isLater = keys[low + half].time > time
      low = isLater ? low : low + half + 1
      remaining = isLater ? half : remaining - half - 1
    }
    return low
  }

  /// Drops the keys from a position on.
  mutating func truncate(at position: Int) {
    tail = position
  }

  /// Keeps the keys whose events are still theirs.
  mutating func removeDead(_ slots: borrowing SlotTable) {
    var kept = head
    for position in head..<tail where slots.isLive(keys[position]) {
      keys[kept] = keys[position]
      kept += 1
    }
    tail = kept
  }

  private mutating func makeRoom() {
    let count = self.count
    if head >= count {
      keys.update(from: keys + head, count: count)
    } else {
      let larger = UnsafeMutablePointer<EventKey>.allocate(capacity: 2 * capacity)
      larger.initialize(from: keys + head, count: count)
      keys.deallocate()
      keys = larger
      capacity *= 2
    }
    head = 0
    tail = count
  }
}
