// SPDX-License-Identifier: GPL-3.0-or-later

internal import Results
internal import Statistics
internal import Studies
internal import Text

/// What is worth reading of a comparison before its tables: at most seven sentences, by the rules of
/// docs/compare.md.
struct ComparisonFindings {
  /// A sentence with its figure, and the command that shows more.
  struct Finding: Equatable {
    enum Kind: String { case same, worse, better, count, new, gone, moved, undecided }

    var kind: Kind
    var text: String
    var command: String?
  }

  private let part: ComparisonReport.Part
  private let tolerance: Double
  private var comparison: Comparison { part.comparison }

  static let most = 7
  /// So many metrics are named in a sentence before the rest are counted.
  private static let mostNames = 3

  init(_ part: ComparisonReport.Part, _ rules: ComparisonRules) {
    self.part = part
    tolerance = rules.tolerance
  }

  var all: [Finding] {
    if comparison.isIdentical {
      let pairs = comparison.variants.reduce(0) { $0 + $1.pairs }
      return [
        Finding(
          kind: .same,
          text:
            "\(part.letter) did the same as A: \(counted(pairs, "pair")) of runs with equal digests."
        )
      ]
    }
    let rules = [moved(.worse), moved(.better), counts, told, farthest, undecided]
    return Array(rules.joined().prefix(Self.most))
  }

  // MARK: - Better and worse

  /// A metric of a variant, with how it moved.
  private struct Change {
    var metric: MetricComparison
    var place: String
  }

  private var isUntested: Bool { comparison.tests == 0 }

  /// What moved that way: as tests show, or of one pair, by more than the tolerance.
  private func changes(_ verdict: MetricComparison.Verdict) -> [Change] {
    comparison.variants.flatMap { variant in
      variant.metrics.filter { way(of: $0) == verdict }.map {
        Change(metric: $0, place: comparison.place(variant.labels))
      }
    }.sorted { weight($1) < weight($0) }
  }

  private func way(of metric: MetricComparison) -> MetricComparison.Verdict? {
    guard metric.verdict == .untested else { return metric.verdict }
    guard let better = metric.better, metric.difference != 0,
      metric.baseline == 0 || abs(metric.share) > tolerance
    else { return nil }
    return (metric.difference > 0) == (better == .higher) ? .better : .worse
  }

  /// By the effect where one is known, else by the part of A.
  private func weight(_ change: Change) -> Double {
    if let effect = change.metric.test?.effect, effect.isFinite { return abs(effect) }
    return change.metric.share.isFinite ? abs(change.metric.share) : 1e6
  }

  private func moved(_ verdict: MetricComparison.Verdict) -> [Finding] {
    let changes = changes(verdict)
    guard !changes.isEmpty else { return [] }
    var seen: Set<String> = []
    let metrics = changes.filter { seen.insert($0.metric.metric.name).inserted }
    var text = "\(part.letter) is \(verdict.rawValue) by "
    if comparison.variants.count > 1 {
      let variants = Set(changes.map(\.place)).count
      text =
        "In \(variants) of \(comparison.variants.count) variants \(part.letter) is "
        + "\(verdict.rawValue) by "
    }
    text += metrics.prefix(Self.mostNames).map(words).joined(separator: ", ")
    let more = metrics.count - Self.mostNames
    if more > 0 { text += " and \(more) more" }
    text += isUntested ? "; one pair of runs says nothing of chance." : "."
    return [Finding(kind: verdict == .better ? .better : .worse, text: text)]
  }

  private func words(_ change: Change) -> String {
    let metric = change.metric
    let values = "\(shown(metric.baseline, metric)) to \(shown(metric.candidate, metric))"
    let share =
      metric.share.isNaN ? values : "\(Results.Cell.percent(metric.share).shown), \(values)"
    let place = change.place.isEmpty ? "" : " at \(change.place)"
    return "\(metric.metric.name) (\(share)\(place))"
  }

  private func shown(_ value: Double, _ metric: MetricComparison) -> String {
    Results.Cell.measured(value, metric.metric.unit).shown
  }

  // MARK: - What to be careful about

  /// A mean that is better or worse over another count: slow flows that do not finish make it better.
  private var counts: [Finding] {
    let unlike = (changes(.better) + changes(.worse)).lazy.flatMap { change in
      change.metric.over.map { (metric: change.metric.metric.name, count: $0) }
    }.first { abs($0.count.candidate - $0.count.baseline) > tolerance * abs($0.count.baseline) }
    guard let (metric, count) = unlike else { return [] }
    let numbers = [count.baseline, count.candidate].map { formatted(number: $0) }
    return [
      Finding(
        kind: .count,
        text: "\(metric) is over \(numbers[0]) \(count.metric) in A and "
          + "\(numbers[1]) in \(part.letter): not the same ones.")
    ]
  }

  private var undecided: [Finding] {
    let metrics = comparison.variants.flatMap(\.metrics)
    let open = metrics.filter { $0.verdict == .undecided }
    guard !open.isEmpty, !metrics.contains(where: \.isDecided) else { return [] }
    let pairs = open.map(\.pairs).max() ?? 0
    return [
      Finding(
        kind: .undecided,
        text: "\(counted(pairs, "pair")) of runs show no difference for sure: "
          + "\(open.count) of \(counted(metrics.count, "metric")) are undecided, and more seeds "
          + "would tell.")
    ]
  }

  // MARK: - What the runs say by themselves

  /// Kinds of findings that a run has or has not; each run has a cost.
  private static let telling: Set<String> = ["full", "failed", "refused", "late", "help"]

  /// What was found in one run and nothing of its kind in the other.
  private var told: [Finding] {
    let (first, second) = (part.baseline.findings, part.candidate.findings)
    func only(_ some: [RunFinding], _ others: [RunFinding]) -> [RunFinding] {
      some.filter { finding in
        Self.telling.contains(finding.kind) && !others.contains { $0.kind == finding.kind }
      }
    }
    return only(second, first).prefix(2).map {
      Finding(
        kind: .new, text: "In \(part.letter) alone: \($0.text)", command: $0.command)
    }
      + only(first, second).prefix(2).map {
        Finding(kind: .gone, text: "In A alone: \($0.text)", command: $0.command)
      }
  }

  /// The flow, job or link that moved most, where that is a tenth or more of it; of links a twentieth
  /// of their capacity.
  private var farthest: [Finding] {
    part.moves.compactMap { moves in
      guard let row = moves.rows.first else { return nil }
      let isLink = moves.unit.isEmpty
      guard abs(row.difference) >= (isLink ? 0.05 : 0.1 * abs(row.baseline)) else { return nil }
      let values = [row.baseline, row.candidate].map {
        isLink ? formatted(percentOf: $0) : Results.Cell.measured($0, moves.unit).shown
      }
      let folder = part.candidate.isRun ? part.candidate.name : nil
      return Finding(
        kind: .moved,
        text:
          "The \(moves.kind) that moved most is \(row.name): \(moves.measure) \(values[0]) in A, "
          + "\(values[1]) in \(part.letter).",
        command: folder.map { "cpnsim explain \($0) \(moves.kind) \(row.name)" })
    }
  }
}

extension ComparisonFindings {
  var json: JSON {
    .array(
      all.map { finding in
        .object([
          ("kind", .string(finding.kind.rawValue)), ("text", .string(finding.text)),
          ("command", finding.command.map { .string($0) } ?? .null),
        ])
      })
  }
}
