// SPDX-License-Identifier: GPL-3.0-or-later

/// What a search knows of a node: the least delay and the fewest hops that reach it.
struct Label: Comparable {
  var delay: Int64
  var hops: Int32
  var node: Int32

  static let unreached = Label(delay: .max, hops: .max, node: .max)

  func extended(by step: OutgoingLinks.Step) -> Label {
    let (sum, overflow) = delay.addingReportingOverflow(step.delay)
    return Label(delay: overflow ? .max : sum, hops: hops + 1, node: step.target)
  }

  static func < (left: Label, right: Label) -> Bool {
    if left.delay != right.delay { return left.delay < right.delay }
    return (left.hops, left.node) < (right.hops, right.node)
  }
}

/// A heap that gives the least label first.
struct LabelHeap {
  private var labels: [Label] = []

  var count: Int { labels.count }
  var first: Label? { labels.first }

  mutating func removeAll() { labels.removeAll(keepingCapacity: true) }

  mutating func push(_ label: Label) {
    var place = labels.count
    labels.append(label)
    while place > 0 {
      let parent = (place - 1) / 2
      guard label < labels[parent] else { break }
      labels[place] = labels[parent]
      place = parent
    }
    labels[place] = label
  }

  mutating func pop() -> Label? {
    guard let least = labels.first, let last = labels.popLast() else { return nil }
    let count = labels.count
    guard count > 0 else { return least }
    labels.withUnsafeMutableBufferPointer { labels in
      var hole = 0
      while true {
        var child = 2 * hole + 1
        guard child < count else { break }
        if child + 1 < count, labels[child + 1] < labels[child] { child += 1 }
        guard labels[child] < last else { break }
        labels[hole] = labels[child]
        hole = child
      }
      labels[hole] = last
    }
    return least
  }
}
