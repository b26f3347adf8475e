// SPDX-License-Identifier: GPL-3.0-or-later
internal import EventKernel
internal import NetworkModel
internal import Traffic

/// A training job on one fabric or several, or a collective by itself.
struct TrainingSection: Section {
  var origin = Origin.none
  var name = Written(Name(""))
  var fabric: Written<Name>?
  var sites: [SiteSection]?
  var spread: SiteSpread?
  var split: SiteSplit?
  var classBetween: Written<Name>?
  var firstHost = Written(0)
  var start = SimDuration.zero
  var after: Written<[Written<Name>]>?
  var iterations = Positive(1)
  var model: ModelSection?
  var plan: PlanSection?
  var collective: CollectiveSection?

  static let shape = Shape<TrainingSection>(
    "A training job; its accelerators stand side by side, and belong to it alone.",
    fields: [
      .required("name", \.name, "The name of the job, different from all others."),
      .optional("fabric", \.fabric, "The fabric that it runs on."),
      .defaulted("first_host", \.firstHost, "The first of its hosts, counted from 0."),
      .optional("sites", \.sites, "The hosts of several fabrics that it runs on, in their order."),
      .optional(
        "spread", \.spread, "What crosses between sites: data (the default) or pipeline."),
      .optional(
        "split", \.split,
        "How work is shared out between unlike sites: proportional (the default) or equal."),
      .optional(
        "class_between", \.classBetween,
        "The class of what crosses between sites; that of the entry if absent."),
      .defaulted("start", \.start, "The simulated time at which it starts."),
      .optional(
        "after", \.after, "Transfers in place, by name, that must have arrived before it starts."),
      .defaulted("iterations", \.iterations, "The number of iterations."),
      .optional("model", \.model, "The transformer that is trained."),
      .optional("plan", \.plan, "How it is spread over accelerators."),
      .optional("collective", \.collective, "A collective and nothing else, as a benchmark does."),
    ],
    rules: [
      .exactlyOne(["fabric", "sites"]), .exactlyOne(["model", "collective"]),
      .needs("model", "plan"), .needs("plan", "model"), .needs("sites", "model"),
      .needs("spread", "sites"), .needs("split", "sites"), .needs("class_between", "sites"),
    ])
}

/// The transformer that a job trains.
struct ModelSection: Section {
  var origin = Origin.none
  var parameters = Positive(1.0)
  var layers = Positive(1)
  var hidden = Positive(1)
  var sequence = Positive(1)
  var precision = Precision.bf16
  var experts: ExpertsSection?

  static let shape = Shape<ModelSection>(
    "A transformer, as far as its training takes time.",
    fields: [
      .required("parameters", \.parameters, "The number of its parameters, such as 70e9."),
      .required("layers", \.layers, "The number of its layers."),
      .required("hidden", \.hidden, "The width of a token between layers."),
      .required("sequence", \.sequence, "The tokens of a sequence."),
      .defaulted("precision", \.precision, "What its matrices are multiplied in."),
      .optional("experts", \.experts, "A mixture of experts in every layer."),
    ])
}

extension Precision: Choice {}

/// A mixture of experts.
struct ExpertsSection: Section {
  var origin = Origin.none
  var count = Positive(1)
  var perToken = Positive(1)
  var activeParameters = Positive(1.0)

  static let shape = Shape<ExpertsSection>(
    "Experts, of which each token goes to some.",
    fields: [
      .required("count", \.count, "The experts of a layer."),
      .required("per_token", \.perToken, "The experts that a token goes to."),
      .required(
        "active_parameters", \.activeParameters, "The parameters that a token goes through."),
    ])
}

/// How a model is spread over accelerators.
struct PlanSection: Section {
  var origin = Origin.none
  var data = Positive(1)
  var tensor = Positive(1)
  var pipeline = Positive(1)
  var expert = Positive(1)
  var batch = Positive(1)
  var microbatch = Positive(1)
  var algorithm = Collective.Algorithm.ring
  var isSharded = false
  var overlap = Percentage(0)
  var efficiency = Positive(Percentage(50))

  static let shape = Shape<PlanSection>(
    "A parallel plan; it takes data x tensor x pipeline accelerators.",
    fields: [
      .required("data", \.data, "Replicas of the model."),
      .defaulted("tensor", \.tensor, "Accelerators that share each layer; neighbours in a host."),
      .defaulted("pipeline", \.pipeline, "Stages of layers."),
      .defaulted("expert", \.expert, "Replicas that the experts of a layer are spread over."),
      .required("batch", \.batch, "Sequences of an iteration."),
      .defaulted("microbatch", \.microbatch, "Sequences that a replica takes at once."),
      .defaulted("algorithm", \.algorithm, "How gradients are reduced."),
      .defaulted(
        "sharded", \.isSharded,
        "Whether gradients are scattered and parameters gathered in place of an all-reduce."),
      .defaulted(
        "overlap", \.overlap,
        "The part of the compute phase, at its end, beside which gradients are exchanged."),
      .defaulted("efficiency", \.efficiency, "What kernels reach of the accelerator's peak."),
    ])
}

extension Collective.Algorithm: Choice {}

/// A collective by itself.
struct CollectiveSection: Section {
  var origin = Origin.none
  var kind = Collective.Kind.allReduce
  var algorithm: Collective.Algorithm?
  var gpus: Written<Positive<Int>>?
  var stride: Written<Positive<Int>>?
  var cards: Written<[Written<CardNames>]>?
  var size = Positive(Bytes(0))

  static let shape = Shape<CollectiveSection>(
    "A collective of all accelerators of the job.",
    fields: [
      .defaulted("kind", \.kind, "What it does."),
      .optional("algorithm", \.algorithm, "How; the usual way by default."),
      .optional("gpus", \.gpus, "The accelerators that take part."),
      .optional(
        "stride", \.stride, "How far apart they stand; 1, side by side, where not given."),
      .optional(
        "cards", \.cards,
        """
        In place of gpus, the network cards of those that take part, in the order of their ranks: \
        h3n2 is card 2 of host 3, h0-15n2 that of each of 16 hosts.
        """),
      .required("size", \.size, "The size of the buffer, as NCCL's tests count it."),
    ],
    rules: [.exactlyOne(["gpus", "cards"]), .needs("stride", "gpus")])
}

extension Collective.Kind: Choice {}
