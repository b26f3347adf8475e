// SPDX-License-Identifier: GPL-3.0-or-later

/// Wilcoxon's signed-rank test: whether paired differences are symmetric around 0.
///
/// Differences are ranked by size, equal ones sharing the mean of their ranks, and W+ is the sum of
/// the ranks of those above 0. F. Wilcoxon, "Individual comparisons by ranking methods", Biometrics
/// Bull. 1 (1945). A few wild values move it little, which is what it has over the t test.
public struct SignedRankTest: Equatable, Sendable {
  /// What becomes of differences of 0.
  public enum Zeros: Equatable, Sendable {
    /// They are left out before ranking, as Wilcoxon did.
    case dropped
    /// They take the lowest ranks, which are then left out: J. W. Pratt, J. Am. Stat. Assoc. 54
    /// (1959).
    case ranked
  }

  /// Up to so many differences p is exact; beyond, normal with a correction for continuity.
  public static let exactLimit = 300

  /// How many differences are not 0.
  public let used: Int
  /// W+, the sum of the ranks of differences above 0.
  public let positiveRanks: Double
  /// W-, the sum of the ranks of differences below 0.
  public let negativeRanks: Double
  public let p: TailProbabilities
  public var isExact: Bool { used <= Self.exactLimit }

  /// The matched-pairs rank-biserial correlation, (W+ - W-) / (W+ + W-); 0 where all are 0.
  ///
  /// D. S. Kerby, "The simple difference formula", Compr. Psychol. 3 (2014): 1 where all are above
  /// 0, -1 where all are below.
  public var rankBiserial: Double {
    let total = positiveRanks + negativeRanks
    return total > 0 ? (positiveRanks - negativeRanks) / total : 0
  }

  /// - Precondition: No difference is not a number.
  public init(differences: [Double], zeros: Zeros = .dropped) {
    precondition(differences.allSatisfy { !$0.isNaN }, "a difference is not a number")
    let kept = zeros == .dropped ? differences.filter { $0 != 0 } : differences
    let ranked = zip(kept, Self.doubledRanks(kept)).filter { $0.0 != 0 }
    let ranks = ranked.map(\.1)
    let positive = ranked.reduce(0) { $0 + ($1.0 > 0 ? $1.1 : 0) }
    used = ranks.count
    positiveRanks = Double(positive) / 2
    negativeRanks = Double(ranks.reduce(0, +) - positive) / 2
    let distribution = SignedRankDistribution(doubledRanks: ranks)
    p =
      used <= Self.exactLimit
      ? distribution.exact(positive) : distribution.approximate(positive)
  }

  /// Twice each rank by size, a whole number even where ranks are shared.
  static func doubledRanks(_ values: [Double]) -> [Int] {
    let order = values.indices.sorted { (abs(values[$0]), $0) < (abs(values[$1]), $1) }
    var ranks = Array(repeating: 0, count: values.count)
    var first = 0
    while first < order.count {
      var end = first
      while end < order.count, abs(values[order[end]]) == abs(values[order[first]]) { end += 1 }
      for index in order[first..<end] { ranks[index] = first + 1 + end }
      first = end
    }
    return ranks
  }
}
