// SPDX-License-Identifier: GPL-3.0-or-later

/// What links lead to from a node, and from where they lead to it.
///
/// - Complexity: O(V + E) for each question.
package struct NodeReach {
  /// The ends of the links out of each node, and the starts of those into it.
  private var ahead: [[Int32]]
  private var back: [[Int32]]

  package init(in topology: Topology) {
    ahead = Array(repeating: [], count: topology.nodes.count)
    back = ahead
    for case let ends? in topology.links.lazy.map(\.ends) {
      ahead[Int(ends.source.index)].append(ends.target.index)
      back[Int(ends.target.index)].append(ends.source.index)
    }
  }

  /// By node: whether any route leads there from a node; the node itself is among them.
  package func nodes(from node: NodeID) -> [Bool] { NodeReach.marked(from: node, over: ahead) }

  /// By node: whether any route leads from there to a node; the node itself is among them.
  package func nodes(leadingTo node: NodeID) -> [Bool] { NodeReach.marked(from: node, over: back) }

  private static func marked(from node: NodeID, over neighbours: [[Int32]]) -> [Bool] {
    var isMarked = [Bool](repeating: false, count: neighbours.count)
    var open = [node.index]
    isMarked[Int(node.index)] = true
    while let next = open.popLast() {
      for other in neighbours[Int(next)] where !isMarked[Int(other)] {
        isMarked[Int(other)] = true
        open.append(other)
      }
    }
    return isMarked
  }
}
