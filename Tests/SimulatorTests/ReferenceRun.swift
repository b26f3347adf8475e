// SPDX-License-Identifier: GPL-3.0-or-later
import EventKernel
import FlowMath
import NetworkModel
import Simulator
import Traffic

/// A run without any haste: at each event all rates from nothing, all flows moved one by one.
///
/// Instants are `Double` nanoseconds and never rounded, there are no classes, no virtual time and
/// no queue. It shares nothing with `Run` but the plain solver.
struct ReferenceRun {
  struct Flow {
    let name: String
    let path: [Int]
    let terms: FlowTerms
    /// The instant at which its first byte has crossed the path.
    let start: Double
    let bits: Double
    var bitsLeft: Double
    var rate = 0.0
    var finish: Double?

    var isDone: Bool { finish != nil }
  }

  private(set) var flows: [Flow]
  private(set) var now = 0.0
  private var capacity: [Double]
  private var isDown: [Bool]
  private var changes: [LinkChange]

  /// A rate below this many bits per second is what rounding leaves of none at all.
  private static let leastRate = 1e-3

  init(_ model: Model) {
    let links = model.topology.links
    capacity = links.map(\.capacity.value)
    isDown = links.map { _ in false }
    changes = model.changes
    let priorities = Set(model.classes.map(\.priority)).sorted(by: >)
    flows = []
    for case .listed(let listed) in model.traffic {
      for flow in listed {
        let path = model.routes[flow.route].links.map { Int($0.index) }
        let own = model.classes[flow.trafficClass]
        let terms = FlowTerms(
          weight: own.weight, floor: own.floor.value, ceiling: own.ceiling.value,
          layer: priorities.firstIndex(of: own.priority) ?? 0)
        let delay = path.reduce(0) { $0 + links[$1].delay.nanoseconds }
        flows.append(
          Flow(
            name: flow.name, path: path, terms: terms,
            start: Double(flow.start.nanoseconds + delay), bits: flow.bytes.bits,
            bitsLeft: flow.bytes.bits))
      }
    }
  }

  /// Lives on until an instant in nanoseconds, or until nothing more will happen.
  mutating func run(until horizon: Double = .infinity) {
    while true {
      applyChanges()
      share()
      let finish = flows.filter { !$0.isDone && $0.rate > 0 && $0.start <= now }
        .map { now + $0.bitsLeft / $0.rate }.min()
      let start = flows.map(\.start).filter { $0 > now }.min()
      let change = changes.first.map { Double($0.time.nanoseconds) }
      guard let next = [finish, start, change].compactMap({ $0 }).min(), next <= horizon else {
        break
      }
      move(to: next)
      // The first flow to be done is done, whatever rounding left of it.
      if next == finish { finishFlows() }
    }
    if horizon < .infinity { move(to: horizon) }
  }

  private mutating func applyChanges() {
    while let change = changes.first, Double(change.time.nanoseconds) <= now {
      changes.removeFirst()
      for link in change.links.map({ Int($0.index) }) {
        switch change.kind {
        case .capacity(let value): capacity[link] = value.value
        case .fail: isDown[link] = true
        case .repair: isDown[link] = false
        }
      }
    }
  }

  private mutating func share() {
    let sending = flows.indices.filter { !flows[$0].isDone && flows[$0].start <= now }
    let rates = ReferenceSharing.rates(
      capacities: capacity.indices.map { isDown[$0] ? 0 : capacity[$0] },
      demands: sending.map { .init(path: flows[$0].path, flows: 1, terms: flows[$0].terms) })
    for (index, rate) in zip(sending, rates) {
      flows[index].rate = rate < Self.leastRate ? 0 : rate * 1e-9
    }
  }

  private mutating func move(to instant: Double) {
    for index in flows.indices where !flows[index].isDone && flows[index].start <= now {
      flows[index].bitsLeft -= flows[index].rate * (instant - now)
    }
    now = instant
  }

  private mutating func finishFlows() {
    for index in flows.indices where !flows[index].isDone && flows[index].start < now {
      // What takes less than a millionth of a nanosecond is what rounding has left.
      guard flows[index].bitsLeft <= 1e-6 * flows[index].rate else { continue }
      flows[index].finish = now
      flows[index].bitsLeft = 0
    }
  }
}
