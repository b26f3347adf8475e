// SPDX-License-Identifier: GPL-3.0-or-later

/// The next finish of every class, and which of them comes first.
///
/// A tournament over rows of sixteen: each entry of a row above is the least of sixteen below. An
/// update costs one row a level and stops where the least stays what it was; when most entries
/// move, all rows are made anew in one sweep, which costs less than a heap's sifting.
struct FinishTree: ~Copyable {
  private static let fan = 16
  typealias Row = SIMD16<Double>

  private var leaves = AlignedColumn<Double>()
  /// The rows above the leaves, each level behind the one below it.
  private var upper = AlignedColumn<Double>()
  /// Where each level starts in `upper`; the last has a single entry.
  private var levelStart: [Int] = []
  private var used = 0

  init() {
    makeRoom(for: FinishTree.fan)
  }

  /// Adds an entry that never finishes.
  mutating func addClass() {
    if used == leaves.count { makeRoom(for: leaves.count * 4) }
    used += 1
  }

  var first: Double { upper[upper.count - 1] }

  subscript(index: Int32) -> Double { leaves[index] }

  /// The entry that comes first; of equal ones the lowest.
  func firstIndex() -> Int32 {
    let wanted = first
    var index = 0
    for level in levelStart.indices.dropLast().reversed() {
      index = find(wanted, in: upper.base + levelStart[level], row: index)
    }
    return Int32(find(wanted, in: leaves.base, row: index))
  }

  mutating func set(_ index: Int32, to finish: Double) {
    guard leaves[index] != finish else { return }
    leaves[index] = finish
    var row = Int(index) / FinishTree.fan
    var least = FinishTree.least(leaves.base, row)
    for level in levelStart.indices {
      let place = levelStart[level] + row
      guard upper[place] != least else { return }
      upper[place] = least
      row /= FinishTree.fan
      if level + 1 < levelStart.count {
        least = FinishTree.least(upper.base + levelStart[level], row)
      }
    }
  }

  /// Sets an entry without repairing the rows above; `rebuild` must follow.
  mutating func setLeaf(_ index: Int32, to finish: Double) {
    leaves[index] = finish
  }

  mutating func rebuild() {
    var below = UnsafePointer(leaves.base)
    var entries = leaves.count
    for level in levelStart.indices {
      for row in 0..<entries / FinishTree.fan {
        upper[levelStart[level] + row] = FinishTree.least(below, row)
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
    levelStart = []
    var rows = count / FinishTree.fan
    var total = 0
    while true {
      levelStart.append(total)
      // Whole rows, so that the level above can read them in lanes; only the top has one entry.
      let padded = rows == 1 ? 1 : (rows + FinishTree.fan - 1) / FinishTree.fan * FinishTree.fan
      total += padded
      if rows == 1 { break }
      rows = padded / FinishTree.fan
    }
    upper = AlignedColumn(repeating: .infinity, count: total)
    rebuild()
  }

  private static func least(_ row: UnsafePointer<Double>, _ index: Int) -> Double {
    UnsafeRawPointer(row).assumingMemoryBound(to: Row.self)[index].min()
  }

  private func find(_ value: Double, in rows: UnsafePointer<Double>, row: Int) -> Int {
    let start = row * FinishTree.fan
    for index in start..<start + FinishTree.fan where rows[index] == value { return index }
    preconditionFailure("a row holds the least of its entries")
  }
}
