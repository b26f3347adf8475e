// SPDX-License-Identifier: GPL-3.0-or-later

extension Distribution {
  /// What is wrong with the parameters, as the end of a sentence; nil where nothing is.
  public var problem: String? {
    switch self {
    case .fixed(let value):
      Self.positive("the value", value)
    case .exponential(let mean):
      Self.positive("the mean", mean)
    case .lognormal(let zeta, let sigma):
      Self.finite("zeta", zeta) ?? Self.notNegative("sigma", sigma)
    case .boundedPareto(let alpha, let minimum, let maximum):
      Self.positive("alpha", alpha) ?? Self.positive("the minimum", minimum)
        ?? Self.positive("the maximum", maximum)
        ?? (minimum < maximum
          ? nil : "the minimum, \(minimum), must be less than the maximum, \(maximum)")
    case .gamma(let shape, let scale):
      Self.positive("the shape", shape) ?? Self.positive("the scale", scale)
    case .empirical(let values, let weights):
      Self.problem(values: values, weights: weights)
    }
  }

  private static func problem(values: [Double], weights: [Double]) -> String? {
    if values.isEmpty { return "there must be at least one value" }
    if values.count != weights.count {
      return "there must be as many weights as values, found \(weights.count) for \(values.count)"
    }
    for (index, value) in values.enumerated() {
      if let problem = positive("value \(index + 1)", value) { return problem }
    }
    return WeightedChoice.problem(weights: weights)
  }

  private static func positive(_ name: String, _ value: Double) -> String? {
    value > 0 && value.isFinite ? nil : "\(name) must be greater than 0 and finite, found \(value)"
  }

  private static func notNegative(_ name: String, _ value: Double) -> String? {
    value >= 0 && value.isFinite ? nil : "\(name) must be finite and not negative, found \(value)"
  }

  private static func finite(_ name: String, _ value: Double) -> String? {
    value.isFinite ? nil : "\(name) must be finite, found \(value)"
  }
}
