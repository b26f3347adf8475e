// SPDX-License-Identifier: GPL-3.0-or-later
import Testing

@testable import Statistics

@Suite struct GroupSequentialLooksTests {
  struct Case: Sendable {
    let counts: [Int]
    let level: Double
    let sides: TestSides
    let spending: AlphaSpending
    let values: [Double]
    let tolerance: Double
  }

  /// The first two as the programs after Lan and DeMets print them; the rest by the same recursion
  /// in NumPy with Simpson's rule on 4,001 points.
  static let cases = [
    Case(
      counts: [1, 2, 3, 4], level: 0.05, sides: .two, spending: .obrienFleming,
      values: [4.3326, 2.9631, 2.3590, 2.0141], tolerance: 5e-5),
    Case(
      counts: [1, 2, 3, 4], level: 0.05, sides: .two, spending: .pocock,
      values: [2.3683, 2.3675, 2.3582, 2.3500], tolerance: 5e-5),
    Case(
      counts: [1, 2, 3, 4], level: 0.05, sides: .two, spending: .obrienFleming,
      values: [4.332633646, 2.963131598, 2.359044285, 2.014090144], tolerance: 2e-9),
    Case(
      counts: [8, 16, 32, 64], level: 0.05, sides: .two, spending: .pocock,
      values: [2.585337752, 2.558413869, 2.387273830, 2.231545477], tolerance: 2e-9),
    Case(
      counts: [8, 16, 32, 64], level: 0.001, sides: .one, spending: .obrienFleming,
      values: [9.233083686, 6.477224220, 4.508567648, 3.090590412], tolerance: 2e-9),
    Case(
      counts: [8, 16, 32, 64], level: 0.001, sides: .one, spending: .pocock,
      values: [3.547345042, 3.560630120, 3.436544484, 3.331086639], tolerance: 2e-9),
  ]

  @Test(arguments: cases) func criticalValuesAreThoseOfTheTables(_ expected: Case) {
    let found = GroupSequentialLooks(
      counts: expected.counts, level: expected.level, sides: expected.sides,
      spending: expected.spending
    ).looks
    #expect(found.count == expected.values.count)
    for (look, value) in zip(found, expected.values) {
      #expect(abs(look.criticalValue - value) < expected.tolerance)
    }
    #expect(found.last?.spent == expected.level)
  }

  @Test func oneLookIsAnOrdinaryTest() {
    let found = GroupSequentialLooks(counts: [20], level: 0.05).looks
    #expect(found.count == 1)
    #expect(abs(found[0].criticalValue - 1.959963984540054) < 1e-12)
    #expect(abs(found[0].nominalLevel - 0.05) < 1e-13)
  }

  @Test func aLookThatMaySpendNothingNeverAlarms() {
    let found = GroupSequentialLooks(counts: [1, 10_000], level: 0.001).looks
    #expect(found[0].criticalValue == .infinity && found[0].nominalLevel == 0)
    #expect(abs(found[1].criticalValue - 3.290526731491926) < 1e-9)
  }

  /// The t test at the levels of the looks, where nothing differs: 0.05 within three deviations.
  @Test(arguments: [AlphaSpending.obrienFleming, .pocock])
  func fewSeedsRaiseAsManyFalseAlarmsAsAllowed(spending: AlphaSpending) throws {
    let plan = GroupSequentialLooks(counts: [8, 16, 32, 64], level: 0.05, spending: spending)
    var normal = NormalDraws(seed: 9)
    var alarms = 0
    for _ in 0..<3000 {
      let differences = (0..<64).map { _ in normal.next() }
      let isAlarm = try plan.looks.contains { look in
        let seen = differences.prefix(Int(64 * look.share))
        return try #require(PairedTTest(differences: seen)).p.twoSided < look.nominalLevel
      }
      if isAlarm { alarms += 1 }
    }
    #expect(abs(Double(alarms) / 3000 - 0.05) < 3 * 0.004)
  }
}
