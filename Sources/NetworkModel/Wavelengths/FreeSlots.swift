// SPDX-License-Identifier: GPL-3.0-or-later

/// The slots that are free on all of some strands, in memory that lives as long as a search.
struct FreeSlots {
  private let words: UnsafeMutableBufferPointer<UInt64>

  /// Calls a function with room for the slots of one row, all of them taken.
  @inline(__always)
  static func with<Outcome>(_ spectrum: SpectrumTable, _ body: (FreeSlots) -> Outcome) -> Outcome {
    withUnsafeTemporaryAllocation(of: UInt64.self, capacity: spectrum.wordsPerRow) { words in
      words.initialize(repeating: 0)
      return body(FreeSlots(words: words))
    }
  }

  @inline(__always)
  func load(_ strands: ArraySlice<Int32>, of spectrum: SpectrumTable) {
    for word in words.indices {
      var taken: UInt64 = 0
      for row in strands { taken |= spectrum.words[Int(row) * spectrum.wordsPerRow + word] }
      words[word] = ~taken
    }
  }

  /// Keeps of the free slots those with which a block of so many begins.
  ///
  /// The length doubles at each step: where blocks of n begin both here and n slots on, a block
  /// of 2n begins here.
  @inline(__always)
  func keepStarts(ofBlocks count: Int) {
    var length = 1
    while length < count {
      let step = min(length, count - length)
      for word in words.indices { words[word] &= bits(from: word * 64 + step) }
      length += step
    }
  }

  /// The 64 bits from a place on.
  @inline(__always)
  private func bits(from place: Int) -> UInt64 {
    let (word, shift) = (place / 64, UInt64(place % 64))
    guard word < words.count else { return 0 }
    let low = words[word] >> shift
    guard shift > 0, word + 1 < words.count else { return low }
    return low | words[word + 1] << (64 - shift)
  }

  func add(_ other: FreeSlots) {
    for word in words.indices { words[word] |= other.words[word] }
  }

  var count: Int { words.reduce(0) { $0 + $1.nonzeroBitCount } }

  func contains(_ slot: Int) -> Bool { words[slot / 64] >> UInt64(slot % 64) & 1 == 1 }

  @inline(__always)
  var lowest: Int? {
    for word in words.indices where words[word] != 0 {
      return word * 64 + words[word].trailingZeroBitCount
    }
    return nil
  }

  var highest: Int? {
    for word in words.indices.reversed() where words[word] != 0 {
      return word * 64 + 63 - words[word].leadingZeroBitCount
    }
    return nil
  }

  /// The first free slot at a place or after it.
  func next(from place: Int) -> Int? {
    var place = place
    while place < words.count * 64 {
      let rest = bits(from: place)
      if rest != 0 { return place + rest.trailingZeroBitCount }
      place += 64
    }
    return nil
  }

  /// The first slot at a place or after it that is not free.
  func nextTaken(from place: Int) -> Int {
    var place = place
    while place < words.count * 64 {
      let free = bits(from: place).trailingOneBitCount
      if free < 64 { return place + free }
      place += 64
    }
    return words.count * 64
  }

  /// The slot that has so many free ones below it; there must be that many.
  func slot(at position: Int) -> Int {
    var rest = position
    for word in words.indices {
      let here = words[word].nonzeroBitCount
      guard rest >= here else {
        var bits = words[word]
        for _ in 0..<rest { bits &= bits - 1 }
        return word * 64 + bits.trailingZeroBitCount
      }
      rest -= here
    }
    preconditionFailure("a position is past the last free slot")
  }
}

extension UInt64 {
  fileprivate var trailingOneBitCount: Int { (~self).trailingZeroBitCount }
}
