// SPDX-License-Identifier: GPL-3.0-or-later

/// What fabrics hash flows and transfers with.
///
/// The key comes from the seed of the run and some names, that of the fabric among them: two
/// fabrics of the same design hash the same flows differently, as switches with seeds of their own
/// do.
package struct PathHash: Equatable, BitwiseCopyable {
  private let key: UInt64

  package init(seed: UInt64, fabric: String) {
    key = Self.mixed(Self.mixed(seed) ^ Self.hash(of: fabric))
  }

  private init(key: UInt64) { self.key = key }

  /// The hash of whoever has a name, such as a job.
  package func of(_ name: String) -> PathHash {
    PathHash(key: Self.mixed(key ^ Self.hash(of: name)))
  }

  /// The hash of two ends, and a part or a piece of what goes from the one to the other.
  package func number(_ source: Int32, _ target: Int32, part: Int = 0, piece: Int = 0) -> UInt64 {
    let ends = UInt64(UInt32(bitPattern: source)) << 32 | UInt64(UInt32(bitPattern: target))
    let place = UInt64(truncatingIfNeeded: part) << 32 | UInt64(truncatingIfNeeded: piece)
    return Self.mixed(Self.mixed(key ^ ends) ^ place)
  }

  /// The hash of a number with a name, by that of the name.
  package func named(_ name: UInt64) -> PathHash { PathHash(key: Self.mixed(key ^ name)) }

  /// The one of `count` paths that a hash picks, each as likely.
  ///
  /// Only what finds its way down is hashed again, over those that are left, as switches with
  /// resilient hashing do; nil where none is.
  package static func pick(_ hash: UInt64, among count: Int, where isUp: (Int) -> Bool) -> Int? {
    let first = scaled(hash, to: count)
    if isUp(first) { return first }
    let left = (0..<count).filter(isUp)
    return left.isEmpty ? nil : left[scaled(mixed(hash), to: left.count)]
  }

  package static func scaled(_ hash: UInt64, to count: Int) -> Int {
    Int(hash.multipliedFullWidth(by: UInt64(count)).high)
  }

  /// The hash of a text: FNV-1a, and its bits mixed.
  package static func hash(of text: String) -> UInt64 {
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    for byte in text.utf8 { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
    return mixed(hash)
  }

  /// Mixes the bits of a number so that any of them moves all: the finaliser of SplitMix64.
  package static func mixed(_ number: UInt64) -> UInt64 {
    var mixed = number &+ 0x9E37_79B9_7F4A_7C15
    mixed = (mixed ^ mixed >> 30) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ mixed >> 27) &* 0x94D0_49BB_1331_11EB
    return mixed ^ mixed >> 31
  }
}
