// SPDX-License-Identifier: GPL-3.0-or-later
internal import EventKernel
internal import NetworkModel
internal import Simulator
internal import Traffic

/// A run of plain flows without haste: at each event all rates anew, all flows moved one by one.
struct PlainRun {
  struct Flow {
    var terms: PlainSharing.Flow
    /// When its first byte is through, in nanoseconds.
    var start: Double
    var bitsLeft: Double
    var rate = 0.0
    var finish: Double?
  }

  private(set) var flows: [Flow]
  private let timelines: [CapacityTimeline]
  private let changes: [Double]
  private var now = 0.0

  init(_ run: SwarmRun, paths: [[Int]]) {
    let model = run.model
    timelines = model.topology.links.indices.map { CapacityTimeline(model, link: $0) }
    changes = Set(model.changes.map { Double($0.time.nanoseconds) }).sorted()
    let classes = Dictionary(
      model.classes.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
    flows = zip(run.rows("flows"), paths).compactMap { row, path in
      guard let own = classes[row["class"]], let start = row.nanoseconds("start_s"),
        let bytes = row.number("bytes")
      else { return nil }
      let delay = path.reduce(0) { $0 + model.topology.links[$1].delay.nanoseconds }
      return Flow(
        terms: .init(
          path: path, layer: own.priority, weight: own.weight, floor: own.floor.value,
          ceiling: own.ceiling.value),
        start: Double(start + delay), bitsLeft: bytes * 8)
    }
  }

  /// Lives until the end of the run.
  mutating func run(until end: Double) {
    while now < end {
      let sending = flows.indices.filter { flows[$0].finish == nil && flows[$0].start <= now }
      let capacities = timelines.map { $0.capacity(at: Int64(now)) }
      let rates = PlainSharing.rates(sending.map { flows[$0].terms }, capacities: capacities)
      for (index, rate) in zip(sending, rates) { flows[index].rate = rate * 1e-9 }
      let next = nextEvent(sending, end)
      for index in sending { flows[index].bitsLeft -= flows[index].rate * (next - now) }
      now = next
      // What takes less time than an instant is exact to is what rounding has left.
      let rounding = 1e-6 + 4e-16 * now
      for index in sending where flows[index].bitsLeft <= rounding * flows[index].rate {
        flows[index].finish = now
      }
    }
  }

  private func nextEvent(_ sending: [Int], _ end: Double) -> Double {
    var next = end
    for index in sending where flows[index].rate > 1e-12 {
      next = min(next, now + flows[index].bitsLeft / flows[index].rate)
    }
    for flow in flows where flow.finish == nil && flow.start > now { next = min(next, flow.start) }
    if let change = changes.first(where: { $0 > now }) { next = min(next, change) }
    return next
  }
}
