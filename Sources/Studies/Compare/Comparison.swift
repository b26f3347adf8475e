// SPDX-License-Identifier: GPL-3.0-or-later
public import Statistics
internal import Text

/// How two sides are compared.
public struct ComparisonRules: Sendable {
  /// How far a mean may lie off that of the baseline, as a part of it, and still count as equal.
  public var tolerance = 0.01
  /// The probability of intervals; what is left of 1 is the level of tests.
  public var level = 0.95
  /// The metrics that are compared; all where it is empty.
  public var metrics: [String] = []
  /// Directions in place of those that are known.
  public var better: [String: PairedComparison.Goal] = [:]

  public init() {}
}

/// One side beside another, the baseline: what differs, by how much, and whether chance would do it.
///
/// Runs are paired by scenario, axes and seed, so that both meet the same arrivals, and all is said
/// of the differences of pairs. The p of all metrics of all variants go through Benjamini and
/// Hochberg's procedure together. A metric that is the same in every pair is none of them: nothing
/// is tested, and whether it moves at all says nothing of where the others move.
public struct Comparison: Sendable {
  public let baseline: String
  public let candidate: String
  public let axes: [String]
  public let variants: [VariantComparison]
  /// What its reader should know, in whole sentences.
  public let notes: [String]

  public init(
    _ baseline: ComparedSide, _ candidate: ComparedSide, _ rules: ComparisonRules
  ) throws {
    guard baseline.axes == candidate.axes else {
      throw IncomparableSides(Comparison.difference(of: baseline, candidate))
    }
    let metrics = try PairedMetrics(baseline, candidate, rules)
    let paired = PairedVariants(baseline, candidate)
    guard paired.variants.contains(where: { !$0.runs.isEmpty }) else {
      throw IncomparableSides(
        "\(baseline.name) and \(candidate.name) share no run: expected runs of equal "
          + (baseline.axes + ["seed"]).joined(separator: ", "))
    }
    self.baseline = baseline.name
    self.candidate = candidate.name
    axes = baseline.axes
    var variants = paired.variants.filter { !$0.runs.isEmpty }.map { metrics.comparison(of: $0) }
    Comparison.decide(&variants)
    self.variants = variants
    notes = paired.notes + Comparison.contradictions(in: variants)
  }

  /// Runs with equal digests did the same, and have the same of every metric that is measured alike.
  private static func contradictions(in variants: [VariantComparison]) -> [String] {
    var names: [String] = []
    for metric in variants.filter(\.isIdentical).flatMap(\.metrics)
    where metric.pairs > 0 && !metric.isSame && !names.contains(metric.metric.name) {
      names.append(metric.metric.name)
    }
    guard let first = names.first else { return [] }
    let more = names.count > 1 ? " and \(counted(names.count - 1, "metric")) more" : ""
    return [
      "runs of equal digests have other values of \(first)\(more): "
        + "another build measures otherwise, or a table was changed"
    ]
  }

  /// A variant by its axes: `load 8 Gbps, rule most-used`; empty without axes.
  public func place(_ labels: [String]) -> String {
    zip(axes, labels).map { "\($0) \($1)" }.joined(separator: ", ")
  }

  /// How many metrics were tested, over all variants.
  public var tests: Int {
    variants.reduce(0) { $0 + $1.metrics.count { $0.adjustedP != nil } }
  }

  public var isIdentical: Bool {
    variants.allSatisfy { $0.metrics.allSatisfy { $0.verdict == .identical } }
  }

  private static func decide(_ variants: inout [VariantComparison]) {
    let places = variants.indices.flatMap { variant in
      variants[variant].metrics.indices.map { (variant, $0) }
    }
    let tested = places.compactMap { place in
      variants[place.0].metrics[place.1].p.map { (place, p: $0) }
    }
    let adjusted = MultipleTesting.benjaminiHochberg(tested.map(\.p))
    for ((place, _), p) in zip(tested, adjusted) {
      variants[place.0].metrics[place.1].decide(adjustedP: p)
    }
  }

  private static func difference(of first: ComparedSide, _ second: ComparedSide) -> String {
    let only = first.axes.filter { !second.axes.contains($0) }
    let other = second.axes.filter { !first.axes.contains($0) }
    func named(_ axes: [String]) -> String {
      axes.isEmpty ? "none" : axes.joined(separator: ", ")
    }
    let found =
      only.isEmpty && other.isEmpty
      ? "their axes stand in another order: \(named(first.axes)) and \(named(second.axes))"
      : "axes of the first alone: \(named(only)); of the second alone: \(named(other))"
    return "\(first.name) and \(second.name) are studies over other axes; \(found)"
  }
}
