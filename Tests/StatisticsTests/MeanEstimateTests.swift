// SPDX-License-Identifier: GPL-3.0-or-later
import Testing

@testable import Statistics

@Suite struct MeanEstimateTests {
  static let mild = [10.2302, 9.7916, 12.0398, 11.9689, 10.9029, 9.3818, 11.7764, 8.7674]
  static let skewed = [90.088, 172.546, 27.678, 87.609, 289.492, 131.44, 105.796, 60.451]
  static let wild = [0.21, 0.34, 0.38, 0.52, 0.61, 0.77, 0.84, 1.05, 1.31, 1.9, 3.6, 11.2]

  struct Case: Sendable {
    let values: [Double]
    let level: Double
    let method: MeanInterval.Method
    let skewness: Double
    let lower: Double
    let upper: Double
  }

  /// From scipy 1.17.1: skewness without bias, ends of t by `stats.t.interval`, and those of Hall's
  /// transformation as roots of g(t) = ±t(n - 1), found by `optimize.brentq`, where these are no
  /// farther out than three times t's.
  static let cases = [
    Case(
      values: mild, level: 0.95, method: .student, skewness: -0.1516594558974276,
      lower: 9.556758253309543, upper: 11.65799174669046),
    Case(
      values: skewed, level: 0.9, method: .skewed, skewness: 1.3900946575178463,
      lower: 66.43742679838476, upper: 283.2377196048458),
    Case(
      values: skewed, level: 0.95, method: .skewed, skewness: 1.3900946575178463,
      lower: 52.990368766532455, upper: 323.57889370040266),
    Case(
      values: skewed, level: 0.99, method: .skewed, skewness: 1.3900946575178463,
      lower: 20.524340073750466, upper: 375.1867846492507),
    Case(
      values: wild, level: 0.95, method: .skewed, skewness: 2.9664251174418363,
      lower: -0.059664778063960755, upper: 7.026773258454956),
  ]

  @Test(arguments: cases) func endsAreThoseOfSciPy(_ expected: Case) throws {
    let estimate = try #require(MeanEstimate(expected.values))
    let interval = try #require(estimate.interval(level: expected.level))
    #expect(interval.method == expected.method && estimate.method == expected.method)
    #expect(relativeDistance(estimate.skewness, expected.skewness) < 1e-12)
    #expect(relativeDistance(interval.lower, expected.lower) < 1e-10)
    #expect(relativeDistance(interval.upper, expected.upper) < 1e-10)
    #expect(interval.mean == estimate.mean && interval.level == expected.level)
  }

  /// From scipy 1.17.1, as above: the greater tail of t and of g(t).
  @Test func tailsAreTheGreaterOfBoth() throws {
    let tails = try #require(MeanEstimate(Self.skewed)?.tails(around: 0))
    #expect(relativeDistance(tails.greater, 0.0019758412899465263) < 1e-10)
    #expect(relativeDistance(tails.less, 0.999990727925615) < 1e-10)
    let mild = try #require(MeanEstimate(Self.mild)?.tails(around: 10))
    let t = try #require(PairedTTest(differences: Self.mild)).tails(around: 10)
    #expect(relativeDistance(mild.greater, t.greater) < 1e-12)
    #expect(relativeDistance(mild.less, t.less) < 1e-12)
  }

  @Test(arguments: [mild, skewed, wild, wild.map { -$0 }], [0.8, 0.95, 0.999])
  func anIntervalEndsWhereATestBegins(values: [Double], level: Double) throws {
    let estimate = try #require(MeanEstimate(values))
    let interval = try #require(estimate.interval(level: level))
    let above = try #require(estimate.tails(around: interval.upper))
    let below = try #require(estimate.tails(around: interval.lower))
    #expect(relativeDistance(above.less, (1 - level) / 2) < 1e-9)
    #expect(relativeDistance(below.greater, (1 - level) / 2) < 1e-9)
  }

  /// The transformation is steep where it turns: there its end lies 4.2 times as far out as t's.
  @Test func noEndIsFartherThanThreeTimesStudents() throws {
    var longest = 0.0
    for step in 0...200 {
      // Nine values around 0 and one that goes out: every skewness up to the greatest.
      let values = [-4.0, -3, -2, -1, 0, 1, 2, 3, 4].map { $0 / 4 } + [Double(step) / 10]
      let made = try #require(MeanEstimate(values)?.interval())
      let student = try #require(PairedTTest(differences: values)).interval()
      #expect(made.reach <= 3.000001 * student.halfWidth)
      longest = max(longest, (made.upper - made.lower) / (2 * student.halfWidth))
    }
    #expect(longest > 1.95 && longest <= 2.000001)
  }

  /// Of values with one decimal the mean has no noise: added up one by one it is 104.90000000000002.
  @Test func aMeanHasNoNoise() throws {
    let values = (0..<20).map { 104.9 + Double($0 % 2 == 0 ? 3 : -3) / 10 }
    #expect(MeanEstimate(values)?.mean == 104.9)
    #expect(MeanEstimate([0.1, 0.2, 0.3])?.mean == 0.2)
    #expect(MeanEstimate([1e100, 1, -1e100])?.mean == 1.0 / 3)
    #expect(MeanEstimate(Array(repeating: 1.7e308, count: 9))?.mean == 1.7e308)
  }

  @Test func otherUnitsAndOtherSignsGiveTheSame() throws {
    let interval = try #require(MeanEstimate(Self.wild)?.interval())
    let other = try #require(MeanEstimate(Self.wild.map { 7 - 1000 * $0 })?.interval())
    #expect(relativeDistance(other.lower, 7 - 1000 * interval.upper) < 1e-12)
    #expect(relativeDistance(other.upper, 7 - 1000 * interval.lower) < 1e-10)
    #expect(interval.reach == interval.upper - interval.mean)
  }

  @Test func fewValuesSayLittle() throws {
    #expect(MeanEstimate([]) == nil)
    let one = try #require(MeanEstimate([3]))
    #expect(one.mean == 3 && one.deviation == 0 && one.skewness == 0)
    #expect(one.interval() == nil && one.tails(around: 0) == nil)
    let two = try #require(MeanEstimate([1, 3])?.interval())
    #expect(two.method == .student && abs(two.reach - 12.7062047) < 1e-6)
  }

  @Test(arguments: [2, 3, 20]) func equalValuesHaveAnIntervalWithoutWidth(count: Int) throws {
    let estimate = try #require(MeanEstimate(Array(repeating: 0.1, count: count)))
    let interval = try #require(estimate.interval())
    #expect(interval.lower == 0.1 && interval.upper == 0.1 && interval.method == .student)
    #expect(estimate.tails(around: 0.1)?.twoSided == 1 && estimate.tails(around: 0)?.twoSided == 0)
  }

  /// Far out and for either sign of the skewness.
  @Test(arguments: [-3, -0.2, 1e-3, 0.5, 8], [-40.0, -2, -0.1, 0, 0.1, 2, 40])
  func theTransformationHasItsInverse(slope: Double, t: Double) {
    let transform = SkewnessTransform(slope: slope)
    #expect(abs(transform.inverse(transform(t)) - t) < 1e-9 * max(1, abs(t)))
    #expect(transform(t + 0.01) > transform(t))
  }
}
