// SPDX-License-Identifier: GPL-3.0-or-later

/// When the next flow of each holder's classes will be done, and which of them is the first.
struct GroupFinishes: ~Copyable {
  /// The classes of each holder and ratio of floor and weight: by what the clock of the group will show
  /// when the next flow of each is done, at their own ceilings by the instant itself.
  var heaps = KeyedHeaps()
  private var tree = LeastTree()
  private var holders = 0
  private var ratios: Int32 = 1

  /// Makes room for so many holders, ratios and classes.
  mutating func makeRoom(holders wanted: Int, ratios: Int32, classes: Int) {
    self.ratios = ratios
    heaps.makeRoom(lists: wanted * Int(ratios), members: classes)
    while holders < wanted {
      tree.addEntry()
      holders += 1
    }
  }

  /// The list of the classes of a holder with a ratio.
  @inline(__always)
  func list(_ holder: Int32, _ ratio: Int32) -> Int32 {
    holder == Groups.ceilings ? 0 : holder * ratios + ratio
  }

  var least: Double { tree.least }

  /// The holder a flow of which is the first of all.
  var first: Int32 { tree.leastIndex() }

  mutating func set(_ holder: Int32, to instant: Double) {
    tree.set(holder, to: instant)
  }

  /// Sets one of `updates` instants; `repair` must follow when all are set.
  mutating func set(_ holder: Int32, to instant: Double, amongUpdates updates: Int) {
    if tree.prefersRebuild(for: updates) {
      tree.setLeaf(holder, to: instant)
    } else {
      tree.set(holder, to: instant)
    }
  }

  mutating func repair(afterUpdates updates: Int) {
    if tree.prefersRebuild(for: updates) { tree.rebuild() }
  }
}
