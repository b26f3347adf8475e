// SPDX-License-Identifier: GPL-3.0-or-later

/// A gate at the metrics of one case, look after look.
///
/// A metric that is judged stays so: what is looked at again and again would raise more alarms.
public struct GateWatch: Sendable {
  public let gate: Gate
  public let metrics: [GatedMetric]
  public private(set) var judgements: [Judgement?]
  private var looks = 0

  public init(_ gate: Gate, metrics: [GatedMetric]) {
    self.gate = gate
    self.metrics = metrics
    judgements = Array(repeating: nil, count: metrics.count)
  }

  /// How many seeds the next look needs; nil where no further look is.
  ///
  /// Advisory metrics ask for none of their own, nor does a case go on that is red.
  public var nextLook: Int? {
    guard looks < gate.looks.count else { return nil }
    guard looks > 0 else { return gate.looks[0] }
    let blocking = zip(metrics, judgements).filter { $0.0.isBlocking }.compactMap(\.1)
    guard !blocking.contains(where: \.isBad), blocking.contains(where: \.isOpen) else { return nil }
    return gate.looks[looks]
  }

  /// Takes the next look at all values so far, metric by metric.
  public mutating func look(
    candidate: [[Double]], baseline: [[Double]], areOfOneSeed: Bool = true
  ) {
    for (index, metric) in metrics.enumerated() where judgements[index]?.isOpen ?? true {
      judgements[index] = gate.judge(
        metric, candidate: candidate[index], baseline: baseline[index], look: looks,
        areOfOneSeed: areOfOneSeed)
    }
    looks += 1
  }
}
