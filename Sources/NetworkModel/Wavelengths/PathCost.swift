// SPDX-License-Identifier: GPL-3.0-or-later

/// The measure of a path and what breaks ties, as whole numbers.
///
/// Sums of `Double` depend on their order, so that two paths of equal length could come out
/// unequal by a rounding error and a tie would be broken by chance. Costs are therefore rounded
/// once, for each fibre, to a decimal fraction fine enough to tell all others apart.
struct PathCost: Comparable {
  var first: Int64
  var second: Int64

  static let zero = PathCost(first: 0, second: 0)
  static let unreached = PathCost(first: .max, second: .max)

  static func < (left: PathCost, right: PathCost) -> Bool {
    left.first != right.first ? left.first < right.first : left.second < right.second
  }

  static func + (left: PathCost, right: PathCost) -> PathCost {
    PathCost(first: left.first + right.first, second: left.second + right.second)
  }

  static prefix func - (cost: PathCost) -> PathCost {
    PathCost(first: -cost.first, second: -cost.second)
  }

  /// The costs of all fibres by a measure.
  static func costs(of fibres: [Fibre], by measure: PathMeasure) -> [PathCost] {
    let first = wholeNumbers(fibres.map { measure.cost(of: $0) })
    let second = wholeNumbers(fibres.map { measure.secondCost(of: $0) })
    return zip(first, second).map { PathCost(first: $0, second: $1) }
  }

  /// The values times the power of ten, up to 10^9, at which their sum stays exact.
  private static func wholeNumbers(_ values: [Double]) -> [Int64] {
    let total = values.reduce(0, +)
    precondition(
      values.allSatisfy { $0 >= 0 } && total < 1e15, "a path's measure is negative or too large")
    var scale = 1.0
    while scale < 1e9, total * scale * 10 <= 1e15 { scale *= 10 }
    return values.map { Int64(($0 * scale).rounded()) }
  }
}
