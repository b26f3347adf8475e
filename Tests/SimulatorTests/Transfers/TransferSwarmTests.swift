// SPDX-License-Identifier: GPL-3.0-or-later
import EventKernel
import FlowMath
import NetworkModel
import Scheduling
import TestSupport
import Testing
import Traffic

@testable import Simulator

/// Random networks full of flows and demands: a window that holds is never missed.
@Suite struct TransferSwarmTests {
  @Test(arguments: 0..<32) func aWindowThatHoldsIsNeverMissed(seed: Int) throws {
    let world = TransferWorld(seed: seed)
    let run = try CompletedRun(world.model, instants: 5, looking: { try look(at: $0) })
    for transfer in try run.rows(of: "transfers") where transfer["reservation"] == "held" {
      let name = transfer["transfer"] ?? ""
      let instant = { (column: String) in nanoseconds(transfer[column] ?? "") }
      let finish = instant("finish_s")
      if let deadline = instant("deadline_s") {
        let isLate = finish.map { $0 > deadline } ?? (deadline < run.outcome.end.nanoseconds)
        #expect(!isLate && transfer["state"] != "dropped", "\(name)")
      }
      if let finish, let start = instant("window_start_s"), let end = instant("window_end_s") {
        #expect(finish > start && finish <= end, "\(name)")
      }
    }
    let delivered = run.summary("bytes_delivered") + run.summary("bytes_left")
    let started = run.summary("bytes_started") - run.summary("bytes_broken")
    #expect(abs(delivered - started) <= 1e-6 * started)
    for link in run.outcome.links where !link.mean.isNaN { #expect(link.mean <= 1 + 1e-6) }
  }

  /// Every open window has its rate, and no link has promised more than it may.
  private func look(at run: Run) throws {
    var open = [Int64](repeating: 0, count: run.world.model.topology.links.count)
    for number in run.transfers.book.states.numbers {
      let state = run.transfers.book.states[number]
      guard case .reserved(let flowClass) = state.stage, let reservation = state.reservation else {
        continue
      }
      let isWhole = !reservation.route.links.contains { run.world.links.isDown($0) }
      if isWhole {
        let rate = run.world.fluid.rate(ofClass: flowClass.index)
        #expect(abs(rate / Double(reservation.window.rate) - 1) < 1e-9)
      }
      for link in reservation.route.links { open[Int(link.index)] += reservation.window.rate }
    }
    #expect(open == run.world.windows.open)
    for link in open.indices where !run.world.links.isDown(link) {
      #expect(open[link] <= run.world.windows.calendar.rooms[link])
    }
  }

  /// The same transfers without reservations miss many a deadline: the worlds are full enough.
  @Test func withoutWindowsDeadlinesAreMissed() throws {
    var missed = (without: 0.0, held: 0.0)
    var met = 0.0
    for seed in 0..<8 {
      var world = TransferWorld(seed: seed)
      missed.held += zero(
        try CompletedRun(world.model).summary("transfer_deadlines_missed_held"))
      world.reserves = false
      let run = try CompletedRun(world.model)
      missed.without += zero(run.summary("deadlines_missed"))
      met += zero(run.summary("deadlines_met"))
    }
    #expect(missed.held == 0)
    #expect(missed.without > 20 && met > 20, "missed \(missed.without), met \(met)")
  }

  private func zero(_ value: Double) -> Double { value.isNaN ? 0 : value }

  @Test func twoRunsAreTheSame() throws {
    let model = TransferWorld(seed: 7).model
    #expect(try CompletedRun(model).outcome.digest == CompletedRun(model).outcome.digest)
  }
}

/// A ring of nodes with chords, and transfers, flows and demands between them.
private struct TransferWorld {
  private var sketch = ModelSketch()
  private var random: RandomStream
  private var transfers: [Transfer] = []
  private var demands: [Demand] = []
  var reserves = true
  private let isDisturbed: Bool
  /// Demands, and flows that follow loss: these take most of the time of the tests.
  private let hasLoss: Bool
  private let seed: Int

  private static let end: Int64 = 100_000_000_000

  init(seed: Int) {
    self.seed = seed
    random = RandomStream(seed: UInt64(seed), name: "transfer-world")
    isDisturbed = seed & 1 != 0
    hasLoss = seed & 2 != 0
    let nodes = Int.random(in: 3...6, using: &random)
    for node in 0..<nodes {
      for other in [node + 1, node + nodes - 1] { join(node, other % nodes) }
      if Bool.random(using: &random) { join(node, (node + 2) % nodes) }
    }
    sketch.classes = [
      TrafficClass(name: "bulk", onFailure: pick([.wait, .move, .breakOff])),
      TrafficClass(name: "gold", weight: 5, floor: BitsPerSecond(1e7), priority: 3),
      TrafficClass(
        name: "copies", onFailure: .move,
        transport: Transport(hasLoss ? .tcpCubic : .ideal)),
    ]
    for index in 0..<30 { addFlow(index) }
    for index in 0..<40 { addTransfer(index) }
    if hasLoss { for index in 0..<4 { addDemand(index) } }
    if isDisturbed { for _ in 0..<10 { disturb() } }
  }

  private mutating func pick<Value>(_ values: [Value]) -> Value {
    values[Int.random(in: 0..<values.count, using: &random)]
  }

  private mutating func join(_ from: Int, _ to: Int) {
    guard from != to, !sketch.topology.links.contains(where: { $0.name == "n\(from)-n\(to)" })
    else { return }
    sketch.join(
      "n\(from)", "n\(to)", pick([1e9, 2e9, 1e10]), delay: pick([0, 1_000_000, 7_000_000]))
  }

  /// A route between two random nodes.
  private mutating func route() -> Int {
    while true {
      let topology = sketch.topology
      let from = NodeID(index: Int.random(in: 0..<topology.nodes.count, using: &random))
      let to = NodeID(index: Int.random(in: 0..<topology.nodes.count, using: &random))
      if let route = ShortestPaths(from: from, in: topology).route(to: to, in: topology) {
        return sketch.route(over: route.links.map { Int($0.index) })
      }
    }
  }

  private mutating func addFlow(_ index: Int) {
    let route = route()
    sketch.flow(
      "f\(index)", at: Int64.random(in: 0...Self.end / 2, using: &random),
      bytes: Double.random(in: 1e7...4e9, using: &random).rounded(),
      over: sketch.routes[route].links.map { Int($0.index) },
      class: Int.random(in: 0..<3, using: &random))
  }

  private mutating func addTransfer(_ index: Int) {
    let start = Int64.random(in: 0...Self.end / 2, using: &random)
    let asked = Bool.random(using: &random) ? 0 : start / 2
    let length = Int64.random(in: 1_000_000_000...40_000_000_000, using: &random)
    let hasDeadline = Int.random(in: 0..<6, using: &random) > 0
    transfers.append(
      Transfer(
        name: "t\(index)", trafficClass: Int.random(in: 0..<3, using: &random), route: route(),
        bytes: Bytes(Double.random(in: 1e7...4e9, using: &random).rounded()),
        asked: SimTime(nanoseconds: asked), start: SimTime(nanoseconds: start),
        deadline: hasDeadline ? SimTime(nanoseconds: start + length) : nil,
        terms: TransferTerms(
          reserves: true, mostRate: pick([BitsPerSecond(1e8), BitsPerSecond(3e9)]),
          window: hasDeadline ? pick(WindowChoice.allCases) : .earliest,
          ifRefused: pick([.send, .drop]))))
  }

  private mutating func addDemand(_ index: Int) {
    demands.append(
      Demand(
        name: "d\(index)", trafficClass: 0, route: route(),
        rate: BitsPerSecond(pick([1e8, 9e8, 5e9])),
        daily: [], start: SimTime(nanoseconds: Int64.random(in: 0...Self.end / 2, using: &random)),
        stop: SimTime(nanoseconds: Self.end), precedence: pick([.ahead, .beside])))
  }

  private mutating func disturb() {
    let link = Int.random(in: 0..<sketch.topology.links.count, using: &random)
    let time = Int64.random(in: 0...Self.end, using: &random)
    let capacity = sketch.topology.links[link].capacity.value
    sketch.change(
      link, at: time,
      pick([.fail, .fail, .repair, .capacity(BitsPerSecond(capacity * pick([0.3, 0.7, 1])))]))
    if Bool.random(using: &random) {
      sketch.change(link, at: time + pick([10_000_000, 50_000_000, 3_000_000_000]), .repair)
    }
  }

  var model: Model {
    var model = sketch.model
    var orders = transfers.sorted { ($0.asked, $0.name) < ($1.asked, $1.name) }
    if !reserves { for index in orders.indices { orders[index].terms.reserves = false } }
    model.transfers = TransferModel(
      sources: [.listed(orders)], share: seed & 4 == 0 ? 1 : 0.75, paths: 1 + seed % 4)
    model.demands = demands
    model.routes = sketch.routes
    model.loss = LossModel(isOn: hasLoss)
    model.duration = SimDuration(nanoseconds: Self.end)
    model.outputs = Outputs(kinds: [.flows, .transfers, .events])
    return model
  }
}
