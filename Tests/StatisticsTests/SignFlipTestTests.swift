// SPDX-License-Identifier: GPL-3.0-or-later
import Testing

@testable import Statistics

@Suite struct SignFlipTestTests {
  /// The 15 pairs of maize of Darwin, of which Fisher counted 863 choices of signs with a sum of
  /// 314 or more: *The Design of Experiments* (1935), 21.
  static let darwin: [Double] = [49, -67, 8, 16, 6, 23, 28, 41, 14, 29, 56, 24, 75, 60, -48]

  static let twenty = [
    0.2339, 0.6487, -1.206, -0.4824, -0.9064, -1.7444, 1.3906, 1.8555, 1.6063, -1.4055, 0.8021,
    1.0875, -0.184, 1.2272, -0.7395, -0.6971, -0.4519, -0.338, -0.6298, 1.3723,
  ]

  @Test func darwinsMaizeIsCountedAsFisherDid() {
    let test = SignFlipTest(differences: Self.darwin)
    #expect(test.isExact && test.p.greater == 863.0 / 32768 && test.p.less == 31933.0 / 32768)
  }

  /// Counted by NumPy over all 2^20 and 2^10 choices; scipy 1.17.1's permutation_test has the
  /// same for the ten.
  @Test func twoHalvesCountWhatAllChoicesDo() {
    let twenty = SignFlipTest(differences: Self.twenty)
    #expect(twenty.p.greater == 403160.0 / 1_048_576 && twenty.p.less == 645430.0 / 1_048_576)
    let ten = SignFlipTest(
      differences: [0.11, -0.42, 0.93, 1.37, -0.05, 0.66, 2.4, -1.1, 0.31, 0.78])
    #expect(ten.p.greater == 75.0 / 1024 && ten.p.less == 951.0 / 1024)
  }

  /// The sign-flip test of ranks is the signed-rank test, which adds up its distribution instead.
  @Test func fortyPairsAreCountedAsRanksAre() {
    let ranks = (1...SignFlipTest.exactLimit).map { Double($0 % 3 == 0 ? -$0 : $0) }
    let flipped = SignFlipTest(differences: ranks)
    let ranked = SignedRankTest(differences: ranks)
    #expect(flipped.isExact && relativeDistance(flipped.p.greater, ranked.p.greater) < 1e-12)
    #expect(relativeDistance(flipped.p.less, ranked.p.less) < 1e-12)
  }

  @Test func equalSumsCountAlthoughTheyAreRounded() {
    // 0.1 + 0.2 is not 0.3: the choices with a sum of 0.6 or more are one of 8.
    #expect(SignFlipTest(differences: [0.1, 0.2, 0.3]).p.greater == 1.0 / 8)
    #expect(SignFlipTest(differences: [0.1, 0.2, -0.3]).p.greater == 5.0 / 8)
  }

  @Test func zerosChangeNothing() {
    let without = SignFlipTest(differences: Self.darwin)
    let with = SignFlipTest(differences: Self.darwin + Array(repeating: 0, count: 60))
    #expect(with.isExact && with.p == without.p)
    #expect(SignFlipTest(differences: [0, 0]).p.twoSided == 1)
    #expect(SignFlipTest(differences: []).p.twoSided == 1)
  }

  @Test func manyPairsAreSampledReproducibly() {
    let many = (0..<60).map { Double($0 % 7) - 2.5 }
    let test = SignFlipTest(differences: many, resamples: 20_000)
    #expect(!test.isExact)
    #expect(test == SignFlipTest(differences: many, resamples: 20_000))
    #expect(test != SignFlipTest(differences: many, resamples: 20_000, seed: 2))
    // Sums lie 1 apart, hence the half; 0.006 is three deviations of 20,000 draws.
    let deviation = many.reduce(0) { $0 + $1 * $1 }.squareRoot()
    let normal = StandardNormal.upperTail((many.reduce(0, +) - 0.5) / deviation)
    #expect(abs(test.p.greater - normal) < 0.006)
    let far = SignFlipTest(differences: Array(repeating: 1, count: 60), resamples: 999)
    #expect(far.p.greater == 0.001 && far.p.less == 1)
  }
}
