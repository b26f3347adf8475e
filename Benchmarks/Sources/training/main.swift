// SPDX-License-Identifier: GPL-3.0-or-later
import EventKernel
import Measuring
import NetworkModel
internal import Scheduling
import Simulator
import Traffic

// What iterations of training jobs cost: all ways of load balancing on 16,384 accelerators, and
// a long job on 1,024.

/// A job on a fabric of hosts of 8, with leaves of 32 cards and as many uplinks.
struct TrainingCase {
  let name: String
  let hosts: Int
  let balancing: LoadBalancing
  let iterations: Int
  /// Accelerators that the ring's neighbours are apart.
  let stride: Int

  func model() throws -> Model {
    var topology = Topology()
    let fabric = try Fabric(
      FabricDesign(
        name: "f", hosts: hosts, nicRate: BitsPerSecond(400e9), nicsPerLeaf: 32,
        uplinksPerLeaf: 32), in: &topology)
    let gpus = fabric.design.gpus
    let gradients = Collective(.allReduce, ranks: gpus / stride, bytes: 1e9)
    let job = TrainingJob(
      name: "job", gpus: gpus, iterations: iterations,
      compute: SimDuration(nanoseconds: 1_000_000_000),
      gradients: [JobExchange(.gradients, gradients, stride: stride)])
    return Model(
      name: name, topology: topology,
      training: TrainingModel(fabrics: [BalancedFabric(fabric, balancing)], jobs: [job]),
      outputs: Outputs(kinds: []))
  }

  /// CPU seconds from the fabric to the outcome, and the events of the run.
  func measure() throws -> (cpu: Double, events: Int) {
    let start = cpuSeconds()
    let run = try Run(model())
    while try run.advance(instants: 4096) {}
    let outcome = try run.finish()
    precondition(outcome.jobs[0].finished != nil, "the job comes to its end")
    return (cpuSeconds() - start, outcome.events)
  }
}

let policies: [(String, LoadBalancing)] = [
  ("ecmp", .ecmp(queuePairs: 1)), ("flowlet", .flowlet(count: 4)), ("spray", .spray),
  ("intelligent", .intelligent(queuePairs: 1)),
]
var cases: [TrainingCase] = []
// One ring of all; then rings whose neighbours are always under different leaves.
for stride in [1, 32] {
  cases += policies.map {
    TrainingCase(
      name: "16384, \($0.0), 1/\(stride)", hosts: 2048, balancing: $0.1, iterations: 1,
      stride: stride)
  }
}
cases += policies.map {
  TrainingCase(
    name: "1024 x 1000, \($0.0)", hosts: 128, balancing: $0.1, iterations: 1000, stride: 32)
}

let table = PrintedTable(["case", "CPU s", "events", "peak MB"])
for entry in cases {
  Memory.forgetPeak()
  let (cpu, events) = try entry.measure()
  table.row([entry.name, fixed(cpu, 3), "\(events)", "\(Memory.peak >> 20)"])
}
