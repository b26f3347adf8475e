// SPDX-License-Identifier: GPL-3.0-or-later
internal import EventKernel

/// The links that leave each node, as one array sorted by node.
///
/// It is built once for a topology and shared by the searches from all its sources.
package struct OutgoingLinks: Sendable {
  /// A link as a search sees it.
  struct Step: Sendable {
    var link: Int32
    var target: Int32
    var delay: Int64

    /// The same link, seen from where it arrives.
    func from(_ node: Int32) -> Step { Step(link: link, target: node, delay: delay) }
  }

  private(set) var steps: [Step]
  /// Where the steps of each node begin; one more than there are nodes.
  private var starts: [Int]

  /// The links of a topology, without those that a search must not take.
  package init(_ topology: Topology, without excluded: (LinkID) -> Bool = { _ in false }) {
    self.init(topology, without: excluded) { ($0.source, $0.target) }
  }

  /// The links that arrive at each node, for a search against them: their targets are where they leave from.
  package static func reversed(_ topology: Topology) -> OutgoingLinks {
    OutgoingLinks(topology, without: { _ in false }, along: { ($0.target, $0.source) })
  }

  private init(
    _ topology: Topology, without excluded: (LinkID) -> Bool,
    along ends: (Link.Ends) -> (from: NodeID, to: NodeID)
  ) {
    starts = [Int](repeating: 0, count: topology.nodes.count + 1)
    let isOpen = topology.links.indices.map { !excluded(LinkID(index: $0)) }
    for (position, link) in topology.links.enumerated() {
      guard isOpen[position], let both = link.ends else { continue }
      starts[Int(ends(both).from.index) + 1] += 1
    }
    for node in topology.nodes.indices {
      starts[node + 1] += starts[node]
    }
    steps = [Step](repeating: Step(link: 0, target: 0, delay: 0), count: starts.last ?? 0)
    var next = starts
    for (position, link) in topology.links.enumerated() {
      guard isOpen[position], let both = link.ends else { continue }
      let (from, to) = ends(both)
      let place = Int(from.index)
      steps[next[place]] = Step(
        link: Int32(position), target: to.index, delay: link.delay.nanoseconds)
      next[place] += 1
    }
  }

  var nodeCount: Int { starts.count - 1 }

  /// The links out of a node, in order of their position.
  subscript(node: Int) -> ArraySlice<Step> { steps[places(of: node)] }

  /// Where those are among all steps.
  func places(of node: Int) -> Range<Int> { starts[node]..<starts[node + 1] }

  /// The link out of a node, where there is one and no other.
  func onlyStep(outOf node: Int) -> Step? {
    starts[node + 1] - starts[node] == 1 ? steps[starts[node]] : nil
  }
}
