// SPDX-License-Identifier: GPL-3.0-or-later
import EventKernel
import Glibc
import Statistics
import Testing

@testable import Studies

/// How often a comparison finds a difference that is not there, and one that is.
@Suite struct CompareNullTests {
  /// The verdicts of suites of 20 metrics, of which the first so many have a candidate that is larger by a part.
  private func verdicts(
    suites: Int, pairs: Int, changed: Int = 0, by part: Double = 0, isSkewed: Bool = false
  ) throws -> [[MetricComparison.Verdict]] {
    var stream = RandomStream(seed: 17, name: "compare")
    func draw() -> Double {
      let uniform = stream.nextUniformPositive() - 0x1p-54
      return isSkewed
        ? exp(StandardNormal.upperQuantile(uniform)) : StandardNormal.upperQuantile(uniform)
    }
    return try (0..<suites).map { _ in
      // What both runs of a pair share, such as their arrivals, is most of what they are.
      let shared = (0..<20).map { _ in (0..<pairs).map { _ in 100 + 10 * draw() } }
      func side(_ name: String, _ isCandidate: Bool) -> ComparedSide {
        CompareSketch.side(
          name,
          shared.enumerated().map { metric, values in
            let shift = isCandidate && metric < changed ? 100 * part : 0
            return ("m\(metric)", values.map { $0 + draw() + shift })
          })
      }
      var rules = ComparisonRules()
      rules.tolerance = 0
      return try Comparison(side("a", false), side("b", true), rules).variants[0].metrics
        .map(\.verdict)
    }
  }

  /// Five in a hundred, and three deviations of what so many suites show of it.
  @Test(arguments: [(5, false), (10, false), (10, true)])
  func fewSuitesWithoutADifferenceCallAny(pairs: Int, isSkewed: Bool) throws {
    let suites = try verdicts(suites: 400, pairs: pairs, isSkewed: isSkewed)
    let called = suites.count { $0.contains { $0 != .undecided } }
    #expect(called <= 33, "\(called) of 400")
    if !isSkewed { #expect(called >= 7, "\(called) of 400: the tests see nothing any more") }
  }

  /// Of what is called, at most one in twenty is called in error.
  @Test func whatIsThereIsFound() throws {
    let suites = try verdicts(suites: 100, pairs: 20, changed: 5, by: 0.02)
    let found = suites.reduce(0) { $0 + $1[..<5].count { $0 == .higher } }
    let wrong = suites.reduce(0) { $0 + $1[5...].count { $0 != .undecided } }
    #expect(found >= 475, "\(found) of 500")
    #expect(Double(wrong) <= 0.05 * Double(found + wrong), "\(wrong) beside \(found)")
  }
}
