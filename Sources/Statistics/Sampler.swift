// SPDX-License-Identifier: GPL-3.0-or-later
public import EventKernel
private import Glibc

/// A distribution made ready to be drawn from many times.
///
/// It has no memory: what a draw gives depends on the stream alone, never on earlier draws.
public struct Sampler: Sendable {
  private enum Method {
    case fixed(Double)
    case exponential(mean: Double)
    case lognormal(zeta: Double, sigma: Double)
    case boundedPareto(BoundedPareto)
    case gamma(shape: Double, scale: Double)
    case choice([Double], WeightedChoice)
  }

  private let method: Method

  /// Prepares a distribution.
  ///
  /// - Precondition: The distribution's `problem` is nil.
  public init(_ distribution: Distribution) {
    if let problem = distribution.problem { preconditionFailure(problem) }
    method =
      switch distribution {
      case .fixed(let value): .fixed(value)
      case .exponential(let mean): .exponential(mean: mean)
      case .lognormal(let zeta, let sigma): .lognormal(zeta: zeta, sigma: sigma)
      case .boundedPareto(let alpha, let minimum, let maximum):
        .boundedPareto(BoundedPareto(alpha: alpha, minimum: minimum, maximum: maximum))
      case .gamma(let shape, let scale): .gamma(shape: shape, scale: scale)
      case .empirical(let values, let weights): .choice(values, WeightedChoice(weights: weights))
      }
  }

  /// Draws a number.
  public func next(using stream: inout RandomStream) -> Double {
    switch method {
    case .fixed(let value): value
    case .exponential(let mean): GSLStream.exponential(&stream, mean: mean)
    case .lognormal(let zeta, let sigma): GSLStream.lognormal(&stream, zeta: zeta, sigma: sigma)
    case .boundedPareto(let pareto): pareto.quantile(stream.nextUniform())
    case .gamma(let shape, let scale): GSLStream.gamma(&stream, shape: shape, scale: scale)
    case .choice(let values, let choice): values[choice.next(using: &stream)]
    }
  }
}

extension Distribution {
  /// Draws one number; where many are drawn, prepare a `Sampler` instead.
  public func sample(using stream: inout RandomStream) -> Double {
    Sampler(self).next(using: &stream)
  }
}

/// The inverse of the bounded Pareto's distribution function, which GSL does not have.
struct BoundedPareto: Sendable {
  private let exponent: Double
  private let minimum: Double
  private let maximum: Double
  /// The probability that an unbounded Pareto variable stays below the maximum.
  private let mass: Double

  init(alpha: Double, minimum: Double, maximum: Double) {
    exponent = -1 / alpha
    mass = -expm1(alpha * log(minimum / maximum))
    self.minimum = minimum
    self.maximum = maximum
  }

  func quantile(_ probability: Double) -> Double {
    // log1p keeps the digits that 1 - p would lose near the minimum.
    min(maximum, minimum * exp(exponent * log1p(-probability * mass)))
  }
}
