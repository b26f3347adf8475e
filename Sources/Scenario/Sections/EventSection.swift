// SPDX-License-Identifier: GPL-3.0-or-later
internal import EventKernel
internal import NetworkModel

/// A change to a link at a given time.
struct EventSection: Section {
  var origin = Origin.none
  var at = SimDuration.zero
  var link: Written<Name>?
  var capacity: Positive<BitsPerSecond>?
  var fail: Written<Name>?
  var repair: Written<Name>?

  static let shape = Shape<EventSection>(
    "A change at a given time; on a two-way link it changes both directions.",
    fields: [
      .required("at", \.at, "The simulated time of the change."),
      .optional("link", \.link, "The link whose capacity changes."),
      .optional("capacity", \.capacity, "The capacity that the link has from then on."),
      .optional("fail", \.fail, "A link that carries nothing from then on; its flows wait."),
      .optional("repair", \.repair, "A link that works again from then on."),
    ],
    rules: [
      .exactlyOne(["capacity", "fail", "repair"]), .needs("capacity", "link"),
      .needs("link", "capacity"),
    ])
}
