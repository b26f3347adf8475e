// SPDX-License-Identifier: GPL-3.0-or-later
internal import Results

/// The tables of a study: which columns they have depends on its axes and on the metrics of its runs.
struct StudySchemas {
  let results: TableSchema
  let wide: TableSchema
  let summary: TableSchema
  let failures: TableSchema

  var all: [TableSchema] { [results, wide, summary, failures] }

  init(_ study: Study, metrics: [RunRecord.Metric]) {
    let variant =
      [
        Column(
          Study.scenarioColumn, .string, about: "The scenario: its label in the study, or its file."
        )
      ]
      + study.axes.map { Column($0.name, .string, about: "The value of the axis \($0.name).") }
    let run =
      [Column("run", .integer, about: "The number of the run in the order of the study.")]
      + variant + [Column("seed", .integer, about: "The seed of the run.")]
    let metric = [
      Column("metric", .string, about: "What the number measures; each metric has its own word."),
      Column("value", .number, about: "The number; empty where there was nothing to measure."),
      Column("unit", .string, about: "The unit of the value; empty for counts and ratios."),
    ]
    results = TableSchema(
      file: "results.csv", about: "A row for each metric of each run that is done.",
      columns: run + metric, primaryKey: ["run", "metric"])
    let folder =
      study.keepsRuns ? [Column("folder", .string, about: "Where the tables of the run are.")] : []
    wide = TableSchema(
      file: "wide.csv", about: "A row for each run that the study has.",
      columns: run
        + [Column("status", .string, about: "Whether the run is done, failed or missing.")]
        + folder
        + [Column("digest", .string, about: "The digest over the events of the run.")]
        + metrics.map {
          Column(
            $0.name, .number, unit: $0.unit.isEmpty ? nil : $0.unit,
            about: "The metric \($0.name) of the run.")
        },
      primaryKey: ["run"])
    summary = TableSchema(
      file: "summary.csv", about: "A row for each metric of each variant: its mean over the seeds.",
      columns: variant + [
        metric[0],
        Column("n", .integer, about: "How many runs have a value."),
        Column("of", .integer, about: "How many runs the variant has to have."),
        Column("mean", .number, about: "The mean of the values; empty where there is none."),
        Column("deviation", .number, about: "Their standard deviation; empty below two."),
        Column("low", .number, about: "The lower end of the 95 % interval of the mean."),
        Column("high", .number, about: "The upper end of the 95 % interval of the mean."),
        metric[2],
      ], primaryKey: variant.map(\.name) + ["metric"])
    failures = TableSchema(
      file: "failures.csv", about: "A row for each run that failed.",
      columns: run + [Column("message", .string, about: "Why it failed.")], primaryKey: ["run"])
  }
}
