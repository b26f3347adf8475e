// SPDX-License-Identifier: GPL-3.0-or-later

/// How often chance alone gives a statistic at least as far out as the one that was seen.
public struct TailProbabilities: Equatable, Sendable {
  /// Of one as great or greater; small where the truth is likely above 0.
  public let greater: Double
  /// Of one as small or smaller; small where the truth is likely below 0.
  public let less: Double

  /// Of one as far out on either side: twice the smaller tail, and at most 1.
  public var twoSided: Double { min(1, 2 * min(greater, less)) }
}

/// The sides on which a test looks for a difference.
public enum TestSides: Double, Equatable, Sendable {
  /// Only above 0.
  case one = 1
  /// Above and below 0, each with half of the level.
  case two = 2
}
