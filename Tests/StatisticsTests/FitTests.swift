// SPDX-License-Identifier: GPL-3.0-or-later
import EventKernel
import Foundation
import Testing

@testable import Statistics

@Suite struct FitTests {
  static let known: [Distribution] = [
    .exponential(mean: 0.4), .lognormal(zeta: 7, sigma: 1.36), .gamma(shape: 0.2, scale: 50),
    .gamma(shape: 9, scale: 0.1), .boundedPareto(alpha: 1.2, minimum: 3, maximum: 1e5),
    .boundedPareto(alpha: 0.3, minimum: 1e-3, maximum: 10),
  ]

  /// A fit to samples of a distribution has its parameters, and is nearer than other families.
  ///
  /// With 20,000 samples the standard error of each parameter is below 1 %: 1/sqrt(n) of a mean or
  /// of the exponent of a Pareto, 1/sqrt(2n) of sigma, and sqrt(2/n) of the shape of a gamma.
  @Test(arguments: known, 1...3 as ClosedRange<UInt64>)
  func samplesGiveTheParametersBack(distribution: Distribution, seed: UInt64) throws {
    let samples = draw(20_000, from: distribution, seed: seed)
    let fits = fits(of: samples)
    let fit = try #require(fits.first { $0.distribution.family == distribution.family })
    for (found, drawn) in zip(fit.distribution.parameters, distribution.parameters) {
      #expect(abs(found / drawn - 1) < 0.05, "\(found) for \(drawn)")
    }
    // The exponential is a gamma too, which may come nearer by a hair.
    #expect(fit.distance <= (fits.first?.distance ?? 1) + 0.003)
    // Kolmogorov's limit of 1e-4, which a fitted distribution stays well below.
    #expect(fit.distance < 2.2 / 20_000.0.squareRoot())
  }

  /// No other parameters are likelier than those that are called the likeliest.
  @Test(arguments: known)
  func theLikelihoodIsGreatestAtTheFit(distribution: Distribution) throws {
    let samples = draw(2000, from: distribution, seed: 7)
    for fit in fits(of: samples) {
      let best = samples.reduce(0) { $0 + fit.distribution.logDensity($1) }
      for neighbour in fit.distribution.neighbours {
        let other = samples.reduce(0) { $0 + neighbour.logDensity($1) }
        #expect(other < best, "\(neighbour) is likelier than \(fit.distribution)")
      }
    }
  }

  /// 1, 2, 4 and 8: the fits by hand.
  @Test func fourNumbersAreFittedAsOnPaper() {
    let moments = moments(of: [1, 2, 4, 8])
    #expect(moments.exponential == .exponential(mean: 3.75))
    // The logarithms are 0, 1, 2 and 3 times ln 2: mean 1.5, and variance 5/4 of its square.
    guard case .lognormal(let zeta, let sigma)? = moments.lognormal else {
      return #expect(Bool(false))
    }
    #expect(abs(zeta - 1.5 * log(2)) < 1e-15)
    #expect(abs(sigma - 1.25.squareRoot() * log(2)) < 1e-15)
    // Symmetric in the logarithm: the mean is half the span, where only an exponent of 0 fits.
    #expect(moments.boundedPareto == nil)
  }

  @Test func equalNumbersAndNoNumbersHaveNoFit() {
    #expect(fits(of: [3, 3, 3]).isEmpty)
    #expect(fits(of: [3]).isEmpty)
    #expect(fits(of: []).isEmpty)
    #expect(moments(of: []).gamma == nil && moments(of: [2, 2]).gamma == nil)
  }

  @Test func theDistanceIsThatOfTheSteps() {
    // The function of 0.5 and 2 steps to 1/2 and 1. The exponential of mean 1 is at 0.393 before
    // the first, and at 0.865 before the second, where the numbers are at 0.5.
    let distance = Distribution.exponential(mean: 1).distance(fromSorted: [0.5, 2])
    #expect(abs(distance - (1 - exp(-0.5))) < 1e-15)
    #expect(abs(1 - exp(-2) - 0.5) < distance)
  }

  @Test func aReservoirTakesEveryValueAlike() {
    var sums = [0.0, 0.0]
    for name in 0..<200 {
      var reservoir = Reservoir(size: 50, name: "r\(name)")
      for value in 0..<1000 { reservoir.add(Double(value)) }
      #expect(Set(reservoir.values).count == 50)
      sums[0] += Double(reservoir.values.count { $0 < 500 })
      sums[1] += reservoir.values.reduce(0, +)
    }
    // Of 10,000 draws half, give or take four standard deviations of 50; the mean of a draw is
    // 499.5, with a standard error of 2.9.
    #expect(abs(sums[0] - 5000) < 200)
    #expect(abs(sums[1] / 10_000 - 499.5) < 12)
  }

  @Test func aSummaryKeepsZerosOutOfTheFits() {
    var summary = SampleSummary(name: "gaps")
    for value in [0, 0, 0, 1.0, 2, 4, 5] { summary.add(value) }
    #expect(summary.count == 7 && summary.zeros == 3 && summary.sum == 12)
    #expect(summary.quantiles([0, 0.5, 1]) == [0, 1, 5])
    // Mean 12/7, variance (46 - 144/7) / 6.
    let expected = (46 - 144.0 / 7) / 6 / (144.0 / 49)
    #expect(abs((summary.squaredVariation ?? 0) - expected) < 1e-12)
    #expect(summary.fits.contains { $0.distribution == .exponential(mean: 3) })
  }

  /// The shapes of numbers that are nearly equal, beyond which GSL gave up and ended the process.
  @Test(arguments: [1e-3, 0.5, 3, 40, 1e3, 9.9e4, 1.01e5, 1e7, 1e9])
  func theGammasFunctionHoldsForAnyShape(shape: Double) {
    let distribution = Distribution.gamma(shape: shape, scale: 2)
    var below = 0.0
    for step in -60...60 {
      let value = 2 * shape + Double(step) / 10 * 2 * shape.squareRoot()
      let probability = distribution.cumulative(value)
      #expect(probability >= below && probability <= 1, "\(value)")
      below = probability
    }
    // The median is k - 1/3 + 8/(405 k) and less than 0.01/k^2 more; the density is 0.4/sqrt(k).
    guard shape >= 3 else { return }
    let median = shape - 1 / 3.0 + 8 / (405 * shape)
    #expect(abs(distribution.cumulative(2 * median) - 0.5) < 1e-3)
  }

  @Test func theTwoWaysToTheGammasFunctionMeet() {
    for step in -40...40 {
      let value = 1e5 + Double(step) / 10 * 1e5.squareRoot()
      let exact = Distribution.gamma(shape: 1e5 * (1 - 1e-12), scale: 1).cumulative(value)
      let near = Distribution.gamma(shape: 1e5, scale: 1).cumulative(value)
      #expect(abs(exact - near) < 1e-7)
    }
  }

  @Test func numbersThatAreNearlyEqualAreFitted() {
    let samples = (0..<400).map { 3 + Double($0 % 4) / 1000 }
    #expect(fits(of: samples).count >= 3)
    #expect(fits(of: samples).allSatisfy { $0.distance >= 0 && $0.distance <= 1 })
  }

  @Test func theCumulativeFunctionIsThatOfTheSampler() {
    for (distribution, below) in SamplerTests.continuous {
      for value in stride(from: 0.1, to: 600, by: 0.7) where value >= 2 {
        #expect(abs(distribution.cumulative(value) - min(1, below(value))) < 1e-12)
      }
      #expect(distribution.cumulative(0) == 0)
    }
    let empirical = Distribution.empirical(values: [1, 10], weights: [1, 3])
    #expect([0.5, 1, 9, 10].map(empirical.cumulative) == [0, 0.25, 0.25, 1])
    #expect([0.5, 1].map(Distribution.fixed(1).cumulative) == [0, 1])
  }
}

private func draw(_ count: Int, from distribution: Distribution, seed: UInt64) -> [Double] {
  let sampler = Sampler(distribution)
  var stream = RandomStream(seed: seed, name: "fit")
  return (0..<count).map { _ in sampler.next(using: &stream) }
}

private func moments(of samples: [Double]) -> PositiveMoments {
  var moments = PositiveMoments()
  for sample in samples { moments.add(sample) }
  return moments
}

private func fits(of samples: [Double]) -> [Fit] {
  Fit.all(of: moments(of: samples), sample: samples)
}

extension Distribution {
  fileprivate var family: Int {
    switch self {
    case .fixed: 0
    case .exponential: 1
    case .lognormal: 2
    case .boundedPareto: 3
    case .gamma: 4
    case .empirical: 5
    }
  }

  fileprivate var parameters: [Double] {
    switch self {
    case .exponential(let mean): [mean]
    case .lognormal(let zeta, let sigma): [zeta, sigma]
    // The greatest sample of a heavy tail is far from the bound, and no estimate of it is better.
    case .boundedPareto(let alpha, let minimum, _): [alpha, minimum]
    case .gamma(let shape, let scale): [shape, scale]
    case .fixed, .empirical: []
    }
  }

  /// The same family a step away in each parameter that a fit is free to choose.
  fileprivate var neighbours: [Distribution] {
    [0.98, 1.02].flatMap { step -> [Distribution] in
      switch self {
      case .exponential(let mean): [.exponential(mean: mean * step)]
      case .lognormal(let zeta, let sigma):
        [
          .lognormal(zeta: zeta + step - 1, sigma: sigma),
          .lognormal(zeta: zeta, sigma: sigma * step),
        ]
      case .boundedPareto(let alpha, let minimum, let maximum):
        [.boundedPareto(alpha: alpha * step, minimum: minimum, maximum: maximum)]
      case .gamma(let shape, let scale):
        [
          .gamma(shape: shape * step, scale: scale), .gamma(shape: shape, scale: scale * step),
          .gamma(shape: shape * step, scale: scale / step),
        ]
      case .fixed, .empirical: []
      }
    }
  }

  /// The logarithm of the density, from the textbooks' formulas.
  fileprivate func logDensity(_ x: Double) -> Double {
    switch self {
    case .exponential(let mean): -log(mean) - x / mean
    case .lognormal(let zeta, let sigma):
      -log(x * sigma) - log(2 * .pi) / 2 - pow((log(x) - zeta) / sigma, 2) / 2
    case .boundedPareto(let alpha, let minimum, let maximum):
      log(alpha) + alpha * log(minimum) - (alpha + 1) * log(x)
        - log(1 - pow(minimum / maximum, alpha))
    case .gamma(let shape, let scale):
      (shape - 1) * log(x) - x / scale - lgamma(shape) - shape * log(scale)
    case .fixed, .empirical: .nan
    }
  }
}
