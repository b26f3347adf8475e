// SPDX-License-Identifier: GPL-3.0-or-later
internal import EventKernel
internal import NetworkModel
internal import Statistics

/// A value that can be drawn from a distribution.
protocol DrawnValue: ScenarioValue, Measured {
  /// As the distribution counts it: bytes, seconds, accelerators.
  var drawn: Double { get }
  /// For a section that has none yet.
  static var none: Self { get }
}

extension Bytes: DrawnValue {
  var drawn: Double { value }
  static var none: Bytes { Bytes(0) }
}

extension SimDuration: DrawnValue {
  var drawn: Double { seconds }
  static var none: SimDuration { .zero }
}

extension Double: DrawnValue {
  var drawn: Double { self }
  static var none: Double { 0 }
}

/// A distribution of what jobs need: one of its keys is given.
struct DrawnSection<Value: DrawnValue>: Section {
  var origin = Origin.none
  var fixed: Positive<Value>?
  var exponential: Positive<Value>?
  var lognormal: DrawnLognormalSection<Value>?
  var pareto: DrawnParetoSection<Value>?
  var empirical: DrawnEmpiricalSection<Value>?

  static var shape: Shape<DrawnSection> {
    Shape(
      "How a value is distributed.",
      fields: [
        .optional("fixed", \.fixed, "Always this value."),
        .optional("exponential", \.exponential, "Exponentially distributed, with this mean."),
        .optional("lognormal", \.lognormal, "The logarithm is normally distributed."),
        .optional("pareto", \.pareto, "Pareto between two bounds: many small, few very large."),
        .optional("empirical", \.empirical, "One of some values, each with its weight."),
      ],
      rules: [.exactlyOne(["fixed", "exponential", "lognormal", "pareto", "empirical"])])
  }

  /// What the one key that is given says.
  var distribution: Distribution? {
    if let fixed { return .fixed(fixed.value.drawn) }
    if let exponential { return .exponential(mean: exponential.value.drawn) }
    if let lognormal {
      return .lognormal(mean: lognormal.mean.value.drawn, variation: lognormal.variation.value)
    }
    if let pareto {
      return .boundedPareto(
        alpha: pareto.alpha.value, minimum: pareto.min.value.drawn, maximum: pareto.max.value.drawn)
    }
    return empirical.map { empirical in
      .empirical(
        values: empirical.values.map(\.value.drawn),
        weights: empirical.weights ?? empirical.values.map { _ in 1 })
    }
  }
}

struct DrawnLognormalSection<Value: DrawnValue>: Section {
  var origin = Origin.none
  var mean = Positive(Value.none)
  var variation = Positive(1.0)

  static var shape: Shape<DrawnLognormalSection> {
    Shape(
      "Lognormally distributed values.",
      fields: [
        .required("mean", \.mean, "The mean value, not that of the logarithm."),
        .required("variation", \.variation, "The standard deviation over the mean."),
      ])
  }
}

struct DrawnParetoSection<Value: DrawnValue>: Section {
  var origin = Origin.none
  var alpha = Positive(1.0)
  var min = Positive(Value.none)
  var max = Positive(Value.none)

  static var shape: Shape<DrawnParetoSection> {
    Shape(
      "Pareto distributed values between two bounds.",
      fields: [
        .required("alpha", \.alpha, "The tail exponent: the smaller, the heavier the tail."),
        .required("min", \.min, "The smallest value."),
        .required("max", \.max, "The largest value, more than the smallest."),
      ])
  }
}

struct DrawnEmpiricalSection<Value: DrawnValue>: Section {
  var origin = Origin.none
  var values: [Positive<Value>] = []
  var weights: [Double]?

  static var shape: Shape<DrawnEmpiricalSection> {
    Shape(
      "One of some values.",
      fields: [
        .required("values", \.values, "The values."),
        .optional("weights", \.weights, "A weight for each of them; all are equal without."),
      ])
  }
}
