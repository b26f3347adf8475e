// SPDX-License-Identifier: GPL-3.0-or-later
package import NetworkModel

/// Transfers that want paths at the same time, and what there is to know of the network.
package struct BalancedBatch {
  package let fabric: Fabric
  package let pairs: [NICPair]
  /// The number of the flowlet that is sent next.
  package var flowlet = 0
  /// That of the fabric and of the job.
  package let hash: PathHash
  /// Links that carry nothing.
  package let down: Set<Int>
  /// Parts of transfers under way on each link of the fabric, from the first one on.
  package let loads: [Float]

  package init(
    fabric: Fabric, pairs: [NICPair], flowlet: Int = 0, hash: PathHash, down: Set<Int>,
    loads: [Float]
  ) {
    self.fabric = fabric
    self.pairs = pairs
    self.flowlet = flowlet
    self.hash = hash
    self.down = down
    self.loads = loads
  }

  package func isUp(_ choice: Int, of pair: NICPair, _ tier: FabricTier) -> Bool {
    if down.isEmpty { return true }
    var isUp = true
    fabric.forEachUplink(of: pair, tier, choice: choice) { link in
      if down.contains(link) { isUp = false }
    }
    return isUp
  }

  /// The paths of a pair that are up; all of them where none is.
  package func choicesUp(of pair: NICPair, _ tier: FabricTier) -> [Int] {
    let all = fabric.choices(at: tier)
    let up = (0..<all).filter { isUp($0, of: pair, tier) }
    return up.isEmpty ? Array(0..<all) : up
  }

  /// The path that a hash of the ends, a part and a flowlet picks; any of all where none is up.
  package func hashed(_ pair: NICPair, part: Int, flowlet: Int = 0) -> Int {
    let tier = fabric.tier(of: pair)
    let all = fabric.choices(at: tier)
    guard all > 1 else { return 0 }
    let number = hash.number(pair.source, pair.target, part: part, piece: flowlet)
    return PathHash.pick(number, among: all) { isUp($0, of: pair, tier) }
      ?? PathHash.scaled(number, to: all)
  }
}
