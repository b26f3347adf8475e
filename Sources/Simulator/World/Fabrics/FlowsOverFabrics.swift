// SPDX-License-Identifier: GPL-3.0-or-later
internal import EventKernel
internal import FlowMath
internal import NetworkModel
internal import Scheduling

// Flows over a fabric that spreads them, as they begin: the policy gives each its ways.
//
// `ecmp` hashes a flow on one way, `intelligent` puts it where least is going on, `flowlet` sends
// it in pieces that are hashed one by one, `spray` sends a part of it by every way. Queue pairs
// are a matter of transfers of jobs: a flow is one connection.

extension World {
  /// A flow begins that comes in on a lane which stands for several ways.
  func begin(_ record: FlowRecord, over way: LaneWay, bits: Double) throws(RunError) {
    switch lanes.fabrics[Int(way.fabric)].balancing {
    case .ecmp, .intelligent:
      let choice = choice(for: record, way)
      try start(record, on: lanes.lane(way, choice: choice, in: &fluid), bits: bits)
    case .flowlet(let count):
      var flow = DividedFlows.Flow(record: record, home: way.home)
      flow.pieces = count
      // What is left of a window that broke is divided as a flow of its own.
      flow.bitsOfPiece = bits / Double(count)
      let index = flows.divided.add(flow)
      try send(
        flow.bitsOfPiece, of: index, way, choice: choice(for: record, way), parts: 1,
        rest: flow.bitsToCome)
    case .spray:
      let index = flows.divided.add(DividedFlows.Flow(record: record, home: way.home))
      try spray(bits, of: index, way)
    }
  }

  /// Sends a part of a flow by every way that is up; all of it by one where none is.
  func spray(_ bits: Double, of index: Int32, _ way: LaneWay) throws(RunError) {
    let up = choicesUp(of: lanes.crossing(of: way), over: lanes.fabrics[Int(way.fabric)])
    let choices = up.isEmpty ? [choice(for: flows.divided[index].record, way)] : up
    let part = bits / Double(choices.count)
    for choice in choices {
      let isFirst = choice == choices[0]
      let isSent = try send(
        part, of: index, way, choice: choice, parts: choices.count,
        rest: isFirst ? bits - part : nil)
      // All have the same cards: what one part finds, all do.
      if !isSent { return }
    }
  }

  /// Sends a part of a flow, or a piece, by a way; false where the flow breaks off at that.
  ///
  /// `rest` is what the flow has left beside it; nil for a part that follows others.
  @discardableResult
  private func send(
    _ bits: Double, of index: Int32, _ way: LaneWay, choice: Int, parts: Int, rest: Double?
  ) throws(RunError) -> Bool {
    let lane = lanes.lane(way, choice: choice, parts: parts, in: &fluid)
    let record = flows.divided[index].record
    guard let begun = try start(record, on: lane, bits: bits, rest: rest) else {
      flows.divided.remove(index)
      return false
    }
    flows.divided.place(index, in: begun.slot, on: begun.lane)
    return true
  }

  /// The way that a policy gives a whole flow, or a piece of one.
  func choice(for record: FlowRecord, _ way: LaneWay, piece: Int = 0) -> Int {
    let entry = lanes.fabrics[Int(way.fabric)]
    let crossing = lanes.crossing(of: way)
    if case .intelligent = entry.balancing {
      return leastLoaded(crossing, Int(way.fabric), entry.fabric)
    }
    return entry.choice(
      of: lanes.routes[way.home.index].links, crossing, name: names.hash(of: record.name),
      piece: piece
    ) { [links] in links.downCount > 0 && links.isDown($0) }
  }

  /// The first of the ways whose fullest link has fewest flows and parts of transfers on it.
  private func leastLoaded(_ crossing: FabricCrossing, _ number: Int, _ fabric: Fabric) -> Int {
    var best = 0
    var least = (Float.infinity, Float.infinity)
    for choice in 0..<fabric.choices(at: crossing.tier) {
      var most: Float = 0
      var sum: Float = 0
      fabric.forEachLink(of: crossing, choice: choice) { link in
        let load = links.isDown(link) ? .infinity : fabricLoads[number][link - fabric.firstLink]
        most = max(most, load)
        sum += load
      }
      if (most, sum) < least { (best, least) = (choice, (most, sum)) }
    }
    return best
  }

  /// The ways of a crossing that are up.
  func choicesUp(of crossing: FabricCrossing, over entry: FabricWays) -> [Int] {
    let all = 0..<entry.fabric.choices(at: crossing.tier)
    if links.downCount == 0 { return Array(all) }
    return all.filter { entry.isUp($0, crossing) { [links] in links.isDown($0) } }
  }

  /// Counts a flow on the links of its way, or no more, where the policy wants to know.
  func countLoad(of lane: LaneID, by change: Float) {
    guard !lanes.fabrics.isEmpty, let way = lanes.way(of: lane),
      fabricLoads.isKept(of: Int(way.fabric))
    else { return }
    let fabric = lanes.fabrics[Int(way.fabric)].fabric
    fabric.forEachLink(of: lanes.crossing(of: way), choice: Int(way.choice)) {
      fabricLoads[Int(way.fabric)][$0 - fabric.firstLink] += change
    }
  }
}

// MARK: - Ends

extension World {
  /// A part of a divided flow is sent; true where more of the flow is under way or goes on now.
  func goesOn(behindPart flow: FinishedFlow) throws(RunError) -> Bool {
    guard let index = flows.divided.flow(inSlot: flow.slot) else { return false }
    let left = flows.divided.leave(flow.slot)
    let divided = flows.divided[index]
    if left > 0 {
      watchAnotherPart(of: index, behind: flow.slot)
      return true
    }
    guard divided.piece + 1 < divided.pieces, !divided.isBroken else {
      flows.divided.remove(index)
      return divided.isBroken
    }
    guard let way = lanes.lanes[divided.home.index].way else { return false }
    flows.divided[index].piece += 1
    let choice = choice(for: divided.record, way, piece: divided.piece + 1)
    if probe?.slot == flow.slot { probe?.slot = nil }
    try send(
      divided.bitsOfPiece, of: index, way, choice: choice, parts: 1,
      rest: flows.divided[index].bitsToCome)
    return true
  }

  private func watchAnotherPart(of index: Int32, behind slot: Int) {
    guard probe?.slot == slot, let other = flows.divided[index].parts.first else { return }
    watchMove(to: Int(other.slot), lane: other.lane)
  }
}
