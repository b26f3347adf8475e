// SPDX-License-Identifier: GPL-3.0-or-later

/// When the next flow of each active class will be done, and which of them is the first.
///
/// A few dozen times are looked through after each change, which no tree can beat. Each class then
/// has the seat here that it has among the active ones. More of them stand in a `LeastTree`, by class.
struct FinishTimes: ~Copyable {
  /// The number of active classes from which on they stand in the tree, and below which they do not.
  private static let many = 40
  private static let few = 20

  private var times = AlignedColumn<Double>()
  private var classes = AlignedColumn<Int32>()
  private var tree = LeastTree()
  private var isTree = false
  /// The first of all; infinity where there is none.
  private(set) var least = Double.infinity

  /// Makes room for one more class.
  mutating func addClass() {
    tree.addEntry()
  }

  /// Takes out all classes.
  mutating func removeAll() {
    if isTree { for seat in 0..<classes.count { tree.set(classes[seat], to: .infinity) } }
    isTree = false
    times.removeAll()
    classes.removeAll()
    least = .infinity
  }

  /// Takes in a class that has become active, at infinity.
  mutating func append(_ flowClass: Int32) {
    if !isTree, classes.count == FinishTimes.many { plant() }
    classes.append(flowClass)
    if !isTree { times.append(.infinity) }
  }

  /// Takes out the class in a seat, and gives that to the last one.
  mutating func remove(_ seat: Int) {
    let flowClass = classes[seat]
    classes[seat] = classes[classes.count - 1]
    _ = classes.removeLast()
    if isTree {
      tree.set(flowClass, to: .infinity)
      least = tree.least
      if classes.count < FinishTimes.few { fell() }
    } else {
      times[seat] = times[times.count - 1]
      _ = times.removeLast()
      sweep()
    }
  }

  mutating func set(_ seat: Int, to time: Double) {
    if isTree {
      tree.set(classes[seat], to: time)
      least = tree.least
    } else {
      times[seat] = time
      sweep()
    }
  }

  /// Sets one of `updates` times; `repair` must follow when all are set.
  @inline(__always)
  mutating func set(_ seat: Int, to time: Double, amongUpdates updates: Int) {
    if !isTree {
      times[seat] = time
    } else if tree.prefersRebuild(for: updates) {
      tree.setLeaf(classes[seat], to: time)
    } else {
      tree.set(classes[seat], to: time)
    }
  }

  @inline(__always)
  mutating func repair(afterUpdates updates: Int) {
    guard isTree else { return sweep() }
    if tree.prefersRebuild(for: updates) { tree.rebuild() }
    least = tree.least
  }

  /// The class with the first time; of equal ones the lowest.
  @inline(__always)
  var first: Int32 {
    if isTree { return tree.leastIndex() }
    var lowest = Int32.max
    for seat in 0..<times.count where times[seat] == least {
      lowest = min(lowest, classes[seat])
    }
    return lowest
  }

  /// Finds the least of a few, in four strands that do not wait for each other.
  @inline(__always)
  private mutating func sweep() {
    let (times, count) = (times.base, times.count)
    var (a, b) = (Double.infinity, Double.infinity)
    var (c, d) = (a, b)
    var seat = 0
    while seat &+ 4 <= count {
      a = times[seat] < a ? times[seat] : a
      b = times[seat &+ 1] < b ? times[seat &+ 1] : b
      c = times[seat &+ 2] < c ? times[seat &+ 2] : c
      d = times[seat &+ 3] < d ? times[seat &+ 3] : d
      seat = seat &+ 4
    }
    while seat < count {
      a = times[seat] < a ? times[seat] : a
      seat = seat &+ 1
    }
    a = b < a ? b : a
    c = d < c ? d : c
    least = c < a ? c : a
  }

  @inline(never)
  private mutating func plant() {
    for seat in 0..<times.count { tree.set(classes[seat], to: times[seat]) }
    times.removeAll()
    isTree = true
  }

  /// Takes the times back out of the tree.
  @inline(never)
  private mutating func fell() {
    for seat in 0..<classes.count {
      times.append(tree[classes[seat]])
      tree.set(classes[seat], to: .infinity)
    }
    isTree = false
  }
}
