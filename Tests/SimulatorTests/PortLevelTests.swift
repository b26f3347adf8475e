// SPDX-License-Identifier: GPL-3.0-or-later
import EventKernel
import NetworkModel
import TestSupport
import Testing
import Traffic

@testable import Simulator

/// What flows of different priorities meet at one port.
@Suite struct PortLevelTests {
  /// A link of 10 Gbit/s and 1 ms with a buffer of 2 MB.
  private func model(
    _ queueing: Port.Queueing, gold: Double, flows: [(class: Int, bytes: Double)],
    demands: [Demand] = []
  ) -> Model {
    var topology = Topology()
    topology.addLink(
      Link(
        name: "l", ends: nil, capacity: BitsPerSecond(10e9),
        delay: SimDuration(nanoseconds: 1_000_000),
        port: Port(buffer: Bytes(2e6), queueing: queueing)))
    let cubic = Transport(.tcpCubic)
    return Model(
      name: "levels", duration: SimDuration(nanoseconds: 1_000_000_000), topology: topology,
      classes: [
        TrafficClass(name: "bulk", transport: cubic),
        TrafficClass(
          name: "gold", ceiling: BitsPerSecond(gold), priority: 1, transport: cubic),
      ],
      routes: [Route(source: nil, target: nil, links: [LinkID(index: 0)])],
      traffic: [
        .listed(
          flows.enumerated().map { index, flow in
            ListedFlow(
              name: "f\(index)", start: .zero, bytes: Bytes(flow.bytes), route: 0,
              trafficClass: flow.class)
          })
      ],
      demands: demands, loss: LossModel(isOn: true), outputs: Outputs(kinds: [.flows]))
  }

  /// The paths of the flow classes of a class as they are at the end.
  private func paths(_ model: Model) throws -> [PathQuality] {
    var found: [PathQuality] = []
    _ = try CompletedRun(model, instants: 1) { _ in
    } atEnd: { run in
      for trafficClass in model.classes.indices {
        guard
          let flowClass = run.world.flowClasses.entries.firstIndex(where: {
            $0.trafficClass == trafficClass
          })
        else { continue }
        var path = run.loss.path(of: FlowClassID(flowClass))
        run.loss.addCongestion(to: &path, of: FlowClassID(flowClass))
        found.append(path)
      }
    }
    return found
  }

  @Test func flowsOfALowerLevelSeeMoreDelayAndLoss() throws {
    // Two of 3 Gbit/s fit; six share the 4 that are left, and fill half of a buffer of their own.
    let flows = [(1, 1e12), (1, 1e12)] + Array(repeating: (0, 1e12), count: 6)
    let model = model(.priority, gold: 3e9, flows: flows.map { (class: $0.0, bytes: $0.1) })
    let paths = try paths(model)
    #expect(paths.count == 2)
    #expect(paths[1].congestion == 0 && paths[0].congestion > 1e-7)
    #expect(abs(paths[0].roundTrip_s - 2e-3 - 8e6 / 4e9) < 1e-5)
    #expect(paths[1].roundTrip_s > 2e-3 && paths[1].roundTrip_s < 2.01e-3)
    // In one queue both meet the same, half of the buffer at the whole rate.
    let mixed = try self.paths(
      self.model(.fifo, gold: 3e9, flows: flows.map { (class: $0.0, bytes: $0.1) }))
    #expect(mixed[0].congestion == mixed[1].congestion && mixed[0].congestion > 0)
    #expect(abs(mixed[1].roundTrip_s - 2e-3 - 8e6 / 10e9) < 1e-5)
  }

  @Test func aLevelThatFillsTheLinkLeavesNothing() throws {
    let model = model(
      .priority, gold: 1e12, flows: [(class: 1, bytes: 1e12), (class: 0, bytes: 1e12)])
    let paths = try paths(model)
    #expect(paths[1].congestion > 0)
    #expect(abs(paths[1].roundTrip_s - 2e-3 - 8e6 / 10e9) < 1e-5)
    // A full buffer and a packet, at the thousandth of the link that it is reckoned with.
    #expect(abs(paths[0].roundTrip_s - 2e-3 - 16.012e6 / 10e6) < 1e-6)
  }

  @Test func aDemandOfALowerLevelWaitsForTheFlowsThatItLeavesRoomFor() throws {
    let demand = Demand(name: "d", route: 0, rate: BitsPerSecond(4e9))
    let run = try CompletedRun(
      model(.priority, gold: 1e12, flows: [(class: 1, bytes: 1e12)], demands: [demand]))
    let found = run.outcome.demands[0]
    // It has its bandwidth. What is left of the link is all it takes: a queue at load 1 of 1333
    // packets, M/D/1/K, loses one in 2 K, and is half full.
    #expect(abs(found.deliveredBytes / found.offeredBytes - (1 - 0.5 / 1333)) < 1e-5)
    #expect(abs((found.delayMean_s - 1e-3) / (8e6 / 4e9) - 1) < 0.01)
  }
}
