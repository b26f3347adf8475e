// SPDX-License-Identifier: GPL-3.0-or-later
internal import Scenario
internal import YAMLReader

/// A suite file as it was written, not yet checked for consistency.
struct SuiteSection: Section {
  var origin = Origin.none
  var suite = Written("")
  var baseline = Written("")
  var looks = [8, 16, 32, 64].map { Written($0) }
  var falseAlarm = Written("0.1 %")
  var cases: [CaseSection] = []

  static let shape = Shape<SuiteSection>(
    "Scenarios whose metrics must not get worse than they were.",
    fields: [
      .required("suite", \.suite, "The name of the suite."),
      .required("baseline", \.baseline, "The file of what was found before, beside the suite."),
      .defaulted("looks", \.looks, "After how many seeds the metrics are looked at."),
      .defaulted(
        "false_alarm", \.falseAlarm,
        "How likely the suite is red where nothing has changed, over all metrics and looks."),
      .required("cases", \.cases, "What is run, and what is looked at."),
    ])
}

/// One scenario of a suite.
struct CaseSection: Section {
  enum Exact: String, Choice {
    case digest
  }

  var origin = Origin.none
  var name = Written("")
  var scenario = Written("")
  var set = ValuesAtPaths()
  var unset: [Written<String>] = []
  var metrics: [MetricSection]?
  var exact: Exact?
  var instructions: Written<Tolerance>?

  static let shape = Shape<CaseSection>(
    "A scenario and what is looked at: its metrics over many seeds, or each event of one run.",
    fields: [
      .required("name", \.name, "The name of the case."),
      .required("scenario", \.scenario, "The scenario file, beside the suite."),
      .defaulted("set", \.set, "Settings: a path and a value each."),
      .defaulted("unset", \.unset, "What is removed from the scenario."),
      .optional("metrics", \.metrics, "The metrics that are looked at."),
      .optional("exact", \.exact, "digest: the run has to be the same, event by event."),
      .optional(
        "instructions", \.instructions,
        "How many more instructions a run may take, as a share: 2 %."),
    ],
    rules: [.exactlyOne(["metrics", "exact"])])
}

/// A metric of a case.
struct MetricSection: Section {
  enum Better: String, Choice {
    case lower, higher
  }

  var origin = Origin.none
  var metric = Written("")
  var better = Better.lower
  var tolerance = Written(Tolerance.statistical)
  var blocking = true

  static let shape = Shape<MetricSection>(
    "A metric, and how much worse it may become.",
    fields: [
      .required("metric", \.metric, "The metric, as summary.csv names it."),
      .required("better", \.better, "Which way it gets better."),
      .defaulted(
        "tolerance", \.tolerance,
        "How much worse is let be: a number in the metric's unit, a share of the baseline (1 %), "
          + "or statistical: nothing that chance does not explain."),
      .defaulted("blocking", \.blocking, "Whether the suite is red where it gets worse."),
    ])
}
