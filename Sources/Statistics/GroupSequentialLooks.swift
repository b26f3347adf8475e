// SPDX-License-Identifier: GPL-3.0-or-later

/// How far out a statistic must be at each of several looks, so that all together raise few alarms.
///
/// The critical values make the chance that the statistic is beyond one of them, were there no
/// difference, equal to what a spending function allows by then. They are exact for normal data of
/// known variance. For a t statistic compare its p with `nominalLevel`, as S. J. Pocock did,
/// Biometrika 64 (1977): looks at 8, 16, 32 and 64 normal values then raised 0.0500 alarms near
/// O'Brien and Fleming and 0.0515 near Pocock where 0.05 were allowed, two-sided, in 400,000 studies
/// each.
public struct GroupSequentialLooks: Equatable, Sendable {
  /// One look.
  public struct Look: Equatable, Sendable {
    /// The share of all data that is in.
    public let share: Double
    /// The chance of a false alarm by then, over all sides.
    public let spent: Double
    /// How far above 0, and with two sides how far below, the statistic must be; infinite where
    /// nothing may be spent yet.
    public let criticalValue: Double
    /// The p, over all sides, that is as far out as the critical value.
    public let nominalLevel: Double
  }

  public let looks: [Look]
  public let sides: TestSides

  /// - Precondition: Counts are above 0 and rise, and the level lies between 0 and a half.
  public init(
    counts: [Int], level: Double, sides: TestSides = .two, spending: AlphaSpending = .obrienFleming
  ) {
    precondition(Self.rise(counts) && 0 < level && level < 0.5, "looks must rise")
    self.sides = sides
    let most = Double(counts.last ?? 1)
    let times = counts.map { Double($0) / most }
    var walk = SurvivingWalk(times: times, sides: sides)
    var before = 0.0
    looks = times.map { time in
      let spent = sides.rawValue * spending.spent(level: level / sides.rawValue, at: time)
      let critical = walk.look(at: time, spending: spent - before)
      before = spent
      return Look(
        share: time, spent: spent, criticalValue: critical,
        nominalLevel: sides.rawValue * StandardNormal.upperTail(critical))
    }
  }

  private static func rise(_ counts: [Int]) -> Bool {
    zip([0] + counts, counts).allSatisfy { $0 < $1 }
  }
}
