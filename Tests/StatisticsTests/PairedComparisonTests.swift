// SPDX-License-Identifier: GPL-3.0-or-later
import Testing

@testable import Statistics

@Suite struct PairedComparisonTests {
  static let baseline = [10.1, 9.7, 10.4, 9.9, 10.2, 10.6, 9.5, 10.0]
  /// Differences of pairs of deviation 0.1 around 0.
  static let noise = [0.1, -0.1, 0.05, -0.15, 0.12, -0.02, 0.08, -0.08]

  private func comparison(
    shift: Double, goal: PairedComparison.Goal = .lower, tolerance: Double = 0
  ) throws -> PairedComparison {
    let candidate = zip(Self.baseline, Self.noise).map { $0 + $1 + shift }
    return try #require(
      PairedComparison(
        of: candidate, against: Self.baseline, goal: goal, tolerance: tolerance))
  }

  @Test(
    arguments: [
      (-1, .lower, .better), (1, .lower, .worse), (-1, .higher, .worse), (1, .higher, .better),
      (0, .lower, .undecided),
    ] as [(Double, PairedComparison.Goal, PairedComparison.Verdict)])
  func theSignAndTheGoalDecide(
    shift: Double, goal: PairedComparison.Goal, verdict: PairedComparison.Verdict
  ) throws {
    #expect(try comparison(shift: shift, goal: goal).verdict() == verdict)
  }

  @Test func aDifferenceWithinTheToleranceIsEqual() throws {
    let within = try comparison(shift: 0.2, tolerance: 0.5)
    #expect(within.p < 0.05 && within.equivalenceP < 0.05 && within.verdict() == .equal)
    let wide = try comparison(shift: 0, tolerance: 0.01)
    #expect(wide.verdict() == .undecided)
    // Across the tolerance: it is worse, and not shown to be so by more than the tolerance.
    let across = try comparison(shift: 0.5, tolerance: 0.5)
    #expect(across.verdict() == .worse && across.beyondP > 0.05)
    let beyond = try comparison(shift: 0.8, tolerance: 0.5)
    #expect(beyond.verdict() == .worse && beyond.beyondP < 0.001)
  }

  @Test func onlyWorseIsBeyondTheTolerance() throws {
    #expect(try comparison(shift: -0.8, tolerance: 0.5).beyondP > 0.999)
    #expect(try comparison(shift: -0.8, goal: .higher, tolerance: 0.5).beyondP < 0.001)
  }

  /// A metric worse by 2 % at a tolerance of 1 %, with a deviation of 0.6 %, at a level that 20
  /// metrics of a suite of 0.1 % false alarms have.
  @Test func powerIsWhatIsSaid() throws {
    let level = 0.001 / 20
    let power = PairedPower(pairs: 20, level: level, sides: .one).power(effect: 1 / 0.6)
    var normal = NormalDraws(seed: 8)
    var caught = 0
    for _ in 0..<1000 {
      let candidate = (0..<20).map { _ in 2 + 0.6 * normal.next() }
      let comparison = try #require(
        PairedComparison(
          of: candidate, against: Array(repeating: 0, count: 20), goal: .lower, tolerance: 1))
      if comparison.beyondP <= level { caught += 1 }
    }
    #expect(power > 0.95 && abs(Double(caught) / 1000 - power) < 0.015)
  }

  @Test func theNumbersAreThoseOfTheirTests() throws {
    let comparison = try comparison(shift: 0.1, tolerance: 0.3)
    let differences = zip(zip(Self.baseline, Self.noise).map { $0 + $1 + 0.1 }, Self.baseline).map(
      -)
    let test = try #require(PairedTTest(differences: differences))
    #expect(comparison.difference.method == .student)
    #expect(relativeDistance(comparison.p, test.p.twoSided) < 1e-12)
    #expect(relativeDistance(comparison.interval.upper, test.interval().upper) < 1e-12)
    let equivalence = EquivalenceTest(test, lower: -0.3, upper: 0.3)
    #expect(relativeDistance(comparison.equivalenceP, equivalence.p) < 1e-12)
    #expect(comparison.exactP == SignFlipTest(differences: differences).p.twoSided)
    #expect(comparison.effect == test.hedgesG)
  }

  @Test func morePairsThanFewAreRanked() throws {
    let candidate = (0..<21).map { Double($0 * 8 % 21) }
    let comparison = try #require(
      PairedComparison(of: candidate, against: (0..<21).map { Double($0) + 0.5 }, goal: .lower))
    let differences = zip(candidate, (0..<21).map { Double($0) + 0.5 }).map(-)
    #expect(comparison.exactP == SignedRankTest(differences: differences).p.twoSided)
  }

  /// Hedges' correction is 0 for two pairs: an effect of 0 would be none that was measured.
  @Test func twoPairsHaveNoEffect() throws {
    let two = try #require(PairedComparison(of: [2, 4], against: [1, 2], goal: .lower))
    #expect(two.effect == nil && two.test.cohensDz > 2)
    let three = try #require(PairedComparison(of: [2, 4, 5], against: [1, 2, 3], goal: .lower))
    #expect(try #require(three.effect) > 1)
  }

  @Test func anAdjustedPDecides() throws {
    let comparison = try comparison(shift: 0.12)
    #expect(comparison.p < 0.05 && comparison.verdict() == .worse)
    #expect(comparison.verdict(adjustedP: 0.06) == .undecided)
  }

  @Test func differencesWithoutSpreadAreNoneOrCertain() throws {
    let same = try #require(
      PairedComparison(of: Self.baseline, against: Self.baseline, goal: .lower))
    #expect(same.verdict() == .equal && same.p == 1 && same.exactP == 1 && same.effect == 0)
    let moved = try #require(PairedComparison(of: [2, 3], against: [1, 2], goal: .higher))
    #expect(moved.verdict() == .better && moved.p == 0 && moved.exactP == 0.5)
    #expect(moved.effect == nil && moved.interval.lower == 1 && moved.interval.upper == 1)
    #expect(PairedComparison(of: [1], against: [2], goal: .lower) == nil)
  }

  /// Sums in another order differ in their last digits, which is no spread and no difference.
  @Test func whatIsRoundedIsNoDifference() throws {
    let summed = Self.baseline.map { $0 * 3 / 7 }
    let otherwise = Self.baseline.map { $0 * 0.1 / 7 * 30 }
    #expect(summed != otherwise)
    let same = try #require(PairedComparison(of: otherwise, against: summed, goal: .lower))
    #expect(same.verdict() == .equal && same.effect == 0 && same.p == 1)
    let shifted = otherwise.map { $0 + 1e-3 }
    let moved = try #require(PairedComparison(of: shifted, against: summed, goal: .higher))
    #expect(moved.verdict() == .better && moved.effect == .infinity && moved.p == 0)
    // What is more than that is told.
    let little = try #require(
      PairedComparison(of: summed.map { $0 * (1 + 1e-11) }, against: summed, goal: .lower))
    #expect(little.verdict() == .worse)
  }

  /// 400 suites of 20 metrics of 8 seeds that differ by chance alone: at most 5 % call any.
  @Test func chanceSeldomCallsAnything() throws {
    var normal = NormalDraws(seed: 5)
    var called = 0
    for _ in 0..<400 {
      let p = try (0..<20).map { _ in
        try #require(
          MeanEstimate((0..<8).map { _ in normal.next() - normal.next() })?.tails(around: 0)
        ).twoSided
      }
      if MultipleTesting.benjaminiHochberg(p).contains(where: { $0 <= 0.05 }) { called += 1 }
    }
    // 20 are allowed, with a deviation of 4.4.
    #expect(called <= 33)
  }
}
