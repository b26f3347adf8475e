// SPDX-License-Identifier: GPL-3.0-or-later
public import NetworkModel
public import Policies
public import Scheduling
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
  /// The program that says by which paths flows and the transfers of jobs go.
  public var program: PolicyCommand?

  public init(_ fabric: Fabric, _ balancing: LoadBalancing, program: PolicyCommand? = nil) {
    self.fabric = fabric
    self.balancing = balancing
    self.program = program
  }

  /// A route over the fabric by the way that a hash picks; nil where it has no other.
  public func onOnePath(_ route: Route, of name: String, seed: UInt64) -> Route? {
    guard !route.isPinned, let crossing = fabric.crossing(of: route.links) else { return nil }
    let paths = SpreadingFabric(self, seed: seed)
    let choice = paths.choice(of: route.links, crossing, name: PathHash.hash(of: name)) { _ in false
    }
    var found = route
    found.links = paths.links(route.links, crossing, choice: choice)
    found.isPinned = true
    return found
  }
}
