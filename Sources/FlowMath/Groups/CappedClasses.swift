// SPDX-License-Identifier: GPL-3.0-or-later

/// What classes send over a link together, as a running sum.
struct CappedSum: BitwiseCopyable {
  var load = 0.0
  /// The greatest load, and the number of changes, since all were last summed.
  var greatest = 0.0
  var changes: Int32 = 0
}

/// The classes that stand at their own ceilings, on each link that they cross.
///
/// What they send changes with no level. So a link needs to know of them only what they send together,
/// and which one has the highest limit: the first that it holds when it has less for all.
struct CappedClasses: ~Copyable {
  private var sums = AlignedColumn<CappedSum>()
  /// The places in the path columns at which they cross each link, the highest limit first: keys are
  /// limits with a minus.
  private var heaps = KeyedHeaps()
  /// What was last collected.
  private(set) var found = AlignedColumn<Int32>()

  /// Makes room for so many links, and paths of so many places in all.
  mutating func makeRoom(links: Int, places: Int) {
    if sums.count < links { sums.resize(to: links, filling: CappedSum()) }
    heaps.makeRoom(lists: links, members: places)
  }

  /// What they send over a link.
  @inline(__always)
  func load(on link: Int32) -> Double { sums[link].load }

  /// The highest limit of them, minus infinity where there are none.
  @inline(__always)
  func highestLimit(on link: Int32) -> Double {
    heaps.isEmpty(link) ? -.infinity : -heaps.first(of: link).key
  }

  /// The place at which the one with the highest limit crosses a link.
  func highest(on link: Int32) -> Int32 { heaps.first(of: link).member }

  /// Collects the places of those that stand above a level.
  mutating func collect(above level: Double, on link: Int32) {
    found.removeAll()
    heaps.collect(below: -level, of: link, into: &found)
  }

  mutating func enter(_ place: Int32, limit: Double, load: Double, on link: Int32) {
    heaps.insert(place, key: -limit, into: link)
    change(by: load, on: link)
  }

  mutating func leave(_ place: Int32, load: Double, on link: Int32) {
    heaps.remove(place, from: link)
    change(by: -load, on: link)
    if heaps.isEmpty(link) { sums[link] = CappedSum() }
  }

  mutating func change(by load: Double, on link: Int32) {
    let sum = sums.base + Int(link)
    sum.pointee.load += load
    sum.pointee.changes += 1
    sum.pointee.greatest = max(sum.pointee.greatest, sum.pointee.load)
  }

  /// Whether a running sum is to be made anew, before rounding adds up to anything.
  @inline(__always)
  func isWorn(_ link: Int32) -> Bool {
    let sum = sums[link]
    return sum.load < sum.greatest / 8 || Int(sum.changes) > 1024 + heaps.count(of: link)
  }

  /// The places of all of them on a link, in no particular order.
  func place(_ number: Int, on link: Int32) -> Int32 { heaps.entry(at: number, of: link).member }

  func count(on link: Int32) -> Int { heaps.count(of: link) }

  /// Takes down what they send as it was just summed.
  mutating func renew(_ link: Int32, to load: Double) {
    sums[link] = CappedSum(load: load, greatest: load)
  }
}
