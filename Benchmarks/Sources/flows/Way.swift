// SPDX-License-Identifier: GPL-3.0-or-later
import EventKernel
import FlowMath
import Measuring
import Simulator
import Workloads

/// The ways in which a workload is simulated.
enum Way: String, CaseIterable {
  /// The sharing of links alone, without a simulator around it.
  case fluid
  /// A run of a model whose flows are in memory.
  case listed
  /// A run of a model whose flows are read from a CSV trace meanwhile.
  case trace
}

/// What one simulation has cost.
struct Cost {
  var cpuSeconds: Double
  var finished: Int
  var events: Int
  /// The most memory at a time, above what was there before the simulation.
  var peakBytes: Int

  var completionsPerSecond: Double { Double(finished) / cpuSeconds }
  var eventsPerSecond: Double { Double(events) / cpuSeconds }
}

/// Counts of what happened.
struct Tally {
  var finished = 0
  var events = 0
}

/// Simulates once, and measures time and memory around nothing but that.
func cost(of simulate: () throws -> Tally) rethrows -> Cost {
  Memory.forgetPeak()
  let before = Memory.resident
  let start = cpuSeconds()
  let tally = try simulate()
  let seconds = cpuSeconds() - start
  return Cost(
    cpuSeconds: seconds, finished: tally.finished, events: tally.events,
    peakBytes: max(0, Memory.peak - before))
}

/// Runs a model to its end.
func simulate(_ model: Model) throws -> Tally {
  let run = try Run(model)
  while try run.advance(instants: 4096) {}
  let outcome = try run.finish()
  return Tally(finished: outcome.finishedFlows, events: outcome.events)
}

/// Simulates a workload with the sharing of links alone.
func shareAlone(_ workload: Workload) -> Tally {
  var system = FluidSystem()
  for capacity in workload.capacities { _ = system.addLink(capacity: capacity) }
  for path in workload.paths { _ = system.addClass(path: path, terms: FlowTerms()) }
  var tally = Tally()
  var next = 0
  while true {
    let arrival = next < workload.flows.count ? workload.flows[next].arrival.nanoseconds : .max
    let now = min(arrival, system.nextFinish ?? .max)
    guard now < .max else { return tally }
    while system.popFinished(by: now) != nil {
      tally.finished += 1
      tally.events += 1
    }
    while next < workload.flows.count, workload.flows[next].arrival.nanoseconds == now {
      let flow = workload.flows[next]
      _ = system.start(flowClass: flow.path, bits: flow.bytes * 8, at: now)
      next += 1
      tally.events += 1
    }
    system.settle()
  }
}
