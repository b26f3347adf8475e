// SPDX-License-Identifier: GPL-3.0-or-later
import Testing

@testable import Statistics

@Suite struct PairedPowerTests {
  struct Case: Sendable {
    let pairs: Int
    let effect: Double
    let level: Double
    let sides: TestSides
    let power: Double
  }

  /// From the noncentral t of scipy 1.17.1, and by mpmath's quadrature with 30 digits.
  static let cases = [
    Case(pairs: 5, effect: 1, level: 0.05, sides: .two, power: 0.40138991737179504),
    Case(pairs: 20, effect: 0.5, level: 0.05, sides: .two, power: 0.56450441843902034),
    Case(pairs: 20, effect: 0.66, level: 0.05, sides: .one, power: 0.88476595120841813),
    Case(pairs: 8, effect: 2.5, level: 0.001, sides: .two, power: 0.85601324892613681),
    Case(pairs: 64, effect: 0.3, level: 0.01, sides: .one, power: 0.50881205353579305),
    Case(pairs: 300, effect: 0.1, level: 0.05, sides: .two, power: 0.40780935289326624),
    Case(pairs: 2, effect: 3, level: 0.05, sides: .two, power: 0.26077071422910972),
  ]

  @Test(arguments: cases) func powerIsThatOfSciPy(_ expected: Case) {
    let test = PairedPower(pairs: expected.pairs, level: expected.level, sides: expected.sides)
    #expect(abs(test.power(effect: expected.effect) - expected.power) < 1e-11)
    #expect(relativeDistance(test.smallestEffect(power: expected.power), expected.effect) < 1e-9)
  }

  /// From scipy 1.17.1 alone, one-sided at 0.05.
  @Test(arguments: [(5000, 0.03, 0.6830268118042546), (100_000, 0.01, 0.9354174715601689)])
  func powerOfVeryManyPairsIsThatOfSciPy(pairs: Int, effect: Double, power: Double) {
    let test = PairedPower(pairs: pairs, sides: .one)
    #expect(abs(test.power(effect: effect) - power) < 1e-10)
  }

  @Test func noDifferenceIsSeenAsOftenAsTheLevelSays() {
    for sides in [TestSides.one, .two] {
      let test = PairedPower(pairs: 8, level: 0.01, sides: sides)
      #expect(abs(test.power(effect: 0) - 0.01) < 1e-12)
    }
  }

  @Test func aMillionfoldStricterLevelOfTwoPairsStillHasItsEffect() {
    let test = PairedPower(pairs: 2, level: 1e-6, sides: .one)
    #expect(abs(test.power(effect: test.smallestEffect(power: 0.9)) - 0.9) < 1e-10)
  }

  /// By the noncentral t of scipy 1.17.1, power is 0.7954 with 33 pairs and 0.8078 with 34.
  @Test func theFewestPairsAreJustEnough() {
    #expect(PairedPower.pairs(effect: 0.5) == 34)
    #expect(PairedPower(pairs: 33).power(effect: 0.5) < 0.8)
    #expect(PairedPower.pairs(effect: 50) == 2)
    #expect(PairedPower.pairs(effect: 1e-4) == nil)
  }

  @Test func powerThatIsComputedIsPowerThatIsMeasured() throws {
    var normal = NormalDraws(seed: 5)
    var seen = 0
    for _ in 0..<2000 {
      let differences = (0..<20).map { _ in 0.66 + normal.next() }
      let test = try #require(PairedTTest(differences: differences))
      if test.p.greater < 0.05 { seen += 1 }
    }
    // 0.8848, with a deviation of 0.0071.
    #expect(abs(Double(seen) / 2000 - 0.8848) < 3 * 0.0071)
  }
}
