// SPDX-License-Identifier: GPL-3.0-or-later
internal import EventKernel
internal import Scheduling

/// A service that answers requests one by one, by replicas on pools.
struct InferenceSection: Section {
  var origin = Origin.none
  var name = Written(Name("inference"))
  var pool: Written<Name>?
  var replicas: Positive<Int>?
  var engine: EngineSection?
  var sites: Written<[ServiceSiteSection]>?
  var requests = InferenceRequestsSection()
  var from: Written<PlaceList>?
  var routing = RequestRouting.leastWaiting
  var slo: PromiseSection?
  var cached: CacheSection?
  var waiting: Positive<Int>?
  var standsFor: Written<Positive<Int>>?
  var scale: ScaleSection?

  static let shape = Shape<InferenceSection>(
    "A service that answers requests one by one, by replicas of an engine on pools.",
    fields: [
      .defaulted(
        "name", \.name, "Its name, different from those of others; its metrics carry it."),
      .optional("pool", \.pool, "The pool that its replicas hold accelerators of."),
      .optional("replicas", \.replicas, "How many there are, on each pool; 1 without."),
      .optional("engine", \.engine, "What a replica is; may be said of each site by itself."),
      .optional("sites", \.sites, "Several pools, in place of pool."),
      .required("requests", \.requests, "The requests that it answers."),
      .optional("from", \.from, "Where they come from; the network is then crossed both ways."),
      .defaulted("routing", \.routing, "Which replica answers a request, as it comes."),
      .optional("slo", \.slo, "What is promised of each request."),
      .optional(
        "cached", \.cached,
        "What replicas remember of prompts, and do not take in again."),
      .optional(
        "waiting", \.waiting,
        "How many requests may wait at a replica; one that finds as many at all is refused."),
      .optional(
        "stands_for", \.standsFor,
        "How many replicas, and requests, one that is simulated stands for: an approximation."),
      .optional("scale", \.scale, "How replicas are begun and ended as the load asks for."),
    ],
    rules: [.exactlyOne(["pool", "sites"])])
}

/// Replicas on one of several pools.
struct ServiceSiteSection: Section {
  var origin = Origin.none
  var pool = Written(Name(""))
  var replicas: Positive<Int>?
  var engine: EngineSection?

  static let shape = Shape<ServiceSiteSection>(
    "Replicas on one of several pools.", shorthand: "pool",
    fields: [
      .required("pool", \.pool, "The pool."),
      .optional("replicas", \.replicas, "How many, where it is not as for the others."),
      .optional("engine", \.engine, "What a replica is, where it is not as for the others."),
    ])
}

/// An engine: how long steps take by what is in a batch.
struct EngineSection: Section {
  var origin = Origin.none
  var accelerators = Positive(1)
  var batchTokens: Positive<Int>?
  var batchRequests: Positive<Int>?
  var mixed: Written<Double>?
  var times: Written<String>?
  var rates: EngineRatesSection?

  static let shape = Shape<EngineSection>(
    "An engine with continuous batching; without times or rates it has those of the pool's type.",
    fields: [
      .required("accelerators", \.accelerators, "How many a replica holds."),
      .optional(
        "batch_tokens", \.batchTokens,
        "The most tokens of a step: prompts, and one for each request that is answered; no limit "
          + "without."),
      .optional(
        "batch_requests", \.batchRequests,
        "The most requests that have begun and are not done; no limit without."),
      .optional(
        "mixed", \.mixed,
        "What a step of prompts and answers takes more than prompts of as many tokens; 1.1 with "
          + "times, 1 with rates."),
      .optional(
        "times", \.times,
        "A CSV file with the columns batch_tokens, prompt_time_ms and token_time_ms, relative to "
          + "the folder of the scenario."),
      .optional("rates", \.rates, "Its rates, in place of times: an approximation."),
    ],
    rules: [.atMostOne(["times", "rates"])])
}

/// How fast an engine takes in and gives out.
struct EngineRatesSection: Section {
  var origin = Origin.none
  var prefill = Positive(TokenRate(perSecond: 0))
  var decode = Positive(TokenRate(perSecond: 0))
  var step: SimDuration?

  static let shape = Shape<EngineRatesSection>(
    "The rates of an engine, of all its accelerators together.",
    fields: [
      .required("prefill", \.prefill, "What it takes in while it gives nothing out."),
      .required("decode", \.decode, "What it gives out, to many at once, while it takes none in."),
      .optional(
        "step", \.step,
        "The least time of a step, in which the weights are read once; 1/22 s without."),
    ])
}

/// What a service promises of each request.
struct PromiseSection: Section {
  var origin = Origin.none
  var ttft: Positive<SimDuration>?
  var tbt: Positive<SimDuration>?

  static let shape = Shape<PromiseSection>(
    "What a service promises of each request.",
    fields: [
      .optional("ttft", \.ttft, "The time to its first token, with the network both ways."),
      .optional("tbt", \.tbt, "The mean time between its tokens."),
    ])
}

/// What replicas remember of prompts.
struct CacheSection: Section {
  var origin = Origin.none
  var share = Percentage(0)
  var prefixes: Positive<Int>?
  var kept: Written<Positive<Int>>?

  static let shape = Shape<CacheSection>(
    "What replicas remember of prompts, and do not take in again.", shorthand: "share",
    fields: [
      .required("share", \.share, "The part of each prompt that is remembered."),
      .optional(
        "prefixes", \.prefixes,
        "How many different ones that part may be, all alike; without it each is remembered."),
      .optional("kept", \.kept, "How many of them a replica remembers: those it saw last."),
    ],
    rules: [.needs("prefixes", "kept"), .needs("kept", "prefixes")])
}

/// How replicas are begun and ended.
struct ScaleSection: Section {
  var origin = Origin.none
  var least: Written<Positive<Int>>?
  var most = Written(Positive(1))
  var every = Positive(SimDuration(nanoseconds: 60_000_000_000))
  var requests = Positive(1.0)
  var dear: DearSection?
  var startsIn = SimDuration.zero

  static let shape = Shape<ScaleSection>(
    "How replicas of each site are begun and ended as the load asks for.",
    fields: [
      .optional("least", \.least, "Those that are always there; 1 without."),
      .required("most", \.most, "Those that are there at most."),
      .defaulted("every", \.every, "The time between two looks, over which requests are counted."),
      .required(
        "requests", \.requests, "The requests that a replica is to have at a time, as a mean."),
      .optional("dear", \.dear, "How many it is to have while power is dear."),
      .defaulted(
        "starts_in", \.startsIn,
        "How long a replica holds its accelerators before it takes requests."),
    ])
}

/// What is done while power is dear.
struct DearSection: Section {
  var origin = Origin.none
  var above = EnergyPrice(yuanPerKWh: 0)
  var requests = Positive(1.0)

  static let shape = Shape<DearSection>(
    "What is done while power is dear.",
    fields: [
      .required("above", \.above, "The price of power above which it holds."),
      .required("requests", \.requests, "The requests that a replica is to have then."),
    ])
}

extension RequestRouting: Choice {}
