// SPDX-License-Identifier: GPL-3.0-or-later
internal import EventKernel
internal import YAMLReader

/// A source of random flows.
struct GenerateSection: Section {
  var origin = Origin.none
  var name: Written<Name>?
  var preset: Written<String>?
  var bytesPerToken: MovedSection?
  var bytesPerProcessor: MovedSection?
  var timeFactor: Positive<Double>?
  var arrivals: ArrivalsSection?
  var sizes: SizesSection?
  var daily: Written<[Double]>?
  var weekly: Written<[Double]>?
  var path: Written<[Written<String>]>?
  var pairs: [PairSection]?
  var weights: NodeWeights?
  var from: Written<PlaceShares>?
  var to: Written<PlaceShares>?
  var endsAt: Written<ClusterEnds>?
  var start = SimDuration.zero
  var stop: Written<SimDuration>?
  var count: Positive<Int>?
  var deadline: DeadlineSection?
  var transfers: TransferTermsSection?

  static let shape = Shape<GenerateSection>(
    "Flows drawn at random; they all take one path, or go between pairs of nodes.",
    fields: [
      .optional(
        "name", \.name,
        """
        The name that its random streams and its flows carry; generator-1 and so on, by its place \
        among the generators, where it has none.
        """),
      .optional(
        "preset", \.preset,
        "A known workload, for what the other keys leave open; cpnsim show presets lists them."),
      .optional(
        "bytes_per_token", \.bytesPerToken,
        "What a request of the preset moves for each token; with an output, answers come back."),
      .optional(
        "bytes_per_processor", \.bytesPerProcessor,
        "What a job of the preset moves for each processor; an output comes back when it is over."),
      .optional(
        "time_factor", \.timeFactor,
        "Multiplies the gaps of the preset: 0.5 for twice as many in a time."),
      .optional("arrivals", \.arrivals, "When flows start; may be left to a preset."),
      .optional("sizes", \.sizes, "How large they are; may be left to a preset."),
      .optional(
        "daily", \.daily,
        "Factors of the rate through each day, in equal steps from midnight: 24 for one an hour."),
      .optional("weekly", \.weekly, "Factors of the rate for each of seven days."),
      .optional("path", \.path, "The names of the links that all of them take, in order."),
      .optional("pairs", \.pairs, "Pairs of nodes, each with its share of the flows."),
      .optional(
        "weights", \.weights,
        """
        A weight for each node: each ordered pair of two of them has a share of the flows that is \
        the product of their weights.
        """),
      .optional(
        "from", \.from,
        """
        Where flows leave from: a node, nodes with a weight each, or provinces or clusters with \
        those built in; each pair of it and one of to has the product.
        """),
      .optional("to", \.to, "Where they go, likewise."),
      .optional(
        "ends_at", \.endsAt,
        """
        Whether flows from and to clusters of the built-in network begin and end at their gateway, \
        or at all of their data centres alike.
        """),
      .defaulted("start", \.start, "The simulated time from which flows come."),
      .optional("stop", \.stop, "No flow starts at this time or later."),
      .optional("count", \.count, "The number of flows after which it ends."),
      .optional("deadline", \.deadline, "How long its flows have."),
      .optional(
        "transfers", \.transfers, "Makes its flows transfers, which may book bandwidth in advance."),
    ],
    rules: [
      .exactlyOne(["path", "pairs", "weights", "from"]), .needs("from", "to"),
      .needs("to", "from"), .atMostOne(["path", "ends_at"]), .needs("bytes_per_token", "preset"),
      .needs("bytes_per_processor", "preset"), .needs("time_factor", "preset"),
      .atMostOne(["time_factor", "arrivals"]),
    ])
}

/// A pair of nodes of a traffic matrix.
struct PairSection: Section {
  var origin = Origin.none
  var from = Written(Name(""))
  var to = Written(Name(""))
  var weight = Positive(1.0)

  static let shape = Shape<PairSection>(
    "A pair of nodes that flows go between.",
    fields: [
      .required("from", \.from, "The node that flows leave from."),
      .required("to", \.to, "The node that they go to."),
      .defaulted("weight", \.weight, "The share of this pair in relation to the others."),
    ])
}

/// A weight for each of some nodes.
struct NodeWeights: ScenarioValue {
  struct Entry: Sendable {
    var node: Written<Name>
    var weight: Positive<Double>
  }

  var entries: [Entry]

  static var schema: Node { schema(least: 2) }

  static func read(_ node: Node, path: Path, problems: inout Problems) -> NodeWeights? {
    let expected = "a mapping of two nodes or more to their weights"
    return entries(of: node, least: 2, expected: expected, path: path, problems: &problems)
      .map { NodeWeights(entries: $0) }
  }

  /// What a mapping of so many nodes at least to their weights looks like.
  static func schema(least: Int) -> Node {
    .mapping([
      ("type", .text("object")), ("additionalProperties", Positive<Double>.schema),
      ("minProperties", .plain("\(least)")),
    ])
  }

  /// The nodes of such a mapping with their weights; nil where one is in error, which is reported.
  static func entries(
    of node: Node, least: Int, expected: String, path: Path, problems: inout Problems
  ) -> [Entry]? {
    guard case .mapping(let entries) = node.content, entries.count >= least else {
      node.report(expected: expected, path: path, problems: &problems)
      return nil
    }
    let read = entries.map { entry in
      Positive<Double>.read(entry.value, path: path.key(entry.key), problems: &problems).map {
        Entry(
          node: Written(Name(entry.key), place: entry.keyPlace, path: path.key(entry.key)),
          weight: $0)
      }
    }
    let good = read.compactMap(\.self)
    return good.count == read.count ? good : nil
  }

  var node: Node { .mapping(entries.map { ($0.node.value.text, $0.weight.node) }) }
}
