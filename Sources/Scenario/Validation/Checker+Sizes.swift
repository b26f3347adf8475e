// SPDX-License-Identifier: GPL-3.0-or-later
private import Glibc
internal import NetworkModel
internal import Statistics
internal import YAMLReader

extension Checker {
  /// The distribution of sizes in bytes; nil where its parameters do not fit together.
  mutating func distribution(_ sizes: SizesSection) -> Distribution? {
    if let fixed = sizes.fixed { return .fixed(fixed.value.value) }
    if let exponential = sizes.exponential {
      return .exponential(mean: exponential.mean.value.value)
    }
    if let lognormal = sizes.lognormal { return lognormal.distribution }
    if let pareto = sizes.pareto { return distribution(pareto) }
    return sizes.empirical.flatMap { distribution($0) }
  }

  private mutating func distribution(_ pareto: ParetoSection) -> Distribution? {
    guard pareto.min.value < pareto.max.value else {
      report("found a max that is not above min, expected a larger one", at: pareto.origin)
      return nil
    }
    return .boundedPareto(
      alpha: pareto.alpha.value, minimum: pareto.min.value.value, maximum: pareto.max.value.value)
  }

  private mutating func distribution(_ empirical: EmpiricalSection) -> Distribution? {
    let values = empirical.values.map(\.value.value)
    let weights = empirical.weights ?? values.map { _ in 1 }
    guard !values.isEmpty else {
      report("found no values, expected at least one", at: empirical.origin)
      return nil
    }
    guard weights.count == values.count else {
      report(
        "found \(weights.count) weights for \(values.count) values, expected one for each",
        at: empirical.origin)
      return nil
    }
    guard weights.allSatisfy({ $0 >= 0 }), weights.contains(where: { $0 > 0 }) else {
      report(
        "found weights that are negative or all zero, expected at least one above zero",
        at: empirical.origin)
      return nil
    }
    return .empirical(values: values, weights: weights)
  }
}

extension LognormalSection {
  /// With mean m and variation c: sigma² = ln(1 + c²), zeta = ln m - sigma²/2.
  fileprivate var distribution: Distribution {
    let variance = log1p(variation.value * variation.value)
    return .lognormal(
      zeta: log(mean.value.value) - variance / 2, sigma: variance.squareRoot())
  }
}

extension Distribution {
  /// The mean of a distribution of sizes.
  var meanSize: Double {
    switch self {
    case .fixed(let value): return value
    case .exponential(let mean): return mean
    case .lognormal(let zeta, let sigma): return exp(zeta + sigma * sigma / 2)
    case .gamma(let shape, let scale): return shape * scale
    case .boundedPareto(let alpha, let minimum, let maximum):
      // The integral of x times the density, with t = ln(maximum / minimum); written with expm1
      // so that it holds on to its digits for alpha near 1, where the first quotient tends to t.
      let t = log(maximum / minimum)
      let growth = alpha == 1 ? t : expm1((1 - alpha) * t) / (1 - alpha)
      return alpha * minimum * growth / -expm1(-alpha * t)
    case .empirical(let values, let weights):
      return zip(values, weights).reduce(0) { $0 + $1.0 * $1.1 } / weights.reduce(0, +)
    }
  }
}
