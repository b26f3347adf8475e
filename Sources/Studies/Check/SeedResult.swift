// SPDX-License-Identifier: GPL-3.0-or-later

/// What came of one run of a case: its digest, and the metrics that are looked at.
public struct SeedResult: Equatable, Sendable {
  public var seed: Int
  public var digest: UInt64
  /// Not a number where there was nothing to measure.
  public var values: [Double]

  public static func == (first: SeedResult, second: SeedResult) -> Bool {
    first.seed == second.seed && first.digest == second.digest
      && first.values.map(\.bitPattern) == second.values.map(\.bitPattern)
  }
}
