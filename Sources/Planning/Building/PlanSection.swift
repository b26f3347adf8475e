// SPDX-License-Identifier: GPL-3.0-or-later
internal import NetworkModel
internal import Scenario
internal import Studies
internal import YAMLReader

/// A plan file as it was written, not yet checked for consistency.
struct PlanSection: Section {
  enum Failures: String, Choice {
    case none, single
  }

  var origin = Origin.none
  var plan = Written("")
  var scenario = Written("")
  var set = ValuesAtPaths()
  var unset: [Written<String>] = []
  var failures = Failures.none
  var fill = Written("80 %")
  var levels: [LevelSection] = []
  var build = BuildSection()
  var growth: [GrowthSection] = []
  var years: [Written<Int>] = []

  static let shape = Shape<PlanSection>(
    "What is to hold of a scenario, and what may be built for it at which price.",
    fields: [
      .required("plan", \.plan, "The name of the plan."),
      .required("scenario", \.scenario, "The scenario file, beside the plan."),
      .defaulted("set", \.set, "Settings: a path and a value each."),
      .defaulted("unset", \.unset, "What is removed from the scenario."),
      .defaulted(
        "failures", \.failures, "Under which failures levels hold: none, or any single one."),
      .defaulted(
        "fill", \.fill, "How full the mean of an hour may make a link that is built for it."),
      .required("levels", \.levels, "What is to hold."),
      .required("build", \.build, "What may be built, with prices in yuan."),
      .defaulted("growth", \.growth, "What grows from year to year."),
      .defaulted("years", \.years, "The first and the last year: [2026, 2030]."),
    ])
}

/// Something that is to hold.
struct LevelSection: Section {
  var origin = Origin.none
  var loss: Written<String>?
  var refused: Written<String>?
  var metric: Written<String>?
  var className: Written<String>?
  var atMost: Written<Double>?
  var atLeast: Written<Double>?

  static let shape = Shape<LevelSection>(
    "Something that is to hold, in each hour or of a metric of the run.",
    fields: [
      .optional("loss", \.loss, "The most of the traffic that is not carried in any hour: 0.1 %."),
      .optional("refused", \.refused, "The most of the tokens that no site serves in any hour."),
      .optional("metric", \.metric, "A metric of summary.csv, which the simulation has to reach."),
      .optional("class", \.className, "The class whose loss it is; all traffic without it."),
      .optional("at_most", \.atMost, "The most that the metric may be."),
      .optional("at_least", \.atLeast, "The least that the metric may be."),
    ],
    rules: [
      .exactlyOne(["loss", "refused", "metric"]), .needs("class", "loss"),
      .atMostOne(["at_most", "at_least"]), .needs("at_most", "metric"),
      .needs("at_least", "metric"),
    ])
}

/// What may be built.
struct BuildSection: Section {
  var origin = Origin.none
  var channels: ChannelsSection?
  var nodes: NodesSection?
  var lines: LinesSection?
  var fibres: [NewFibreSection] = []

  static let shape = Shape<BuildSection>(
    "What may be built, with prices in yuan.",
    fields: [
      .optional("channels", \.channels, "Channels of links that are made of light."),
      .optional("nodes", \.nodes, "Nodes that serve tokens."),
      .optional("lines", \.lines, "More capacity for links that are not made of light."),
      .defaulted("fibres", \.fibres, "Fibres that may be laid."),
    ])
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

struct GrowthSection: Section {
  var origin = Origin.none
  var path = Written("")
  var from = Written("")
  var by = Written("")

  static let shape = Shape<GrowthSection>(
    "A value of the scenario that grows from year to year.",
    fields: [
      .required("path", \.path, "The path of the value: traffic[0].tokens.total."),
      .required("from", \.from, "The value in the first year: 140e12 tokens/day."),
      .required("by", \.by, "How much it grows in a year: 60 %."),
    ])
}
