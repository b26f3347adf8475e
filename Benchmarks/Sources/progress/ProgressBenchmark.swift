// SPDX-License-Identifier: GPL-3.0-or-later
import EventKernel
import FlowMath
import Glibc
import Measuring
import Simulator
import Statistics
import Workloads

/// Many flows in progress at once, and what one more event costs.
struct ProgressBenchmark {
  enum Way: String, CaseIterable {
    case fluid, trace
  }

  struct Price {
    var cpuSeconds: Double
    var events: Int
    var bytesPerFlow: Double
    var peakBytesPerFlow: Double

    var nanosecondsPerEvent: Double { cpuSeconds / Double(events) * 1e9 }
  }

  var events: Int
  var repetitions: Int

  /// Large enough that two finishes seldom fall into one nanosecond.
  static let size = Distribution.exponential(mean: 1e9)
  static let pathCount = 300

  func price(of way: Way, flows: Int) throws -> Price {
    switch way {
    case .fluid:
      let crowd = Crowd(flows: flows)
      return median { crowd.shareAlone(events: events) }
    case .trace:
      let file = scratchFile(named: "progress.csv")
      defer { unlink(file) }
      let crowd = Crowd(flows: flows)
      try crowd.workload(arrivals: events / 2).writeTrace(to: file)
      let model = Workload(
        name: "progress", capacities: crowd.capacities, paths: crowd.paths, flows: []
      ).model(trace: file)
      return try median { try run(model, flows: flows) }
    }
  }

  /// The median time, with the memory of the first measurement: later ones find freed pages.
  private func median(_ measure: () throws -> Price) rethrows -> Price {
    var first: Price?
    var price = try medianRun(repetitions: repetitions, within: 60, cpu: \.cpuSeconds) {
      let price = try measure()
      first = first ?? price
      return price
    }
    if let first {
      price.bytesPerFlow = first.bytesPerFlow
      price.peakBytesPerFlow = first.peakBytesPerFlow
    }
    return price
  }

  private func run(_ model: Model, flows: Int) throws -> Price {
    Memory.forgetPeak()
    let before = Memory.resident
    let run = try Run(model)
    _ = try run.advance(instants: 1)
    let (resident, peak) = (Memory.resident, Memory.peak)
    let eventsBefore = run.events
    let start = cpuSeconds()
    // A tenth less than there are, so that the trace does not end before.
    _ = try run.advance(instants: events * 9 / 10)
    return Price(
      cpuSeconds: cpuSeconds() - start, events: run.events - eventsBefore,
      bytesPerFlow: Double(resident - before) / Double(flows),
      peakBytesPerFlow: Double(peak - before) / Double(flows))
  }
}
