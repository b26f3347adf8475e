// SPDX-License-Identifier: GPL-3.0-or-later
internal import EventKernel
internal import Statistics

/// Everything that a workload depends on.
public struct WorkloadRecipe: Sendable {
  public var shape: NetworkShape
  public var flows: Int
  public var hosts: Int
  public var seed: UInt64 = 1
  /// The utilisation that the most loaded link would have if nothing ever waited.
  public var load = 0.7
  /// Whether all flows arrive at time 0 instead of one by one.
  public var isAtOnce = false

  public init(shape: NetworkShape, flows: Int) {
    self.shape = shape
    self.flows = flows
    hosts = shape.usualHosts
  }

  /// From a megabyte to 100 GB, most of them small and most of the bytes in the large ones.
  static let sizes = Distribution.boundedPareto(alpha: 1.2, minimum: 1e6, maximum: 1e11)

  public var name: String { "\(shape.rawValue)\(isAtOnce ? "-at-once" : "")" }
}

extension WorkloadRecipe {
  /// Draws the flows; the same recipe gives the same ones everywhere.
  public func make() -> Workload {
    let network = shape.network(hosts: hosts)
    var paths = RandomStream(seed: seed, name: "\(shape.rawValue)/paths")
    var sizes = RandomStream(seed: seed, name: "\(shape.rawValue)/sizes")
    var arrivals = RandomStream(seed: seed, name: "\(shape.rawValue)/arrivals")
    let size = Sampler(WorkloadRecipe.sizes)
    let gap = Sampler(.exponential(mean: 1 / arrivalRate(on: network)))
    var known: [[Int]: Int] = [:]
    var workload = Workload(name: name, capacities: network.capacities, paths: [], flows: [])
    workload.flows.reserveCapacity(flows)
    var seconds = 0.0
    for _ in 0..<flows {
      if !isAtOnce { seconds += gap.next(using: &arrivals) }
      let path = network.path(using: &paths)
      let index = known[path] ?? workload.paths.count
      if index == workload.paths.count {
        known[path] = index
        workload.paths.append(path)
      }
      workload.flows.append(
        Workload.Flow(
          arrival: SimTime(nanoseconds: Int64((seconds * 1e9).rounded())),
          bytes: size.next(using: &sizes).rounded(), path: index))
    }
    return workload
  }

  /// Flows a second at which the most loaded link is loaded as wanted, by drawing many paths.
  private func arrivalRate(on network: any Network) -> Double {
    let draws = 200_000
    var stream = RandomStream(seed: seed, name: "\(shape.rawValue)/load")
    var uses = Array(repeating: 0, count: network.capacities.count)
    for _ in 0..<draws {
      for link in network.path(using: &stream) { uses[link] += 1 }
    }
    var flowsPerSecond = Double.infinity
    for (capacity, count) in zip(network.capacities, uses) where count > 0 {
      let bitsPerFlow = WorkloadRecipe.sizes.mean * 8 * Double(count) / Double(draws)
      flowsPerSecond = min(flowsPerSecond, capacity / bitsPerFlow)
    }
    return load * flowsPerSecond
  }
}
