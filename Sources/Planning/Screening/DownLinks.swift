// SPDX-License-Identifier: GPL-3.0-or-later
internal import EventKernel
internal import NetworkModel
internal import Simulator
internal import Traffic

/// Where traffic goes while some links are down.
///
/// As in a run: a class that moves takes the route of least delay over what is left. Flows of any other
/// stand still, and demands are lost at the link that is down.
struct DownLinks {
  let topology: Topology
  let classes: [TrafficClass]
  /// By link.
  let isDown: [Bool]
  let areAllUp: Bool
  private var outgoing: OutgoingLinks?
  private var searches: [NodeID: ShortestPaths] = [:]

  init(_ model: Model, isDown: [Bool]) {
    topology = model.topology
    classes = model.classes
    self.isDown = isDown
    areAllUp = !isDown.contains(true)
  }

  func areUp(_ links: some Sequence<Int32>) -> Bool {
    areAllUp || !links.contains { isDown[Int($0)] }
  }

  /// The links of a route up to the first that is down.
  func linksThatAreUp(of home: [Int32]) -> [Int32] { Array(home.prefix { !isDown[Int($0)] }) }

  /// Its own links where they are up, else those of a detour; nil where it stands still.
  mutating func links(
    of home: [Int32], from source: NodeID?, to target: NodeID?, trafficClass: Int
  ) -> [Int32]? {
    if areUp(home) { return home }
    guard classes[trafficClass].onFailure == .move, let source, let target else { return nil }
    return search(from: source).route(to: target, in: topology)?.links.map(\.index)
  }

  /// Whether a place can be reached at all.
  mutating func hasWay(from source: NodeID, to target: NodeID) -> Bool {
    source == target || search(from: source).route(to: target, in: topology) != nil
  }

  private mutating func search(from source: NodeID) -> ShortestPaths {
    if let known = searches[source] { return known }
    let links = outgoing ?? OutgoingLinks(topology) { [isDown] in isDown[Int($0.index)] }
    outgoing = links
    let found = ShortestPaths(from: source, over: links)
    searches[source] = found
    return found
  }

  /// The delay of some links one after the other.
  func delay(of links: [Int32]) -> SimDuration {
    links.reduce(.zero) { $0 + topology.links[Int($1)].delay }
  }
}
