// SPDX-License-Identifier: GPL-3.0-or-later
import EventKernel
import Testing

@testable import Statistics

@Suite struct DiscrepancyTests {
  static let points = [
    [0.1, 0.9, 0.35], [0.45, 0.2, 0.7], [0.8, 0.55, 0.05], [0.3, 0.65, 0.95],
  ]

  /// From scipy 1.17.1, qmc.discrepancy.
  @Test func allFourAreThoseOfSciPy() {
    #expect(relativeDistance(Discrepancy.centred(Self.points), 0.07268186125578668) < 1e-12)
    #expect(relativeDistance(Discrepancy.wraparound(Self.points), 0.12641996947338008) < 1e-12)
    #expect(relativeDistance(Discrepancy.star(Self.points), 0.1030375857068043) < 1e-12)
    #expect(relativeDistance(Discrepancy.mixture(Self.points), 0.14994141699218577) < 1e-12)
  }

  /// From scipy 1.17.1.
  @Test func sobolsPointsAreAsEvenAsSciPys() {
    let points = SobolSequence(dimensions: 6).points(32)
    #expect(relativeDistance(Discrepancy.centred(points), 0.016810418923753012) < 1e-11)
  }

  @Test(arguments: [1, 2, 7, 100, 1000]) func everySliceHasOnePoint(count: Int) {
    for seed in 1...5 as ClosedRange<UInt64> {
      var stream = RandomStream(seed: seed, name: "hypercube")
      let points = LatinHypercube.points(count, dimensions: 4, using: &stream)
      for dimension in 0..<4 {
        let slices = points.map { Int(Double(count) * $0[dimension]) }
        #expect(slices.sorted() == Array(0..<count))
      }
    }
  }

  @Test func aHypercubeIsMoreEvenThanChanceAndItsOwn() {
    var stream = RandomStream(seed: 1, name: "hypercube")
    var other = stream
    let points = LatinHypercube.points(64, dimensions: 2, using: &stream)
    #expect(points == LatinHypercube.points(64, dimensions: 2, using: &other))
    #expect(points != LatinHypercube.points(64, dimensions: 2, using: &stream))
    let chance = (0..<64).map { _ in [stream.nextUniform(), stream.nextUniform()] }
    #expect(Discrepancy.centred(points) < Discrepancy.centred(chance))
  }
}
