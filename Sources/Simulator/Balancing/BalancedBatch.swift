// SPDX-License-Identifier: GPL-3.0-or-later
internal import NetworkModel

/// Transfers that want ways at the same time, and what there is to know of the network.
struct BalancedBatch {
  let fabric: Fabric
  let pairs: [NICPair]
  /// The number of the flowlet that is sent next.
  var flowlet = 0
  /// That of the fabric and of the job.
  let hash: WayHash
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

  /// The way that a hash of the ends, a part and a flowlet picks; any of all where none is up.
  func hashed(_ pair: NICPair, part: Int, flowlet: Int = 0) -> Int {
    let tier = fabric.tier(of: pair)
    let all = fabric.choices(at: tier)
    guard all > 1 else { return 0 }
    let number = hash.number(pair.source, pair.target, part: part, piece: flowlet)
    return WayHash.pick(number, among: all) { isUp($0, of: pair, tier) }
      ?? WayHash.scaled(number, to: all)
  }
}
