// SPDX-License-Identifier: GPL-3.0-or-later

/// The nearest events in order: a short sorted array that is consumed from its front.
///
/// For so few keys a walk through neighbours in memory beats any tree. It is the whole queue
/// while that is small, which is the commonest case.
struct EventRun: ~Copyable {
  private(set) var keys: UnsafeMutablePointer<EventKey>
  private(set) var head = 0
  private(set) var tail = 0
  private static let capacity = 2 * lengthLimit

  /// A longer run is cut, and its later half goes to the wheel.
  static let lengthLimit = 96
  /// The wheel hands over no more at once, and stops once there are as many as the goal.
  static let refillLimit = 48
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
  ///
  /// Walking from the end beats a search with a block move at these lengths, and makes equal times
  /// constant work.
  mutating func insert(_ key: EventKey) {
    if tail == Self.capacity { makeRoom() }
    var gap = tail
    while gap > head, keys[gap &- 1].time > key.time {
      keys[gap] = keys[gap &- 1]
      gap = gap &- 1
    }
    keys[gap] = key
    tail = tail &+ 1
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
