// SPDX-License-Identifier: GPL-3.0-or-later

/// Which slots of the spectrum are taken on every strand, as bits.
///
/// A row is a strand: a fibre where lightpaths take both of its directions at once, or one
/// direction of it (see `StrandLayout`). A slot is a channel of a fixed plan or a step of the
/// flexible grid. Bits past the last slot are set for good, so that no search has to mind the end.
public struct SpectrumTable: Sendable {
  public let rows: Int
  public let slots: Int
  let wordsPerRow: Int
  /// Row after row, slot 0 in the lowest bit; a set bit is a taken slot.
  private(set) var words: [UInt64]
  /// On how many rows each slot is taken.
  private(set) var uses: [Int32]
  /// The slots that are taken on each row, and the most that ever were.
  private var usedSlots: [Int32]
  private var mostUsedSlots: [Int32]

  public init(rows: Int, slots: Int) {
    precondition(rows >= 0 && slots > 0, "a spectrum needs a slot")
    self.rows = rows
    self.slots = slots
    wordsPerRow = (slots + 63) / 64
    words = Array(repeating: 0, count: rows * wordsPerRow)
    uses = Array(repeating: 0, count: slots)
    usedSlots = Array(repeating: 0, count: rows)
    mostUsedSlots = usedSlots
    let rest = UInt64(slots % 64)
    guard rest > 0 else { return }
    for row in 0..<rows { words[(row + 1) * wordsPerRow - 1] = ~0 << rest }
  }

  /// Takes a block of slots on some rows.
  ///
  /// - Precondition: No slot of it is taken on any of the rows, and no row comes twice.
  public mutating func occupy(rows: some Sequence<Int32>, first: Int, count: Int) {
    change(rows, first: first, count: count, isTaking: true)
  }

  /// Gives a block of slots back.
  ///
  /// - Precondition: All of it is taken on each of the rows.
  public mutating func release(rows: some Sequence<Int32>, first: Int, count: Int) {
    change(rows, first: first, count: count, isTaking: false)
  }

  public func isFree(rows: some Sequence<Int32>, first: Int, count: Int) -> Bool {
    precondition(first >= 0 && count > 0 && first + count <= slots, "a block leaves the spectrum")
    for row in rows {
      for word in first / 64...(first + count - 1) / 64 {
        let mask = Self.mask(word: word, first: first, count: count)
        if words[Int(row) * wordsPerRow + word] & mask != 0 { return false }
      }
    }
    return true
  }

  /// The number of slots that are taken on a row.
  public func used(inRow row: Int) -> Int { Int(usedSlots[row]) }

  /// The most slots that were ever taken on a row at once.
  public func mostUsed(inRow row: Int) -> Int { Int(mostUsedSlots[row]) }

  /// On how many rows a slot is taken.
  public func uses(ofSlot slot: Int) -> Int { Int(uses[slot]) }

  public var isEmpty: Bool { uses.allSatisfy { $0 == 0 } }

  /// Ends the program where what is kept twice does not agree.
  public func checkInvariants() {
    var counted = [Int32](repeating: 0, count: slots)
    for row in 0..<rows {
      let bits = words[row * wordsPerRow..<(row + 1) * wordsPerRow]
        .reduce(0) { $0 + $1.nonzeroBitCount }
      precondition(used(inRow: row) == bits - (wordsPerRow * 64 - slots), "a row is miscounted")
      for slot in 0..<wordsPerRow * 64 {
        let isTaken = words[row * wordsPerRow + slot / 64] >> UInt64(slot % 64) & 1 == 1
        precondition(isTaken || slot < slots, "a bit past the last slot is clear")
        if isTaken, slot < slots { counted[slot] += 1 }
      }
    }
    precondition(counted == uses, "the uses of slots are not those of the rows")
  }
}

extension SpectrumTable {
  @inline(__always)
  private mutating func change(
    _ rows: some Sequence<Int32>, first: Int, count: Int, isTaking: Bool
  ) {
    precondition(first >= 0 && count > 0 && first + count <= slots, "a block leaves the spectrum")
    var rowCount: Int32 = 0
    for row in rows {
      rowCount += 1
      for word in first / 64...(first + count - 1) / 64 {
        let mask = Self.mask(word: word, first: first, count: count)
        let place = Int(row) * wordsPerRow + word
        precondition(
          words[place] & mask == (isTaking ? 0 : mask), "a slot is taken or given back twice")
        words[place] ^= mask
      }
      usedSlots[Int(row)] += Int32(isTaking ? count : -count)
      mostUsedSlots[Int(row)] = max(mostUsedSlots[Int(row)], usedSlots[Int(row)])
    }
    for slot in first..<first + count { uses[slot] += isTaking ? rowCount : -rowCount }
  }

  /// The bits of a block that lie in a word of a row; the block reaches into that word.
  @inline(__always)
  private static func mask(word: Int, first: Int, count: Int) -> UInt64 {
    let low = max(first - word * 64, 0)
    let high = min(first + count - word * 64, 64)
    return (~0 >> UInt64(64 - (high - low))) << UInt64(low)
  }
}
