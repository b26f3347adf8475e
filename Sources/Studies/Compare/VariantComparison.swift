// SPDX-License-Identifier: GPL-3.0-or-later

/// What the metrics of a variant say on two sides.
public struct VariantComparison: Sendable {
  /// The values of the axes.
  public let labels: [String]
  /// Runs of one seed on both sides.
  public let pairs: Int
  /// Whether the digests of all pairs are equal.
  public let isIdentical: Bool
  public internal(set) var metrics: [MetricComparison]
  /// Metrics that have values on one side alone.
  public let onlyBaseline: [String]
  public let onlyCandidate: [String]

  /// What means and shares are taken over, where the sides differ in it, and which these are.
  public var denominators: [(count: MetricComparison.Count, metrics: [String])] {
    var all: [(count: MetricComparison.Count, metrics: [String])] = []
    for metric in metrics where !metric.isSame {
      for count in metric.over {
        let place = all.firstIndex { $0.count.metric == count.metric } ?? all.count
        if place == all.count { all.append((count, [])) }
        all[place].metrics.append(metric.metric.name)
      }
    }
    return all
  }

  /// Metrics that are the same in every pair.
  public var sameMetrics: [String] { metrics.filter(\.isSame).map(\.metric.name) }
}
