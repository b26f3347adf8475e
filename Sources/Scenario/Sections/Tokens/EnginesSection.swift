// SPDX-License-Identifier: GPL-3.0-or-later
internal import Compute
internal import EventKernel
internal import Traffic

/// How requests for tokens are looked at through the engines that serve them.
struct EnginesSection: Section {
  var origin = Origin.none
  var window = Positive(SimDuration(nanoseconds: 20_000_000_000))
  var warmUp = SimDuration(nanoseconds: 60_000_000_000)
  var step = SimDuration(nanoseconds: Int64(StepRates.standardFloor * 1e9))
  var fill = Positive(Percentage(90))
  var slo: PromiseSection?

  static let shape = Shape<EnginesSection>(
    """
    What requests wait for: in each step of the day one engine of each site is lived through for a \
    while.
    """,
    fields: [
      .defaulted("window", \.window, "For how long requests are looked at in a step."),
      .defaulted(
        "warm_up", \.warmUp, "For how long an engine is at work before the first look."),
      .defaulted(
        "step", \.step,
        "The least time of an engine's step, in which the weights are read once."),
      .defaulted(
        "fill", \.fill,
        "The part of its time that a site is given work for; at all of it requests would wait for ever."
      ),
      .optional("slo", \.slo, "What is promised of each request."),
    ])

  var engines: TokenEngines {
    TokenEngines(
      window: window.value, warmUp: warmUp, leastStep_s: step.seconds, fill: fill.value.share,
      promise: slo?.promise ?? ServicePromise())
  }
}
