// SPDX-License-Identifier: GPL-3.0-or-later
import EventKernel
import Measuring
import Simulator
import Traffic
import Workloads

/// A run with loss and transports that follow it, beside the same run with ideal transports.
struct TransportBenchmark {
  let flows: Int
  let repetitions = 5
  private static let kinds: [Transport.Kind] = [.tcpReno, .tcpCubic, .bbr, .goBackN]

  func run(_ table: PrintedTable) throws {
    for shape in [NetworkShape.ring, .clos] {
      let workload = WorkloadRecipe(shape: shape, flows: flows).make()
      for kind in TransportBenchmark.kinds {
        let times = try seconds(of: workload, kind)
        table.row([
          "\(shape.rawValue), \(kind.rawValue)", fixed(median(times.map(\.ideal)), 3),
          fixed(median(times.map(\.other)), 3), fixed(median(times.map { $0.other / $0.ideal }), 2),
        ])
      }
    }
  }

  private func median(_ values: [Double]) -> Double { values.sorted()[values.count / 2] }

  /// The CPU time of both, in turns, so that a noisy machine is noisy for both.
  private func seconds(
    of workload: Workload, _ kind: Transport.Kind
  ) throws -> [(ideal: Double, other: Double)] {
    let delay = SimDuration(nanoseconds: 1_000_000)
    let plain = workload.model(of: .ideal, delay: delay)
    let lossy = workload.model(of: Transport(kind), delay: delay)
    var times: [(ideal: Double, other: Double)] = []
    for _ in 0..<repetitions {
      times.append((try seconds(of: plain), try seconds(of: lossy)))
    }
    return times
  }

  private func seconds(of model: Model) throws -> Double {
    let start = cpuSeconds()
    let run = try Run(model)
    while try run.advance(instants: 4096) {}
    _ = try run.finish()
    return cpuSeconds() - start
  }
}
