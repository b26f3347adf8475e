// SPDX-License-Identifier: GPL-3.0-or-later
private import Glibc

extension Distribution {
  /// The distribution of a variable times a factor above 0.
  public func scaled(by factor: Double) -> Distribution {
    switch self {
    case .fixed(let value): .fixed(value * factor)
    case .exponential(let mean): .exponential(mean: mean * factor)
    case .lognormal(let zeta, let sigma): .lognormal(zeta: zeta + log(factor), sigma: sigma)
    case .boundedPareto(let alpha, let minimum, let maximum):
      .boundedPareto(alpha: alpha, minimum: minimum * factor, maximum: maximum * factor)
    case .gamma(let shape, let scale): .gamma(shape: shape, scale: scale * factor)
    case .empirical(let values, let weights):
      .empirical(values: values.map { $0 * factor }, weights: weights)
    }
  }
}
