// SPDX-License-Identifier: GPL-3.0-or-later

/// What makes a run what it is, as one number: equal runs have equal ones.
///
/// It is taken of the resolved scenario without its seed, of what is in the files that go with it,
/// of the program's own build, and of the seed. A version number would not do: it does not move
/// between two commits. FNV-1a of 128 bits, http://www.isthe.com/chongo/tech/comp/fnv/; among
/// a million runs two differ in all likelihood: n^2 / 2^129.
public struct RunIdentity: Hashable, Sendable {
  let value: UInt128

  init(_ value: UInt128) {
    self.value = value
  }

  /// The run of a variant with a seed.
  init(variant: Fingerprint, seed: UInt64) {
    var hash = variant
    hash.combine("seed \(seed)")
    value = hash.value
  }

  /// 32 hexadecimal digits.
  public var text: String {
    let digits = String(value, radix: 16)
    return String(repeating: "0", count: 32 - digits.count) + digits
  }

  init?(_ text: Substring) {
    guard text.utf8.count == 32, let value = UInt128(text, radix: 16) else { return nil }
    self.value = value
  }
}

/// A number that stands for a text, which grows by parts.
struct Fingerprint: Hashable, Sendable {
  private(set) var value: UInt128

  init(_ value: UInt128 = Fingerprint.offsetBasis) {
    self.value = value
  }

  /// Takes in a part; where one ends and the next begins makes a difference.
  mutating func combine(_ part: String) {
    var part = part
    part.withUTF8 { bytes in
      for byte in bytes { combine(byte) }
    }
    combine(0xff)
  }

  private mutating func combine(_ byte: UInt8) {
    value = (value ^ UInt128(byte)) &* Fingerprint.prime
  }

  private static let offsetBasis: UInt128 = 0x6c62_272e_07bb_0142_62b8_2175_6295_c58d
  private static let prime: UInt128 = 0x0000_0000_0100_0000_0000_0000_0000_013b
}
