// SPDX-License-Identifier: GPL-3.0-or-later
internal import NetworkModel

/// The distribution of the sizes of flows: one of its keys is given.
struct SizesSection: Section {
  var origin = Origin.none
  var fixed: Positive<Bytes>?
  var exponential: ExponentialSection?
  var lognormal: LognormalSection?
  var pareto: ParetoSection?
  var empirical: EmpiricalSection?

  static let shape = Shape<SizesSection>(
    "How large flows are.",
    fields: [
      .optional("fixed", \.fixed, "All of this size."),
      .optional("exponential", \.exponential, "Exponentially distributed."),
      .optional("lognormal", \.lognormal, "The logarithm is normally distributed."),
      .optional("pareto", \.pareto, "Pareto between two bounds: many small, few very large."),
      .optional("empirical", \.empirical, "One of some sizes, each with its weight."),
    ],
    rules: [.exactlyOne(["fixed", "exponential", "lognormal", "pareto", "empirical"])])
}

struct ExponentialSection: Section {
  var origin = Origin.none
  var mean = Positive(Bytes(0))

  static let shape = Shape<ExponentialSection>(
    "Exponentially distributed sizes.", shorthand: "mean",
    fields: [.required("mean", \.mean, "The mean size.")])
}

struct LognormalSection: Section {
  var origin = Origin.none
  var mean = Positive(Bytes(0))
  var variation = Positive(1.0)

  static let shape = Shape<LognormalSection>(
    "Lognormally distributed sizes.",
    fields: [
      .required("mean", \.mean, "The mean size, not that of the logarithm."),
      .required("variation", \.variation, "The standard deviation of the sizes over their mean."),
    ])
}

struct ParetoSection: Section {
  var origin = Origin.none
  var alpha = Positive(1.0)
  var min = Positive(Bytes(0))
  var max = Positive(Bytes(0))

  static let shape = Shape<ParetoSection>(
    "Pareto distributed sizes between two bounds.",
    fields: [
      .required("alpha", \.alpha, "The tail exponent: the smaller, the heavier the tail."),
      .required("min", \.min, "The smallest size."),
      .required("max", \.max, "The largest size, more than the smallest."),
    ])
}

struct EmpiricalSection: Section {
  var origin = Origin.none
  var values: [Positive<Bytes>] = []
  var weights: [Double]?

  static let shape = Shape<EmpiricalSection>(
    "One of some sizes.",
    fields: [
      .required("values", \.values, "The sizes."),
      .optional("weights", \.weights, "A weight for each of them; all are equal without."),
    ])
}
