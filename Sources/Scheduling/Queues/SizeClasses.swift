// SPDX-License-Identifier: GPL-3.0-or-later
internal import EventKernel

/// Waiting jobs by how many accelerators they take, to find the next that may start early.
///
/// A job may if it is small enough, and either short enough or smaller still. One tree over all
/// that knows the least size and the least time below each node would not do: where small jobs are
/// long and short jobs are large, all nodes promise what none holds. So the jobs of one size have a
/// tree of their own, in order of their requests, in which each node knows the least order below.
///
/// - Complexity: a search looks at each size that is small enough, and takes O(log n) at each that
///   has a candidate.
struct SizeClasses: Sendable {
  /// The job of the least order among those below a node.
  private struct Least: ForestValue {
    var place: JobPlace
    var order = Int64.max
    var leastPlace = JobPlace.none

    static var empty: Least { Least(place: .none) }

    mutating func gather(_ key: ForestKey, before: Least, behind: Least) {
      (order, leastPlace) = (key.minor, place)
      if before.order < order { (order, leastPlace) = (before.order, before.leastPlace) }
      if behind.order < order { (order, leastPlace) = (behind.order, behind.leastPlace) }
    }
  }

  /// The jobs of one size.
  private struct SizeClass: BitwiseCopyable {
    let size: Int32
    var root = OrderedForest<Least>.Root()
    /// The shortest.
    var first = ForestKey(major: 0, minor: 0)
    var firstPlace = JobPlace.none
    /// The one that came first.
    var order = Int64.max
    var orderPlace = JobPlace.none
  }

  /// What a job must be like that may start before the first of the line.
  struct Gap {
    /// Accelerators that are free now.
    var free: Int
    /// A job that asks for no longer than this ends before the first of the line is to start.
    var time: Int64
    /// What the first of the line will leave free when it starts.
    var extra: Int
  }

  private var forest = OrderedForest<Least>()
  /// In order of size, and none empty.
  private var classes: [SizeClass] = []

  /// The least size of all.
  var leastSize: Int { classes.first.map { Int($0.size) } ?? .max }

  mutating func add(_ place: JobPlace, _ job: QueuedJob) {
    let index = index(of: job.accelerators)
    if index == classes.count || classes[index].size != job.accelerators {
      classes.insert(SizeClass(size: job.accelerators), at: index)
    }
    let key = QueueRule.sjf.key(of: job)
    forest.insert(key, Least(place: place), into: &classes[index].root)
    refresh(index)
  }

  mutating func remove(_ job: QueuedJob) {
    let index = index(of: job.accelerators)
    forest.remove(QueueRule.sjf.key(of: job), from: &classes[index].root)
    if classes[index].root.isEmpty {
      classes.remove(at: index)
    } else {
      refresh(index)
    }
  }

  /// The job that came first of those that fit a gap.
  func firstInOrder(in gap: Gap) -> JobPlace? {
    var best = (order: Int64.max, place: JobPlace.none)
    for level in classes {
      guard level.size <= gap.free else { break }
      guard level.order < best.order else { continue }
      if level.size <= gap.extra {
        best = (level.order, level.orderPlace)
      } else if level.first.major <= gap.time {
        let found = leastOrder(of: level.root, upTo: gap.time)
        if found.order < best.order { best = found }
      }
    }
    return best.place.isNone ? nil : best.place
  }

  /// The shortest job of those that fit a gap.
  func shortest(in gap: Gap) -> JobPlace? {
    var best = (key: ForestKey(major: .max, minor: .max), place: JobPlace.none)
    for level in classes {
      guard level.size <= gap.free else { break }
      guard level.first < best.key, level.size <= gap.extra || level.first.major <= gap.time
      else { continue }
      best = (level.first, level.firstPlace)
    }
    return best.place.isNone ? nil : best.place
  }

  /// The least order of the jobs that ask for no longer than a time.
  private func leastOrder(
    of root: OrderedForest<Least>.Root, upTo time: Int64
  ) -> (order: Int64, place: JobPlace) {
    forest.search(root) { nodes, top in
      var (best, node) = ((order: Int64.max, place: JobPlace.none), top)
      while node != 0 {
        let here = nodes + Int(node)
        guard here.pointee.key.major <= time else {
          node = here.pointee.before
          continue
        }
        let before = nodes[Int(here.pointee.before)].value
        if before.order < best.order { best = (before.order, before.leastPlace) }
        if here.pointee.key.minor < best.order {
          best = (here.pointee.key.minor, here.pointee.value.place)
        }
        node = here.pointee.behind
      }
      return best
    }
  }

  /// Where a size stands, or would.
  private func index(of size: Int32) -> Int {
    var (low, high) = (0, classes.count)
    while low < high {
      let middle = (low + high) / 2
      if classes[middle].size < size { low = middle + 1 } else { high = middle }
    }
    return low
  }

  private mutating func refresh(_ index: Int) {
    let root = classes[index].root
    let total = forest.total(of: root)
    (classes[index].order, classes[index].orderPlace) = (total.order, total.leastPlace)
    if let first = forest.first(of: root) {
      (classes[index].first, classes[index].firstPlace) = (first.key, first.value.place)
    }
  }
}
