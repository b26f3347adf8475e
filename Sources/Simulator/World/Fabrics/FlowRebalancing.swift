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
  /// Gives the flows on the fabrics of some links new paths.
  func rebalanceFlows(around changed: [LinkID]) throws(RunError) {
    for (number, entry) in flowClasses.fabrics.enumerated()
    where changed.contains(where: { entry.fabric.links.contains(Int($0.index)) }) {
      // All are taken off first, so that none is placed around those that move as well.
      var loose = LooseFlows()
      for flowClass in flowClasses.entries.indices where fluid.flows(ofClass: flowClass) > 0 {
        guard let path = flowClasses.path(of: FlowClassID(flowClass)), path.fabric == number,
          mayMove(from: FlowClassID(flowClass), path, entry)
        else { continue }
        takeOff(FlowClassID(flowClass), path, &loose)
      }
      for flow in loose.inOrder { try sendAnew(flow) }
    }
  }

  /// Whether a flow class has flows that belong elsewhere now, and another way is up for them.
  private func mayMove(
    from flowClass: FlowClassID, _ path: FabricPath, _ entry: SpreadingFabric
  ) -> Bool {
    let crossing = flowClasses.crossing(of: path)
    let cards = flowClasses.routes[path.home.index].links
    let isCutOff = cards.indices.contains {
      !crossing.places.contains($0) && links.isDown(cards[$0])
    }
    guard !isCutOff, !choicesUp(of: crossing, over: entry).isEmpty else { return false }
    switch entry.balancing {
    case .spray, .intelligent: return true
    case .ecmp, .flowlet:
      let isDetour = flowClasses[flowClass].home != flowClass
      return isDetour
        || fluid.slots(ofClass: flowClass.index).contains { slot in
          let piece = flows.divided.flow(inSlot: slot).map { flows.divided[$0].piece } ?? 0
          return ruledChoice(for: flows[slot], path, piece: piece) != Int(path.choice)
        }
    }
  }

  private func takeOff(_ flowClass: FlowClassID, _ path: FabricPath, _ loose: inout LooseFlows) {
    let watched = probe?.slot
    for flow in fluid.withdraw(flowClass: flowClass.index, at: now.nanoseconds) {
      countLoad(of: flowClass, by: -1)
      let record = flows[flow.slot]
      if flowClasses[flowClass].path == nil { noteMostRate(of: record, on: flowClass) }
      noteHolds(of: record, flow.held, on: flowClass)
      let divided = flows.divided.flow(inSlot: flow.slot)
      if divided != nil { _ = flows.divided.leave(flow.slot) }
      loose.add(
        LooseFlow(
          record: record, path: path, flowClass: flowClass, bits: flow.bitsLeft, divided: divided,
          isWatched: flow.slot == watched))
    }
  }

  /// Finds a new path for a flow, or for all parts of one, and sends on what is left of it.
  private func sendAnew(_ flow: LooseFlow) throws(RunError) {
    if flow.isWatched { probe?.slot = nil }
    let divided = flow.divided.map { flows.divided[$0] }
    if let index = flow.divided, divided?.isBroken == true {
      if divided?.parts.isEmpty == true { flows.divided.remove(index) }
      return countMoreBroken(flow.bits / 8)
    }
    guard divided?.pieces == 1 else {
      let choice = try choice(for: flow.record, flow.path, piece: divided?.piece ?? 0)
      let flowClass = flowClasses.flowClass(flow.path, choice: choice, in: &fluid)
      if flowClass != flow.flowClass { outages.moves += 1 }
      return try resume(flow, on: flowClass)
    }
    let choices = choicesUp(
      of: flowClasses.crossing(of: flow.path), over: flowClasses.fabrics[Int(flow.path.fabric)])
    for choice in choices {
      var part = flow
      part.bits = flow.bits / Double(choices.count)
      let flowClass = flowClasses.flowClass(
        flow.path, choice: choice, parts: choices.count, in: &fluid)
      try resume(part, on: flowClass)
    }
  }

  private func resume(_ flow: LooseFlow, on flowClass: FlowClassID) throws(RunError) {
    let slot = try place(flow.record, on: flowClass, bits: flow.bits)
    if let index = flow.divided { flows.divided.place(index, in: slot, on: flowClass) }
    if flow.isWatched, probe?.slot == nil { watchMove(to: slot, flowClass: flowClass) }
  }
}

/// A flow without a path; of a divided one the part that is sent, or all parts together.
private struct LooseFlow {
  var record: FlowRecord
  var path: FabricPath
  /// Where it comes from; of several parts where the first does.
  var flowClass: FlowClassID
  var bits: Double
  /// Its entry where it is divided.
  var divided: DividedFlowID?
  var isWatched: Bool
}

/// Flows that are taken off their paths; the parts of one are put together again.
private struct LooseFlows {
  private var flows: [LooseFlow] = []
  private var places: [DividedFlowID: Int] = [:]

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
