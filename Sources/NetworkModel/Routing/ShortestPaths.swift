// SPDX-License-Identifier: GPL-3.0-or-later

/// The routes of least delay from one node to every other.
///
/// Dijkstra's algorithm over the pair (delay in whole nanoseconds, hops), so that equal delays
/// go to the route of fewer hops, and links without any delay need no special case. Where two
/// routes are equal in both, each node is entered by the link of lowest position among those
/// that are on such a route. The answer depends on the topology alone, never on a hash.
///
/// - Complexity: O(E log V) in time, O(V) in space.
public struct ShortestPaths: Sendable {
  public let source: NodeID
  /// The link by which each node is entered; `none` for the source and what it cannot reach.
  private var entry: [Int32]
  private static let none: Int32 = -1

  public init(from source: NodeID, in topology: Topology) {
    self.init(from: source, over: OutgoingLinks(topology))
  }

  /// Searches without the links that a predicate names, such as those that are down.
  public init(
    from source: NodeID, in topology: Topology, without excluded: (LinkID) -> Bool
  ) {
    self.init(from: source, over: OutgoingLinks(topology, without: excluded))
  }

  /// Searches over links that are laid out once for many sources.
  package init(from source: NodeID, over links: OutgoingLinks) {
    self.source = source
    entry = [Int32](repeating: Self.none, count: links.nodeCount)
    var best = [Label](repeating: .unreached, count: links.nodeCount)
    var queue = LabelHeap()
    let start = Label(delay: 0, hops: 0, node: source.index)
    best[Int(source.index)] = start
    queue.push(start)
    while let label = queue.pop() {
      // A better label of the same node was queued later and has been handled already.
      guard label == best[Int(label.node)] else { continue }
      for step in links[Int(label.node)] {
        let next = label.extended(by: step)
        let known = best[Int(step.target)]
        if next < known {
          best[Int(step.target)] = next
          entry[Int(step.target)] = step.link
          queue.push(next)
        } else if next == known, step.link < entry[Int(step.target)] {
          entry[Int(step.target)] = step.link
        }
      }
    }
  }

  /// The route to a node; nil where there is none, or where the node is the source itself.
  public func route(to target: NodeID, in topology: Topology) -> Route? {
    var links: [LinkID] = []
    var node = target
    while entry[Int(node.index)] != Self.none {
      let link = LinkID(index: Int(entry[Int(node.index)]))
      guard let ends = topology[link].ends else { return nil }
      links.append(link)
      node = ends.source
    }
    guard !links.isEmpty else { return nil }
    return Route(source: source, target: target, links: links.reversed())
  }
}
