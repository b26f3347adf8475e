// SPDX-License-Identifier: GPL-3.0-or-later
internal import EventKernel
internal import NetworkModel

/// A link of the flow layer whose capacity is light.
struct LitLinkSection: Section {
  var origin = Origin.none
  var name = Written(Name(""))
  var between = Written<[Written<Name>]>([])
  var channels = 1
  var rate: Positive<BitsPerSecond>?
  var route: Written<[Written<Name>]>?
  var protection = ProtectionChoice.none
  var ring: Written<Name>?
  var automatic: AutomaticSection?
  var onDemand = false
  var port: PortSection?
  var kind: LinkKind?

  static let shape = Shape<LitLinkSection>(
    "A two-way link whose capacity is the sum of its working lightpaths.",
    fields: [
      .required("name", \.name, "The name of the link, different from all others."),
      .required("between", \.between, "The two nodes that it joins."),
      .defaulted("channels", \.channels, "The lightpaths that are lit from the start."),
      .optional(
        "rate", \.rate, "The least line rate of each; without it, the fastest that closes."),
      .optional(
        "route", \.route, "The fibres, or the nodes, that they follow; without it, any path."),
      .defaulted("protection", \.protection, "What becomes of them when a fibre is cut."),
      .optional(
        "ring", \.ring, "The ring that protects them; without it, one that holds their route."),
      .optional("automatic", \.automatic, "When further channels are lit, and darkened again."),
      .defaulted(
        "on_demand", \.onDemand,
        "Whether lightpaths that requests light between its nodes add to it."),
      .optional("port", \.port, "What stands at its heads, where it is not that of the network."),
      .optional("kind", \.kind, LinkKind.about),
    ])
}

/// What becomes of a lightpath when a fibre under it is cut.
enum ProtectionChoice: String, Choice {
  /// It waits for the repair.
  case none
  /// A second lightpath on a disjoint route stands by.
  case onePlusOne = "1+1"
  /// The channel goes round the other way of its ring.
  case ring
  /// Another route is looked for once it is cut.
  case restoration
}

/// When a link lights another channel, and when it darkens one.
struct AutomaticSection: Section {
  var origin = Origin.none
  var above = Positive(Percentage(80))
  var below = Percentage(30)
  var most = Positive(80)
  var least: Int?
  var every = Positive(SimDuration(nanoseconds: 60_000_000_000))

  static let shape = Shape<AutomaticSection>(
    "A link that lights another channel when it is busy, and darkens one when it is idle.",
    fields: [
      .defaulted("above", \.above, "The use at which another channel is lit."),
      .defaulted(
        "below", \.below,
        "The use below which one goes dark; it must be lower than above."),
      .defaulted("most", \.most, "The most channels that are lit."),
      .optional("least", \.least, "The fewest; those lit from the start where not given."),
      .defaulted("every", \.every, "The time over which the use is measured."),
    ])
}
