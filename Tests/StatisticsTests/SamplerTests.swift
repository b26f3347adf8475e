// SPDX-License-Identifier: GPL-3.0-or-later
import EventKernel
import Foundation
import Testing

@testable import Statistics

@Suite struct SamplerTests {
  /// Distributions with their distribution functions in closed form, written without GSL.
  static let continuous: [(distribution: Distribution, below: @Sendable (Double) -> Double)] = [
    (.exponential(mean: 3), { 1 - exp(-$0 / 3) }),
    (.lognormal(zeta: 1, sigma: 0.8), { 0.5 * erfc((1 - log($0)) / 0.8 / 2.0.squareRoot()) }),
    (
      .boundedPareto(alpha: 1.2, minimum: 2, maximum: 500),
      { (1 - pow(2 / $0, 1.2)) / (1 - pow(2.0 / 500, 1.2)) }
    ),
    // Half-integer shapes are error functions, whole ones are sums of Poisson probabilities.
    (.gamma(shape: 0.5, scale: 2), { erf(($0 / 2).squareRoot()) }),
    (.gamma(shape: 3, scale: 0.5), { 1 - exp(-2 * $0) * (1 + 2 * $0 + 2 * $0 * $0) }),
  ]

  @Test(arguments: 0..<continuous.count, 1...5 as ClosedRange<UInt64>)
  func samplesFollowTheDistributionFunction(index: Int, seed: UInt64) {
    let (distribution, below) = Self.continuous[index]
    let count = 20_000
    let samples = draw(count, from: distribution, seed: seed).sorted()
    let distance = samples.enumerated().map { rank, sample in
      let expected = below(sample)
      return max(
        abs(expected - Double(rank) / Double(count)),
        abs(expected - Double(rank + 1) / Double(count)))
    }.max()
    // Kolmogorov: a distance above 2.2 / sqrt(n) has probability 2 exp(-2 * 2.2^2) = 1.3e-4.
    #expect((distance ?? 1) < 2.2 / Double(count).squareRoot())
  }

  @Test(arguments: 0..<continuous.count, 1...3 as ClosedRange<UInt64>)
  func meanAndVarianceAreThoseOfTheSamples(index: Int, seed: UInt64) {
    let distribution = Self.continuous[index].distribution
    let count = 100_000
    let moments = RunningMoments(draw(count, from: distribution, seed: seed))
    // Four standard errors of the mean.
    let error = 4 * (distribution.variance / Double(count)).squareRoot()
    #expect(abs(moments.mean - distribution.mean) < error)
    // The heaviest tail here is the bounded Pareto's, whose sample variance is within 10 %.
    #expect(abs(moments.variance / distribution.variance - 1) < 0.1)
  }

  @Test func empiricalValuesComeAsOftenAsTheirWeightsSay() {
    let distribution = Distribution.empirical(values: [1, 10, 100], weights: [6, 0, 2])
    // (6 * 1 + 2 * 100) / 8, and (6 * 24.75^2 + 2 * 74.25^2) / 8.
    #expect(distribution.mean == 25.75)
    #expect(distribution.variance == 1837.6875)
    let samples = draw(80_000, from: distribution, seed: 1)
    #expect(samples.allSatisfy { $0 == 1 || $0 == 100 })
    // The standard deviation of the number of hundreds is sqrt(80,000 * 3/16) = 122.
    #expect(abs(samples.count { $0 == 100 } - 20_000) < 500)
  }

  @Test func aFixedValueTakesNothingFromTheStream() {
    var stream = RandomStream(seed: 1, name: "fixed")
    let before = stream
    #expect(Distribution.fixed(7).sample(using: &stream) == 7)
    #expect(stream == before)
  }

  @Test func aDrawDependsOnTheStreamAlone() {
    let samplers = Self.continuous.map { Sampler($0.distribution) }
    for sampler in samplers {
      var stream = RandomStream(seed: 5, name: "draw")
      var copy = stream
      let first = sampler.next(using: &stream)
      for other in samplers { _ = other.next(using: &stream) }
      #expect(sampler.next(using: &copy) == first)
    }
  }

  @Test func aBoundedParetoReachesItsBoundsAndNoFurther() {
    let pareto = BoundedPareto(alpha: 1.5, minimum: 3, maximum: 1e9)
    #expect(pareto.quantile(0) == 3)
    #expect(abs(pareto.quantile(1) / 1e9 - 1) < 1e-6)
    #expect(pareto.quantile(1) <= 1e9)
    // Where 1 - (3/x)^1.5 = 0.5 * (1 - (3/1e9)^1.5), the second factor being 1 in 12 digits.
    #expect(abs(pareto.quantile(0.5) - 3 * pow(2, 1 / 1.5)) < 1e-9)
  }
}

private func draw(_ count: Int, from distribution: Distribution, seed: UInt64) -> [Double] {
  let sampler = Sampler(distribution)
  var stream = RandomStream(seed: seed, name: "samples")
  return (0..<count).map { _ in sampler.next(using: &stream) }
}
