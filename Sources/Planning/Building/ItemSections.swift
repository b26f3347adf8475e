// SPDX-License-Identifier: GPL-3.0-or-later
internal import NetworkModel
internal import Scenario
internal import YAMLReader

/// What may be built.
struct BuildSection: Section {
  var origin = Origin.none
  var channels: ChannelsSection?
  var nodes: NodesSection?
  var lines: LinesSection?
  var fibres: [NewFibreSection] = []
  var amplifiers: AmplifiersSection?
  var accelerators: AcceleratorsSection?
  var regenerators: RegeneratorsSection?

  static let shape = Shape<BuildSection>(
    "What may be built, with prices in yuan.",
    fields: [
      .optional("channels", \.channels, "Channels of links that are made of light."),
      .optional("nodes", \.nodes, "Nodes that serve tokens."),
      .optional("lines", \.lines, "More capacity for links that are not made of light."),
      .defaulted("fibres", \.fibres, "Fibres that may be laid."),
      .optional("amplifiers", \.amplifiers, "The amplifiers that new fibres take."),
      .optional("accelerators", \.accelerators, "More accelerators in pools."),
      .optional("regenerators", \.regenerators, "Regenerators, for light that does not reach."),
    ],
    rules: [.needs("amplifiers", "fibres")])
}

struct ChannelsSection: Section {
  var origin = Origin.none
  var price = Positive(1.0)
  var transceiver = Written(0.0)
  var most = Positive(80)

  static let shape = Shape<ChannelsSection>(
    "Channels of links that are made of light.",
    fields: [
      .required("price", \.price, "What a channel costs."),
      .defaulted("transceiver", \.transceiver, "What each of its two transceivers costs."),
      .defaulted("most", \.most, "The most channels of a link."),
    ])
}

struct NodesSection: Section {
  var origin = Origin.none
  var price = Positive(1.0)
  var sites: [Written<String>]?

  static let shape = Shape<NodesSection>(
    "Nodes of eight H800 that serve tokens.",
    fields: [
      .required("price", \.price, "What a node costs."),
      .optional("sites", \.sites, "Where some may be built; everywhere without it."),
    ])
}

struct LinesSection: Section {
  var origin = Origin.none
  var capacity = Positive(BitsPerSecond(1))
  var price = Positive(1.0)

  static let shape = Shape<LinesSection>(
    "More capacity for links that are not made of light.",
    fields: [
      .required("capacity", \.capacity, "What a line adds to a link each way."),
      .required("price", \.price, "What a line costs."),
    ])
}

struct NewFibreSection: Section {
  var origin = Origin.none
  var name = Written("")
  var between: [Written<String>] = []
  var length = Written("")
  var price = Positive(1.0)

  static let shape = Shape<NewFibreSection>(
    "A fibre that may be laid.",
    fields: [
      .required("name", \.name, "Its name."),
      .required("between", \.between, "Its two ends."),
      .required("length", \.length, "How long it is."),
      .required("price", \.price, "What it costs."),
    ])
}

struct AmplifiersSection: Section {
  var origin = Origin.none
  var price = Positive(1.0)

  static let shape = Shape<AmplifiersSection>(
    "The amplifiers that new fibres take, one at the end of each span each way.",
    shorthand: "price", fields: [.required("price", \.price, "What an amplifier costs.")])
}

struct AcceleratorsSection: Section {
  var origin = Origin.none
  var price = Positive(1.0)
  var pools: [Written<String>] = []
  var step = Positive(8)

  static let shape = Shape<AcceleratorsSection>(
    "More accelerators in pools, for levels that runs tell.",
    fields: [
      .required("price", \.price, "What an accelerator costs."),
      .required("pools", \.pools, "The pools that may get some, of those in pools.list."),
      .defaulted("step", \.step, "How many are bought together."),
    ])
}

struct RegeneratorsSection: Section {
  var origin = Origin.none
  var price = Positive(1.0)
  var sites: [Written<String>]?

  static let shape = Shape<RegeneratorsSection>(
    "Regenerators, which make light anew where it does not reach.",
    fields: [
      .required("price", \.price, "What a regenerator costs, for both ways of a lightpath."),
      .optional("sites", \.sites, "The nodes at which they may stand; all on fibres without it."),
    ])
}
