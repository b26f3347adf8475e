// SPDX-License-Identifier: GPL-3.0-or-later
import Testing

@testable import Statistics

@Suite struct MultipleTestingTests {
  /// From statsmodels 0.15.0: p, then adjusted by Holm, Bonferroni and Benjamini-Hochberg.
  static let cases: [[[Double]]] = [
    [
      [0.01, 0.04, 0.03, 0.005], [0.03, 0.06, 0.06, 0.02],
      [0.04, 0.16, 0.12, 0.02], [0.02, 0.04, 0.04, 0.02],
    ],
    [
      [0.2, 0.001, 0.049, 0.5, 0.02, 0.02], [0.4, 0.006, 0.14700000000000002, 0.5, 0.1, 0.1],
      [1.0, 0.006, 0.29400000000000004, 1.0, 0.12, 0.12],
      [0.24, 0.006, 0.07350000000000001, 0.5, 0.04, 0.04],
    ],
    [
      [1.0, 0.9], [1.0, 1.0],
      [1.0, 1.0], [1.0, 1.0],
    ],
    [
      [0.0, 0.5, 0.03], [0.0, 0.5, 0.06],
      [0.0, 1.0, 0.09], [0.0, 0.5, 0.045],
    ],
  ]

  @Test(arguments: cases) func adjustedValuesAreThoseOfStatsmodels(_ rows: [[Double]]) {
    let found = [
      MultipleTesting.holm(rows[0]), MultipleTesting.bonferroni(rows[0]),
      MultipleTesting.benjaminiHochberg(rows[0]),
    ]
    for (found, expected) in zip(found, rows.dropFirst()) {
      #expect(found.count == expected.count)
      for (one, other) in zip(found, expected) { #expect(relativeDistance(one, other) < 1e-12) }
    }
  }

  @Test func noTestNeedsNoAdjustment() {
    #expect(MultipleTesting.holm([]).isEmpty && MultipleTesting.benjaminiHochberg([]).isEmpty)
  }
}
