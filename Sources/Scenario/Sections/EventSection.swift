// SPDX-License-Identifier: GPL-3.0-or-later
internal import EventKernel
internal import NetworkModel

/// A change to a link, a fibre or what stands on it, at a given time.
struct EventSection: Section {
  var origin = Origin.none
  var at = SimDuration.zero
  var link: Written<Name>?
  var capacity: Positive<BitsPerSecond>?
  var fail: Written<Name>?
  var repair: Written<Name>?
  var cut: Written<Name>?
  var mend: Written<Name>?
  var amplifier: Written<Name>?
  var transponder: Written<Name>?
  var failPool: Written<Name>?
  var duration: Positive<SimDuration>?

  static let shape = Shape<EventSection>(
    "A change at a given time; on a two-way link it changes both directions.",
    fields: [
      .required("at", \.at, "The simulated time of the change."),
      .optional("link", \.link, "The link whose capacity changes."),
      .optional("capacity", \.capacity, "The capacity that the link has from then on."),
      .optional("fail", \.fail, "A link that carries nothing from then on; its flows wait."),
      .optional("repair", \.repair, "A link that works again from then on."),
      .optional("cut", \.cut, "A fibre that carries no light from then on."),
      .optional("mend", \.mend, "A fibre that carries light again from then on."),
      .optional("amplifier", \.amplifier, "A fibre of which an amplifier fails."),
      .optional(
        "transponder", \.transponder, "A link made of light of which one lightpath fails."),
      .optional(
        "fail_pool", \.failPool,
        "A pool that is out of service from then on: what runs there fails, what waits goes on waiting."
      ),
      .optional(
        "for", \.duration, "The time after which it is repaired; without it, it is not."),
    ],
    rules: [
      .exactlyOne([
        "capacity", "fail", "repair", "cut", "mend", "amplifier", "transponder",
        "fail_pool",
      ]), .needs("capacity", "link"),
      .needs("link", "capacity"),
    ])
}
