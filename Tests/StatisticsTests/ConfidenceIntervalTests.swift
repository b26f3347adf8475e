// SPDX-License-Identifier: GPL-3.0-or-later
import EventKernel
import Testing

@testable import Statistics

@Suite struct ConfidenceIntervalTests {
  /// From printed tables of Student's t.
  @Test(arguments: [(0.975, 9, 2.2621572), (0.975, 1, 12.7062047), (0.95, 30, 1.6972609)])
  func quantilesOfStudentsTAreTheTables(probability: Double, degrees: Double, expected: Double) {
    let found = StudentT.quantile(probability, degreesOfFreedom: degrees)
    #expect(abs(found - expected) < 1e-7)
  }

  @Test func theIntervalIsThatOfTheTextbook() throws {
    // The numbers 1 to 10: mean 5.5, variance 82.5 / 9; half-width 2.2621572 * sqrt(variance / 10).
    let moments = RunningMoments((1...10).map(Double.init))
    let interval = try #require(ConfidenceInterval(of: moments))
    #expect(interval.mean == 5.5)
    #expect(abs(interval.halfWidth - 2.1658506) < 1e-6)
    #expect(interval.contains(7.6) && !interval.contains(7.7))
  }

  @Test func oneNumberHasNoInterval() {
    #expect(ConfidenceInterval(of: RunningMoments([3])) == nil)
    #expect(ConfidenceInterval(batchMeansOf: [1, 2, 3], warmUp: 2, batches: 2) == nil)
  }

  @Test func batchMeansLeaveOutTheWarmUp() throws {
    // After the cut of 3 there are 5, of which 2 batches of 2 take the last 4: means 2 and 4.
    let series: [Double] = [900, 900, 900, 700, 1, 3, 3, 5]
    let interval = try #require(ConfidenceInterval(batchMeansOf: series, warmUp: 3, batches: 2))
    #expect(interval.mean == 3)
    // Variance 2 over 2 batches is 1, and t(0.975, 1) = 12.7062047.
    #expect(abs(interval.halfWidth - 12.7062047) < 1e-6)
  }

  @Test func nineteenOfTwentyIntervalsHoldTheTrueMean() {
    let sampler = Sampler(.gamma(shape: 20, scale: 0.1))
    var stream = RandomStream(seed: 2, name: "coverage")
    let held = (0..<4_000).count { _ in
      let moments = RunningMoments((0..<10).map { _ in sampler.next(using: &stream) })
      return ConfidenceInterval(of: moments)?.contains(2) == true
    }
    // 3,800 expected, with a standard deviation of 13.8; some skew is left in ten draws.
    #expect(abs(held - 3_800) < 60)
  }

  @Test func momentsKeepTheirDigitsFarFromZero() {
    // Offsets 4, 7, 13, 16 have mean 10 and squared deviations 36 + 9 + 9 + 36 = 90.
    let moments = RunningMoments([4, 7, 13, 16].map { 1e9 + $0 })
    #expect(moments.mean == 1e9 + 10)
    #expect(moments.variance == 30)
  }
}
