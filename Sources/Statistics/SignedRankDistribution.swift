// SPDX-License-Identifier: GPL-3.0-or-later

/// How the sum of ranks is distributed where each has either sign with probability 1/2.
///
/// Ranks are doubled, so that shared ones are whole.
struct SignedRankDistribution {
  let doubledRanks: [Int]

  /// The tails at a sum, by the distribution of the sum: one rank after the other is let in or
  /// left out, in n^3 steps instead of 2^n.
  func exact(_ sum: Int) -> TailProbabilities {
    let shares = shares
    return TailProbabilities(
      greater: shares[sum...].reversed().reduce(0, +), less: shares[...sum].reduce(0, +))
  }

  /// The probability of each sum.
  private var shares: [Double] {
    let total = doubledRanks.reduce(0, +)
    var shares = Array(repeating: 0.0, count: total + 1)
    shares[0] = 1
    var reach = 0
    for rank in doubledRanks {
      reach += rank
      for sum in stride(from: reach, through: rank, by: -1) {
        shares[sum] = (shares[sum] + shares[sum - rank]) / 2
      }
      for sum in 0..<min(rank, reach + 1) { shares[sum] /= 2 }
    }
    return shares
  }

  /// The tails of the normal distribution of the same mean and variance, half a rank nearer.
  ///
  /// The variance, a quarter of the sum of squares, has shared ranks in it. At 300 differences it
  /// is within 3e-4 of the exact tails, wherever they are.
  func approximate(_ sum: Int) -> TailProbabilities {
    let mean = Double(doubledRanks.reduce(0, +)) / 2
    let deviation = doubledRanks.reduce(0.0) { $0 + Double($1 * $1) / 4 }.squareRoot()
    guard deviation > 0 else { return TailProbabilities(greater: 1, less: 1) }
    let distance = Double(sum) - mean
    return TailProbabilities(
      greater: StandardNormal.upperTail((distance - 1) / deviation),
      less: StandardNormal.upperTail((-distance - 1) / deviation))
  }
}
