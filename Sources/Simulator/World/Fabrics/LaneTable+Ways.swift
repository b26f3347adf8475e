// SPDX-License-Identifier: GPL-3.0-or-later
internal import FlowMath
internal import NetworkModel
internal import Scheduling

// Lanes over a fabric that spreads flows over its ways.
//
// The lane of a route that may take any of several ways stands for all of them: flows come in on
// it, and are given lanes of single ways as they begin. It is a lane of one way itself, the one
// that its route happens to take, so that most pairs of cards need not one lane more.

/// The place of a lane among the ways over a fabric.
struct LaneWay: BitwiseCopyable {
  /// The position of the fabric in the model.
  var fabric: Int32
  /// The lane that stands for all ways.
  var home: LaneID
  /// The number of its way.
  var choice: Int32

  struct Key: Hashable {
    var home: LaneID
    var choice: Int32
    /// How many parts of a flow are under way at once.
    var parts: Int32
  }
}

/// A fabric, and how it spreads flows.
struct FabricWays {
  let fabric: Fabric
  let balancing: LoadBalancing
  let hash: WayHash

  init(_ entry: BalancedFabric, seed: UInt64) {
    fabric = entry.fabric
    balancing = entry.balancing
    hash = WayHash(seed: seed, fabric: entry.fabric.design.name)
  }

  /// What a flow gets that is alone between two leaves, where links carry so much.
  func rate(of crossing: FabricCrossing, _ rates: [Double]) -> Double {
    var most = 0.0
    var all = 0.0
    for choice in 0..<fabric.choices(at: crossing.tier) {
      var least = Double.infinity
      fabric.forEachLink(of: crossing, choice: choice) { least = min(least, rates[$0]) }
      most = max(most, least)
      all += least
    }
    return balancing == .spray ? all : most
  }

  /// The way that a hash of its ends, its name and its piece picks for a flow over some links.
  ///
  /// Any of all where none is up.
  func choice(
    of links: [LinkID], _ crossing: FabricCrossing, name: UInt64, piece: Int = 0,
    isDown: (Int) -> Bool
  ) -> Int {
    let count = fabric.choices(at: crossing.tier)
    // The cards of a flow are known by their cables.
    let number = hash.named(name).number(
      links[0].index, links[links.count - 1].index, piece: piece)
    return WayHash.pick(number, among: count) { isUp($0, crossing, isDown) }
      ?? WayHash.scaled(number, to: count)
  }

  func isUp(_ choice: Int, _ crossing: FabricCrossing, _ isDown: (Int) -> Bool) -> Bool {
    var isUp = true
    fabric.forEachLink(of: crossing, choice: choice) { if isDown($0) { isUp = false } }
    return isUp
  }

  /// Some links, by another way over the fabric.
  func links(_ links: [LinkID], _ crossing: FabricCrossing, choice: Int) -> [LinkID] {
    var between: [LinkID] = []
    fabric.forEachLink(of: crossing, choice: choice) { between.append(LinkID(index: $0)) }
    var links = links
    links.replaceSubrange(crossing.places, with: between)
    return links
  }
}

extension LaneTable {
  /// The fabric that spreads the flows of a route, and where; nil where none does.
  func way(of route: Route) -> (fabric: Int, crossing: FabricCrossing)? {
    guard !fabrics.isEmpty, !route.isPinned, route.links.count > 1 else { return nil }
    // A route over a fabric stays there, but for a line in front of it.
    let middle = Int(route.links[route.links.count / 2].index)
    guard let fabric = fabrics.firstIndex(where: { $0.fabric.uplinks.contains(middle) }),
      let crossing = fabrics[fabric].fabric.crossing(of: route.links),
      fabrics[fabric].fabric.choices(at: crossing.tier) > 1
    else { return nil }
    return (fabric, crossing)
  }

  /// Has a lane stand for all ways of its route.
  mutating func spreadFlows(of home: LaneID, _ way: (fabric: Int, crossing: FabricCrossing)) {
    lanes[home.index].way = LaneWay(
      fabric: Int32(way.fabric), home: home, choice: Int32(way.crossing.choice))
    lanes[home.index].idealRate = rateAlone(on: home, rates.whole)
  }

  /// The crossing of a lane that may take any of several ways.
  func crossing(of way: LaneWay) -> FabricCrossing {
    guard let crossing = fabrics[Int(way.fabric)].fabric.crossing(of: routes[way.home.index].links)
    else { preconditionFailure("a lane with ways leads over a fabric") }
    return crossing
  }

  /// The lane for one of `parts` of a flow by a way.
  mutating func lane(
    _ way: LaneWay, choice: Int, parts: Int = 1, in fluid: inout FluidSystem
  ) -> LaneID {
    let home = lanes[way.home.index]
    if parts == 1, home.way?.choice == Int32(choice) { return way.home }
    let key = LaneWay.Key(home: way.home, choice: Int32(choice), parts: Int32(parts))
    if let known = ways[key] { return known }
    var route = routes[way.home.index]
    route.links = fabrics[Int(way.fabric)].links(route.links, crossing(of: way), choice: choice)
    let lane = add(
      route, trafficClass: home.trafficClass, ceiling: home.ceiling, share: 1 / Double(parts),
      in: &fluid)
    lanes[lane.index].way = LaneWay(fabric: way.fabric, home: way.home, choice: Int32(choice))
    ways[key] = lane
    return lane
  }

  /// The way of the flows of a lane, also while they are on a detour around it.
  func way(of lane: LaneID) -> LaneWay? {
    lanes[lanes[lane.index].home.index].way
  }

  /// What a flow gets that has all ways over its fabric for itself.
  func rateAlone(overWaysOf index: LaneID, _ way: LaneWay, _ rates: [Double]) -> Double {
    let crossing = crossing(of: way)
    let links = routes[index.index].links
    let outside = min(
      self.rates.least(of: links[..<crossing.places.lowerBound], rates),
      self.rates.least(of: links[crossing.places.upperBound...], rates))
    return min(outside, fabrics[Int(way.fabric)].rate(of: crossing, rates))
  }
}
