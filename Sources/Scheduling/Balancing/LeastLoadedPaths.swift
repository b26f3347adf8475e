// SPDX-License-Identifier: GPL-3.0-or-later
internal import NetworkModel

/// A controller that knows all transfers and puts each queue pair where least is going on.
///
/// Between leaves this is the colouring of a bipartite multigraph: leaves send and receive,
/// spines are colours, and no leaf should have more of one colour than of another. Where no spine
/// has room at both ends, one that has it at the sender is taken, and transfers at the receiver
/// swap their spines along a path of the two colours until it is even again (the proof of König's
/// theorem of 1916). With a third tier the cores of each spine are chosen in the same way.
package struct LeastLoadedPaths: LoadBalancer {
  package let queuePairs: Int

  package var readsLoads: Bool { true }

  package func paths(of batch: BalancedBatch) -> BalancedPaths {
    let fabric = batch.fabric
    var paths = BalancedPaths()
    var pairs: [(pair: NICPair, tier: FabricTier, part: Int)] = []
    for pair in batch.pairs {
      let tier = fabric.tier(of: pair)
      for _ in 0..<(tier == .leaf ? 1 : queuePairs) {
        if tier != .leaf { pairs.append((pair, tier, paths.choices.count)) }
        paths.append(0)
      }
      paths.endTransfer()
    }
    let spines = spines(of: pairs, batch)
    let cores = cores(of: pairs, on: spines, batch)
    for (index, entry) in pairs.enumerated() {
      paths.choices[entry.part] =
        entry.tier == .core
        ? spines[index] * Int32(fabric.uplinksPerSpine) + cores[index]
        : spines[index]
    }
    return paths
  }

  private typealias Entry = (pair: NICPair, tier: FabricTier, part: Int)

  private func spines(of pairs: [Entry], _ batch: BalancedBatch) -> [Int32] {
    let fabric = batch.fabric
    var colouring = EvenColouring(vertices: fabric.leafCount, colours: fabric.spinesPerPod) {
      let link = fabric.leafLink($0, spine: $1) + ($2 ? 1 : 0)
      return batch.load(of: link)
    }
    for entry in pairs {
      colouring.add(
        from: fabric.leaf(ofNIC: Int(entry.pair.source)),
        to: fabric.leaf(ofNIC: Int(entry.pair.target)))
    }
    return colouring.colours
  }

  private func cores(of pairs: [Entry], on spines: [Int32], _ batch: BalancedBatch) -> [Int32] {
    let fabric = batch.fabric
    guard fabric.uplinksPerSpine > 0 else { return [] }
    let perPod = fabric.spinesPerPod
    var colouring = EvenColouring(
      vertices: fabric.podCount * perPod, colours: fabric.uplinksPerSpine
    ) { vertex, colour, isDown in
      let link = fabric.spineLink(pod: vertex / perPod, spine: vertex % perPod, core: colour)
      return batch.load(of: link + (isDown ? 1 : 0))
    }
    var cores = Array(repeating: Int32(0), count: pairs.count)
    var places: [Int] = []
    for (index, entry) in pairs.enumerated() where entry.tier == .core {
      let spine = Int(spines[index])
      let source = fabric.pod(ofLeaf: fabric.leaf(ofNIC: Int(entry.pair.source)))
      let target = fabric.pod(ofLeaf: fabric.leaf(ofNIC: Int(entry.pair.target)))
      colouring.add(from: source * perPod + spine, to: target * perPod + spine)
      places.append(index)
    }
    for (place, core) in zip(places, colouring.colours) { cores[place] = core }
    return cores
  }
}

extension BalancedBatch {
  /// What is going on on a link; without end where it is down.
  fileprivate func load(of link: Int) -> Float {
    down.contains(link) ? .infinity : loads[link - fabric.firstLink]
  }
}
