// SPDX-License-Identifier: GPL-3.0-or-later
import EventKernel
import FlowMath
import Measuring
import Statistics
import Workloads

/// A number of flows over some hundred paths of the ring, as many on each.
struct Crowd {
  let flows: Int
  let capacities: [Double]
  let paths: [[Int]]

  init(flows: Int) {
    let ring = Ring()
    var stream = RandomStream(seed: 1, name: "progress/paths")
    var known: Set<[Int]> = []
    var paths: [[Int]] = []
    while paths.count < ProgressBenchmark.pathCount {
      let path = ring.path(using: &stream)
      if known.insert(path).inserted { paths.append(path) }
    }
    self.flows = flows
    self.paths = paths
    capacities = ring.capacities
  }

  /// Shares the links among them while each flow that is done is followed by one on its path.
  ///
  /// The follower starts a nanosecond later: both its start and the end before it share anew.
  func shareAlone(events: Int) -> ProgressBenchmark.Price {
    Memory.forgetPeak()
    let before = Memory.resident
    var stream = RandomStream(seed: 1, name: "progress/sizes")
    let size = Sampler(ProgressBenchmark.size)
    var system = started(using: &stream, size)
    let (resident, peak) = (Memory.resident, Memory.peak)
    var followers: [Int] = []
    var count = 0
    let start = cpuSeconds()
    while count < events, let now = system.nextFinish {
      followers.removeAll(keepingCapacity: true)
      while let done = system.popFinished(by: now) { followers.append(done.flowClass) }
      system.settle()
      for path in followers {
        _ = system.start(flowClass: path, bits: size.next(using: &stream) * 8, at: now + 1)
      }
      system.settle()
      count += 2 * followers.count
    }
    return ProgressBenchmark.Price(
      cpuSeconds: cpuSeconds() - start, events: count,
      bytesPerFlow: Double(resident - before) / Double(flows),
      peakBytesPerFlow: Double(peak - before) / Double(flows))
  }

  private func started(using stream: inout RandomStream, _ size: Sampler) -> FluidSystem {
    var system = FluidSystem()
    for capacity in capacities { _ = system.addLink(capacity: capacity) }
    for path in paths { _ = system.addClass(path: path, terms: FlowTerms()) }
    for flow in 0..<flows {
      _ = system.start(
        flowClass: flow % paths.count, bits: size.next(using: &stream) * 8, at: 0)
    }
    system.settle()
    return system
  }

  /// The same crowd at time 0, and arrivals behind it that take the place of those that finish.
  ///
  /// Sizes have no memory, so a path finishes flows at its throughput over their mean size from
  /// the first moment on; arrivals come at the same rates.
  func workload(arrivals: Int) -> Workload {
    var stream = RandomStream(seed: 1, name: "progress/sizes")
    let size = Sampler(ProgressBenchmark.size)
    let system = started(using: &stream, size)
    let throughput = paths.indices.map {
      system.rate(ofClass: $0) * Double(system.flows(ofClass: $0))
    }
    let total = throughput.reduce(0, +)
    let gap = Sampler(.exponential(mean: ProgressBenchmark.size.mean * 8 / total))
    let choice = WeightedChoice(weights: throughput)
    var workload = Workload(name: "progress", capacities: capacities, paths: paths, flows: [])
    workload.flows.reserveCapacity(flows + arrivals)
    func add(at seconds: Double, path: Int) {
      workload.flows.append(
        Workload.Flow(
          arrival: SimTime(nanoseconds: Int64(seconds * 1e9)),
          bytes: max(1, size.next(using: &stream).rounded()), path: path))
    }
    for flow in 0..<flows { add(at: 0, path: flow % paths.count) }
    var seconds = 0.0
    for _ in 0..<arrivals {
      seconds += gap.next(using: &stream)
      add(at: seconds, path: choice.next(using: &stream))
    }
    return workload
  }
}
