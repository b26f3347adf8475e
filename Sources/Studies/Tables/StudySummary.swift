// SPDX-License-Identifier: GPL-3.0-or-later
public import Results
internal import Statistics

/// The means of a study over its seeds, with their intervals.
public struct StudySummary: Sendable {
  private let study: Study
  /// The first rows, for people.
  private var shown: [[Cell]] = []
  private var rows = 0
  /// Variants that have their rows, where points that are drawn may come again.
  private var told: Set<[String]> = []
  /// Variants with a run that is missing or failed.
  public private(set) var incomplete = 0

  /// Variants whose interval is still too wide after the most seeds.
  public private(set) var tooWide = 0

  private typealias Cell = Results.Cell

  /// How many rows are kept to be shown.
  private let mostShown: Int
  /// More than a screen has.
  public static let screenful = 40

  init(_ study: Study, mostShown: Int) {
    self.study = study
    self.mostShown = mostShown
  }

  /// Writes the rows of a variant.
  mutating func add(_ results: CellResults, to writer: inout CSVWriter) throws {
    let labels = study.labels(of: results.cell)
    let scenario = study.scenarios[results.cell.scenario].label
    if study.design != nil, !told.insert([scenario] + labels).inserted { return }
    let of = results.runs.count
    let isWhole = results.runs.allSatisfy { if case .done = $0.run { true } else { false } }
    if !isWhole { incomplete += 1 }
    let found = results.valuesByMetric
    if case .until(let rule) = study.replications,
      !rule.isNarrow(found.first { $0.metric.name == rule.metric }?.values ?? [])
    {
      tooWide += 1
    }
    for (metric, values) in wanted(found) {
      let estimate = MeanEstimate(values)
      let interval = estimate?.interval()
      writer.append(scenario)
      for label in labels { writer.append(label) }
      writer.append(metric.name)
      writer.append(values.count)
      writer.append(of)
      writer.append(estimate?.mean ?? .nan)
      writer.append(values.count < 2 ? .nan : estimate?.deviation ?? .nan)
      writer.append(interval?.lower ?? .nan)
      writer.append(interval?.upper ?? .nan)
      writer.append(metric.unit)
      try writer.endRow()
      show(scenario, labels, metric, values.count, estimate?.mean, interval, of: of)
    }
  }

  /// The metrics of the summary; all in the order of the runs, or those that the study names.
  private func wanted(
    _ found: [(metric: RunRecord.Metric, values: [Double])]
  ) -> [(metric: RunRecord.Metric, values: [Double])] {
    guard let names = study.metrics else { return found }
    return names.compactMap { name in
      found.first { $0.metric.name == name }
        ?? (RunRecord.Metric(name: name, unit: ""), [])
    }
  }

  private mutating func show(
    _ scenario: String, _ labels: [String], _ metric: RunRecord.Metric, _ count: Int,
    _ mean: Double?, _ interval: MeanInterval?, of: Int
  ) {
    rows += 1
    guard shown.count < mostShown else { return }
    let several: [Cell] = study.scenarios.count > 1 ? [.text(scenario)] : []
    shown.append(
      several + labels.map { .text($0) } + [
        .text(metric.name), .precise(mean ?? .nan),
        .precise(interval?.lower ?? .nan),
        .precise(interval?.upper ?? .nan), .text("\(count) of \(of)"), .text(metric.unit),
      ])
  }

  /// The first rows, and how many more there are.
  public var listing: (rows: Listing, more: Int) {
    let several = study.scenarios.count > 1 ? [Study.scenarioColumn] : []
    let names = several + study.axes.map(\.name) + ["metric", "mean", "low", "high", "n", "unit"]
    var listing = Listing(names.map { .init($0) })
    for row in shown { listing.append(row) }
    return (listing, rows - shown.count)
  }
}
