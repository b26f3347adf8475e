// SPDX-License-Identifier: GPL-3.0-or-later
internal import EventKernel

/// How loss and delay are worked out.
struct LossSection: Section {
  var origin = Origin.none
  var every: Positive<SimDuration>?

  static let shape = Shape<LossSection>(
    "How loss and delay of the links are worked out while flows run.",
    fields: [
      .optional(
        "every", \.every,
        "The time between two calculations of loss, beside those that arrivals and ends make due.")
    ])
}
