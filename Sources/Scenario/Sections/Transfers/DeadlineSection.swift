// SPDX-License-Identifier: GPL-3.0-or-later
internal import EventKernel

/// How long generated flows have: one of its keys is given.
struct DeadlineSection: Section {
  var origin = Origin.none
  var slack: Written<Double>?
  var after: Positive<SimDuration>?

  static let shape = Shape<DeadlineSection>(
    "How long flows have, from their start on.",
    fields: [
      .optional(
        "slack", \.slack, "So many times as long as the flow takes alone on its path, at least 1."),
      .optional("after", \.after, "The same time for all."),
    ],
    rules: [.exactlyOne(["slack", "after"])])
}
