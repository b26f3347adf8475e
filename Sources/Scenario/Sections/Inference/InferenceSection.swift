// SPDX-License-Identifier: GPL-3.0-or-later
internal import EventKernel
internal import Scheduling
internal import Traces

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
  var cached: Percentage?
  var waiting: Positive<Int>?

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
        "The part of what requests bring that stands in a cache, and is not taken in again."),
      .optional(
        "waiting", \.waiting,
        "How many requests may wait at a replica; one that finds as many at all is refused."),
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

/// The requests of a service: a file, or drawn at random.
struct InferenceRequestsSection: Section {
  var origin = Origin.none
  var file: Written<String>?
  var columns: ColumnNames?
  var timeUnit: TimeUnit?
  var isLenient: Bool?
  var preset: Written<String>?
  var timeFactor: Positive<Double>?
  var arrivals: ArrivalsSection?
  var inputTokens: DrawnSection<Double>?
  var outputTokens: DrawnSection<Double>?
  var daily: Written<[Double]>?
  var weekly: Written<[Double]>?
  var start: SimDuration?
  var stop: Written<SimDuration>?
  var count: Positive<Int>?

  static let shape = Shape<InferenceRequestsSection>(
    "Requests of a file, or drawn at random.", shorthand: "file",
    fields: [
      .optional(
        "file", \.file,
        "A trace of requests: when each comes, the tokens that it brings, and those of its answer."),
      .optional(
        "columns", \.columns, "The columns, or keys of JSON, that have other names than usual."),
      .optional("time_unit", \.timeUnit, "What numbers that are times count."),
      .optional("lenient", \.isLenient, "Whether lines that can't be read are skipped."),
      .optional(
        "preset", \.preset,
        "A known workload of requests, for what the other keys leave open; cpnsim show presets "
          + "lists them."),
      .optional(
        "time_factor", \.timeFactor,
        "Multiplies the times of the file, or the gaps of the preset."),
      .optional("arrivals", \.arrivals, "When requests come that are drawn at random."),
      .optional("input_tokens", \.inputTokens, "The tokens that each brings."),
      .optional("output_tokens", \.outputTokens, "The tokens of its answer."),
      .optional(
        "daily", \.daily,
        "Factors of the rate through each day, in equal steps from midnight: 24 for one an hour."),
      .optional("weekly", \.weekly, "Factors of the rate for each of seven days."),
      .optional(
        "start", \.start,
        "The simulated time from which they come; that of the first row, of a file. Without it, as "
          + "in the file, unless its times are dates."),
      .optional("stop", \.stop, "None that is drawn comes at this time or later."),
      .optional("count", \.count, "The number of requests after which it ends."),
    ],
    rules: [
      .atMostOne(["file", "preset"]), .atMostOne(["file", "arrivals"]),
      .atMostOne(["time_factor", "arrivals"]), .needs("columns", "file"),
      .needs("time_unit", "file"), .needs("lenient", "file"),
      .atMostOne(["file", "input_tokens"]), .atMostOne(["file", "output_tokens"]),
      .atMostOne(["file", "daily"]), .atMostOne(["file", "weekly"]),
      .atMostOne(["file", "stop"]), .atMostOne(["file", "count"]),
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

extension RequestRouting: Choice {}
