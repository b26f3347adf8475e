// SPDX-License-Identifier: GPL-3.0-or-later
internal import EventKernel
internal import Scenario
internal import YAMLReader

/// Something that is to hold.
struct LevelSection: Section {
  /// What is counted, where results have more than one.
  enum Subject: String, Choice {
    case flows, jobs
  }

  enum Spot: String, Choice {
    case mean, p50, p95, p99, max
  }

  var origin = Origin.none
  var loss: Written<String>?
  var refused: Written<String>?
  var latency: Written<Positive<SimDuration>>?
  var completion: Written<Positive<SimDuration>>?
  var deadlines: Written<String>?
  var blocking: Written<String>?
  var availability: Written<String>?
  var metric: Written<String>?
  var className: Written<String>?
  var service: Written<String>?
  var source: Written<String>?
  var of: Subject?
  var spot: Spot?
  var atMost: Written<Double>?
  var atLeast: Written<Double>?

  private static let words = [
    "loss", "refused", "latency", "completion", "deadlines", "blocking", "availability", "metric",
  ]

  static let shape = Shape<LevelSection>(
    "Something that is to hold, in each hour or of a metric of the run.",
    fields: [
      .optional("loss", \.loss, "The most of the traffic that is not carried in any hour: 0.1 %."),
      .optional("refused", \.refused, "The most of the tokens that no site serves in any hour."),
      .optional(
        "latency", \.latency,
        "The most that the network takes: one way of any traffic, or there and back of a service."),
      .optional(
        "completion", \.completion,
        "The most that flows, jobs or the requests of a service take from their arrival to their end."
      ),
      .optional(
        "deadlines", \.deadlines, "The most of the flows or jobs with a deadline that miss it: 1 %."
      ),
      .optional(
        "blocking", \.blocking, "The most of the requests for lightpaths that are refused."),
      .optional(
        "availability", \.availability,
        "The least part of the time in which the worst pair with traffic has a way: 99.95 %."),
      .optional("metric", \.metric, "A metric of summary.csv, which the simulation has to reach."),
      .optional("class", \.className, "The class that it is to hold for; all traffic without it."),
      .optional("service", \.service, "The service of tokens or of inference that it holds for."),
      .optional("source", \.source, "The source of the requests for lightpaths."),
      .optional("of", \.of, "Whether flows or jobs are meant; flows where a run has some."),
      .optional(
        "at", \.spot, "Which of the times counts: mean, p50, p95, p99 or max; p99 without it."),
      .optional("at_most", \.atMost, "The most that the metric may be."),
      .optional("at_least", \.atLeast, "The least that the metric may be."),
    ],
    rules: [
      .exactlyOne(words), .atMostOne(["at_most", "at_least"]), .needs("at_most", "metric"),
      .needs("at_least", "metric"), .needs("source", "blocking"), .needs("at", "completion"),
      .atMostOne(["class", "service"]), .atMostOne(["class", "of"]),
      .atMostOne(["service", "of"]),
    ])
}
