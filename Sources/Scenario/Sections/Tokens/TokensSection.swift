// SPDX-License-Identifier: GPL-3.0-or-later
internal import EventKernel
internal import Traffic
internal import YAMLReader

/// Requests for tokens, as rates.
struct TokensSection: Section {
  var origin = Origin.none
  var name = Written(Name("tokens"))
  var total = Positive(TokenRate(perSecond: 0))
  var services: Written<[ServiceSection]>?
  var from = Written(TokenOrigins.provinces)
  var to = Written(TokenTargets.clusters)
  var inferenceShare: Written<Percentage>?
  var endsAt: Written<ClusterEnds>?
  var serve = Decider.rule(TokenServing.nearest)
  var latency: Written<Positive<SimDuration>>?
  var sample: Written<Double>?
  var engines: EnginesSection?
  var start = SimDuration.zero
  var stop: Written<SimDuration>?

  static let shape = Shape<TokensSection>(
    """
    Requests for tokens from many places to the sites that serve them: rates that cross the \
    network both ways, whatever number of requests they stand for.
    """,
    fields: [
      .defaulted("name", \.name, "Its name, different from those of others."),
      .required(
        "total", \.total,
        "All tokens that are asked for, in and out together, as a mean over the day."),
      .optional(
        "services", \.services,
        "The services that they are asked of; all built-in ones where not given."),
      .defaulted(
        "from", \.from,
        """
        Where requests come from: provinces, each with its built-in weight, or nodes with theirs.
        """),
      .defaulted(
        "to", \.to,
        """
        Where they are served: clusters, or nodes with the tokens a second that each takes in or \
        gives out.
        """),
      .optional(
        "inference_share", \.inferenceShare,
        """
        The part of the clusters' published capacity that serves requests; no limit if not given.
        """),
      .optional(
        "ends_at", \.endsAt,
        """
        Whether clusters serve at their gateway, or all of their data centres alike.
        """),
      .defaulted(
        "serve", \.serve,
        "The rule by which they are placed: nearest with room, spread over all by their capacity, or a "
          + "placement policy of jobs; or a program that says where they go."),
      .optional(
        "latency", \.latency,
        "The delay, one way, within which the rule chooses; the nearest site where none has room."),
      .optional(
        "sample", \.sample,
        "The part of requests that are simulated one by one, for the tails of their delays."),
      .optional(
        "engines", \.engines, "What requests wait for at sites, by engines that are looked at."),
      .defaulted("start", \.start, "The simulated time from which they come."),
      .optional("stop", \.stop, "The time at which they end."),
    ])
}

extension TokenServing: Choice {}

/// A service that answers requests with tokens.
struct ServiceSection: Section {
  var origin = Origin.none
  var name = Written(Name(""))
  var share: Percentage?
  var input: Positive<Double>?
  var inputVariation: Double?
  var output: Positive<Double>?
  var outputVariation: Double?
  var inputBytes: Positive<Double>?
  var outputBytes: Positive<Double>?
  var requestBytes: Positive<Double>?
  var latency: Written<Positive<SimDuration>>?
  var daily: Written<[Double]>?

  static let shape = Shape<ServiceSection>(
    "A service; one of a built-in name has all that is not given here from there.",
    shorthand: "name",
    fields: [
      .required("name", \.name, "Its name; built in are chat, code, agent, image and video."),
      .optional("share", \.share, "Its part of all tokens, in relation to that of the others."),
      .optional("input_tokens", \.input, "The mean tokens that a request brings."),
      .optional("input_variation", \.inputVariation, "Their standard deviation over mean."),
      .optional("output_tokens", \.output, "The mean tokens that a request is answered with."),
      .optional("output_variation", \.outputVariation, "Their standard deviation over mean."),
      .optional(
        "input_bytes_per_token", \.inputBytes, "What the network carries for a token there; 5."),
      .optional(
        "output_bytes_per_token", \.outputBytes, "What it carries for a token back; 250."),
      .optional("bytes_per_request", \.requestBytes, "What a request is beside its tokens; 1000."),
      .optional(
        "latency", \.latency, "The delay within which it is served, where it is not that of all."),
      .optional(
        "daily", \.daily,
        """
        Factors through each day in equal steps from midnight, 24 for one an hour; only their \
        relation counts.
        """),
    ])
}
