// SPDX-License-Identifier: GPL-3.0-or-later

/// What does not come through links that are asked for more than they carry.
///
/// Demands come first on a link, and lose the same part each where they are too many; flows share
/// what these leave. What is lost on one link is not there on the next, so that parts are found in
/// rounds, each from what the one before lets through. Links that are not full play no part.
struct Squeeze {
  /// By link, its position among the full ones; -1 for any other.
  private var slots: [Int32]
  private var capacities: [Double] = []
  private var crossings: [Int32] = []
  private var ends: [Int] = []
  private var entries: [(rate: Double, isDemand: Bool, trafficClass: Int, isLostBehind: Bool)] = []

  /// The part of demands, and of flows, that each full link lets through.
  private var demandParts: [Double] = []
  private var flowParts: [Double] = []

  private static let rounds = 24

  /// What is not carried, by class, in bits a second.
  struct Loss: Equatable {
    var demands: [Double]
    var flows: [Double]
  }

  init(full: [(link: Int, capacity: Double)], links: Int) {
    slots = Array(repeating: -1, count: full.isEmpty ? 0 : links)
    for (slot, link) in full.enumerated() {
      slots[link.link] = Int32(slot)
      capacities.append(link.capacity)
    }
  }

  var isEmpty: Bool { capacities.isEmpty }

  /// What is lost behind these links in any case takes their room, and is counted by whoever knows it.
  mutating func add(
    _ links: [Int32], rate: Double, isDemand: Bool, trafficClass: Int, isLostBehind: Bool = false
  ) {
    guard rate > 0 else { return }
    let before = crossings.count
    for link in links {
      let slot = slots[Int(link)]
      if slot >= 0 { crossings.append(slot) }
    }
    guard crossings.count > before else { return }
    ends.append(crossings.count)
    entries.append((rate, isDemand, trafficClass, isLostBehind))
  }

  mutating func loss(classes: Int) -> Loss {
    demandParts = capacities.map { _ in 1 }
    flowParts = demandParts
    for _ in 0..<Self.rounds where !pass() {}
    var loss = Loss(
      demands: Array(repeating: 0, count: classes), flows: Array(repeating: 0, count: classes))
    var start = 0
    for (index, entry) in entries.enumerated() {
      var rate = entry.rate
      for place in start..<ends[index] {
        rate *= part(of: Int(crossings[place]), isDemand: entry.isDemand)
      }
      start = ends[index]
      if entry.isLostBehind { continue }
      if entry.isDemand {
        loss.demands[entry.trafficClass] += entry.rate - rate
      } else {
        loss.flows[entry.trafficClass] += entry.rate - rate
      }
    }
    return loss
  }

  private func part(of slot: Int, isDemand: Bool) -> Double {
    isDemand ? demandParts[slot] : flowParts[slot]
  }

  /// A round; true where the parts have come to rest.
  private mutating func pass() -> Bool {
    var demands = [Double](repeating: 0, count: capacities.count)
    var flows = demands
    var start = 0
    for (index, entry) in entries.enumerated() {
      var rate = entry.rate
      for place in start..<ends[index] {
        let slot = Int(crossings[place])
        if entry.isDemand { demands[slot] += rate } else { flows[slot] += rate }
        rate *= part(of: slot, isDemand: entry.isDemand)
      }
      start = ends[index]
    }
    var isStill = true
    for slot in capacities.indices {
      let forDemands = demands[slot] > capacities[slot] ? capacities[slot] / demands[slot] : 1
      let left = max(0, capacities[slot] - demands[slot])
      let forFlows = flows[slot] > left ? left / flows[slot] : 1
      if abs(forDemands - demandParts[slot]) + abs(forFlows - flowParts[slot]) > 1e-9 {
        isStill = false
      }
      demandParts[slot] = forDemands
      flowParts[slot] = forFlows
    }
    return isStill
  }
}
