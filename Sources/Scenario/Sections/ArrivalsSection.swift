// SPDX-License-Identifier: GPL-3.0-or-later
internal import NetworkModel

/// How the flows of a generator follow each other: one of its keys is given.
struct ArrivalsSection: Section {
  var origin = Origin.none
  var poisson: RateSection?
  var deterministic: RateSection?
  var bursty: BurstySection?

  static let shape = Shape<ArrivalsSection>(
    "How flows follow each other.",
    fields: [
      .optional("poisson", \.poisson, "Independent exponential gaps, at this rate."),
      .optional("deterministic", \.deterministic, "Equal gaps, at this rate."),
      .optional("bursty", \.bursty, "Gaps of a given variation, gamma or lognormal: they cluster."),
    ],
    rules: [.exactlyOne(["poisson", "deterministic", "bursty"])])
}

/// A rate of flows, given by itself or by the load that they make.
struct RateSection: Section {
  var origin = Origin.none
  var rate: Positive<Frequency>?
  var load: Positive<BitsPerSecond>?

  static let shape = Shape<RateSection>(
    "A rate of flows.", shorthand: "rate",
    fields: [
      .optional("rate", \.rate, "The mean number of flows in a time."),
      .optional("load", \.load, "The mean bit rate that the flows ask for, in place of rate."),
    ],
    rules: [.exactlyOne(["rate", "load"])])
}

/// Arrivals in bursts.
struct BurstySection: Section {
  var origin = Origin.none
  var rate: Positive<Frequency>?
  var load: Positive<BitsPerSecond>?
  var variation = Positive(1.0)
  var gaps = GapFamily.gamma

  static let shape = Shape<BurstySection>(
    "Gaps that vary more, or less, than those of a Poisson process.",
    fields: [
      .optional("rate", \.rate, "The mean number of flows in a time."),
      .optional("load", \.load, "The mean bit rate that the flows ask for, in place of rate."),
      .required(
        "variation", \.variation,
        "The standard deviation of the gaps over their mean: 1 is Poisson, more is bursty."),
      .defaulted(
        "gaps", \.gaps,
        "How they are distributed; with a large variation most are next to 0 if gamma."),
    ],
    rules: [.exactlyOne(["rate", "load"])])
}

/// How the gaps of arrivals in bursts are distributed.
enum GapFamily: String, Choice {
  case gamma, lognormal
}
