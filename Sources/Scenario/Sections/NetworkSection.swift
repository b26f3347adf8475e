// SPDX-License-Identifier: GPL-3.0-or-later
internal import EventKernel
internal import NetworkModel

/// The network of a scenario: its nodes and its links.
struct NetworkSection: Section {
  var origin = Origin.none
  var use: BuiltInNetworkName?
  var nodes: [NodeSection]?
  var fibres: [FibreSection] = []
  var rings: [RingSection] = []
  var links: [LinkSection] = []
  var port: PortSection?
  var fabrics: [FabricSection] = []

  static let shape = Shape<NetworkSection>(
    "The nodes of a network, the fibres between them, and the links that flows run over.",
    fields: [
      .optional(
        "use", \.use,
        """
        A built-in network to start from; what stands here adds to it, or changes what it calls by \
        the same name.
        """),
      .optional(
        "nodes", \.nodes,
        "All the nodes; where they are not listed, the ends of links and fibres declare them."),
      .defaulted("fibres", \.fibres, "The fibres between them."),
      .defaulted("rings", \.rings, "Rings of fibres."),
      .defaulted(
        "links", \.links, "Links of a given capacity; those made of light stand under light."),
      .optional("port", \.port, "The port of links that say nothing of theirs."),
      .defaulted("fabrics", \.fabrics, "Fabrics of data centres, for training jobs."),
    ])
}

/// A node of the network.
struct NodeSection: Section {
  var origin = Origin.none
  var name = Written(Name(""))
  var latitude: Written<Double>?
  var longitude: Written<Double>?

  static let shape = Shape<NodeSection>(
    "A place that links and fibres join.", shorthand: "name",
    fields: [
      .required("name", \.name, "The name of the node, different from all others."),
      .optional("latitude", \.latitude, "Degrees north, for maps."),
      .optional("longitude", \.longitude, "Degrees east, for maps."),
    ],
    rules: [.needs("latitude", "longitude"), .needs("longitude", "latitude")])
}

/// A network that comes with the program.
enum BuiltInNetworkName: String, Choice {
  case national
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
  var port: PortSection?
  var kind: LinkKind?

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
        "Whether it is two links, one each way, the second named with :back after the name."),
      .optional("port", \.port, "What stands at its head, where it is not that of the network."),
      .optional("kind", \.kind, LinkKind.about),
    ],
    rules: [.needs("from", "to"), .needs("to", "from")])
}

extension LinkKind: Choice {
  static let about = """
    What its use is counted with: backbone where not given; local between places of one local ring \
    of the built-in network.
    """
}
