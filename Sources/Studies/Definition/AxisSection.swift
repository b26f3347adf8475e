// SPDX-License-Identifier: GPL-3.0-or-later
internal import Scenario
internal import YAMLReader

/// An axis of a study: what is varied, and the values it takes.
struct AxisSection: Section {
  var origin = Origin.none
  var name = Written("")
  var path: Written<String>?
  var values: [Raw]?
  var range: RangeSection?
  var log: LogRangeSection?
  var labels: [Written<String>]?
  var zip: [ZippedSection]?
  var fail: FailSection?
  var between: [Raw]?

  static let shape = Shape<AxisSection>(
    "What is varied, and the values it takes.",
    fields: [
      .required("name", \.name, "The name of its column."),
      .optional("path", \.path, "What is set, such as light.requests[0].count."),
      .optional("values", \.values, "The values one by one."),
      .optional("range", \.range, "Values at equal distances."),
      .optional("log", \.log, "Values at equal ratios."),
      .optional("labels", \.labels, "What the values are called in tables."),
      .optional("zip", \.zip, "Several paths that are set together."),
      .optional("fail", \.fail, "Each fibre, link or site fails in turn."),
      .optional("between", \.between, "The ends of a range that values are drawn from."),
    ],
    rules: [.exactlyOne(["values", "range", "log", "zip", "fail", "between"])])
}

/// Values at equal distances.
struct RangeSection: Section {
  var origin = Origin.none
  var from = Written("")
  var to = Written("")
  var step = Written("")

  static let shape = Shape<RangeSection>(
    "Values at equal distances, the ends among them.",
    fields: [
      .required("from", \.from, "The first value."), .required("to", \.to, "None is beyond it."),
      .required("step", \.step, "The distance."),
    ])
}

/// Values at equal ratios.
struct LogRangeSection: Section {
  var origin = Origin.none
  var from = Written("")
  var to = Written("")
  var count = Written(0)

  static let shape = Shape<LogRangeSection>(
    "Values at equal ratios, the ends among them.",
    fields: [
      .required("from", \.from, "The first value."), .required("to", \.to, "The last value."),
      .required("count", \.count, "How many values, two at least."),
    ])
}

/// A path that an axis sets together with others.
struct ZippedSection: Section {
  var origin = Origin.none
  var path = Written("")
  var values: [Raw] = []

  static let shape = Shape<ZippedSection>(
    "A path and its values, one for each step of the axis.",
    fields: [
      .required("path", \.path, "What is set."), .required("values", \.values, "The values."),
    ])
}

/// What fails in turn.
struct FailSection: Section {
  enum Kind: String, Choice {
    case fibre
    case link
    case site
    case pool
  }

  var origin = Origin.none
  var each = Kind.fibre
  var at = Raw()
  var duration: Raw?

  static let shape = Shape<FailSection>(
    "Each thing of a kind fails, one in each step of the axis.",
    fields: [
      .required(
        "each", \.each, "fibre, link, site or pool; a site takes its fibres and links down."),
      .required("at", \.at, "When it fails."),
      .optional("for", \.duration, "For how long; to the end where it is left out."),
    ])
}
