// SPDX-License-Identifier: GPL-3.0-or-later
internal import Glibc

/// Remembers the route of every combination of ends, path and class that a trace has shown.
///
/// Keys are compared as bytes, so that a row of a known combination makes no string. The table is
/// open addressing with linear probing, at most half full, over keys that lie end to end.
struct RouteCache {
  /// The fields that make a key, as they lie in the reader's buffer.
  struct Key {
    var source: UnsafeBufferPointer<UInt8>
    var target: UnsafeBufferPointer<UInt8>
    var path: UnsafeBufferPointer<UInt8>
    var className: UnsafeBufferPointer<UInt8>
  }

  private struct Entry {
    var hash: UInt64
    var start: Int
    var lengths: SIMD4<UInt32>
    var route: Int32
  }

  private static let free: Int32 = -1

  private var slots = [Int32](repeating: free, count: 1024)
  private var entries: [Entry] = []
  private var keys: [UInt8] = []

  /// The route of the key, whose hash the caller has, or nil where it is new.
  func route(of key: Key, hash: UInt64) -> Int32? {
    let mask = slots.count - 1
    var slot = Int(truncatingIfNeeded: hash) & mask
    while slots[slot] != RouteCache.free {
      let entry = entries[Int(slots[slot])]
      if entry.hash == hash, matches(entry, key) { return entry.route }
      slot = (slot + 1) & mask
    }
    return nil
  }

  /// Adds a key that is not there yet.
  mutating func insert(_ key: Key, hash: UInt64, route: Int32) {
    entries.append(Entry(hash: hash, start: keys.count, lengths: key.lengths, route: route))
    keys.append(contentsOf: key.source)
    keys.append(contentsOf: key.target)
    keys.append(contentsOf: key.path)
    keys.append(contentsOf: key.className)
    if entries.count * 2 > slots.count {
      slots = [Int32](repeating: RouteCache.free, count: slots.count * 2)
      for index in entries.indices { place(index) }
    } else {
      place(entries.count - 1)
    }
  }

  private mutating func place(_ index: Int) {
    let mask = slots.count - 1
    var slot = Int(truncatingIfNeeded: entries[index].hash) & mask
    while slots[slot] != RouteCache.free { slot = (slot + 1) & mask }
    slots[slot] = Int32(index)
  }

  private func matches(_ entry: Entry, _ key: Key) -> Bool {
    guard entry.lengths == key.lengths else { return false }
    return keys.withUnsafeBufferPointer { keys in
      guard var place = keys.baseAddress.map({ $0 + entry.start }) else { return true }
      return Self.takes(key.source, from: &place) && Self.takes(key.target, from: &place)
        && Self.takes(key.path, from: &place) && Self.takes(key.className, from: &place)
    }
  }

  /// Whether the bytes are the next ones of a stored key; moves on behind them.
  private static func takes(
    _ bytes: UnsafeBufferPointer<UInt8>, from place: inout UnsafePointer<UInt8>
  ) -> Bool {
    guard let start = bytes.baseAddress, !bytes.isEmpty else { return true }
    defer { place += bytes.count }
    return memcmp(start, place, bytes.count) == 0
  }
}

extension RouteCache.Key {
  fileprivate var lengths: SIMD4<UInt32> {
    SIMD4(
      UInt32(source.count), UInt32(target.count), UInt32(path.count), UInt32(className.count))
  }

  // Eight bytes a step, each field with its length: ("ab", "c") and ("a", "bc") differ.
  var hash: UInt64 {
    var hash: UInt64 = 0x9e37_79b9_7f4a_7c15
    Self.combine(source, into: &hash)
    Self.combine(target, into: &hash)
    Self.combine(path, into: &hash)
    Self.combine(className, into: &hash)
    return hash
  }

  private static func combine(_ field: UnsafeBufferPointer<UInt8>, into hash: inout UInt64) {
    let bytes = UnsafeRawBufferPointer(field)
    var index = 0
    mix(UInt64(bytes.count), into: &hash)
    while index + 8 <= bytes.count {
      mix(bytes.loadUnaligned(fromByteOffset: index, as: UInt64.self), into: &hash)
      index += 8
    }
    guard index < bytes.count else { return }
    if index > 0 {
      // The last eight bytes, some of them for the second time.
      mix(bytes.loadUnaligned(fromByteOffset: bytes.count - 8, as: UInt64.self), into: &hash)
      return
    }
    var rest: UInt64 = 0
    while index < bytes.count {
      rest = rest << 8 | UInt64(bytes[index])
      index += 1
    }
    mix(rest, into: &hash)
  }

  private static func mix(_ word: UInt64, into hash: inout UInt64) {
    hash = (hash ^ word) &* 0xff51_afd7_ed55_8ccd
    hash ^= hash >> 32
  }
}
