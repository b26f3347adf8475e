// SPDX-License-Identifier: GPL-3.0-or-later

/// Takers with a part each of some whole, of whom the one farthest below its part is next.
struct Quotas {
  /// What each has still to get; below zero where it has more than its part.
  private(set) var left: [Double]

  init(_ shares: [Double], of total: Double) {
    left = shares.map { $0 * total }
  }

  /// Gives an amount to the taker who lacks most, and of several to the first.
  mutating func take(_ amount: Double) -> Int {
    var best = 0
    for index in left.indices where left[index] > left[best] { best = index }
    left[best] -= amount
    return best
  }

  mutating func take(_ amount: Double, of taker: Int) { left[taker] -= amount }

  /// Whole numbers in proportion to shares of 1, with an exact sum, by the largest remainders.
  static func whole(_ total: Int, by shares: [Double]) -> [Int] {
    let exact = shares.map { $0 * Double(total) }
    var counts = exact.map { Int($0) }
    let order = exact.indices.sorted {
      (exact[$1] - Double(counts[$1]), $0) < (exact[$0] - Double(counts[$0]), $1)
    }
    for index in order.prefix(max(0, total - counts.reduce(0, +))) { counts[index] += 1 }
    return counts
  }
}
