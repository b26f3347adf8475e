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
    (left.delay, left.hops, left.node) < (right.delay, right.hops, right.node)
  }
}

/// A binary heap that gives the least label first.
struct LabelHeap {
  private var labels: [Label] = []

  mutating func push(_ label: Label) {
    labels.append(label)
    var child = labels.count - 1
    while child > 0 {
      let parent = (child - 1) / 2
      guard labels[child] < labels[parent] else { return }
      labels.swapAt(child, parent)
      child = parent
    }
  }

  mutating func pop() -> Label? {
    guard let least = labels.first else { return nil }
    let last = labels.removeLast()
    guard !labels.isEmpty else { return least }
    labels[0] = last
    var parent = 0
    while true {
      var smallest = parent
      let left = 2 * parent + 1
      let right = left + 1
      if left < labels.count, labels[left] < labels[smallest] { smallest = left }
      if right < labels.count, labels[right] < labels[smallest] { smallest = right }
      guard smallest != parent else { return least }
      labels.swapAt(smallest, parent)
      parent = smallest
    }
  }
}
