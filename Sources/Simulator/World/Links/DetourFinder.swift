// SPDX-License-Identifier: GPL-3.0-or-later
internal import EventKernel
internal import NetworkModel

/// Finds routes around links that are down, and keeps its searches while none of them changes.
struct DetourFinder {
  private var searches: [NodeID: ShortestPaths] = [:]
  /// The links that searches go over, laid out at the first of them.
  private var outgoing: OutgoingLinks?
  /// At most this many entries of searches are kept, 4 bytes each.
  private static let keptEntries = 16_777_216

  mutating func forget() {
    searches.removeAll()
    outgoing = nil
  }

  mutating func route(
    from source: NodeID, to target: NodeID, in topology: Topology,
    without excluded: (LinkID) -> Bool
  ) -> Route? {
    if let known = searches[source] { return known.route(to: target, in: topology) }
    let outgoing = self.outgoing ?? OutgoingLinks(topology, without: excluded)
    self.outgoing = outgoing
    if (searches.count + 1) * topology.nodes.count > DetourFinder.keptEntries {
      searches.removeAll()
    }
    let search = ShortestPaths(from: source, over: outgoing)
    searches[source] = search
    return search.route(to: target, in: topology)
  }
}
