// SPDX-License-Identifier: GPL-3.0-or-later
import Testing

@testable import Statistics

@Suite struct SobolSequenceTests {
  /// From scipy 1.17.1, qmc.Sobol(6, scramble=False).
  @Test func theFirstPointsAreThoseOfSciPy() {
    let expected = [
      [0.0, 0.0, 0.0, 0.0, 0.0, 0.0],
      [0.5, 0.5, 0.5, 0.5, 0.5, 0.5],
      [0.75, 0.25, 0.25, 0.25, 0.75, 0.75],
      [0.25, 0.75, 0.75, 0.75, 0.25, 0.25],
      [0.375, 0.375, 0.625, 0.875, 0.375, 0.125],
      [0.875, 0.875, 0.125, 0.375, 0.875, 0.625],
      [0.625, 0.125, 0.875, 0.625, 0.625, 0.875],
      [0.125, 0.625, 0.375, 0.125, 0.125, 0.375],
      [0.1875, 0.3125, 0.9375, 0.4375, 0.5625, 0.3125],
      [0.6875, 0.8125, 0.4375, 0.9375, 0.0625, 0.8125],
      [0.9375, 0.0625, 0.6875, 0.1875, 0.3125, 0.5625],
      [0.4375, 0.5625, 0.1875, 0.6875, 0.8125, 0.0625],
      [0.3125, 0.1875, 0.3125, 0.5625, 0.9375, 0.4375],
      [0.8125, 0.6875, 0.8125, 0.0625, 0.4375, 0.9375],
      [0.5625, 0.4375, 0.0625, 0.8125, 0.1875, 0.6875],
      [0.0625, 0.9375, 0.5625, 0.3125, 0.6875, 0.1875],
    ]
    #expect(SobolSequence(dimensions: 6).points(16) == expected)
  }

  /// From scipy 1.17.1, qmc.Sobol(128, scramble=False): all 1,024 points of 128 coordinates, each
  /// weighted by its place and its point's, in one sum that binary fractions add without rounding.
  @Test func aThousandPointsOfAllDimensionsAreThoseOfSciPy() {
    let points = SobolSequence(dimensions: 128).points(1024)
    #expect(points[1000][127] == 0.5439453125 && points[777][64] == 0.9384765625)
    #expect(
      points[513][120...] == [
        0.4755859375, 0.2705078125, 0.1123046875, 0.1884765625, 0.9990234375, 0.7197265625,
        0.6982421875, 0.6943359375,
      ])
    var sum = 0.0
    for (index, point) in points.enumerated() {
      for (dimension, value) in point.enumerated() {
        sum += Double((index + 1) * (dimension + 1)) * value
      }
    }
    #expect(sum == 2_166_386_032)
  }

  @Test func everyCoordinateTakesEachMultipleOnce() {
    let points = SobolSequence(dimensions: SobolSequence.mostDimensions).points(512)
    for power in 0...9 {
      let count = 1 << power
      for dimension in 0..<SobolSequence.mostDimensions {
        let taken = Set(points[..<count].map { Int($0[dimension] * Double(count)) })
        #expect(taken.count == count)
      }
    }
  }

  @Test func aPointFarOutNeedsNoneBeforeIt() {
    // The last point's Gray code has the highest bit alone: half of 2^-31 in the first dimension.
    #expect(SobolSequence(dimensions: 1).point(at: SobolSequence.mostPoints - 1) == [0x1p-32])
  }
}
