// SPDX-License-Identifier: GPL-3.0-or-later
import EventKernel
import FlowMath
import NetworkModel
import TestSupport
import Testing
import Traffic

@testable import Simulator

/// Random networks, transports and demands, extreme ones among them: what must hold at all times.
@Suite struct LossSwarmTests {
  @Test(arguments: 0..<60) func nothingIsNegativeAndNothingIsNonsense(seed: Int) throws {
    let model = LossWorld(seed: seed).model
    let run = try CompletedRun(
      model, instants: 7,
      looking: { run in
        for link in run.world.loss.links.indices {
          let quality = run.world.loss.links[link]
          for part in [quality.queue, quality.congestion, quality.overload, quality.total] {
            #expect((0...1).contains(part))
          }
          #expect(quality.delay_s >= 0 && quality.delay_s.isFinite)
          #expect(quality.delayP99_s >= 0 && quality.delayP99_s.isFinite)
        }
        for link in model.topology.links.indices {
          let whole = run.loss.lossOfLink(link)
          #expect((0...1).contains(whole.total))
          #expect(whole.delay_s >= 0 && whole.delay_s.isFinite && whole.delayP99_s.isFinite)
        }
        for flowClass in run.world.flowClasses.entries.indices {
          let rate = run.world.fluid.sendingRate(ofClass: flowClass)
          #expect(rate >= 0 && rate <= 1e18)
          let isLossless =
            model.classes[run.world.flowClasses.entries[flowClass].trafficClass].transport.kind
            .isLossless
          #expect(!isLossless || run.world.fluid.bitsSentAgain(ofClass: flowClass) == 0)
        }
      })
    for demand in run.outcome.demands {
      let sum = demand.deliveredBytes + demand.lostBytes
      #expect(demand.offeredBytes >= 0 && demand.deliveredBytes >= 0)
      #expect(demand.lostBytesByCause.allSatisfy { $0 >= 0 })
      #expect(abs(sum - demand.offeredBytes) <= 1e-9 * demand.offeredBytes)
    }
    for link in run.outcome.links where !link.mean.isNaN {
      #expect(link.mean >= 0 && link.mean <= 1 + 1e-6)
    }
  }
}

/// A small network with everything that loses or may not lose.
private struct LossWorld {
  let model: Model

  init(seed: Int) {
    var random = RandomStream(seed: UInt64(seed), name: "loss-world")
    func pick<Value>(_ values: [Value]) -> Value {
      values[Int.random(in: 0..<values.count, using: &random)]
    }
    var topology = Topology()
    let links = Int.random(in: 1...5, using: &random)
    for index in 0..<links {
      let port = Port(
        buffer: Bytes(pick([1500, 2e6, 4e9])), queueing: pick([.fifo, .priority]),
        packetVariation: pick([0, 1, 3]),
        signal: pick([.drop, .mark]), loss: pick([0, 0, 0, 1e-6, 0.1, 1]))
      topology.addLink(
        Link(
          name: "l\(index)", ends: nil, capacity: BitsPerSecond(pick([0, 1, 1e6, 1e9, 1e12])),
          delay: SimDuration(nanoseconds: pick([0, 1, 1_000_000, 10_000_000_000])), port: port))
    }
    let classes = Transport.Kind.allCases.map { kind in
      TrafficClass(
        name: kind.rawValue, weight: pick([0.1, 1, 7]),
        ceiling: pick([.unlimited, BitsPerSecond(1e7)]), priority: pick([0, 0, 1, -5]),
        transport: Transport(
          kind, window: kind == .ideal ? nil : pick([nil, Bytes(8e3), Bytes(1e9)])))
    }
    var routes: [Route] = []
    for _ in 0..<6 {
      let path = (0..<links).shuffled(using: &random)
        .prefix(Int.random(in: 1...links, using: &random))
      routes.append(Route(source: nil, target: nil, links: path.map { LinkID(index: $0) }))
    }
    var flows: [ListedFlow] = []
    for index in 0..<30 {
      let trafficClass = Int.random(in: 0..<classes.count, using: &random)
      let route = Int.random(in: 0..<routes.count, using: &random)
      let isRefused =
        LosslessPromise.problem(of: classes[trafficClass], on: routes[route], in: topology) != nil
      guard !isRefused else { continue }
      flows.append(
        ListedFlow(
          name: "f\(index)",
          start: SimTime(nanoseconds: Int64.random(in: 0..<1_000_000_000, using: &random)),
          bytes: Bytes(pick([1, 1e4, 1e7, 1e12])), route: route, trafficClass: trafficClass))
    }
    let demands = (0..<4).map { index in
      Demand(
        name: "d\(index)", trafficClass: pick([0, 1, 2, 3]),
        route: Int.random(in: 0..<routes.count, using: &random),
        rate: BitsPerSecond(pick([1, 1e6, 1e9, 1e12])), daily: pick([[], [0.5, 1.5]]),
        start: SimTime(nanoseconds: pick([0, 300_000_000])),
        stop: SimTime(nanoseconds: pick([1_200_000_000, .max])),
        precedence: pick([.ahead, .beside]), variation: pick([0, 1, 5]))
    }
    let changes = (0..<4).map { _ in
      LinkChange(
        time: SimTime(nanoseconds: Int64.random(in: 0..<2_000_000_000, using: &random)),
        links: [LinkID(index: Int.random(in: 0..<links, using: &random))],
        kind: pick([.fail, .repair, .capacity(BitsPerSecond(1e9)), .capacity(BitsPerSecond(1))]))
    }
    model = Model(
      name: "loss", duration: SimDuration(nanoseconds: 3_000_000_000), topology: topology,
      classes: classes, routes: routes, traffic: [.listed(flows.sorted { $0.start < $1.start })],
      demands: demands, loss: LossModel(isOn: true),
      changes: changes.sorted { $0.time < $1.time }, outputs: Outputs(kinds: [.flows]))
  }
}
