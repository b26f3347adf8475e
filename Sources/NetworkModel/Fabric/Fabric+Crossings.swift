// SPDX-License-Identifier: GPL-3.0-or-later

/// The part of a route that leads from one leaf of a fabric to another.
///
/// It is what may take any of several paths; the rest of a route, such as the cables of the cards,
/// is the same by all of them.
public struct FabricCrossing: Equatable, Sendable {
  public var source: Int
  public var target: Int
  public var tier: FabricTier
  /// The number of the path that it takes.
  public var choice: Int
  /// Where it stands among the links of the route.
  public var places: Range<Int>
}

extension Fabric {
  /// The part of some links in a row that leads over a spine or a core; nil where none does.
  public func crossing(of links: [LinkID]) -> FabricCrossing? {
    guard let first = links.firstIndex(where: { leafAbove(Int($0.index), isDown: false) != nil }),
      let source = leafAbove(Int(links[first].index), isDown: false)
    else { return nil }
    for tier in [FabricTier.spine, .core] {
      let last = first + tier.hops - 3
      guard last < links.count, let target = leafAbove(Int(links[last].index), isDown: true)
      else { continue }
      return FabricCrossing(
        source: source, target: target, tier: tier,
        choice: choice(of: links[first..<last + 1], tier), places: first..<last + 1)
    }
    return nil
  }

  /// Calls `body` for the links of a crossing by the path with a number, in order.
  public func forEachLink(of crossing: FabricCrossing, choice: Int, _ body: (Int) -> Void) {
    forEachUplink(from: crossing.source, to: crossing.target, crossing.tier, choice: choice, body)
  }

  /// The number of the path of some links between two leaves.
  private func choice(of links: ArraySlice<LinkID>, _ tier: FabricTier) -> Int {
    let cables = links.prefix(2).map { (Int($0.index) - firstLink) / 2 - nicCount }
    let spine = cables[0] % design.uplinksPerLeaf
    guard tier == .core else { return spine }
    let core = (cables[1] - leafCount * design.uplinksPerLeaf) % uplinksPerSpine
    return spine * uplinksPerSpine + core
  }

  /// The leaf at the lower end of a link between leaves and spines, by its direction.
  private func leafAbove(_ link: Int, isDown: Bool) -> Int? {
    let place = link - firstLink - 2 * nicCount
    guard (0..<2 * leafCount * design.uplinksPerLeaf).contains(place),
      place.isMultiple(of: 2) != isDown
    else { return nil }
    return place / 2 / design.uplinksPerLeaf
  }
}
