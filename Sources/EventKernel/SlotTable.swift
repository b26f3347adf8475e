// SPDX-License-Identifier: GPL-3.0-or-later

/// Where the events lie while they wait: nodes of one size in one block, with a free list.
///
/// It knows an event's size but not its type, so that the code that sorts keys need not be
/// compiled again for each type of event. The order word comes first in a node, then the word of
/// the handle, then the event: asking whether a key is live fetches what popping it will read.
struct SlotTable: ~Copyable {
  private var base: UnsafeMutableRawPointer
  private let stride: Int
  private var capacity: Int
  private(set) var used = 0
  private var firstFree = Self.none

  static let eventOffset = 16
  /// One past the last slot.
  private static let none = EventKey.slotLimit - 1

  init(eventSize: Int, capacity: Int) {
    stride = (Self.eventOffset + eventSize + 15) & ~15
    self.capacity = capacity
    base = .allocate(byteCount: capacity * stride, alignment: 64)
  }

  deinit {
    base.deallocate()
  }

  func isLive(_ key: EventKey) -> Bool {
    order(key.slot) == key.order
  }

  /// Whether the handle's event is still waiting.
  func isPending(_ handle: EventHandle) -> Bool {
    let slot = EventKey.slot(of: handle.birth)
    return slot < used && handle.birth != 0 && birth(slot) == handle.birth
  }

  func order(_ slot: Int) -> UInt64 {
    (base + slot * stride).load(as: UInt64.self)
  }

  func setOrder(_ slot: Int, _ order: UInt64) {
    (base + slot * stride).storeBytes(of: order, as: UInt64.self)
  }

  func eventAddress(_ slot: Int) -> UnsafeMutableRawPointer {
    base + slot * stride + Self.eventOffset
  }

  func setBirth(_ slot: Int, _ birth: UInt64) {
    (base + slot * stride + 8).storeBytes(of: birth, as: UInt64.self)
  }

  private func birth(_ slot: Int) -> UInt64 {
    (base + slot * stride + 8).load(as: UInt64.self)
  }

  /// Takes a free slot, the one most recently given back first, as it is still in the cache.
  mutating func take() -> Int {
    if firstFree != Self.none {
      let slot = firstFree
      firstFree = Int(truncatingIfNeeded: order(slot))
      return slot
    }
    if used == capacity { grow() }
    used += 1
    return used - 1
  }

  /// Gives a slot back; every key and handle of it is stale from here on.
  ///
  /// A free node holds an order of sequence 0, which no key has, with the slot of the next one.
  mutating func release(_ slot: Int) {
    setOrder(slot, EventKey.order(sequence: 0, slot: firstFree))
    setBirth(slot, 0)
    firstFree = slot
  }

  private mutating func grow() {
    precondition(capacity < Self.none, "more than 16 million events are pending")
    let target = min(2 * capacity, Self.none)
    let larger = UnsafeMutableRawPointer.allocate(byteCount: target * stride, alignment: 64)
    larger.copyMemory(from: base, byteCount: used * stride)
    base.deallocate()
    base = larger
    capacity = target
  }
}
