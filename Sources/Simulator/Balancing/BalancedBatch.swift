// SPDX-License-Identifier: GPL-3.0-or-later
internal import NetworkModel

/// Transfers that want ways at the same time, and what there is to know of the network.
struct BalancedBatch {
  let fabric: Fabric
  let pairs: [NICPair]
  /// The number of the flowlet that is sent next.
  var flowlet = 0
  let seed: UInt64
  /// Links that carry nothing.
  let down: Set<Int>
  /// Parts of transfers under way on each link of the fabric, from the first one on.
  let loads: [Float]

  func isUp(_ choice: Int, of pair: NICPair, _ tier: FabricTier) -> Bool {
    if down.isEmpty { return true }
    var isUp = true
    fabric.forEachUplink(of: pair, tier, choice: choice) { link in
      if down.contains(link) { isUp = false }
    }
    return isUp
  }

  /// The ways of a pair that are up; all of them where none is.
  func choicesUp(of pair: NICPair, _ tier: FabricTier) -> [Int] {
    let all = fabric.choices(at: tier)
    let up = (0..<all).filter { isUp($0, of: pair, tier) }
    return up.isEmpty ? Array(0..<all) : up
  }

  /// The way that a hash of the ends, a part and a flowlet picks.
  ///
  /// Only what the failure of a link hits is hashed again, over the ways that are left.
  func hashed(_ pair: NICPair, part: Int, flowlet: Int = 0) -> Int {
    let tier = fabric.tier(of: pair)
    let all = fabric.choices(at: tier)
    guard all > 1 else { return 0 }
    let ends =
      UInt64(UInt32(bitPattern: pair.source)) << 32 | UInt64(UInt32(bitPattern: pair.target))
    let place = UInt64(truncatingIfNeeded: part) << 32 | UInt64(truncatingIfNeeded: flowlet)
    let hash = Self.mixed(Self.mixed(Self.mixed(seed) ^ ends) ^ place)
    let choice = Int(hash.multipliedFullWidth(by: UInt64(all)).high)
    if isUp(choice, of: pair, tier) { return choice }
    let left = choicesUp(of: pair, tier)
    return left[Int(Self.mixed(hash).multipliedFullWidth(by: UInt64(left.count)).high)]
  }

  /// Mixes the bits of a number so that any of them moves all: the finaliser of SplitMix64.
  private static func mixed(_ number: UInt64) -> UInt64 {
    var mixed = number &+ 0x9E37_79B9_7F4A_7C15
    mixed = (mixed ^ mixed >> 30) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ mixed >> 27) &* 0x94D0_49BB_1331_11EB
    return mixed ^ mixed >> 31
  }
}
