// SPDX-License-Identifier: GPL-3.0-or-later

/// When the next flow of each group will be done, and which of them is the first.
struct GroupFinishes: ~Copyable {
  var heaps = ClassHeaps()
  private var tree = LeastTree()
  private var groups = 0

  /// Makes room for so many groups and classes.
  mutating func makeRoom(groups wanted: Int, classes: Int) {
    heaps.makeRoom(groups: wanted, classes: classes)
    while groups < wanted {
      tree.addEntry()
      groups += 1
    }
  }

  var least: Double { tree.least }

  /// The class whose flow is the first of all.
  var first: Int32 { heaps.first(of: tree.leastIndex()).flowClass }

  mutating func set(_ group: Int32, to instant: Double) {
    tree.set(group, to: instant)
  }

  /// Sets one of `updates` instants; `repair` must follow when all are set.
  mutating func set(_ group: Int32, to instant: Double, amongUpdates updates: Int) {
    if tree.prefersRebuild(for: updates) {
      tree.setLeaf(group, to: instant)
    } else {
      tree.set(group, to: instant)
    }
  }

  mutating func repair(afterUpdates updates: Int) {
    if tree.prefersRebuild(for: updates) { tree.rebuild() }
  }
}
