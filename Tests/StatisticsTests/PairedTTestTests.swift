// SPDX-License-Identifier: GPL-3.0-or-later
import Testing

@testable import Statistics

@Suite struct PairedTTestTests {
  struct Case: Sendable {
    let x: [Double]
    let y: [Double]
    let t: Double
    let greater: Double
    let less: Double
    let twoSided: Double
    let dz: Double
    let g: Double
    let lower95: Double
    let upper95: Double
    let upper99: Double
  }

  /// From scipy 1.17.1, checked with 40 digits of mpmath 1.3.0.
  static let cases = [
    Case(
      x: [
        10.2302, 9.7916, 12.0398, 11.9689, 10.9029,
      ],
      y: [
        9.2098, 7.9654, 10.6033, 10.7443, 9.6903,
      ],
      t: 9.785502739083505, greater: 0.00030559179184266264, less: 0.9996944082081574,
      twoSided: 0.0006111835836853253, dz: 4.376209863720221, g: 3.5009678909761766,
      lower95: 0.9627092500597211, upper95: 1.7254107499402789, upper99: 1.976442404643448),
    Case(
      x: [
        9.3818, 11.7764, 8.7674, 9.9663, 9.0172, 8.8721, 10.4811, 12.7483, 10.8533, 9.5055,
      ],
      y: [
        9.1364, 10.964, 8.3515, 9.6679, 9.5627, 8.2715, 9.8897, 11.6435, 9.6599, 8.7924,
      ],
      t: 3.476777218339667, greater: 0.0034869387397382908, less: 0.9965130612602617,
      twoSided: 0.0069738774794765816, dz: 1.099453492693789, g: 1.0052146218914642,
      lower95: 0.18969479565142072, upper95: 0.8962852043485793, upper99: 1.0505371017875014),
    Case(
      x: [
        7.9712, 8.9388, 9.7857, 10.4438, 9.4831, 11.0806, 10.1948, 10.2749, 10.6795, 10.0819,
        8.9272, 13.3317, 10.9947, 12.4626, 9.1107, 8.0322, 7.2995, 7.5936, 11.4234, 10.3456,
        12.0416, 12.2728, 10.7712, 11.2546, 9.6936, 7.8038, 7.899, 11.1944, 11.6162, 9.6372,
      ],
      y: [
        8.3576, 8.5646, 8.902, 10.2949, 9.2128, 11.3095, 10.2439, 10.3648, 10.7505, 10.3402,
        8.5894, 12.4519, 11.463, 11.5231, 9.2525, 8.1525, 8.4934, 8.9465, 10.8821, 10.9003,
        11.4584, 12.1424, 10.5209, 10.3546, 9.637, 9.6635, 8.8422, 10.5108, 10.3182, 9.5948,
      ],
      t: 0.15321162864853252, greater: 0.4396462574375711, less: 0.560353742562429,
      twoSided: 0.8792925148751422, dz: 0.02797248836096867, g: 0.027242771273291225,
      lower95: -0.2476396095501767, upper95: 0.28774627621684334, upper99: 0.38082702792284845),
  ]

  @Test(arguments: cases) func allNumbersAreThoseOfSciPy(_ expected: Case) throws {
    let test = try #require(PairedTTest(differences: zip(expected.x, expected.y).map(-)))
    #expect(relativeDistance(test.statistic, expected.t) < 1e-11)
    #expect(relativeDistance(test.p.greater, expected.greater) < 1e-11)
    #expect(relativeDistance(test.p.less, expected.less) < 1e-11)
    #expect(relativeDistance(test.p.twoSided, expected.twoSided) < 1e-11)
    #expect(relativeDistance(test.cohensDz, expected.dz) < 1e-11)
    #expect(relativeDistance(test.hedgesG, expected.g) < 1e-11)
    #expect(relativeDistance(test.interval().lower, expected.lower95) < 1e-10)
    #expect(relativeDistance(test.interval().upper, expected.upper95) < 1e-10)
    #expect(relativeDistance(test.interval(level: 0.99).upper, expected.upper99) < 1e-10)
  }

  /// From scipy 1.17.1: the deviations of the differences of the cases above, and the quantiles of t
  /// by which their intervals are made, for 95 and 99 %.
  @Test(arguments: [
    (0, 0.30712878080700934, 2.7764451051977943, 4.604094871349993),
    (1, 0.493872640915089, 2.2621571627982053, 3.2498355415921263),
    (2, 0.716894867362415, 2.0452296421327043, 2.7563859036706053),
  ])
  func deviationsAndQuantilesAreThoseOfSciPy(
    index: Int, deviation: Double, quantile95: Double, quantile99: Double
  ) throws {
    let expected = Self.cases[index]
    let test = try #require(PairedTTest(differences: zip(expected.x, expected.y).map(-)))
    #expect(relativeDistance(test.deviation, deviation) < 1e-12)
    let degrees = test.degreesOfFreedom
    #expect(
      relativeDistance(StudentT.quantile(0.975, degreesOfFreedom: degrees), quantile95) < 1e-12)
    #expect(
      relativeDistance(StudentT.quantile(0.995, degreesOfFreedom: degrees), quantile99) < 1e-12)
    #expect(
      relativeDistance(StudentT.upperQuantile(0.025, degreesOfFreedom: degrees), quantile95) < 1e-12
    )
    let lower99 = [0.7116775953565522, 0.035442898212498665, -0.34072036125618177][index]
    #expect(relativeDistance(test.interval(level: 0.99).lower, lower99) < 1e-10)
  }

  /// From scipy 1.17.1: mean, and the upper ends of the intervals of 90, 95 and 99 %.
  @Test(arguments: [
    (
      [45.728, 123.784, 26.01], [65.174, 152.34341871526902, 193.61974983842617, 361.4572482752996]
    ),
    (
      [90.088, 172.546, 27.678, 87.609, 289.492, 131.44, 105.796, 60.451],
      [120.6375, 174.83757320161527, 188.2846312334676, 220.7506599262496]
    ),
    (twenty, [89.90685, 116.1806575283552, 121.70990803656422, 133.37814653698237]),
  ])
  func theIntervalIsThatOfSciPy(values: [Double], expected: [Double]) throws {
    let test = try #require(PairedTTest(differences: values))
    #expect(relativeDistance(test.meanDifference, expected[0]) < 1e-12)
    for (level, end) in zip([0.9, 0.95, 0.99], expected.dropFirst()) {
      #expect(relativeDistance(test.interval(level: level).upper, end) < 1e-11)
    }
  }

  private static let twenty = [
    18.339, 63.416, 44.132, 177.421, 15.256, 118.063, 64.01, 149.634, 29.238, 264.842, 27.301,
    61.428, 157.321, 47.44, 141.488, 19.508, 167.786, 106.2, 43.167, 82.147,
  ]

  /// From scipy 1.17.1: of the same values the deviation, that of the mean, and the lower ends.
  @Test(arguments: [
    (
      [45.728, 123.784, 26.01],
      [
        51.70637248927834, 29.85268807550391, -21.995418715269032, -63.27174983842617,
        -231.1092482752996,
      ]
    ),
    (
      [90.088, 172.546, 27.678, 87.609, 289.492, 131.44, 105.796, 60.451],
      [
        80.9155961092439, 28.60798335629909, 66.43742679838472, 52.990368766532406,
        20.524340073750412,
      ]
    ),
    (
      twenty,
      [
        67.95316041624012, 15.194788597666081, 63.6330424716448, 58.10379196343578,
        46.435553463017634,
      ]
    ),
  ])
  func deviationsAndLowerEndsAreThoseOfSciPy(values: [Double], expected: [Double]) throws {
    let test = try #require(PairedTTest(differences: values))
    let found =
      [test.deviation, test.standardError]
      + [0.9, 0.95, 0.99].map { test.interval(level: $0).lower }
    for (one, other) in zip(found, expected) { #expect(relativeDistance(one, other) < 1e-11) }
  }

  @Test func oneDifferenceSaysNothing() {
    #expect(PairedTTest(differences: [3]) == nil)
  }

  @Test func differencesWithoutSpreadAreNoneOrCertain() throws {
    let none = try #require(PairedTTest(differences: [0, 0, 0]))
    #expect(none.statistic == 0 && none.p.twoSided == 1 && none.cohensDz == 0)
    let certain = try #require(PairedTTest(differences: [2, 2, 2]))
    #expect(certain.statistic == .infinity && certain.p.greater == 0 && certain.p.less == 1)
    #expect(certain.interval().halfWidth == 0)
  }

  /// From scipy 1.17.1: ttest_1samp of the second case against -1 and 1, one-sided.
  @Test func equivalenceIsTwoTestsOfSciPy() throws {
    let expected = Self.cases[1]
    let test = try #require(PairedTTest(differences: zip(expected.x, expected.y).map(-)))
    let equivalence = EquivalenceTest(test, lower: -1, upper: 1)
    #expect(relativeDistance(equivalence.pLower, 1.9783987748727976e-06) < 1e-10)
    #expect(relativeDistance(equivalence.pUpper, 0.00842982696800346) < 1e-10)
    #expect(equivalence.p == equivalence.pUpper)
  }

  @Test func equivalenceAtALevelIsAnIntervalWithinTheMargins() throws {
    let test = try #require(PairedTTest(differences: [0.3, -0.2, 0.4, 0.1, -0.1, 0.25]))
    let upper = test.interval(level: 0.9).upper
    #expect(EquivalenceTest(test, lower: -1, upper: upper * 1.001).p < 0.05)
    #expect(EquivalenceTest(test, lower: -1, upper: upper * 0.999).p > 0.05)
  }
}
