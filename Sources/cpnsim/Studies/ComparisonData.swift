// SPDX-License-Identifier: GPL-3.0-or-later

internal import Results
internal import Statistics
internal import Studies
internal import Text

private typealias Cell = Results.Cell

/// Comparisons for programs: all metrics of all variants, with all digits.
struct ComparisonData {
  private let report: ComparisonReport

  init(_ report: ComparisonReport) {
    self.report = report
  }

  // MARK: - CSV

  /// One row a metric and variant.
  var listing: Listing {
    let axes = report.parts.first?.comparison.axes ?? []
    let names =
      ["baseline", "candidate"] + axes + [
        "metric", "unit", "better", "n", "mean_a", "mean_b", "difference", "share", "low", "high",
        "p", "p_exact", "low_skewed", "high_skewed", "p_skewed", "p_adjusted", "effect", "verdict",
        "over", "over_a", "over_b",
        "farthest_seed", "farthest_a", "farthest_b", "moved_most",
      ]
    var listing = Listing(names.map { .init($0) })
    for part in report.parts {
      let most = ComparisonMoves.variants(of: part.comparison)
      for variant in part.comparison.variants {
        for metric in variant.metrics {
          let sides: [Cell] = [
            .text(part.comparison.baseline), .text(part.comparison.candidate),
          ]
          let labels: [Cell] = variant.labels.map { .text($0) }
          let isMost = most[metric.metric.name] == variant.labels
          listing.append(sides + labels + cells(metric) + moves(metric, isMost: isMost))
        }
      }
    }
    return listing
  }

  private func cells(_ metric: MetricComparison) -> [Cell] {
    let test = metric.test
    let over = metric.over.first
    var cells: [Cell] = [
      .text(metric.metric.name), .text(metric.metric.unit), .text(metric.better?.rawValue ?? ""),
      .count(metric.pairs),
    ]
    let numbers: [Double?] = [
      metric.baseline, metric.candidate, metric.difference, metric.share,
      test?.studentInterval.lower, test?.studentInterval.upper, test?.test.p.twoSided,
      test?.exactP, test?.interval.lower, test?.interval.upper, test?.p, metric.adjustedP,
      test?.effect,
    ]
    cells += numbers.map { .number($0 ?? .nan) }
    cells += [.text(metric.verdict.rawValue), .text(over?.metric ?? "")]
    cells += [over?.baseline, over?.candidate].map { .number($0 ?? .nan) }
    return cells
  }

  /// The run that moved farthest, and whether the metric moved most in this variant.
  private func moves(_ metric: MetricComparison, isMost: Bool) -> [Cell] {
    let farthest = metric.farthest
    return [
      .text(farthest.map { "\($0.seed)" } ?? ""), .number(farthest?.baseline ?? .nan),
      .number(farthest?.candidate ?? .nan), .text(isMost ? "yes" : "no"),
    ]
  }

  // MARK: - JSON

  var json: JSON {
    .object([
      ("tolerance", .number(report.rules.tolerance)),
      ("level", .number(report.rules.level)),
      ("comparisons", .array(report.parts.map(json))),
    ])
  }

  private func json(_ part: ComparisonReport.Part) -> JSON {
    let comparison = part.comparison
    return .object([
      ("baseline", .string(comparison.baseline)),
      ("candidate", .string(comparison.candidate)),
      ("findings", ComparisonFindings(part, report.rules).json),
      ("tests", .integer(Int64(comparison.tests))),
      ("variants", .array(comparison.variants.map { json($0, axes: comparison.axes) })),
      ("moved", .array(part.moves.map(json))),
      ("moved_most", ComparisonMoves.json(of: comparison)),
      ("notes", .array(comparison.notes.map { .string($0) })),
    ])
  }

  private func json(_ variant: VariantComparison, axes: [String]) -> JSON {
    .object([
      ("axes", .object(zip(axes, variant.labels).map { ($0, .string($1)) })),
      ("pairs", .integer(Int64(variant.pairs))),
      ("identical", .boolean(variant.isIdentical)),
      ("only_in_baseline", .array(variant.onlyBaseline.map { .string($0) })),
      ("only_in_candidate", .array(variant.onlyCandidate.map { .string($0) })),
      ("denominators", .array(variant.denominators.map(json))),
      ("metrics", .array(variant.metrics.map(json))),
    ])
  }

  private func json(_ denominator: (count: MetricComparison.Count, metrics: [String])) -> JSON {
    .object([
      ("count", .string(denominator.count.metric)),
      ("mean_a", .number(denominator.count.baseline)),
      ("mean_b", .number(denominator.count.candidate)),
      ("metrics", .array(denominator.metrics.map { .string($0) })),
    ])
  }

  private func json(_ metric: MetricComparison) -> JSON {
    let test = metric.test
    func number(_ value: Double?) -> JSON { value.map { .number($0) } ?? .null }
    return .object([
      ("metric", .string(metric.metric.name)),
      ("unit", .string(metric.metric.unit)),
      ("better", JSON(metric.better?.rawValue)),
      ("n", .integer(Int64(metric.pairs))),
      ("mean_a", .number(metric.baseline)),
      ("mean_b", .number(metric.candidate)),
      ("difference", .number(metric.difference)),
      ("share", .number(metric.share)),
      ("low", number(test?.studentInterval.lower)),
      ("high", number(test?.studentInterval.upper)),
      ("p", number(test?.test.p.twoSided)),
      ("p_exact", number(test?.exactP)),
      ("low_skewed", number(test?.interval.lower)),
      ("high_skewed", number(test?.interval.upper)),
      ("p_skewed", number(test?.p)),
      ("p_adjusted", number(metric.adjustedP)),
      ("p_equal", number(test?.equivalenceP)),
      ("effect", number(test?.effect)),
      ("verdict", .string(metric.verdict.rawValue)),
      ("farthest_seed", metric.farthest.map { .integer(Int64(clamping: $0.seed)) } ?? .null),
    ])
  }

  private func json(_ moves: Moves) -> JSON {
    .object([
      ("kind", .string(moves.kind)),
      ("measure", .string(moves.measure)),
      ("unit", .string(moves.unit)),
      ("of", .string(moves.of)),
      ("in_both", .integer(Int64(moves.both))),
      ("only_in_baseline", .integer(Int64(moves.onlyBaseline))),
      ("only_in_candidate", .integer(Int64(moves.onlyCandidate))),
      (
        "most",
        .array(
          moves.rows.map {
            .object([
              ("name", .string($0.name)), ("a", .number($0.baseline)), ("b", .number($0.candidate)),
              ("difference", .number($0.difference)),
            ])
          })
      ),
    ])
  }
}
