// SPDX-License-Identifier: GPL-3.0-or-later
import EventKernel
import FlowMath
import Measuring
import NetworkModel
internal import Scheduling
import Simulator
import Traffic
import Workloads

/// Work that can be given in any size, and is done once for each measurement.
struct GrowthCase: Sendable {
  let name: String
  /// Two sizes of it, of which the larger takes seconds at most.
  let sizes: [Int]
  /// Prepares a size of it; what that gives is measured.
  let prepare: @Sendable (Int) throws -> () throws -> Void

  static let all = [
    GrowthCase(name: "path", sizes: [10_000, 100_000]) { sharing(onePath(classes: $0)) },
    GrowthCase(name: "star", sizes: [10_000, 100_000]) { sharing(atOnce(.star, flows: $0)) },
    GrowthCase(name: "clos", sizes: [10_000, 100_000]) { sharing(atOnce(.clos, flows: $0)) },
    GrowthCase(name: "ring", sizes: [10_000, 100_000]) { sharing(atOnce(.ring, flows: $0)) },
    GrowthCase(name: "path-terms", sizes: [10_000, 100_000]) {
      sharing(onePath(classes: $0), mixed: true)
    },
    GrowthCase(name: "star-terms", sizes: [10_000, 100_000]) {
      sharing(atOnce(.star, flows: $0), mixed: true)
    },
    GrowthCase(name: "all-to-all", sizes: [256, 1024]) {
      try training(cards: $0, queuePairs: 1, Collective(.allToAll, ranks: $0, bytes: 1e9))
    },
    GrowthCase(name: "queue-pairs", sizes: [4096, 16_384]) {
      try training(cards: 64, queuePairs: $0, Collective(.pointToPoint, ranks: 2, bytes: 1e9))
    },
    GrowthCase(name: "weights", sizes: [1250, 5000]) {
      try reading(weights(places: $0), runs: true)
    },
    GrowthCase(name: "backbone", sizes: [2600, 10_400]) { try reading(backbone(fibres: $0)) },
    GrowthCase(name: "each-fibre", sizes: [1024, 4096]) { try reading(eachFibre(nodes: $0)) },
    GrowthCase(name: "elastic", sizes: [1000, 4000]) {
      try reading(elastic(flows: $0), runs: true)
    },
    GrowthCase(name: "admission", sizes: [10_000, 40_000]) {
      try reading(admission(flows: $0), runs: true)
    },
    GrowthCase(name: "mesh", sizes: [1250, 5000]) { try reading(mesh(places: $0), runs: true) },
    GrowthCase(name: "transfers", sizes: [50_000, 200_000]) {
      try reading(transfers(count: $0), runs: true)
    },
    GrowthCase(name: "windows", sizes: [5000, 20_000]) {
      try reading(transfers(count: $0, reserve: true), runs: true)
    },
    GrowthCase(name: "file", sizes: [40_000, 160_000]) { try reading(listed(flows: $0)) },
  ]

  private static func atOnce(_ shape: NetworkShape, flows: Int) -> Workload {
    var recipe = WorkloadRecipe(shape: shape, flows: flows)
    recipe.isAtOnce = true
    return recipe.make()
  }

  /// Flows of sizes of their own over one link, each a class by itself.
  private static func onePath(classes: Int) -> Workload {
    var sizes = RandomStream(seed: 1, name: "path/sizes")
    return Workload(
      name: "path", capacities: [100e9], paths: Array(repeating: [0], count: classes),
      flows: (0..<classes).map { index in
        let bytes = Int.random(in: 1_000_000..<1_000_000_000, using: &sizes)
        return Workload.Flow(arrival: .zero, bytes: Double(bytes), path: index)
      })
  }

  /// Serves flows that all start at time 0, with the sharing of links alone.
  ///
  /// With mixed terms each class has a weight of 1 or 2, half of them a floor of 1 Mbps for each unit of
  /// it, and a third of them a ceiling of their own between 10 Mbps and 10 Gbps.
  private static func sharing(_ workload: Workload, mixed: Bool = false) -> () -> Void {
    var random = RandomStream(seed: 1, name: "growth/terms")
    let terms = workload.paths.indices.map { index in
      guard mixed else { return FlowTerms() }
      let weight = Double(1 + index % 2)
      let ceiling = index % 3 > 0 ? Double.infinity : 1e10 / (1 + 999 * random.nextUniform())
      return FlowTerms(weight: weight, floor: index % 4 < 2 ? 1e6 * weight : 0, ceiling: ceiling)
    }
    return { share(workload, terms) }
  }

  private static func share(_ workload: Workload, _ terms: [FlowTerms]) {
    var system = FluidSystem()
    for capacity in workload.capacities { _ = system.addLink(capacity: capacity) }
    for (path, terms) in zip(workload.paths, terms) {
      _ = system.addClass(path: path, terms: terms)
    }
    for flow in workload.flows {
      _ = system.start(flowClass: flow.path, bits: flow.bytes * 8, at: 0)
    }
    system.settle()
    var finished = 0
    while let now = system.nextFinish {
      while system.popFinished(by: now) != nil { finished += 1 }
      system.settle()
    }
    precondition(finished == workload.flows.count, "all flows come to their end")
  }

  /// One exchange of a job on hosts of 8 cards, with leaves of 32 and as many uplinks.
  private static func training(
    cards: Int, queuePairs: Int, _ collective: Collective
  ) throws -> () throws -> Void {
    var topology = Topology()
    let fabric = try Fabric(
      FabricDesign(
        name: "f", hosts: cards / 8, nicRate: BitsPerSecond(400e9), nicsPerLeaf: 32,
        uplinksPerLeaf: 32), in: &topology)
    let job = TrainingJob(
      name: "job", gpus: cards, iterations: 1, compute: SimDuration(nanoseconds: 1_000_000_000),
      gradients: [
        JobExchange(.gradients, collective, stride: cards / collective.ranks)
      ])
    let model = Model(
      name: "growth", topology: topology,
      training: TrainingModel(
        fabrics: [BalancedFabric(fabric, .ecmp(queuePairs: queuePairs))], jobs: [job]),
      outputs: Outputs(kinds: []))
    return {
      let run = try Run(model)
      while try run.advance(instants: 4096) {}
      let outcome = try run.finish()
      precondition(outcome.jobs[0].finished != nil, "the job comes to its end")
    }
  }
}
