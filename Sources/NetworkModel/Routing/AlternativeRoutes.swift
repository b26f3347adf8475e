// SPDX-License-Identifier: GPL-3.0-or-later
internal import EventKernel

extension Topology {
  /// The routes of least delay between two nodes that visit no node twice, at most `count`.
  ///
  /// Yen's algorithm: each further route leaves one that is known at some node, and from there
  /// takes the best way that no known route with the same beginning takes. They come in order
  /// of delay, then of hops, then of the positions of their links, compared from the last to the first.
  ///
  /// Source: J. Y. Yen, Management Science 17(11), 1971.
  ///
  /// - Complexity: O(count x hops x E log V).
  public func routes(from source: NodeID, to target: NodeID, count: Int) -> [Route] {
    guard count > 0, let first = ShortestPaths(from: source, in: self).route(to: target, in: self)
    else { return [] }
    var found = [first]
    var candidates: [Route] = []
    while found.count < count, let last = found.last {
      for branch in last.links.indices {
        guard let route = branchOff(last, at: branch, from: found, to: target) else { continue }
        if !candidates.contains(route) { candidates.append(route) }
      }
      guard let best = candidates.indices.min(by: { rank(candidates[$0]) < rank(candidates[$1]) })
      else { break }
      found.append(candidates.remove(at: best))
    }
    return found
  }

  /// The best route that follows another up to a link, and none of those found at it.
  private func branchOff(
    _ route: Route, at branch: Int, from found: [Route], to target: NodeID
  ) -> Route? {
    let root = route.links.prefix(branch)
    guard let start = self[route.links[branch]].ends?.source else { return nil }
    var visited = Set(root.compactMap { self[$0].ends?.source })
    visited.insert(start)
    let taken = Set(
      found.filter { $0.links.count > branch && $0.links.prefix(branch) == root }
        .map { $0.links[branch] })
    let search = ShortestPaths(from: start, in: self) { link in
      taken.contains(link) || self[link].ends.map { visited.contains($0.target) } ?? true
    }
    return search.route(to: target, in: self).map {
      Route(source: route.source, target: target, links: root + $0.links)
    }
  }

  private func rank(_ route: Route) -> RouteRank {
    RouteRank(delay: delay(of: route), links: route.links)
  }
}

/// What routes are ordered by.
private struct RouteRank: Comparable {
  var delay: SimDuration
  var links: [LinkID]

  static func < (left: RouteRank, right: RouteRank) -> Bool {
    if left.delay != right.delay { return left.delay < right.delay }
    if left.links.count != right.links.count { return left.links.count < right.links.count }
    // As a search enters each node by the lowest link that is as good, from the last on.
    return left.links.reversed().lexicographicallyPrecedes(right.links.reversed())
  }
}
