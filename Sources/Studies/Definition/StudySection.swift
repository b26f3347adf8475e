// SPDX-License-Identifier: GPL-3.0-or-later
internal import EventKernel
internal import NetworkModel
internal import Scenario
internal import YAMLReader

/// A study file as it was written, not yet checked for consistency.
struct StudySection: Section {
  var origin = Origin.none
  var study = Written("")
  var scenario: Written<String>?
  var scenarios: LabelledPaths?
  var seeds: Written<Int>?
  var until: UntilSection?
  var set = ValuesAtPaths()
  var unset: [Written<String>] = []
  var axes: [AxisSection] = []
  var sample: SampleSection?
  var condition: Written<String>?
  var metrics: [Written<String>]?
  var keep = KeptOfRuns.metrics
  var slurm: SlurmSection?

  static let shape = Shape<StudySection>(
    "Many runs: which scenario is varied along which axes, how often each variant is run.",
    fields: [
      .required("study", \.study, "The name of the study."),
      .optional("scenario", \.scenario, "The scenario file, beside the study."),
      .optional(
        "scenarios", \.scenarios,
        "Several scenario files with a label each: an axis called scenario."),
      .optional("seeds", \.seeds, "How often each variant is run: with the seeds 1, 2, ...; 1."),
      .optional("until", \.until, "Run each variant until an interval is narrow enough."),
      .defaulted("set", \.set, "Settings for all runs: a path and a value each."),
      .defaulted("unset", \.unset, "What is removed from the scenario for all runs."),
      .defaulted("axes", \.axes, "What is varied; each value of one with each of the others."),
      .optional("sample", \.sample, "How values are drawn for the axes with `between`."),
      .optional("where", \.condition, "Which combinations are run: load <= 200 or rule == x."),
      .optional("metrics", \.metrics, "The metrics of summary.csv; all where it is left out."),
      .defaulted("keep", \.keep, "What stays of each run: metrics, or the whole folder (runs)."),
      .optional("slurm", \.slurm, "What Slurm is asked for, with --engine slurm."),
    ],
    rules: [.exactlyOne(["scenario", "scenarios"]), .atMostOne(["seeds", "until"])])
}

/// What stays of each run.
enum KeptOfRuns: String, Choice {
  case metrics
  case runs
}

/// The rule that ends the replications of a variant.
struct UntilSection: Section {
  var origin = Origin.none
  var metric = Written("")
  var relative = Written("")
  var atMost = Written(200)

  static let shape = Shape<UntilSection>(
    "Seeds are added until the 95 % interval of a metric's mean is narrow enough.",
    fields: [
      .required("metric", \.metric, "The metric."),
      .required(
        "relative", \.relative, "The longer arm of the interval, as a share of the mean: 2 %."),
      .defaulted("at_most", \.atMost, "The most seeds of a variant."),
    ])
}

/// How the values of axes with `between` are drawn.
struct SampleSection: Section {
  enum Method: String, Choice {
    case sobol
    case latinHypercube = "latin-hypercube"
    /// Points for shares of variance, by the number of base points.
    case saltelli
  }

  var origin = Origin.none
  var method = Method.sobol
  var count = Written(0)
  var seed = Written(1)

  static let shape = Shape<SampleSection>(
    "Points in the space of all axes with `between`.",
    fields: [
      .required("method", \.method, "sobol, latin-hypercube, or saltelli for shares of variance."),
      .required("count", \.count, "How many points."),
      .defaulted("seed", \.seed, "What a latin hypercube is drawn from."),
    ])
}

/// What a cluster is asked for.
struct SlurmSection: Section {
  var origin = Origin.none
  var partition: Written<String>?
  var account: Written<String>?
  var qos: Written<String>?
  var time: Written<SimDuration>?
  var memory: Written<Bytes>?
  var atOnce: Written<Int>?

  static let shape = Shape<SlurmSection>(
    "What Slurm is asked for.",
    fields: [
      .optional("partition", \.partition, "The partition."),
      .optional("account", \.account, "The account that pays."),
      .optional("qos", \.qos, "The quality of service."),
      .optional("time", \.time, "The most time of a task: 30 min."),
      .optional("memory", \.memory, "The memory of a task: 2 GB."),
      .optional("at_once", \.atOnce, "How many tasks run at the same time."),
    ])
}
