// SPDX-License-Identifier: GPL-3.0-or-later

/// The hash by which XLRON orders paths of equal hops, of the path as Python prints a list.
///
/// With 50 paths a pair the order among equals moves the blocking by 8 %, more than the interval.
enum SHA256 {
  /// The digest as eight words, the highest first (FIPS 180-4, 6.2).
  static func hash(_ text: String) -> [UInt32] {
    var message = Array(text.utf8)
    let bits = UInt64(message.count) * 8
    message.append(0x80)
    while message.count % 64 != 56 { message.append(0) }
    for shift in stride(from: 56, through: 0, by: -8) {
      message.append(UInt8(truncatingIfNeeded: bits >> UInt64(shift)))
    }
    let primes = firstPrimes(64)
    // The first 32 bits behind the point of the square and cube roots of primes.
    var state = primes.prefix(8).map { fraction(Double($0).squareRoot()) }
    let constants = primes.map { fraction(cubeRoot(Double($0))) }
    for start in stride(from: 0, to: message.count, by: 64) {
      let round = compress(schedule(message[start..<start + 64]), state, constants)
      state = zip(state, round).map { $0 &+ $1 }
    }
    return state
  }

  private static func schedule(_ block: ArraySlice<UInt8>) -> [UInt32] {
    let bytes = Array(block)
    var words = (0..<16).map { index in
      bytes[4 * index..<4 * index + 4].reduce(UInt32(0)) { $0 << 8 | UInt32($1) }
    }
    for index in 16..<64 {
      let (early, late) = (words[index - 15], words[index - 2])
      let first = turn(early, 7) ^ turn(early, 18) ^ early >> 3
      let second = turn(late, 17) ^ turn(late, 19) ^ late >> 10
      words.append(words[index - 16] &+ first &+ words[index - 7] &+ second)
    }
    return words
  }

  private static func compress(_ words: [UInt32], _ state: [UInt32], _ constants: [UInt32])
    -> [UInt32]
  {
    var s = state
    for index in 0..<64 {
      let mixed = turn(s[4], 6) ^ turn(s[4], 11) ^ turn(s[4], 25)
      let chosen = s[4] & s[5] ^ ~s[4] & s[6]
      let first = s[7] &+ mixed &+ chosen &+ constants[index] &+ words[index]
      let folded = turn(s[0], 2) ^ turn(s[0], 13) ^ turn(s[0], 22)
      let majority = s[0] & s[1] ^ s[0] & s[2] ^ s[1] & s[2]
      s = [first &+ folded &+ majority, s[0], s[1], s[2], s[3] &+ first, s[4], s[5], s[6]]
    }
    return s
  }

  private static func turn(_ word: UInt32, _ count: UInt32) -> UInt32 {
    word >> count | word << (32 - count)
  }

  private static func firstPrimes(_ count: Int) -> [Int] {
    var primes: [Int] = []
    var number = 2
    while primes.count < count {
      if primes.allSatisfy({ number % $0 != 0 }) { primes.append(number) }
      number += 1
    }
    return primes
  }

  private static func fraction(_ root: Double) -> UInt32 {
    UInt32((root - root.rounded(.down)) * 0x1p32)
  }

  private static func cubeRoot(_ value: Double) -> Double {
    var root = value
    for _ in 0..<200 { root -= (root * root * root - value) / (3 * root * root) }
    return root
  }
}
