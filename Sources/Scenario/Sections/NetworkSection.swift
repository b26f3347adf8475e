// SPDX-License-Identifier: GPL-3.0-or-later
internal import EventKernel
internal import NetworkModel

/// The network of a scenario: its nodes and its links.
struct NetworkSection: Section {
  var origin = Origin.none
  var nodes: [NodeSection]?
  var links: [LinkSection] = []

  static let shape = Shape<NetworkSection>(
    "The nodes and links that flows run over.",
    fields: [
      .optional(
        "nodes", \.nodes,
        "All the nodes; where they are not listed, the ends of the links declare them."),
      .required("links", \.links, "The links between them: at least one."),
    ])
}

/// A node of the network.
struct NodeSection: Section {
  var origin = Origin.none
  var name = Written(Name(""))

  static let shape = Shape<NodeSection>(
    "A place that links join.", shorthand: "name",
    fields: [.required("name", \.name, "The name of the node, different from all others.")])
}

/// A link of the network, in one direction or in both.
struct LinkSection: Section {
  var origin = Origin.none
  var name = Written(Name(""))
  var from: Written<Name>?
  var to: Written<Name>?
  var capacity = Positive(BitsPerSecond.zero)
  var delay = SimDuration.zero
  var isTwoWay = false

  static let shape = Shape<LinkSection>(
    "A link; without from and to it stands alone, and only paths that name it use it.",
    fields: [
      .required("name", \.name, "The name of the link, different from all others."),
      .optional("from", \.from, "The node at which it starts."),
      .optional("to", \.to, "The node at which it ends."),
      .required("capacity", \.capacity, "The rate it carries, in each of its directions."),
      .defaulted("delay", \.delay, "The time from one end to the other."),
      .defaulted(
        "two_way", \.isTwoWay,
        "Whether it is two links, one each way, the second named with :back behind the name."),
    ],
    rules: [.needs("from", "to"), .needs("to", "from")])
}
