// SPDX-License-Identifier: GPL-3.0-or-later

/// The storage of a wheel's buckets: chains of small chunks of keys from one pool.
///
/// A place is an index of a key over all chunks. Buckets grow and empty all the time; chunks that
/// they share keep the memory within what is pending, which an array for each bucket would not.
struct KeyChunks: ~Copyable {
  static let size: UInt32 = 32
  static let mask: UInt32 = size - 1

  private(set) var keys: UnsafeMutablePointer<EventKey>
  /// The place at which the chunk after this one begins.
  private var next: UnsafeMutablePointer<UInt32>
  private var capacity: UInt32 = 16
  private var used: UInt32 = 0
  private var firstFree: UInt32 = .max

  init() {
    keys = .allocate(capacity: Int(capacity * Self.size))
    next = .allocate(capacity: Int(capacity))
  }

  deinit {
    keys.deallocate()
    next.deallocate()
  }

  /// The first place of a fresh chunk.
  mutating func take() -> UInt32 {
    if firstFree != .max {
      let start = firstFree
      firstFree = next[Int(start / Self.size)]
      return start
    }
    if used == capacity { grow() }
    used += 1
    return (used - 1) * Self.size
  }

  /// Chains a fresh chunk to the full one that ends here.
  mutating func chain(after end: UInt32) -> UInt32 {
    let start = take()
    next[Int((end - 1) / Self.size)] = start
    return start
  }

  /// The place in front of another one, in a fresh chunk where that one begins a chunk.
  mutating func place(before start: UInt32) -> UInt32 {
    if start & Self.mask != 0 { return start - 1 }
    let fresh = take()
    next[Int(fresh / Self.size)] = start
    return fresh + Self.mask
  }

  /// The place after another one; leaving a chunk, or the chain, frees the chunk.
  mutating func advanceFreeing(_ position: UInt32, isLast: Bool) -> UInt32 {
    let following = position + 1
    if following & Self.mask != 0, !isLast { return following }
    let chunk = position / Self.size
    let start = isLast ? following : next[Int(chunk)]
    next[Int(chunk)] = firstFree
    firstFree = chunk * Self.size
    return start
  }

  /// Visits the keys of a bucket in order.
  func forEach(_ bucket: TimingWheel.Bucket, _ body: (EventKey) -> Void) {
    var position = bucket.start
    for _ in 0..<bucket.count {
      body(keys[Int(position)])
      position += 1
      if position & Self.mask == 0, position != bucket.end {
        position = next[Int((position - 1) / Self.size)]
      }
    }
  }

  private mutating func grow() {
    let larger = UnsafeMutablePointer<EventKey>.allocate(capacity: 2 * Int(capacity * Self.size))
    larger.update(from: keys, count: Int(used * Self.size))
    keys.deallocate()
    keys = larger
    let largerNext = UnsafeMutablePointer<UInt32>.allocate(capacity: 2 * Int(capacity))
    largerNext.update(from: next, count: Int(used))
    next.deallocate()
    next = largerNext
    capacity *= 2
  }
}
