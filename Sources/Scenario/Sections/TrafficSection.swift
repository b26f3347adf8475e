// SPDX-License-Identifier: GPL-3.0-or-later
internal import EventKernel
internal import NetworkModel

/// One entry of a scenario's traffic.
struct TrafficSection: Section {
  var origin = Origin.none
  var trace: TraceSection?
  var flows: [FlowSection]?
  var generate: GenerateSection?
  var demand: DemandSection?
  var tokens: TokensSection?
  var training: TrainingSection?
  var elastic: ElasticSection?
  var transfers: [TransferSection]?
  var jobs: JobsSection?
  var inference: InferenceSection?
  var trafficClass = Written(Name("default"))

  static let shape = Shape<TrafficSection>(
    """
    A source of flows: a trace, flows or transfers listed in place, a generator, elastic flows, or a \
    training job; a demand, requests for tokens, jobs for pools, or a service that answers requests.
    """,
    fields: [
      .optional(
        "trace", \.trace,
        """
        A file of flows, requests or jobs; by itself a CSV file with the columns flow, start_s, \
        source, target, bytes and, if wanted, path, class and deadline_s. Relative to the folder of \
        the scenario.
        """),
      .optional("flows", \.flows, "Flows listed in place."),
      .optional("generate", \.generate, "Flows drawn at random."),
      .optional("demand", \.demand, "A rate that is sent whatever becomes of it."),
      .optional("tokens", \.tokens, "Requests for tokens, as rates."),
      .optional("training", \.training, "A training job on a fabric."),
      .optional("elastic", \.elastic, "Large flows of users, each with a tier that it bought."),
      .optional(
        "transfers", \.transfers, "Moves of data in place, which may book bandwidth in advance."),
      .optional("jobs", \.jobs, "Jobs that run on pools."),
      .optional(
        "inference", \.inference, "A service that answers requests one by one, on pools."),
      .defaulted("class", \.trafficClass, "The class of the flows that name none."),
    ],
    rules: [
      .exactlyOne([
        "trace", "flows", "generate", "demand", "tokens", "training", "elastic", "transfers",
        "jobs", "inference",
      ])
    ])
}

/// A flow that is listed in place.
struct FlowSection: Section {
  var origin = Origin.none
  var flow = Written(Name(""))
  var start = SimDuration.zero
  var from: Written<Name>?
  var to: Written<Name>?
  var path: Written<[Written<String>]>?
  var size = Positive(Bytes(0))
  var deadline: Written<SimDuration>?
  var trafficClass: Written<Name>?

  static let shape = Shape<FlowSection>(
    "One transfer.",
    fields: [
      .required("flow", \.flow, "The name of the flow, different from all others."),
      .defaulted("start", \.start, "The simulated time at which it starts."),
      .optional("from", \.from, "The node it leaves from; may be left out where path is given."),
      .optional("to", \.to, "The node it goes to; may be left out where path is given."),
      .optional(
        "path", \.path,
        """
        The names of the links it takes, in order; of a two-way link the direction that continues \
        the path.
        """),
      .required("size", \.size, "How much it transfers."),
      .optional(
        "deadline", \.deadline, "The simulated time by which its last byte is to be there."),
      .optional("class", \.trafficClass, "Its class, where it is not that of the entry."),
    ])
}
