// SPDX-License-Identifier: GPL-3.0-or-later
import EventKernel
import NetworkModel
import Scheduling
import Simulator
import Traffic

/// A fabric of hosts with one accelerator each, and jobs on it.
struct TrainingSketch {
  static let rate = 400e9

  var topology = Topology()
  let fabric: Fabric
  var balancing = LoadBalancing.ecmp(queuePairs: 1)
  var jobs: [TrainingJob] = []
  var changes: [LinkChange] = []
  var traffic: [TrafficSource] = []
  var routes: [Route] = []
  var elastic = ElasticModel()
  var duration: SimDuration?
  var seed: UInt64 = 1
  var outputs = Outputs(kinds: [])

  init(_ design: FabricDesign) throws {
    fabric = try Fabric(design, in: &topology)
  }

  /// Leaves of some hosts and some uplinks.
  static func leaves(
    _ count: Int, of hosts: Int, uplinks: Int, gpus: Int = 1, delay_ns: Int64 = 500,
    interconnect: FabricDesign.Interconnect = .instant
  ) throws -> TrainingSketch {
    try TrainingSketch(
      FabricDesign(
        name: "f", hosts: count * hosts, gpusPerHost: gpus, nicsPerHost: gpus,
        nicRate: BitsPerSecond(rate), nicsPerLeaf: hosts * gpus, uplinksPerLeaf: uplinks,
        linkDelay: SimDuration(nanoseconds: delay_ns), interconnect: interconnect))
  }

  /// A job that does a collective and nothing else, over groups of ranks.
  mutating func add(
    _ collective: Collective, gpus: Int? = nil, stride: Int = 1, iterations: Int = 1,
    compute_ns: Int64 = 0, start_ns: Int64 = 0, from firstGPU: Int = 0
  ) {
    jobs.append(
      TrainingJob(
        name: "job\(jobs.count)", firstGPU: firstGPU, gpus: gpus ?? collective.ranks,
        start: SimTime(nanoseconds: start_ns), iterations: iterations,
        compute: SimDuration(nanoseconds: compute_ns),
        gradients: [JobExchange(.collective, collective, stride: stride)]))
  }

  mutating func change(_ link: Int, at nanoseconds: Int64, _ kind: LinkChange.Kind) {
    changes.append(
      LinkChange(
        time: SimTime(nanoseconds: nanoseconds),
        links: [LinkID(index: link), LinkID(index: link + 1)], kind: kind))
  }

  var model: Model {
    Model(
      name: "training", duration: duration, seed: seed, topology: topology, routes: routes,
      traffic: traffic, changes: changes,
      training: TrainingModel(fabrics: [BalancedFabric(fabric, balancing)], jobs: jobs),
      elastic: elastic, outputs: outputs)
  }

  /// The outcome of the first job.
  func outcome() throws -> JobOutcome {
    try run().jobs[0]
  }

  func run() throws -> RunOutcome {
    let run = try Run(model)
    while try run.advance(instants: 1024) {}
    return try run.finish()
  }
}
