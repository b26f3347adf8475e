// SPDX-License-Identifier: GPL-3.0-or-later
private import Glibc

extension Distribution {
  /// The expected value.
  public var mean: Double {
    switch self {
    case .fixed(let value): value
    case .exponential(let mean): mean
    case .lognormal(let zeta, let sigma): exp(zeta + sigma * sigma / 2)
    case .boundedPareto(let alpha, let minimum, let maximum):
      Self.paretoMoment(1, alpha, minimum, maximum)
    case .gamma(let shape, let scale): shape * scale
    case .empirical(let values, let weights): Self.weightedMean(values, weights)
    }
  }

  /// The expected square of the distance from the mean.
  public var variance: Double {
    switch self {
    case .fixed: 0
    case .exponential(let mean): mean * mean
    case .lognormal(let zeta, let sigma):
      expm1(sigma * sigma) * exp(2 * zeta + sigma * sigma)
    case .boundedPareto(let alpha, let minimum, let maximum):
      max(0, Self.paretoMoment(2, alpha, minimum, maximum) - mean * mean)
    case .gamma(let shape, let scale): shape * scale * scale
    case .empirical(let values, let weights):
      Self.weightedMean(values.map { [mean] in ($0 - mean) * ($0 - mean) }, weights)
    }
  }

  /// The expected power of a bounded Pareto variable.
  ///
  /// With `L` and `H` the bounds and `k = 1 - (L/H)^alpha`, the integral of `x^r` is
  /// `L^r (alpha/k) ((H/L)^(r-alpha) - 1) / (r-alpha)`, and a logarithm where `r = alpha`.
  private static func paretoMoment(
    _ power: Double, _ alpha: Double, _ minimum: Double, _ maximum: Double
  ) -> Double {
    let span = log(maximum / minimum)
    let excess = power - alpha
    let integral = excess == 0 ? span : expm1(excess * span) / excess
    return pow(minimum, power) * alpha / -expm1(-alpha * span) * integral
  }

  private static func weightedMean(_ values: [Double], _ weights: [Double]) -> Double {
    zip(values, weights).reduce(0) { $0 + $1.0 * $1.1 } / weights.reduce(0, +)
  }
}
