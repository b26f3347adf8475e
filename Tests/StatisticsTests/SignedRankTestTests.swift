// SPDX-License-Identifier: GPL-3.0-or-later
import Testing

@testable import Statistics

@Suite struct SignedRankTestTests {
  struct Case: Sendable {
    let differences: [Double]
    let zeros: SignedRankTest.Zeros
    let used: Int
    let positive: Double
    let negative: Double
    let greater: Double
    let less: Double
    let twoSided: Double
    let biserial: Double
  }

  /// By enumeration of all signs; without ties and zeros scipy 1.17.1 has the same.
  static let cases = [
    Case(
      differences: [
        1.2, -0.3, 0.7, 2.1, 0.5, -0.9,
      ], zeros: .dropped, used: 6, positive: 16.0, negative: 5.0,
      greater: 0.15625, less: 0.890625, twoSided: 0.3125,
      biserial: 0.5238095238095238),
    Case(
      differences: [
        0.11, -0.42, 0.93, 1.37, -0.05, 0.66, 2.4, -1.1, 0.31, 0.78,
      ], zeros: .dropped, used: 10, positive: 42.0, negative: 13.0,
      greater: 0.080078125, less: 0.9345703125, twoSided: 0.16015625,
      biserial: 0.5272727272727272),
    Case(
      differences: [
        1.0, -1.0, 2.0, 2.0, 3.0, -2.0, 1.0, 4.0,
      ], zeros: .dropped, used: 8, positive: 29.0, negative: 7.0,
      greater: 0.08203125, less: 0.95703125, twoSided: 0.1640625,
      biserial: 0.6111111111111112),
    Case(
      differences: [
        0.0, 1.0, -1.0, 2.0, 0.0, 3.0, 2.0, -2.0, 5.0, 1.0,
      ], zeros: .dropped, used: 8, positive: 29.0, negative: 7.0,
      greater: 0.08203125, less: 0.95703125, twoSided: 0.1640625,
      biserial: 0.6111111111111112),
    Case(
      differences: [
        0.0, 1.0, -1.0, 2.0, 0.0, 3.0, 2.0, -2.0, 5.0, 1.0,
      ], zeros: .ranked, used: 8, positive: 41.0, negative: 11.0,
      greater: 0.08203125, less: 0.953125, twoSided: 0.1640625,
      biserial: 0.5769230769230769),
    Case(
      differences: [
        0.4, 1.1, 0.2, 0.9, 3.0,
      ], zeros: .dropped, used: 5, positive: 15.0, negative: 0.0,
      greater: 0.03125, less: 1.0, twoSided: 0.0625,
      biserial: 1.0),
    Case(
      differences: [
        0.0, 0.0, 0.0, 2.0,
      ], zeros: .dropped, used: 1, positive: 1.0, negative: 0.0,
      greater: 0.5, less: 1.0, twoSided: 1.0,
      biserial: 1.0),
    Case(
      differences: [
        0.0, 0.0, 0.0, 2.0,
      ], zeros: .ranked, used: 1, positive: 4.0, negative: 0.0,
      greater: 0.5, less: 1.0, twoSided: 1.0,
      biserial: 1.0),
    Case(
      differences: [
        0.2339, 0.6487, -1.206, -0.4824, -0.9064, -1.7444, 1.3906, 1.8555, 1.6063, -1.4055,
        0.8021, 1.0875, -0.184, 1.2272, -0.7395, -0.6971, -0.4519, -0.338, -0.6298, 1.3723,
      ], zeros: .dropped, used: 20, positive: 114.0, negative: 96.0,
      greater: 0.3780832290649414, less: 0.635746955871582, twoSided: 0.7561664581298828,
      biserial: 0.08571428571428572),
  ]

  @Test(arguments: cases) func allNumbersAreThoseOfEnumeration(_ expected: Case) {
    let test = SignedRankTest(differences: expected.differences, zeros: expected.zeros)
    #expect(test.used == expected.used)
    #expect(test.positiveRanks == expected.positive && test.negativeRanks == expected.negative)
    #expect(relativeDistance(test.p.greater, expected.greater) < 1e-14)
    #expect(relativeDistance(test.p.less, expected.less) < 1e-14)
    #expect(relativeDistance(test.p.twoSided, expected.twoSided) < 1e-14)
    #expect(relativeDistance(test.rankBiserial, expected.biserial) < 1e-14)
  }

  /// From scipy 1.17.1, wilcoxon(method='exact'): 1 to 50, of which multiples of 3 are below 0.
  @Test func fiftyDifferencesAreBeyondEnumeration() {
    let test = SignedRankTest(differences: (1...50).map { Double($0 % 3 == 0 ? -$0 : $0) })
    #expect(test.positiveRanks == 867)
    #expect(relativeDistance(test.p.greater, 0.01308348408559823) < 1e-12)
    #expect(relativeDistance(test.p.less, 0.9872499584101826) < 1e-12)
  }

  /// From scipy 1.17.1, wilcoxon(method='approx', correction=True), two-sided.
  ///
  /// The fourth has zeros, which are left out first.
  @Test(arguments: [
    (0, 0.29450739368011014), (1, 0.15357639654998376), (2, 0.13756389390990328),
    (3, 0.13756389390990328), (5, 0.05905822909053671), (8, 0.7509949671586461),
  ])
  func theApproximationIsThatOfSciPy(index: Int, expected: Double) {
    let differences = Self.cases[index].differences.filter { $0 != 0 }
    let sum = Int(2 * SignedRankTest(differences: differences).positiveRanks)
    let ranks = SignedRankTest.doubledRanks(differences)
    let tails = SignedRankDistribution(doubledRanks: ranks).approximate(sum)
    #expect(relativeDistance(tails.twoSided, expected) < 1e-12)
  }

  @Test func theApproximationIsNearWhereItTakesOver() {
    let differences = (1...SignedRankTest.exactLimit).map { Double($0 % 9 < 4 ? -$0 : $0) }
    let test = SignedRankTest(differences: differences)
    let ranks = SignedRankTest.doubledRanks(differences)
    let tails = SignedRankDistribution(doubledRanks: ranks)
      .approximate(Int(2 * test.positiveRanks))
    #expect(test.isExact && test.p.twoSided < 0.2)
    #expect(abs(tails.greater - test.p.greater) < 3e-4)
    #expect(!SignedRankTest(differences: differences + [400]).isExact)
  }

  @Test func onlyZerosShowNothing() {
    for zeros in [SignedRankTest.Zeros.dropped, .ranked] {
      let test = SignedRankTest(differences: [0, 0], zeros: zeros)
      #expect(test.used == 0 && test.p.twoSided == 1 && test.rankBiserial == 0)
    }
  }
}
