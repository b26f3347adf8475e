// SPDX-License-Identifier: GPL-3.0-or-later
public import NetworkModel
public import Traffic

/// The fabrics of a model, and the training jobs on them.
public struct TrainingModel: Sendable {
  public var fabrics: [BalancedFabric]
  /// Among them those that are parts of jobs over sites.
  public var jobs: [TrainingJob]
  public var spans: [SpanningJob]

  public init(
    fabrics: [BalancedFabric] = [], jobs: [TrainingJob] = [], spans: [SpanningJob] = []
  ) {
    self.fabrics = fabrics
    self.jobs = jobs
    self.spans = spans
  }
}

/// A fabric and how it spreads transfers.
public struct BalancedFabric: Sendable {
  public var fabric: Fabric
  public var balancing: LoadBalancing

  public init(_ fabric: Fabric, _ balancing: LoadBalancing) {
    self.fabric = fabric
    self.balancing = balancing
  }
}
