// SPDX-License-Identifier: GPL-3.0-or-later
internal import Statistics

/// The metrics of two sides, and where their values stand.
struct PairedMetrics {
  private let both: [(metric: ComparedMetric, first: Int, second: Int)]
  private let onlyBaseline: [String]
  private let onlyCandidate: [String]
  private let rules: ComparisonRules

  init(_ baseline: ComparedSide, _ candidate: ComparedSide, _ rules: ComparisonRules) throws {
    let all = baseline.metrics + candidate.metrics
    for name in rules.metrics + rules.better.keys.sorted() {
      guard all.contains(where: { $0.name == name }) else {
        throw UnknownMetric(name, among: all.map(\.name))
      }
    }
    func isWanted(_ metric: ComparedMetric) -> Bool {
      rules.metrics.isEmpty || rules.metrics.contains(metric.name)
    }
    let places = Dictionary(
      candidate.metrics.enumerated().map { ($1.name, $0) }, uniquingKeysWith: { first, _ in first })
    both = baseline.metrics.enumerated().compactMap { place, metric in
      places[metric.name].map { (metric, place, $0) }
    }
    let shared = Set(both.map(\.metric.name))
    onlyBaseline = baseline.metrics.filter { isWanted($0) && !shared.contains($0.name) }
      .map(\.name)
    onlyCandidate = candidate.metrics.filter { isWanted($0) && !shared.contains($0.name) }
      .map(\.name)
    self.rules = rules
  }

  func comparison(of variant: PairedVariant) -> VariantComparison {
    var (first, second) = (onlyBaseline, onlyCandidate)
    var metrics: [MetricComparison] = []
    let isIdentical = variant.isIdentical
    for (metric, a, b) in both
    where rules.metrics.isEmpty || rules.metrics.contains(metric.name) {
      let hasFirst = variant.runs.contains { $0.baseline.values[a].isFinite }
      let hasSecond = variant.runs.contains { $0.candidate.values[b].isFinite }
      switch (hasFirst, hasSecond) {
      case (true, true): metrics.append(comparison(of: metric, a, b, variant, isIdentical))
      case (true, false): first.append(metric.name)
      case (false, true): second.append(metric.name)
      case (false, false): break
      }
    }
    return VariantComparison(
      labels: variant.labels, pairs: variant.runs.count, isIdentical: isIdentical,
      metrics: metrics, onlyBaseline: first, onlyCandidate: second)
  }

  private func comparison(
    of metric: ComparedMetric, _ first: Int, _ second: Int, _ variant: PairedVariant,
    _ isIdentical: Bool
  ) -> MetricComparison {
    let meaning = MetricMeaning(of: metric.name)
    var comparison = MetricComparison(
      metric, better: rules.better[metric.name] ?? meaning.better,
      pairs: variant.values(first, second), isIdentical: isIdentical, tolerance: rules.tolerance,
      level: rules.level)
    comparison.farthest = variant.farthest(first, second)
    comparison.over = meaning.over.compactMap { count(of: metric.name, over: $0, variant) }
    return comparison
  }

  /// The count of the same part, or else of the whole; nil where both sides have as many.
  private func count(
    of metric: String, over word: String, _ variant: PairedVariant
  ) -> MetricComparison.Count? {
    let part = metric.lastIndex(of: "/").map { metric[...$0] } ?? ""
    guard
      let found = both.first(where: { $0.metric.name == part + word })
        ?? both.first(where: { $0.metric.name == word })
    else { return nil }
    let pairs = variant.values(found.first, found.second)
    guard let baseline = MeanEstimate(pairs.map(\.baseline))?.mean,
      let candidate = MeanEstimate(pairs.map(\.candidate))?.mean,
      pairs.contains(where: { $0.baseline != $0.candidate })
    else { return nil }
    return .init(metric: found.metric.name, baseline: baseline, candidate: candidate)
  }
}
