// SPDX-License-Identifier: GPL-3.0-or-later
internal import EventKernel
internal import NetworkModel

/// A source of requests for lightpaths.
struct RequestsSection: Section {
  var origin = Origin.none
  var list: [RequestSection]?
  var trace: Written<String>?
  var generate: RequestGeneratorSection?
  var protection = ProtectionChoice.none

  static let shape = Shape<RequestsSection>(
    "A source of requests for lightpaths: listed, from a file, or drawn at random.",
    fields: [
      .optional("list", \.list, "Requests listed in place."),
      .optional(
        "trace", \.trace,
        """
        A CSV file with the columns request, start_s, source, target, rate_bps, hold_s and, if \
        wanted, protection; relative to the folder of the scenario.
        """),
      .optional("generate", \.generate, "Requests drawn at random."),
      .defaulted("protection", \.protection, "The protection of those that name none."),
    ],
    rules: [.exactlyOne(["list", "trace", "generate"])])
}

/// A request that is listed in place.
struct RequestSection: Section {
  var origin = Origin.none
  var request = Written(Name(""))
  var start = SimDuration.zero
  var from = Written(Name(""))
  var to = Written(Name(""))
  var rate = Positive(BitsPerSecond.zero)
  var hold: Positive<SimDuration>?
  var protection: ProtectionChoice?

  static let shape = Shape<RequestSection>(
    "A client that asks for so many bits a second between two nodes.",
    fields: [
      .required("request", \.request, "The name of the request, different from all others."),
      .defaulted("start", \.start, "The simulated time at which it is made."),
      .required("from", \.from, "The node at one end."),
      .required("to", \.to, "The node at the other."),
      .required("rate", \.rate, "What it asks for."),
      .optional("hold", \.hold, "For how long; without it, until the end of the run."),
      .optional("protection", \.protection, "Its protection, where it is not that of the entry."),
    ])
}

/// A source of random requests.
struct RequestGeneratorSection: Section {
  var origin = Origin.none
  var name: Written<Name>?
  var arrivals = RequestArrivalsSection()
  var holding = HoldingSection()
  var rates = RatesSection()
  var between: EveryPair?
  var pairs: [PairSection]?
  var weights: NodeWeights?
  var start = SimDuration.zero
  var stop: Written<SimDuration>?
  var count: Positive<Int>?
  var warmUp = 0

  static let shape = Shape<RequestGeneratorSection>(
    "Requests drawn at random.",
    fields: [
      .optional(
        "name", \.name,
        "The name that its random streams and its requests carry; clients-1 and so on."),
      .required("arrivals", \.arrivals, "When they come: a Poisson process."),
      .required("holding", \.holding, "For how long they hold what they get."),
      .required("rates", \.rates, "What they ask for."),
      .optional("between", \.between, "All pairs of nodes, each alike."),
      .optional("pairs", \.pairs, "Pairs of nodes, each with its share of the requests."),
      .optional("weights", \.weights, "A weight for each node; a pair has the product."),
      .defaulted("start", \.start, "The simulated time from which they come."),
      .optional("stop", \.stop, "None comes at this time or later."),
      .optional("count", \.count, "The number of requests after which it ends."),
      .defaulted(
        "warm_up", \.warmUp,
        "The first requests that blocking does not count, while the network fills."),
    ],
    rules: [.exactlyOne(["between", "pairs", "weights"])])
}

/// All pairs of nodes.
enum EveryPair: String, Choice {
  case all
}

/// How often requests come.
struct RequestArrivalsSection: Section {
  var origin = Origin.none
  var poisson: Positive<Frequency>?
  var erlang: Positive<Double>?

  static let shape = Shape<RequestArrivalsSection>(
    "A Poisson process, given by its rate or by the load that it makes.",
    fields: [
      .optional("poisson", \.poisson, "The mean number of requests in a time."),
      .optional(
        "erlang", \.erlang,
        "The load of the whole network: the rate of requests times their mean holding time."),
    ],
    rules: [.exactlyOne(["poisson", "erlang"])])
}

/// For how long requests hold what they get.
struct HoldingSection: Section {
  var origin = Origin.none
  var fixed: Positive<SimDuration>?
  var exponential: ExponentialHoldingSection?

  static let shape = Shape<HoldingSection>(
    "For how long requests hold what they get.",
    fields: [
      .optional("fixed", \.fixed, "All for this time."),
      .optional("exponential", \.exponential, "Exponentially distributed."),
    ],
    rules: [.exactlyOne(["fixed", "exponential"])])
}

/// Exponentially distributed times.
struct ExponentialHoldingSection: Section {
  var origin = Origin.none
  var mean = Positive(SimDuration(nanoseconds: 1))
  var below: Written<Positive<SimDuration>>?

  static let shape = Shape<ExponentialHoldingSection>(
    "Exponentially distributed times.", shorthand: "mean",
    fields: [
      .required("mean", \.mean, "The mean time, before longer ones are drawn again."),
      .optional("below", \.below, "Times from this on are drawn again."),
    ])
}

/// What requests ask for.
struct RatesSection: Section {
  var origin = Origin.none
  var fixed: Positive<BitsPerSecond>?
  var uniform: UniformRatesSection?
  var choice: RateChoiceSection?

  static let shape = Shape<RatesSection>(
    "What requests ask for.",
    fields: [
      .optional("fixed", \.fixed, "All the same rate."),
      .optional("uniform", \.uniform, "Any of equally spaced rates, each alike."),
      .optional("choice", \.choice, "One of some rates, each with its weight."),
    ],
    rules: [.exactlyOne(["fixed", "uniform", "choice"])])
}

/// Equally spaced rates.
struct UniformRatesSection: Section {
  var origin = Origin.none
  var min = Positive(BitsPerSecond.zero)
  var max = Positive(BitsPerSecond.zero)
  var step = Positive(BitsPerSecond(1e9))

  static let shape = Shape<UniformRatesSection>(
    "Equally spaced rates from the least to the most, each alike.",
    fields: [
      .required("min", \.min, "The least."), .required("max", \.max, "The most."),
      .defaulted("step", \.step, "From one to the next."),
    ])
}

/// Some rates, each with its weight.
struct RateChoiceSection: Section {
  var origin = Origin.none
  var values: [Positive<BitsPerSecond>] = []
  var weights: [Positive<Double>]?

  static let shape = Shape<RateChoiceSection>(
    "One of some rates.",
    fields: [
      .required("values", \.values, "The rates."),
      .optional("weights", \.weights, "The weight of each; all alike where not given."),
    ])
}
