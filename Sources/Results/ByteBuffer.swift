// SPDX-License-Identifier: GPL-3.0-or-later

/// Bytes of text on their way to a file, in storage that is used again after every flush.
struct ByteBuffer: ~Copyable {
  private(set) var start: UnsafeMutablePointer<UInt8>
  private(set) var count = 0
  private var capacity: Int

  init(capacity: Int) {
    self.capacity = capacity
    start = .allocate(capacity: capacity)
  }

  deinit {
    start.deallocate()
  }

  var bytes: UnsafeBufferPointer<UInt8> { UnsafeBufferPointer(start: start, count: count) }

  mutating func removeAll() {
    count = 0
  }

  mutating func append(byte: UInt8) {
    reserve(1)
    start[count] = byte
    count += 1
  }

  mutating func append(bytes: UnsafeBufferPointer<UInt8>) {
    guard let source = bytes.baseAddress else { return }
    reserve(bytes.count)
    (start + count).update(from: source, count: bytes.count)
    count += bytes.count
  }

  mutating func append(text: String) {
    var text = text
    text.withUTF8 { append(bytes: $0) }
  }

  /// Makes room for this many more bytes.
  mutating func reserve(_ needed: Int) {
    if count + needed > capacity { grow(to: count + needed) }
  }

  /// Returns the place of the next bytes and counts them; the caller fills them in.
  mutating func extend(by length: Int) -> UnsafeMutablePointer<UInt8> {
    reserve(length)
    defer { count += length }
    return start + count
  }

  // Only a field longer than a whole buffer comes here.
  @inline(never)
  private mutating func grow(to needed: Int) {
    let larger = max(needed, capacity * 2)
    let fresh = UnsafeMutablePointer<UInt8>.allocate(capacity: larger)
    fresh.update(from: start, count: count)
    start.deallocate()
    start = fresh
    capacity = larger
  }
}
