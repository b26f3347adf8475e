// SPDX-License-Identifier: GPL-3.0-or-later

/// Where a metric moved most from one study to another.
public struct MostMoved: Sendable {
  public let metric: ComparedMetric
  /// The values of the axes of the variant whose mean moved farthest.
  public let labels: [String]
  /// How far it moved there, in the mean over its pairs and as a part of the baseline.
  public let difference: Double
  public let share: Double
  /// The pair of that variant which is farthest apart.
  public let pair: MetricComparison.Pair
}

extension Comparison {
  /// For each metric that moved in some variant, where it moved most; in the order of metrics.
  ///
  /// Moved has what is better, worse, higher or lower, and what differs and can't be tested.
  public var mostMoved: [MostMoved] {
    var names: [String] = []
    var most: [String: MostMoved] = [:]
    for variant in variants {
      for metric in variant.metrics where metric.hasMoved {
        let name = metric.metric.name
        guard let pair = metric.farthest else { continue }
        if let known = most[name], abs(known.difference) >= abs(metric.difference) { continue }
        if most[name] == nil { names.append(name) }
        most[name] = MostMoved(
          metric: metric.metric, labels: variant.labels, difference: metric.difference,
          share: metric.share, pair: pair)
      }
    }
    return names.compactMap { most[$0] }
  }
}

extension MetricComparison {
  /// Two runs of one seed.
  public struct Pair: Equatable, Sendable {
    public var seed: UInt64
    public var baseline: Double
    public var candidate: Double
    public var difference: Double { candidate - baseline }

    public init(seed: UInt64, baseline: Double, candidate: Double) {
      self.seed = seed
      self.baseline = baseline
      self.candidate = candidate
    }
  }

  /// Whether the two sides differ in it, as far as that can be told.
  public var hasMoved: Bool {
    switch verdict {
    case .better, .worse, .higher, .lower: true
    case .untested: !isSame
    case .identical, .equal, .undecided, .unpaired: false
    }
  }
}
