// SPDX-License-Identifier: GPL-3.0-or-later
internal import EventKernel
internal import Traces

/// The requests of a service: a file, or drawn at random.
struct InferenceRequestsSection: Section {
  var origin = Origin.none
  var file: Written<String>?
  var columns: ColumnNames?
  var timeUnit: TimeUnit?
  var isLenient: Bool?
  var preset: Written<String>?
  var timeFactor: Positive<Double>?
  var total: Positive<TokenRate>?
  var services: Written<[ServiceSection]>?
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
      .optional(
        "total", \.total,
        "All tokens that are asked for, in and out together, as a mean over the day, of services as "
          + "token traffic has them."),
      .optional(
        "services", \.services, "Those services; all built-in ones where not given."),
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
      .atMostOne(["total", "file"]), .atMostOne(["total", "preset"]),
      .atMostOne(["total", "arrivals"]), .atMostOne(["total", "input_tokens"]),
      .atMostOne(["total", "output_tokens"]), .atMostOne(["total", "daily"]),
      .atMostOne(["total", "weekly"]), .atMostOne(["total", "count"]),
      .needs("services", "total"),
    ])
}
