// SPDX-License-Identifier: GPL-3.0-or-later

/// The route of least delay between two nodes, searched from both at once.
///
/// It is the route that `ShortestPaths` has, found by looking at the surroundings of its two ends: on a
/// network of n nodes with a few links each at about the root of n of them, where a search from one node
/// to all others looks at n. Two of Dijkstra's searches, one of them against the links, go on until no
/// route through what they have not settled could be as good as the best that is known. So all nodes
/// of routes that are best are settled by one or the other, and of such routes the one is taken that enters
/// each node by the link of lowest position.
///
/// Source: I. Pohl, "Bi-directional search", Machine Intelligence 6 (1971). The rule for routes that are
/// equal is that of `ShortestPaths`.
package struct PairSearch: Sendable {
  /// What one of the searches knows of a node.
  private struct Known: Sendable {
    var label = Label.unreached
    /// The link by which it was reached, of those that are as good the one of lowest position.
    var entry: Int32 = -1
    var isSettled = false
    /// Whether a best route goes there; noted of what the search from the target alone has settled.
    var isOnBest = false
  }

  /// What a way costs from end to end.
  private struct Cost: Comparable {
    var delay = Int64.max
    var hops = Int32.max

    static let none = Cost()

    private init() {}

    /// Both parts of a way; none where one of them is not known.
    init(_ one: Label, _ other: Label) {
      let (sum, overflow) = one.delay.addingReportingOverflow(other.delay)
      guard !overflow, one.hops < .max, other.hops < .max else { return }
      (delay, hops) = (sum, one.hops + other.hops)
    }

    static func < (left: Cost, right: Cost) -> Bool {
      left.delay != right.delay ? left.delay < right.delay : left.hops < right.hops
    }
  }

  /// The links that leave each node, and those that arrive there.
  private let leaving: OutgoingLinks
  private let arriving: OutgoingLinks
  /// The sides: the search from the source, and that from the target.
  private static let (ahead, back) = (0, 1)
  private var queues = [LabelHeap(), LabelHeap()]
  /// The nodes that the search from the source has settled.
  private var settled: [Int32] = []
  /// What both know of each node, side by side.
  private var known: [Known]
  /// The nodes of which something is known, to forget it again.
  private var seen: [Int32] = []
  private var best = Cost.none
  /// How many links the last search has looked at.
  private(set) var linksSeen = 0

  /// Searches over links that are laid out once, and once more in the order of where they arrive.
  package init(ahead: OutgoingLinks, back: OutgoingLinks) {
    (leaving, arriving) = (ahead, back)
    known = [Known](repeating: Known(), count: 2 * ahead.nodeCount)
  }

  /// The links of the route between two nodes that are not one; nil where there is none.
  package mutating func links(from source: NodeID, to target: NodeID) -> [LinkID]? {
    defer { forget() }
    reach(Label(delay: 0, hops: 0, node: source.index), by: -1, on: Self.ahead)
    reach(Label(delay: 0, hops: 0, node: target.index), by: -1, on: Self.back)
    let (leaving, arriving) = (leaving, arriving)
    linksSeen = 0
    while let front = next(on: Self.ahead), let rear = next(on: Self.back),
      Cost(front, rear) <= best
    {
      // The narrower of the two goes on; the first is the search from the source.
      if queues[Self.ahead].count <= queues[Self.back].count {
        settled.append(front.node)
        settle(front, on: Self.ahead, over: leaving, beyond: rear)
      } else {
        settle(rear, on: Self.back, over: arriving, beyond: front)
      }
    }
    return best < .none ? walkBack(from: target) : nil
  }

  private mutating func forget() {
    for node in seen {
      known[2 * Int(node)] = Known()
      known[2 * Int(node) + 1] = Known()
    }
    seen.removeAll(keepingCapacity: true)
    settled.removeAll(keepingCapacity: true)
    for side in queues.indices { queues[side].removeAll() }
    best = .none
  }

  // MARK: - Searching

  private func place(of node: Int32, on side: Int) -> Int { 2 * Int(node) + side }

  /// The least label that a side has not settled; nil where it has all.
  private mutating func next(on side: Int) -> Label? {
    while let label = queues[side].first {
      if label == known[place(of: label.node, on: side)].label { return label }
      _ = queues[side].pop()
    }
    return nil
  }

  private mutating func reach(_ label: Label, by link: Int32, on side: Int) {
    let place = place(of: label.node, on: side)
    if known[place].label == .unreached { seen.append(label.node) }
    known[place].label = label
    known[place].entry = link
    queues[side].push(label)
  }

  /// Settles the least label of a side, where the other has settled all below its own least.
  private mutating func settle(
    _ label: Label, on side: Int, over links: OutgoingLinks, beyond rest: Label
  ) {
    _ = queues[side].pop()
    known[place(of: label.node, on: side)].isSettled = true
    let places = links.places(of: Int(label.node))
    linksSeen += places.count
    for index in places {
      let step = links.steps[index]
      let next = label.extended(by: step)
      let place = place(of: step.target, on: side)
      if next < known[place].label {
        best = min(best, Cost(next, known[place ^ 1].label))
        // What can't be on a best route before the other side has settled it need not be reached.
        if Cost(next, rest) <= best { reach(next, by: step.link, on: side) }
      } else if next == known[place].label, step.link < known[place].entry {
        known[place].entry = step.link
      }
    }
  }

  // MARK: - The route

  /// From the target to the source, by the lowest of the links by which a best route enters each node.
  private mutating func walkBack(from target: NodeID) -> [LinkID]? {
    markBest()
    var links: [LinkID] = []
    var node = target.index
    while true {
      let here = known[place(of: node, on: Self.ahead)]
      if here.isSettled, here.entry < 0 { return links.reversed() }
      let steps = arriving[Int(node)]
      let step =
        here.isSettled
        ? steps.first { $0.link == here.entry }
        : steps.filter { isBest($0, into: node) }.min { $0.link < $1.link }
      guard let step else { return nil }
      links.append(LinkID(index: Int(step.link)))
      node = step.target
    }
  }

  /// Whether a best route enters a node, which the search from the source has not settled, by a link.
  private func isBest(_ step: OutgoingLinks.Step, into node: Int32) -> Bool {
    let rest = known[place(of: node, on: Self.back)].label.extended(by: step)
    let from = place(of: step.target, on: Self.ahead)
    if known[from].isSettled { return Cost(known[from].label, rest) == best }
    return known[from ^ 1].isOnBest && known[from ^ 1].label == rest
  }

  /// Marks what the search from the target alone has settled of the best routes.
  private mutating func markBest() {
    var marked: [Int32] = []
    for node in settled {
      for step in leaving[Int(node)] where isBest(step, from: node) { mark(step, &marked) }
    }
    while let node = marked.popLast() {
      for step in leaving[Int(node)] where isBest(step, behind: node) { mark(step, &marked) }
    }
  }

  private mutating func mark(_ step: OutgoingLinks.Step, _ marked: inout [Int32]) {
    known[place(of: step.target, on: Self.back)].isOnBest = true
    marked.append(step.target)
  }

  /// Whether a best route leaves what the search from the source has settled by a link.
  private func isBest(_ step: OutgoingLinks.Step, from node: Int32) -> Bool {
    guard isNew(step.target) else { return false }
    let rest = known[place(of: step.target, on: Self.back)].label.extended(by: step.from(node))
    return Cost(known[place(of: node, on: Self.ahead)].label, rest) == best
  }

  /// Whether one that goes through a node behind that goes on by a link.
  private func isBest(_ step: OutgoingLinks.Step, behind node: Int32) -> Bool {
    guard isNew(step.target) else { return false }
    let rest = known[place(of: step.target, on: Self.back)].label.extended(by: step.from(node))
    return rest == known[place(of: node, on: Self.back)].label
  }

  /// Whether the search from the target alone has settled a node, and it is not marked.
  private func isNew(_ node: Int32) -> Bool {
    let place = place(of: node, on: Self.back)
    return known[place].isSettled && !known[place].isOnBest && !known[place ^ 1].isSettled
  }
}
