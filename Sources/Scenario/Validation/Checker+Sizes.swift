// SPDX-License-Identifier: GPL-3.0-or-later
private import Glibc
internal import NetworkModel
internal import Statistics
internal import YAMLReader

extension Checker {
  /// The distribution of sizes in bytes; nil where its parameters do not fit together.
  mutating func distribution(_ sizes: SizesSection) -> Distribution? {
    guard let distribution = sizes.distribution else { return nil }
    if let problem = distribution.problem {
      report(problem, at: sizes.origin)
      return nil
    }
    guard distribution.mean.isFinite else {
      report("the mean is too large to tell, expected smaller sizes", at: sizes.origin)
      return nil
    }
    return distribution
  }
}

extension SizesSection {
  /// What the one key that is given says.
  fileprivate var distribution: Distribution? {
    if let fixed { return .fixed(fixed.value.value) }
    if let exponential { return .exponential(mean: exponential.mean.value.value) }
    if let lognormal { return lognormal.distribution }
    if let pareto {
      return .boundedPareto(
        alpha: pareto.alpha.value, minimum: pareto.min.value.value,
        maximum: pareto.max.value.value)
    }
    return empirical.map { empirical in
      .empirical(
        values: empirical.values.map(\.value.value),
        weights: empirical.weights ?? empirical.values.map { _ in 1 })
    }
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
