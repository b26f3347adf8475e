// SPDX-License-Identifier: GPL-3.0-or-later
internal import EventKernel
internal import NetworkModel
internal import Scheduling
internal import Simulator

/// Large flows of users, each with a tier that it has bought.
struct ElasticSection: Section {
  var origin = Origin.none
  var name = Written(Name(""))
  var arrivals = ArrivalsSection()
  var sizes = SizesSection()
  var from: Written<Name>?
  var to: Written<Name>?
  var path: Written<[Written<String>]>?
  var pairs: [PairSection]?
  var weights: NodeWeights?
  var tiers = Written<[TierSection]>([])
  var access: Written<Positive<BitsPerSecond>>?
  var lines: Written<Positive<Int>>?
  var deadline: ElasticDeadlineSection?
  var admission = Decider.rule(AdmissionSection())
  var scheduling = Decider.rule(SchedulingSection())
  var start = SimDuration.zero
  var stop: Written<SimDuration>?
  var count: Positive<Int>?

  static let shape = Shape<ElasticSection>(
    "Large flows of users: each asks for a tier, is let in or not, and shares by a policy.",
    fields: [
      .required("name", \.name, "The name of the entry; its flows are numbered under it."),
      .required("arrivals", \.arrivals, "When flows come."),
      .required("sizes", \.sizes, "How large they are."),
      .optional("from", \.from, "The node they leave from."),
      .optional("to", \.to, "The node they go to."),
      .optional("path", \.path, "The names of the links that all of them take, in order."),
      .optional("pairs", \.pairs, "Pairs of nodes, each with its share of the flows."),
      .optional("weights", \.weights, "A weight for each node; a pair has the product."),
      .required("tiers", \.tiers, "What users can buy."),
      .optional("access", \.access, "The rate of the line of a user."),
      .optional(
        "lines", \.lines,
        """
        The lines at each node that flows leave from, spread over evenly; flows on one line share \
        it. Without it each flow has a line of its own.
        """),
      .optional("deadline", \.deadline, "When flows are due."),
      .defaulted("admission", \.admission, "Which flows are let in, or a program that says so."),
      .defaulted(
        "scheduling", \.scheduling,
        "Who goes first, and when; or a program that says what flows get."),
      .defaulted("start", \.start, "The simulated time from which flows come."),
      .optional("stop", \.stop, "No flow comes at this time or later."),
      .optional("count", \.count, "The number of flows after which it ends."),
    ],
    rules: [
      .exactlyOne(["from", "path", "pairs", "weights"]), .needs("from", "to"),
      .needs("to", "from"), .needs("lines", "access"),
    ])
}

/// A rate that users can buy.
struct TierSection: Section {
  var origin = Origin.none
  var name = Written(Name(""))
  var floor = BitsPerSecond.zero
  var ceiling: Written<Positive<BitsPerSecond>>?
  var weight = Positive(1.0)
  var share = Positive(1.0)
  var price: Written<Double>?

  static let shape = Shape<TierSection>(
    "A rate that users can buy.",
    fields: [
      .required("name", \.name, "The name of the tier, different from the others."),
      .defaulted("floor", \.floor, "The rate that a flow never falls below while it sends."),
      .optional(
        "ceiling", \.ceiling, "The rate that it never exceeds; that of its line without."),
      .defaulted("weight", \.weight, "The share of a flow beside others, where weighted."),
      .defaulted("share", \.share, "The part of the flows that ask for it, among the tiers."),
      .optional("price", \.price, "What a terabyte costs, to count the income."),
    ])
}

/// When flows are due.
struct ElasticDeadlineSection: Section {
  var origin = Origin.none
  var slack = Written(1.0)

  static let shape = Shape<ElasticDeadlineSection>(
    "When flows are due.", shorthand: "slack",
    fields: [
      .required(
        "slack", \.slack,
        "How many times as long as it would take alone a flow may take from its arrival.")
    ])
}

/// Who goes first, and when.
struct SchedulingSection: Section {
  var origin = Origin.none
  var policy = Written(SchedulingPolicy.Name.fair)
  var prices: Written<[Double]>?

  static let shape = Shape<SchedulingSection>(
    "Who goes first, and when.", shorthand: "policy",
    fields: [
      .defaulted("policy", \.policy, "The policy."),
      .optional(
        "prices", \.prices, "The price in each hour of the day from midnight on, for off-peak."),
    ])
}

extension SchedulingPolicy.Name: Choice {}
