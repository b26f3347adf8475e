// SPDX-License-Identifier: GPL-3.0-or-later

/// The nearest events in order: a sorted array that is consumed from its front.
///
/// For the few keys that it should hold, moving a hundred bytes beats any tree. An insertion moves
/// whichever side is shorter, so appending to any number of equal times is constant work.
struct EventRun: ~Copyable {
  private(set) var keys: UnsafeMutablePointer<EventKey>
  private(set) var head = 0
  private(set) var tail = 0
  private static let capacity = 2 * lengthLimit

  /// A longer run is cut, and its later half goes to the wheel.
  static let lengthLimit = 128
  /// The wheel hands over no more at once, and stops once there are as many as the goal.
  static let refillLimit = 64
  static let refillGoal = 16

  init() {
    keys = .allocate(capacity: Self.capacity)
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
    if tail == Self.capacity { makeRoom() }
    keys[tail] = key
    tail += 1
  }

  /// Inserts the most recent key, which follows every key of its time.
  mutating func insert(_ key: EventKey) {
    if isEmpty || keys[tail - 1].time <= key.time { return append(key) }
    if tail == Self.capacity { makeRoom() }
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

  var last: EventKey { keys[tail - 1] }

  mutating func removeLast() {
    tail -= 1
  }

  mutating func removeAll() {
    head = 0
    tail = 0
  }

  /// Keeps the keys whose events are still theirs.
  mutating func removeDead(_ slots: borrowing SlotTable) {
    var kept = head
    defer { tail = kept }
    for position in head..<tail where slots.isLive(keys[position]) {
      keys[kept] = keys[position]
      kept += 1
    }
  }

  /// Sorts the keys from a position on, which are nearly sorted or few.
  mutating func sort(from start: Int) {
    var position = start + 1
    while position < tail {
      let key = keys[position]
      var gap = position
      while gap > start, EventKey.precedes(key, keys[gap - 1]) {
        keys[gap] = keys[gap - 1]
        gap -= 1
      }
      keys[gap] = key
      position += 1
    }
  }

  /// Moves the keys to the front of their memory; half of it is free, as the length is limited.
  private mutating func makeRoom() {
    let count = self.count
    keys.update(from: keys + head, count: count)
    head = 0
    tail = count
  }
}
