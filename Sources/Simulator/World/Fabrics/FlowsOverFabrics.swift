// SPDX-License-Identifier: GPL-3.0-or-later
internal import EventKernel
internal import FlowMath
internal import NetworkModel
internal import Scheduling

// Flows over a fabric that spreads them, as they begin: the policy gives each its paths.
//
// `ecmp` hashes a flow on one way, `intelligent` puts it where least is going on, `flowlet` sends
// it in pieces that are hashed one by one, `spray` sends a part of it by every path. Queue pairs
// are a matter of transfers of jobs: a flow is one connection.

extension World {
  /// A flow begins that comes in on a flow class which stands for several paths.
  func begin(_ record: FlowRecord, over path: FabricPath, bits: Double) throws(RunError) {
    switch flowClasses.fabrics[Int(path.fabric)].balancing {
    case .ecmp, .intelligent:
      let choice = try choice(for: record, path)
      try start(record, on: flowClasses.flowClass(path, choice: choice, in: &fluid), bits: bits)
    case .flowlet(let count):
      var flow = DividedFlows.Flow(record: record, home: path.home)
      flow.pieces = count
      // What is left of a window that broke is divided as a flow of its own.
      flow.bitsOfPiece = bits / Double(count)
      let index = flows.divided.add(flow)
      try send(
        flow.bitsOfPiece, of: index, path, choice: try choice(for: record, path), parts: 1,
        rest: flow.bitsToCome)
    case .spray:
      let index = flows.divided.add(DividedFlows.Flow(record: record, home: path.home))
      try spray(bits, of: index, path)
    }
  }

  /// Sends a part of a flow by every path that is up; all of it by one where none is.
  func spray(_ bits: Double, of index: DividedFlowID, _ path: FabricPath) throws(RunError) {
    let up = choicesUp(
      of: flowClasses.crossing(of: path), over: flowClasses.fabrics[Int(path.fabric)])
    let choices = up.isEmpty ? [try choice(for: flows.divided[index].record, path)] : up
    let part = bits / Double(choices.count)
    for choice in choices {
      let isFirst = choice == choices[0]
      let isSent = try send(
        part, of: index, path, choice: choice, parts: choices.count,
        rest: isFirst ? bits - part : nil)
      // All have the same cards: what one part finds, all do.
      if !isSent { return }
    }
  }

  /// Sends a part of a flow, or a piece, by a path; false where the flow breaks off at that.
  ///
  /// `rest` is what the flow has left beside it; nil for a part that follows others.
  @discardableResult
  private func send(
    _ bits: Double, of index: DividedFlowID, _ path: FabricPath, choice: Int, parts: Int,
    rest: Double?
  ) throws(RunError) -> Bool {
    let flowClass = flowClasses.flowClass(path, choice: choice, parts: parts, in: &fluid)
    let record = flows.divided[index].record
    guard let begun = try start(record, on: flowClass, bits: bits, rest: rest) else {
      flows.divided.remove(index)
      return false
    }
    flows.divided.place(index, in: begun.slot, on: begun.flowClass)
    return true
  }

  /// The path that a policy gives a whole flow, or a piece of one.
  func choice(
    for record: FlowRecord, _ path: FabricPath, piece: Int = 0
  ) throws(RunError) -> Int {
    if let seam = balancersOutside[Int(path.fabric)] {
      return try choice(for: record, path, by: seam)
    }
    return ruledChoice(for: record, path, piece: piece)
  }

  /// The same by a rule that comes with this program.
  func ruledChoice(for record: FlowRecord, _ path: FabricPath, piece: Int = 0) -> Int {
    let entry = flowClasses.fabrics[Int(path.fabric)]
    let crossing = flowClasses.crossing(of: path)
    if case .intelligent = entry.balancing {
      return leastLoaded(crossing, Int(path.fabric), entry.fabric)
    }
    return entry.choice(
      of: flowClasses.routes[path.home.index].links, crossing, name: names.hash(of: record.name),
      piece: piece
    ) { [links] in links.downCount > 0 && links.isDown($0) }
  }

  /// The first of the paths whose fullest link has fewest flows and parts of transfers on it.
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

  /// The paths of a crossing that are up.
  func choicesUp(of crossing: FabricCrossing, over entry: SpreadingFabric) -> [Int] {
    let all = 0..<entry.fabric.choices(at: crossing.tier)
    if links.downCount == 0 { return Array(all) }
    return all.filter { entry.isUp($0, crossing) { [links] in links.isDown($0) } }
  }

  /// Counts a flow on the links of its path, or no more, where the policy wants to know.
  func countLoad(of flowClass: FlowClassID, by change: Float) {
    guard !flowClasses.fabrics.isEmpty, let path = flowClasses.path(of: flowClass),
      fabricLoads.isKept(of: Int(path.fabric))
    else { return }
    let fabric = flowClasses.fabrics[Int(path.fabric)].fabric
    fabric.forEachLink(of: flowClasses.crossing(of: path), choice: Int(path.choice)) {
      fabricLoads[Int(path.fabric)][$0 - fabric.firstLink] += change
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
    guard let path = flowClasses[divided.home].path else { return false }
    flows.divided[index].piece += 1
    let choice = try choice(for: divided.record, path, piece: divided.piece + 1)
    if probe?.slot == flow.slot { probe?.slot = nil }
    try send(
      divided.bitsOfPiece, of: index, path, choice: choice, parts: 1,
      rest: flows.divided[index].bitsToCome)
    return true
  }

  private func watchAnotherPart(of index: DividedFlowID, behind slot: Int) {
    guard probe?.slot == slot, let other = flows.divided[index].parts.first else { return }
    watchMove(to: Int(other.slot), flowClass: other.flowClass)
  }
}
