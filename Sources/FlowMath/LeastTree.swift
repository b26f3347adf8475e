// SPDX-License-Identifier: GPL-3.0-or-later

/// A number for each of many, and which of them is the least.
///
/// A tournament over rows of sixteen: each entry of a row above is the least of sixteen below. An
/// update compares itself with the least of its row, looks at the rest only where it was that
/// least, and stops where the least stays what it was; when most entries move, all rows are made
/// anew in one sweep, which costs less than a heap's sifting.
struct LeastTree: ~Copyable {
  private static let fan = 16

  private var leaves = AlignedColumn<Double>()
  /// The rows above the leaves, each level behind the one below it.
  private var upper = AlignedColumn<Double>()
  /// Where each level starts in `upper`; the last has a single entry.
  private var levelStart = AlignedColumn<Int>()
  private var used = 0

  init() {
    makeRoom(for: LeastTree.fan)
  }

  /// Adds an entry, which stands at infinity.
  mutating func addEntry() {
    if used == leaves.count { makeRoom(for: leaves.count * 4) }
    used += 1
  }

  var least: Double { upper[upper.count - 1] }

  subscript(index: Int32) -> Double { leaves[index] }

  /// The index of the least entry; of equal ones the lowest.
  func leastIndex() -> Int32 {
    let wanted = least
    var index = 0
    for level in (0..<levelStart.count - 1).reversed() {
      index = find(wanted, in: upper.base + levelStart[level], row: index)
    }
    return Int32(find(wanted, in: leaves.base, row: index))
  }

  mutating func set(_ index: Int32, to value: Double) {
    var place = leaves.base + Int(index)
    var row = Int(index) / LeastTree.fan
    var entries = leaves.base
    var new = value
    for level in 0..<levelStart.count {
      let start = levelStart[level]
      let old = place.pointee
      place.pointee = new
      let above = upper.base + start + row
      // Only the entry that was the least of its row can make that rise.
      if new > above.pointee {
        guard old == above.pointee else { return }
        new = LeastTree.least(entries + row * LeastTree.fan)
      }
      guard above.pointee != new else { return }
      place = above
      entries = upper.base + start
      row /= LeastTree.fan
    }
    place.pointee = new
  }

  /// Sets the least entry to infinity.
  ///
  /// The rows on its way up are looked at without waiting for each other.
  mutating func remove(least index: Int32) {
    assert(leaves[index] == least)
    leaves[index] = .infinity
    var new = LeastTree.least(leaves.base + Int(index) & ~(LeastTree.fan - 1))
    var place = Int(index)
    for level in 0..<levelStart.count - 1 {
      place /= LeastTree.fan
      let entries = upper.base + levelStart[level]
      entries[place] = .infinity
      let others = LeastTree.least(entries + place & ~(LeastTree.fan - 1))
      entries[place] = new
      new = others < new ? others : new
    }
    upper[upper.count - 1] = new
  }

  /// Sets an entry without repairing the rows above; `rebuild` must follow.
  mutating func setLeaf(_ index: Int32, to value: Double) {
    leaves[index] = value
  }

  mutating func rebuild() {
    var below = UnsafePointer(leaves.base)
    var entries = leaves.count
    for level in 0..<levelStart.count {
      for row in 0..<entries / LeastTree.fan {
        upper.base[levelStart[level] + row] = LeastTree.least(below + row * LeastTree.fan)
      }
      below = UnsafePointer(upper.base + levelStart[level])
      let end = level + 1 < levelStart.count ? levelStart[level + 1] : upper.count
      entries = end - levelStart[level]
    }
  }

  /// Whether making all rows anew costs less than this many single updates.
  func prefersRebuild(for updates: Int) -> Bool { updates * 8 > used }

  private mutating func makeRoom(for count: Int) {
    leaves.resize(to: count, filling: .infinity)
    levelStart.removeAll()
    var rows = count / LeastTree.fan
    var total = 0
    while true {
      levelStart.append(total)
      // Whole rows, so that the level above can read them in lanes; only the top has one entry.
      let padded = rows == 1 ? 1 : (rows + LeastTree.fan - 1) / LeastTree.fan * LeastTree.fan
      total += padded
      if rows == 1 { break }
      rows = padded / LeastTree.fan
    }
    upper = AlignedColumn(repeating: .infinity, count: total)
    rebuild()
  }

  /// The least of a row, in four strands that do not wait for each other.
  @inline(__always)
  private static func least(_ row: UnsafePointer<Double>) -> Double {
    var (a, b, c, d) = (row[0], row[1], row[2], row[3])
    for index in stride(from: 4, to: fan, by: 4) {
      a = row[index] < a ? row[index] : a
      b = row[index + 1] < b ? row[index + 1] : b
      c = row[index + 2] < c ? row[index + 2] : c
      d = row[index + 3] < d ? row[index + 3] : d
    }
    a = c < a ? c : a
    b = d < b ? d : b
    return b < a ? b : a
  }

  /// Without a branch for each entry: where the least stands cannot be predicted.
  @inline(__always)
  private func find(_ value: Double, in rows: UnsafePointer<Double>, row: Int) -> Int {
    let start = row * LeastTree.fan
    var places: UInt32 = 0
    for index in 0..<LeastTree.fan where rows[start + index] == value { places |= 1 << index }
    assert(places != 0, "a row holds the least of its entries")
    return start + places.trailingZeroBitCount
  }
}
