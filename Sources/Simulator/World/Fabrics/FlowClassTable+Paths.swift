// SPDX-License-Identifier: GPL-3.0-or-later
internal import EventKernel
internal import FlowMath
internal import NetworkModel
internal import Scheduling

// Flow classes over a fabric that spreads flows over its paths.
//
// The flow class of a route that may take any of several paths stands for all of them: flows come
// in on it, and are given flow classes of single paths as they begin. It is a flow class of one
// path itself, the one that its route happens to take, so that most pairs of cards need not one
// flow class more.

/// The place of a flow class among the paths over a fabric.
struct FabricPath: BitwiseCopyable {
  /// The position of the fabric in the model.
  var fabric: Int32
  /// The flow class that stands for all ways.
  var home: FlowClassID
  /// The number of its path.
  var choice: Int32

  struct Key: Hashable {
    var home: FlowClassID
    var choice: Int32
    /// How many parts of a flow are under way at once.
    var parts: Int32
  }
}

/// A fabric, and how it spreads flows.
struct SpreadingFabric {
  let fabric: Fabric
  let balancing: LoadBalancing
  let hash: PathHash

  init(_ entry: BalancedFabric, seed: UInt64) {
    fabric = entry.fabric
    balancing = entry.balancing
    hash = PathHash(seed: seed, fabric: entry.fabric.design.name)
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

  /// The path that a hash of its cards, its name and its piece picks for a flow over some links.
  ///
  /// Any of all where none is up. Cards are known by their cables, numbered within the fabric, so
  /// that a link elsewhere changes nothing.
  func choice(
    of links: [LinkID], _ crossing: FabricCrossing, name: UInt64, piece: Int = 0,
    isDown: (Int) -> Bool
  ) -> Int {
    let count = fabric.choices(at: crossing.tier)
    let number = hash.named(name).number(
      numberInFabric(links.first(where: isInFabric)),
      numberInFabric(links.last(where: isInFabric)), piece: piece)
    return PathHash.pick(number, among: count) { isUp($0, crossing, isDown) }
      ?? PathHash.scaled(number, to: count)
  }

  private func isInFabric(_ link: LinkID) -> Bool { fabric.links.contains(Int(link.index)) }

  private func numberInFabric(_ link: LinkID?) -> Int32 {
    (link?.index ?? 0) - Int32(fabric.firstLink)
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

extension FlowClassTable {
  /// The fabric that spreads the flows of a route, and where; nil where none does.
  func path(of route: Route) -> (fabric: Int, crossing: FabricCrossing)? {
    guard !fabrics.isEmpty, !route.isPinned, route.links.count > 1 else { return nil }
    // A route over a fabric stays there, but for a line in front of it.
    let middle = Int(route.links[route.links.count / 2].index)
    guard let fabric = fabrics.firstIndex(where: { $0.fabric.uplinks.contains(middle) }),
      let crossing = fabrics[fabric].fabric.crossing(of: route.links),
      fabrics[fabric].fabric.choices(at: crossing.tier) > 1
    else { return nil }
    return (fabric, crossing)
  }

  /// Has a flow class stand for all ways of its route.
  mutating func spreadFlows(of home: FlowClassID, _ path: (fabric: Int, crossing: FabricCrossing)) {
    self[home].path = FabricPath(
      fabric: Int32(path.fabric), home: home, choice: Int32(path.crossing.choice))
    self[home].idealRate = rateAlone(on: home, rates.whole)
    spreadHomes[path.fabric].append(home)
  }

  /// The crossing of a flow class that may take any of several paths.
  func crossing(of path: FabricPath) -> FabricCrossing {
    guard
      let crossing = fabrics[Int(path.fabric)].fabric.crossing(of: routes[path.home.index].links)
    else { preconditionFailure("a flowClass with ways leads over a fabric") }
    return crossing
  }

  /// The flow class for one of `parts` of a flow by a path.
  mutating func flowClass(
    _ path: FabricPath, choice: Int, parts: Int = 1, in fluid: inout FluidSystem
  ) -> FlowClassID {
    let home = self[path.home]
    if parts == 1, home.path?.choice == Int32(choice) { return path.home }
    let key = FabricPath.Key(home: path.home, choice: Int32(choice), parts: Int32(parts))
    if let known = paths[key] { return known }
    var route = routes[path.home.index]
    route.links = fabrics[Int(path.fabric)].links(route.links, crossing(of: path), choice: choice)
    let flowClass = add(
      route, trafficClass: home.trafficClass, ceiling: home.ceiling, share: 1 / Double(parts),
      in: &fluid)
    self[flowClass].path = FabricPath(fabric: path.fabric, home: path.home, choice: Int32(choice))
    paths[key] = flowClass
    return flowClass
  }

  /// The path of the flows of a flow class, also while they are on a detour around it.
  func path(of flowClass: FlowClassID) -> FabricPath? {
    self[self[flowClass].home].path
  }

  /// What a flow gets that has all ways over its fabric for itself.
  func rateAlone(overPathsOf index: FlowClassID, _ path: FabricPath, _ rates: [Double]) -> Double {
    let crossing = crossing(of: path)
    let links = routes[index.index].links
    let outside = min(
      self.rates.least(of: links[..<crossing.places.lowerBound], rates),
      self.rates.least(of: links[crossing.places.upperBound...], rates))
    return min(outside, fabrics[Int(path.fabric)].rate(of: crossing, rates))
  }
}
