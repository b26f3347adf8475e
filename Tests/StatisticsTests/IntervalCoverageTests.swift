// SPDX-License-Identifier: GPL-3.0-or-later
import EventKernel
import Glibc
import Testing

@testable import Statistics

/// How many intervals hold the true mean, over studies of 20 values.
@Suite struct IntervalCoverageTests {
  /// A family of values whose mean is known.
  enum Family: Sendable, CaseIterable {
    case normal, exponential, lognormal, student, pareto

    var mean: Double {
      switch self {
      case .normal, .student: 0
      case .exponential: 1
      case .lognormal: exp(0.5)
      case .pareto: 1.5
      }
    }

    /// The value that another is below with this probability.
    func quantile(_ probability: Double) -> Double {
      switch self {
      case .normal: StandardNormal.upperQuantile(1 - probability)
      case .exponential: -log(1 - probability)
      case .lognormal: exp(StandardNormal.upperQuantile(1 - probability))
      case .student: StudentT.quantile(probability, degreesOfFreedom: 3)
      case .pareto: pow(1 - probability, -1.0 / 3)
      }
    }
  }

  /// The shares of intervals of 95 % that hold the mean: as they are made, and by t alone.
  ///
  /// Of 2,000 studies a share of 0.95 has a deviation of 0.005.
  private func shares(_ family: Family) throws -> (made: Double, student: Double) {
    var stream = RandomStream(seed: 3, name: "coverage")
    var made = 0
    var student = 0
    for _ in 0..<2000 {
      let values = (0..<20).map { _ in
        family.quantile(stream.nextUniformPositive() - 0x1p-54)
      }
      let interval = try #require(MeanEstimate(values)?.interval())
      let other = try #require(PairedTTest(differences: values)).interval()
      if interval.contains(family.mean) { made += 1 }
      if other.contains(family.mean) { student += 1 }
    }
    return (Double(made) / 2000, Double(student) / 2000)
  }

  @Test(arguments: Family.allCases)
  func nineteenOfTwentyIntervalsHoldTheMean(_ family: Family) throws {
    #expect((0.93...0.97).contains(try shares(family).made))
  }

  /// Were t good enough for these, nothing else would be needed.
  @Test(arguments: [Family.lognormal, .pareto]) func studentsAloneDoNot(_ family: Family) throws {
    #expect(try shares(family).student < 0.89)
  }

  @Test func studentsAreEnoughForNormalValues() throws {
    let shares = try shares(.normal)
    #expect((0.93...0.97).contains(shares.student) && shares.made - shares.student < 0.015)
  }
}
