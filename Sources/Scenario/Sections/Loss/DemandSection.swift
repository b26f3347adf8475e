// SPDX-License-Identifier: GPL-3.0-or-later
internal import EventKernel
internal import NetworkModel
internal import Traffic
internal import YAMLReader

/// A rate that is sent whatever becomes of it.
struct DemandSection: Section {
  var origin = Origin.none
  var name = Written(Name(""))
  var rate = Positive(BitsPerSecond.zero)
  var from: Written<Name>?
  var to: Written<Name>?
  var path: Written<[Written<String>]>?
  var paths: [PathSection]?
  var pairs: [PairSection]?
  var weights: NodeWeights?
  var daily: Written<[Double]>?
  var start = SimDuration.zero
  var stop: Written<SimDuration>?
  var takes = Demand.Precedence.ahead
  var variation = Written(1.0)

  static let shape = Shape<DemandSection>(
    "A rate that is sent whatever becomes of it; what does not fit is lost and counted.",
    fields: [
      .required("name", \.name, "The name of the demand, different from all others."),
      .required("rate", \.rate, "What is sent, all pairs together."),
      .optional("from", \.from, "The node it leaves from."),
      .optional("to", \.to, "The node it goes to."),
      .optional("path", \.path, "The names of the links it takes, in order."),
      .optional(
        "paths", \.paths, "Several paths between two nodes, each with its share of the rate."),
      .optional("pairs", \.pairs, "Pairs of nodes, each with its share of the rate."),
      .optional("weights", \.weights, "A weight for each node; a pair has the product."),
      .optional(
        "daily", \.daily,
        "Factors of the rate through each day, in equal steps from midnight: 24 for one an hour."),
      .defaulted("start", \.start, "The simulated time from which it is sent."),
      .optional("stop", \.stop, "The time at which it ends."),
      .defaulted(
        "takes", \.takes,
        "Whether it goes ahead of flows on a link, which share the rest, or beside them."),
      .defaulted(
        "variation", \.variation,
        "Standard deviation over mean of the gaps between packets: 1 for a Poisson process."),
    ],
    rules: [
      .exactlyOne(["from", "path", "paths", "pairs", "weights"]), .needs("from", "to"),
      .needs("to", "from"),
    ])
}

/// One of several paths that a demand is divided over.
struct PathSection: Section {
  var origin = Origin.none
  var links = Written<[Written<String>]>([])
  var weight = Positive(1.0)

  static let shape = Shape<PathSection>(
    "A path that takes a share of a demand.",
    fields: [
      .required("links", \.links, "The names of the links of the path, in order."),
      .defaulted("weight", \.weight, "The share of this path in relation to the others."),
    ])
}

extension Demand.Precedence: Choice {}
