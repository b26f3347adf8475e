// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation
import Testing

@testable import Statistics

@Suite struct DistributionTests {
  @Test func makersGiveTheMeanAndVariationAskedFor() {
    for made in [
      Distribution.lognormal(mean: 40, variation: 2.5), .gamma(mean: 40, variation: 2.5),
    ] {
      #expect(abs(made.mean / 40 - 1) < 1e-12)
      #expect(abs(made.variance.squareRoot() / 40 / 2.5 - 1) < 1e-12)
    }
  }

  @Test func aBoundedParetosMomentsAreThoseOfItsDensity() {
    for alpha in [0.5, 1, 1.5, 2, 3] {
      let distribution = Distribution.boundedPareto(alpha: alpha, minimum: 2, maximum: 50)
      let first = integral(from: 2, to: 50) { pow($0, -alpha) }
      let whole = integral(from: 2, to: 50) { pow($0, -alpha - 1) }
      let second = integral(from: 2, to: 50) { pow($0, 1 - alpha) }
      let mean = first / whole
      #expect(abs(distribution.mean / mean - 1) < 1e-8)
      #expect(abs(distribution.variance / (second / whole - mean * mean) - 1) < 1e-7)
    }
  }

  @Test(arguments: [
    (Distribution.fixed(0), "the value must be greater than 0 and finite, found 0.0"),
    (.exponential(mean: -1), "the mean must be greater than 0 and finite, found -1.0"),
    (.exponential(mean: .nan), "the mean must be greater than 0 and finite, found nan"),
    (.lognormal(zeta: .infinity, sigma: 1), "zeta must be finite, found inf"),
    (.lognormal(zeta: 0, sigma: -2), "sigma must be finite and not negative, found -2.0"),
    (
      .boundedPareto(alpha: 0, minimum: 1, maximum: 2),
      "alpha must be greater than 0 and finite, found 0.0"
    ),
    (
      .boundedPareto(alpha: 1, minimum: 2, maximum: 2),
      "the minimum, 2.0, must be less than the maximum, 2.0"
    ),
    (.gamma(shape: 1, scale: 0), "the scale must be greater than 0 and finite, found 0.0"),
    (.empirical(values: [], weights: []), "there must be at least one value"),
    (
      .empirical(values: [1, 2], weights: [1]),
      "there must be as many weights as values, found 1 for 2"
    ),
    (
      .empirical(values: [1, -2], weights: [1, 1]),
      "value 2 must be greater than 0 and finite, found -2.0"
    ),
    (
      .empirical(values: [1, 2], weights: [1, -1]),
      "weight 2 must be finite and not negative, found -1.0"
    ),
    (.empirical(values: [1, 2], weights: [0, 0]), "one weight must be greater than 0"),
  ])
  func aProblemSaysWhatWasFoundAndExpected(distribution: Distribution, problem: String) {
    #expect(distribution.problem == problem)
  }

  @Test func soundParametersHaveNoProblem() {
    #expect(Distribution.lognormal(zeta: -3, sigma: 0).problem == nil)
    #expect(Distribution.boundedPareto(alpha: 1, minimum: 1, maximum: 1e12).problem == nil)
    #expect(Distribution.empirical(values: [1], weights: [0.2]).problem == nil)
  }
}

/// Simpson's rule over the logarithm of x, with 10,000 steps.
private func integral(
  from low: Double, to high: Double, _ function: (Double) -> Double
) -> Double {
  let steps = 10_000
  let width = log(high / low) / Double(steps)
  return (0...steps).reduce(0) { sum, step in
    let x = low * exp(width * Double(step))
    let factor: Double = step == 0 || step == steps ? 1 : step.isMultiple(of: 2) ? 2 : 4
    return sum + factor * function(x) * x
  } * width / 3
}
