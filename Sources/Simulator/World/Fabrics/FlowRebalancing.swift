// SPDX-License-Identifier: GPL-3.0-or-later
internal import EventKernel
internal import FlowMath
internal import NetworkModel
internal import Scheduling

// What becomes of flows over a fabric when a link of it fails or is repaired.
//
// As with transfers of jobs the fabric answers within the nanosecond: a hash and a spray change
// what the link is part of, a controller places everything again. Where no way is up, or a card is
// cut off, the class of the flow says what it does, as on any link.

extension World {
  /// Gives the flows on the fabrics of some links new ways.
  func rebalanceFlows(around changed: [LinkID]) throws(RunError) {
    for (number, entry) in lanes.fabrics.enumerated()
    where changed.contains(where: { entry.fabric.links.contains(Int($0.index)) }) {
      // All are taken off first, so that none is placed around those that move as well.
      var loose = LooseFlows()
      for lane in lanes.lanes.indices where fluid.flows(ofClass: lane) > 0 {
        guard let way = lanes.way(of: LaneID(lane)), way.fabric == number,
          mayMove(from: LaneID(lane), way, entry)
        else { continue }
        takeOff(LaneID(lane), way, &loose)
      }
      for flow in loose.inOrder { try sendAnew(flow) }
    }
  }

  /// Whether a lane has flows that belong elsewhere now, and another way is up for them.
  private func mayMove(from lane: LaneID, _ way: LaneWay, _ entry: FabricWays) -> Bool {
    let crossing = lanes.crossing(of: way)
    let cards = lanes.routes[way.home.index].links
    let isCutOff = cards.indices.contains {
      !crossing.places.contains($0) && links.isDown(cards[$0])
    }
    guard !isCutOff, !choicesUp(of: crossing, over: entry).isEmpty else { return false }
    switch entry.balancing {
    case .spray, .intelligent: return true
    case .ecmp, .flowlet:
      let isDetour = lanes[lane].home != lane
      return isDetour
        || fluid.slots(ofClass: lane.index).contains { slot in
          let piece = flows.divided.flow(inSlot: slot).map { flows.divided[$0].piece } ?? 0
          return choice(for: flows[slot], way, piece: piece) != Int(way.choice)
        }
    }
  }

  private func takeOff(_ lane: LaneID, _ way: LaneWay, _ loose: inout LooseFlows) {
    let watched = probe?.slot
    for flow in fluid.withdraw(flowClass: lane.index, at: now.nanoseconds) {
      countLoad(of: lane, by: -1)
      let record = flows[flow.slot]
      if lanes[lane].way == nil { noteMostRate(of: record, on: lane) }
      let divided = flows.divided.flow(inSlot: flow.slot)
      if divided != nil { _ = flows.divided.leave(flow.slot) }
      loose.add(
        LooseFlow(
          record: record, way: way, lane: lane, bits: flow.bitsLeft, divided: divided,
          isWatched: flow.slot == watched))
    }
  }

  /// Finds a new way for a flow, or for all parts of one, and sends on what is left of it.
  private func sendAnew(_ flow: LooseFlow) throws(RunError) {
    if flow.isWatched { probe?.slot = nil }
    let divided = flow.divided.map { flows.divided[$0] }
    if let index = flow.divided, divided?.isBroken == true {
      if divided?.parts.isEmpty == true { flows.divided.remove(index) }
      return countMoreBroken(flow.bits / 8)
    }
    guard divided?.pieces == 1 else {
      let choice = choice(for: flow.record, flow.way, piece: divided?.piece ?? 0)
      let lane = lanes.lane(flow.way, choice: choice, in: &fluid)
      if lane != flow.lane { outages.moves += 1 }
      return try resume(flow, on: lane)
    }
    let choices = choicesUp(
      of: lanes.crossing(of: flow.way), over: lanes.fabrics[Int(flow.way.fabric)])
    for choice in choices {
      var part = flow
      part.bits = flow.bits / Double(choices.count)
      let lane = lanes.lane(flow.way, choice: choice, parts: choices.count, in: &fluid)
      try resume(part, on: lane)
    }
  }

  private func resume(_ flow: LooseFlow, on lane: LaneID) throws(RunError) {
    let slot = try place(flow.record, on: lane, bits: flow.bits)
    if let index = flow.divided { flows.divided.place(index, in: slot, on: lane) }
    if flow.isWatched, probe?.slot == nil { watchMove(to: slot, lane: lane) }
  }
}

/// A flow without a way; of a divided one the part that is sent, or all parts together.
private struct LooseFlow {
  var record: FlowRecord
  var way: LaneWay
  /// Where it comes from; of several parts where the first does.
  var lane: LaneID
  var bits: Double
  /// Its entry where it is divided.
  var divided: Int32?
  var isWatched: Bool
}

/// Flows that are taken off their ways; the parts of one are put together again.
private struct LooseFlows {
  private var flows: [LooseFlow] = []
  private var places: [Int32: Int] = [:]

  mutating func add(_ flow: LooseFlow) {
    if let index = flow.divided {
      if let known = places[index] {
        flows[known].bits += flow.bits
        flows[known].isWatched = flows[known].isWatched || flow.isWatched
        return
      }
      places[index] = flows.count
    }
    flows.append(flow)
  }

  /// By arrival; those of one instant as they were found, which depends on the past alone.
  var inOrder: [LooseFlow] {
    flows.indices.sorted { (flows[$0].record.arrival, $0) < (flows[$1].record.arrival, $1) }
      .map { flows[$0] }
  }
}
