// SPDX-License-Identifier: GPL-3.0-or-later

/// Finds a pair of numbers, in a table that is never more than half full.
///
/// Linear probing; what is taken out is closed up at once (Knuth, TAOCP 3, 6.4, algorithm R), so that
/// a table out of which as much goes as comes in stays as quick as a new one.
struct PairTable: ~Copyable {
  struct Slot: BitwiseCopyable {
    var key: UInt64
    var value: Int32
  }

  private static let empty = UInt64.max

  private var slots = AlignedColumn<Slot>(
    repeating: Slot(key: PairTable.empty, value: 0), count: 64)
  private var used = 0
  private var shift: UInt64 = 64 - 6

  /// What is kept of a pair; nil where nothing is.
  @inline(__always)
  func find(_ first: Int32, _ second: Int32) -> Int32? {
    let place = find(PairTable.key(first, second))
    return slots.base[place].key == PairTable.empty ? nil : slots.base[place].value
  }

  mutating func insert(_ first: Int32, _ second: Int32, _ value: Int32) {
    if 2 * (used + 1) > slots.count { enlarge() }
    let key = PairTable.key(first, second)
    let place = find(key)
    assert(slots.base[place].key == PairTable.empty)
    slots.base[place] = Slot(key: key, value: value)
    used += 1
  }

  mutating func remove(_ first: Int32, _ second: Int32) {
    let mask = slots.count - 1
    var hole = find(PairTable.key(first, second))
    assert(slots.base[hole].key != PairTable.empty)
    used -= 1
    var place = hole
    while true {
      place = (place + 1) & mask
      let key = slots.base[place].key
      guard key != PairTable.empty else { break }
      // One that belongs behind the hole stays where it is.
      let home = self.home(of: key)
      guard (place - home) & mask >= (place - hole) & mask else { continue }
      slots.base[hole] = slots.base[place]
      hole = place
    }
    slots.base[hole].key = PairTable.empty
  }

  @inline(__always)
  private static func key(_ first: Int32, _ second: Int32) -> UInt64 {
    UInt64(UInt32(bitPattern: first)) << 32 | UInt64(UInt32(bitPattern: second))
  }

  /// Fibonacci hashing: the upper bits of a product with 2^64 over the golden ratio.
  @inline(__always)
  private func home(of key: UInt64) -> Int { Int((key &* 0x9E37_79B9_7F4A_7C15) >> shift) }

  /// Where a key stands, or would stand.
  @inline(__always)
  private func find(_ key: UInt64) -> Int {
    let mask = slots.count - 1
    var place = home(of: key)
    while slots.base[place].key != key, slots.base[place].key != PairTable.empty {
      place = (place + 1) & mask
    }
    return place
  }

  @inline(never)
  private mutating func enlarge() {
    var old = AlignedColumn<Slot>(
      repeating: Slot(key: PairTable.empty, value: 0), count: 2 * slots.count)
    swap(&old, &slots)
    shift -= 1
    for index in 0..<old.count where old[index].key != PairTable.empty {
      slots.base[find(old[index].key)] = old[index]
    }
  }
}
