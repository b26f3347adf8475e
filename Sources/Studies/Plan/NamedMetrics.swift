// SPDX-License-Identifier: GPL-3.0-or-later

/// The metrics that a study names, and whether its runs have them: a slip is found before the runs.
///
/// What a run measures follows from its scenario, so only a run tells for certain. Words that are
/// known to be metrics are trusted until then; for any other the first variant of each scenario is
/// run, until each name was seen.
public struct NamedMetrics: Sendable {
  private let file: String
  /// The names that are not known yet, each with the key that has it.
  private var open: [(key: String, metric: String)]
  private var known: [String] = []

  public init(of study: Study) {
    file = study.path
    open = (study.metrics ?? []).map { ("metrics", $0) }
    if case .until(let rule) = study.replications { open.append(("until.metric", rule.metric)) }
  }

  /// Whether nothing is left to find out.
  public var areKnown: Bool { open.isEmpty }

  /// Trusts words that some scenario has.
  mutating func trustWords() {
    open.removeAll { MetricMeaning.isKnown($0.metric) }
  }

  /// Takes in the metrics of a run.
  public mutating func add(_ names: [String]) {
    known += names
    let names = Set(names)
    open.removeAll { names.contains($0.metric) }
  }

  /// Throws for a name that no run had.
  public func check() throws(UnknownMetric) {
    guard let (key, metric) = open.first, !known.isEmpty else { return }
    throw UnknownMetric(metric, among: known, in: "\(file): \(key)")
  }
}

extension Study {
  /// The first variant of each scenario, in the order of the study.
  public var firstCells: [Cell] {
    let each = max(1, dimensions.reduce(1) { $0 * $1.count })
    var seen: Set<Int> = []
    return combinations.enumerated().compactMap { position, number in
      seen.insert(Int(number) / each).inserted ? cell(position) : nil
    }
  }
}
