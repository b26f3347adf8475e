// SPDX-License-Identifier: GPL-3.0-or-later
public import EventKernel

/// A random choice among positions, each with its weight, in constant time.
///
/// This is the alias method: every column of a table holds at most two outcomes, so one draw
/// picks a column and decides between the two. Vose, "A linear algorithm for generating random
/// numbers with a given distribution", IEEE Trans. Software Eng. 17 (1991).
public struct WeightedChoice: Sendable {
  private struct Column {
    /// The share of the column that is its own, as a fraction of 2^64.
    var own: UInt64
    /// Who has the rest.
    var alias: Int
  }

  private let columns: [Column]

  /// Prepares a choice.
  ///
  /// - Precondition: `problem(weights:)` is nil.
  public init(weights: [Double]) {
    if let problem = Self.problem(weights: weights) { preconditionFailure(problem) }
    columns = Self.columns(weights)
  }

  /// What is wrong with the weights, as the end of a sentence; nil where nothing is.
  public static func problem(weights: [Double]) -> String? {
    if weights.isEmpty { return "there must be at least one weight" }
    for (index, weight) in weights.enumerated() where !(weight >= 0 && weight.isFinite) {
      return "weight \(index + 1) must be finite and not negative, found \(weight)"
    }
    if weights.allSatisfy({ $0 == 0 }) { return "one weight must be greater than 0" }
    return nil
  }

  /// Draws a position; each draw takes one number from the stream.
  public func next(using stream: inout RandomStream) -> Int {
    // The product's high word is a fair column, and its low word how far into it the draw fell.
    let product = stream.next().multipliedFullWidth(by: UInt64(columns.count))
    let position = Int(product.high)
    let column = columns[position]
    return product.low < column.own ? position : column.alias
  }

  private static func columns(_ weights: [Double]) -> [Column] {
    // Scaled by the largest first, as the sum of large weights could overflow.
    let largest = weights.reduce(0, max)
    let total = weights.reduce(0) { $0 + $1 / largest }
    var shares = weights.map { $0 / largest / total * Double(weights.count) }
    var columns = shares.indices.map { Column(own: .max, alias: $0) }
    var small = shares.indices.filter { shares[$0] < 1 }
    var large = shares.indices.filter { shares[$0] >= 1 }
    while let poor = small.popLast() {
      // Rounding can use up the rich ones early; what is left is then within it of a full share.
      guard let rich = large.last else {
        if weights[poor] == 0 { columns[poor] = Column(own: 0, alias: richest(weights)) }
        continue
      }
      columns[poor] = Column(own: UInt64(shares[poor] * 0x1p64), alias: rich)
      shares[rich] -= 1 - shares[poor]
      if shares[rich] < 1 {
        large.removeLast()
        small.append(rich)
      }
    }
    return columns
  }

  private static func richest(_ weights: [Double]) -> Int {
    weights.indices.max { weights[$0] < weights[$1] } ?? 0
  }
}
