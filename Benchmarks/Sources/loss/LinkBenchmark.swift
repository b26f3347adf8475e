// SPDX-License-Identifier: GPL-3.0-or-later
import FlowMath
import Glibc
import Measuring

/// Queues of links in columns, beside a loop over the same formula.
struct LinkBenchmark: ~Copyable {
  private let loads: [Double]
  private let places: [Double]
  private var found: [Double]
  private var queues: QueueColumns

  init(count: Int) {
    // Two of Weyl's sequences: evenly spread over the plane.
    let spread = (0..<count).map { part(of: Double($0) * 0.754_877_666_246_692_7) }
    let other = (0..<count).map { part(of: Double($0) * 0.569_840_290_998_053_3) }
    loads = spread.map { 0.1 + 1.2 * $0 }
    places = other.map { (30 + 270 * $0).rounded() }
    found = [Double](repeating: 0, count: 2 * count)
    queues = QueueColumns(count: count)
    for index in 0..<count {
      queues[index] = QueueLoad(
        offered_bit_s: 1e10 * loads[index], capacity_bit_s: 1e10, packet_bits: 12_000,
        places: places[index], arrivalVariability: 2, serviceVariability: 0.5)
    }
  }

  mutating func run(_ table: PrintedTable) {
    let plain = nanoseconds { me in
      for index in me.loads.indices {
        let answer = scalarQueue(load: me.loads[index], places: me.places[index])
        me.found[2 * index] = answer.loss
        me.found[2 * index + 1] = answer.delay * 1.2e-6
      }
    }
    let queue = nanoseconds { $0.queues.evaluate(.mm1k) }
    table.row(["M/M/1/K", fixed(plain, 1), fixed(queue, 1), fixed(plain / queue, 2)])
    row(table, "M/D/1/K", nanoseconds { $0.queues.evaluate(.md1k) })
    row(table, "two moments", nanoseconds { $0.queues.evaluate(.twoMoments) })
  }

  private func row(_ table: PrintedTable, _ name: String, _ time: Double) {
    table.row([name, "-", fixed(time, 1), "-"])
  }

  /// CPU time per element: the least of several measurements, which others disturb least.
  private mutating func nanoseconds(_ work: (inout LinkBenchmark) -> Void) -> Double {
    var least = Double.infinity
    for _ in 0..<7 {
      let start = cpuSeconds()
      work(&self)
      least = min(least, cpuSeconds() - start)
    }
    return least / Double(loads.count) * 1e9
  }
}

private func part(of value: Double) -> Double { value.truncatingRemainder(dividingBy: 1) }
