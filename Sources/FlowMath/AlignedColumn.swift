// SPDX-License-Identifier: GPL-3.0-or-later
internal import Glibc

/// A growable array of plain values in memory aligned to a cache line.
///
/// With `FlowHeap` the one place in this module that holds pointers. It owns its memory, is never copied, and
/// checks bounds in debug builds only: the solver's inner loops read millions of elements a
/// second, and `Array` would check uniqueness at each write through a stored property.
struct AlignedColumn<Element: BitwiseCopyable>: ~Copyable {
  private(set) var base: UnsafeMutablePointer<Element>
  private(set) var count: Int
  private var capacity: Int

  init(capacity: Int = 64) {
    self.base = AlignedMemory.allocate(AlignedColumn.bytes(capacity))
      .bindMemory(to: Element.self, capacity: capacity)
    self.count = 0
    self.capacity = capacity
  }

  init(repeating value: Element, count: Int) {
    self.init(capacity: max(64, count))
    resize(to: count, filling: value)
  }

  deinit {
    AlignedMemory.release(base)
  }

  subscript(index: Int) -> Element {
    get {
      assert(index >= 0 && index < count)
      return base[index]
    }
    nonmutating _modify {
      assert(index >= 0 && index < count)
      yield &base[index]
    }
  }

  subscript(index: Int32) -> Element {
    get { self[Int(index)] }
    nonmutating _modify { yield &self[Int(index)] }
  }

  var isEmpty: Bool { count == 0 }

  mutating func append(_ value: Element) {
    if count == capacity { grow(to: count + 1) }
    base[count] = value
    count += 1
  }

  mutating func removeLast() -> Element {
    assert(count > 0)
    count -= 1
    return base[count]
  }

  mutating func removeAll() {
    count = 0
  }

  /// Grows or shrinks to `newCount` elements; new ones get `value`.
  mutating func resize(to newCount: Int, filling value: Element) {
    if newCount > capacity { grow(to: newCount) }
    if newCount > count { (base + count).update(repeating: value, count: newCount - count) }
    count = newCount
  }

  /// Makes room for `newCount` elements and leaves new ones as they are found.
  mutating func resizeUninitialised(to newCount: Int) {
    if newCount > capacity { grow(to: newCount) }
    count = newCount
  }

  /// Kept out of line: inlined into an inner loop it takes the registers of all that is common.
  @inline(never)
  private mutating func grow(to needed: Int) {
    let larger = max(needed, capacity * 2)
    base = AlignedMemory.grow(
      base, from: AlignedColumn.bytes(capacity), to: AlignedColumn.bytes(larger)
    ).assumingMemoryBound(to: Element.self)
    capacity = larger
  }

  private static func bytes(_ capacity: Int) -> Int {
    max(64, capacity * MemoryLayout<Element>.stride)
  }
}

/// Memory that starts at a cache line.
///
/// `realloc` moves large blocks by their page tables, without copying them or holding both; it
/// knows nothing of alignment, so each block has a line to spare and starts somewhere in it.
private enum AlignedMemory {
  private static let line = 64

  static func allocate(_ bytes: Int) -> UnsafeMutableRawPointer {
    let raw = checked(malloc(bytes + line), bytes)
    return placed(raw, offset: offset(in: raw))
  }

  static func grow(
    _ memory: UnsafeMutableRawPointer, from old: Int, to new: Int
  ) -> UnsafeMutableRawPointer {
    let before = memory - offsetStored(before: memory)
    let oldOffset = memory - before
    let raw = checked(realloc(before, new + line), new)
    let newOffset = offset(in: raw)
    if newOffset != oldOffset { memmove(raw + newOffset, raw + oldOffset, old) }
    return placed(raw, offset: newOffset)
  }

  static func release(_ memory: UnsafeMutableRawPointer) {
    free(memory - offsetStored(before: memory))
  }

  /// The distance to the next line, at least a word: the word before the line holds it.
  private static func offset(in raw: UnsafeMutableRawPointer) -> Int {
    line - Int(bitPattern: raw) % line
  }

  private static func placed(
    _ raw: UnsafeMutableRawPointer, offset: Int
  ) -> UnsafeMutableRawPointer {
    (raw + offset - 8).storeBytes(of: offset, as: Int.self)
    return raw + offset
  }

  private static func offsetStored(before memory: UnsafeMutableRawPointer) -> Int {
    (memory - 8).load(as: Int.self)
  }

  private static func checked(
    _ memory: UnsafeMutableRawPointer?, _ bytes: Int
  ) -> UnsafeMutableRawPointer {
    guard let memory else { preconditionFailure("out of memory: \(bytes) bytes for a column") }
    return memory
  }
}
