// SPDX-License-Identifier: GPL-3.0-or-later

public import EventKernel
internal import FlowMath
public import NetworkModel
internal import Traffic

// What the flows on a link do when it carries nothing any more, and when it is back.
//
// A flow has a home, the flow class it came in on. When a link there has been down for the patience
// of its class, it waits, breaks off, or moves to a detour: the route of least delay over the links
// that are up. When its home is whole again, it goes back. A flow that has nowhere to go is
// stranded, and told by name.

extension World {
  /// What the flows of a flow class do as links stand.
  enum Answer {
    case move(to: FlowClassID)
    case breakOff
    case strand
  }

  /// Plans the look at its flows once they have lost patience.
  func linkGoesDown(_ link: LinkID) throws(RunError) {
    try note(.linkDown, model.topology[link].name)
    outages.begin(link, at: now)
    detours.forget()
    for patience in Set(model.classes.map(\.patience)).sorted() where now + patience <= horizon {
      queue.push(.world(.patienceEnds(link: link.index)), at: now + patience)
    }
  }

  /// Flows go home that can, and others may have a detour, once all that comes back now is back: both
  /// directions of a link, and all links over one fibre.
  func linkIsBack(_ link: LinkID) throws(RunError) {
    try note(.linkUp, model.topology[link].name)
    outages.end(link, at: now)
    detours.forget()
    try tell(.linkReturns(link))
    linksBack.append(link)
  }

  /// All of an instant has happened: what came back in it is taken again.
  func takeLinksBack() throws(RunError) {
    let links = linksBack
    linksBack.removeAll(keepingCapacity: true)
    try redirectFlows()
    for link in links { try tell(.linkIsBack(link)) }
  }

  /// A link has been down for as long as the flows of some class are patient.
  func patienceEnds(link: Int32) throws(RunError) {
    guard links.isDown(Int(link)) else { return }
    try tell(.linkIsGivenUp(LinkID(index: Int(link))))
    try redirectFlows()
  }

  /// The flow class that a flow takes which begins now; nil where it breaks off at once.
  ///
  /// Without a `rest` it is a part of a flow whose first part has said what becomes of it.
  func flowClassToBegin(
    on flowClass: FlowClassID, _ record: FlowRecord, bits: Double, rest: Double? = 0
  ) throws(RunError) -> FlowClassID? {
    guard links.downCount > 0, let answer = failureAnswer(ofFlowClass: flowClass) else {
      return flowClass
    }
    switch answer {
    case .move(let other):
      if rest != nil { outages.moves += 1 }
      return other
    case .breakOff:
      if let rest { try endBroken(record, bytesLeft: (bits + rest) / 8, on: flowClass) }
      return nil
    case .strand:
      // Those that are there may have lost patience in this very instant.
      try strandAll(on: flowClass)
      if rest != nil { try strand(record, on: flowClass) }
      return flowClass
    }
  }

  /// Looks at all flow classes with flows, and sends those elsewhere that ought to be.
  private func redirectFlows() throws(RunError) {
    try tell(.routesChange)
    for flowClass in flowClasses.ids where flowClasses[flowClass].owner == nil {
      let hasFlows = fluid.flows(ofClass: flowClass.index) > 0
      guard hasFlows, let answer = failureAnswer(ofFlowClass: flowClass) else {
        outages.unmark(flowClass)
        continue
      }
      switch answer {
      case .move(let other): try move(from: flowClass, to: other)
      case .breakOff: try breakOff(flowClass)
      case .strand: try strandAll(on: flowClass)
      }
    }
  }

  func failureAnswer(ofFlowClass flowClass: FlowClassID) -> Answer? {
    let home = flowClasses[flowClass].home
    if flowClass != home, !isDown(home) { return .move(to: home) }
    let terms = model.classes[flowClasses[flowClass].trafficClass]
    let isGivenUp = flowClasses.route(of: flowClass).links.contains {
      links.isDown($0, for: terms.patience, at: now)
    }
    guard isGivenUp else { return nil }
    switch terms.onFailure {
    case .wait: return .strand
    case .breakOff: return .breakOff
    case .move: return detour(of: home).map { .move(to: $0) } ?? .strand
    }
  }

  private func isDown(_ flowClass: FlowClassID) -> Bool {
    flowClasses.route(of: flowClass).links.contains { links.isDown($0) }
  }

  /// The flow class that flows of a home flow class take while it is down; nil where no route is
  /// left.
  private func detour(of home: FlowClassID) -> FlowClassID? {
    let route = flowClasses.route(of: home)
    guard let source = route.source, let target = route.target else { return nil }
    // An access line in front of the route has no other beside it.
    let line = route.links.prefix { model.topology[$0].ends == nil }
    guard !line.contains(where: { links.isDown($0) }) else { return nil }
    var found = detours.route(from: source, to: target, in: model.topology) { [links] in
      links.isDown($0)
    }
    found?.links.insert(contentsOf: line, at: 0)
    let trafficClass = flowClasses[home].trafficClass
    let ceiling = flowClasses[home].ceiling
    let isGood = { [model] (route: Route) in
      LosslessPromise.problem(of: model.classes[trafficClass], on: route, in: model.topology) == nil
    }
    return found.flatMap {
      isGood($0)
        ? flowClasses.flowClass(
          for: $0, trafficClass: trafficClass, home: home, ceiling: ceiling, in: &fluid) : nil
    }
  }
}

// MARK: - Doing it

extension World {
  /// Moves all flows of a flow class; each goes on with what it has left to send.
  private func move(from flowClass: FlowClassID, to other: FlowClassID) throws(RunError) {
    if loss.isOn { try tell(.flowsWillMove(to: other)) }
    let watched = probe?.slot
    var moved: [(record: FlowRecord, slot: Int, flow: DividedFlowID?)] = []
    for flow in fluid.withdraw(flowClass: flowClass.index, at: now.nanoseconds) {
      let slot = fluid.start(flowClass: other.index, bits: flow.bitsLeft, at: now.nanoseconds)
      // A new slot may be that of a flow yet to move: what belongs to it is placed behind the loop.
      let divided = flows.divided.flow(inSlot: flow.slot)
      if divided == nil || flows.divided.isFirstPart(flow.slot) { outages.moves += 1 }
      if divided != nil { _ = flows.divided.leave(flow.slot) }
      noteMostRate(of: flows[flow.slot], on: flowClass)
      noteHolds(of: flows[flow.slot], flow.held, on: flowClass)
      moved.append((flows[flow.slot], slot, divided))
      if flow.slot == watched { watchMove(to: slot, flowClass: other) }
    }
    for flow in moved {
      flows.place(flow.record, in: flow.slot)
      if let index = flow.flow { flows.divided.place(index, in: flow.slot, on: other) }
    }
    try tell(.flowsMoved(from: flowClass, to: other))
  }

  /// Ends all flows of a flow class where they are.
  private func breakOff(_ flowClass: FlowClassID) throws(RunError) {
    for flow in fluid.withdraw(flowClass: flowClass.index, at: now.nanoseconds) {
      if probe?.slot == flow.slot { watchFinish(at: now) }
      countLoad(of: flowClass, by: -1)
      if let index = flows.divided.flow(inSlot: flow.slot) {
        try breakOff(flow, of: index, on: flowClass)
      } else {
        try endBroken(flows[flow.slot], bytesLeft: flow.bitsLeft / 8, on: flowClass)
      }
    }
  }

  /// Ends a part of a divided flow; with the first of them the flow breaks off.
  private func breakOff(
    _ part: WithdrawnFlow, of index: DividedFlowID, on flowClass: FlowClassID
  ) throws(RunError) {
    let divided = flows.divided[index]
    let left = (part.bitsLeft + divided.bitsToCome) / 8
    if flows.divided.leave(part.slot) == 0 { flows.divided.remove(index) }
    if divided.isBroken { return countMoreBroken(left) }
    flows.divided[index].isBroken = true
    try endBroken(divided.record, bytesLeft: left, on: flowClass)
  }

  /// Counts what another part of a flow that is broken had left.
  func countMoreBroken(_ bytes: Double) {
    outages.bytesBroken += bytes
    outages.bytesSentBroken -= bytes
  }

  func endBroken(
    _ record: FlowRecord, bytesLeft: Double, on flowClass: FlowClassID
  ) throws(RunError) {
    ledger.breakOff(record, of: flowClasses[flowClass].trafficClass, at: now)
    outages.bytesBroken += bytesLeft
    outages.bytesSentBroken += record.bytes - bytesLeft
    let down = nameOfDownLink(on: flowClass)
    let name = names.text(of: record.name)
    try note(.flowBreaks, name, down)
    if tables.flows != nil {
      let row = row(record, flowClass, end: nil, bottleneck: down)
      try tables.flows?.append(row)
    }
    try tell(
      .flowIsOver(
        FlowEnd(owner: record.owner, flowClass: flowClass, finish: nil, name: record.name)))
  }

  /// Tells the flows of a flow class by name that stand still, once for each time they do.
  private func strandAll(on flowClass: FlowClassID) throws(RunError) {
    guard outages.mark(flowClass) else { return }
    for slot in fluid.slots(ofClass: flowClass.index).sorted() where flows.divided.isFirstPart(slot)
    {
      try strand(flows[slot], on: flowClass)
    }
  }

  private func strand(_ record: FlowRecord, on flowClass: FlowClassID) throws(RunError) {
    outages.stranded += 1
    guard tables.events != nil else { return }
    let name = names.text(of: record.name)
    let down = nameOfDownLink(on: flowClass)
    try note(.flowStrands, name, down)
  }

  private func nameOfDownLink(on flowClass: FlowClassID) -> String {
    flowClasses.route(of: flowClass).links.first { links.isDown($0) }.map {
      model.topology[$0].name
    } ?? ""
  }
}

/// What failures have done to flows so far.
struct Outages {
  /// Flows that were sent over another flow class, each time.
  var moves = 0
  /// Bytes that flows had left, and had sent, when they broke off.
  var bytesBroken = 0.0
  var bytesSentBroken = 0.0
  /// Flows that stood still for longer than their patience, each time.
  var stranded = 0
  /// Cuts and failures of amplifiers.
  var fibreFaults = 0
  var lightpathsLost = 0
  var lightpathsSwitched = 0
  /// The times in which links that carried something before carried nothing.
  private(set) var spells: [LinkOutage] = []
  private var open: [LinkID: Int] = [:]
  /// The flow classes whose flows have been told as stranded.
  private var marked: Set<FlowClassID> = []

  mutating func begin(_ link: LinkID, at now: SimTime) {
    open[link] = spells.count
    spells.append(LinkOutage(link: link, from: now))
  }

  mutating func end(_ link: LinkID, at now: SimTime) {
    if let place = open.removeValue(forKey: link) { spells[place].until = now }
  }

  /// Marks a flow class; false where it was marked.
  @discardableResult
  mutating func mark(_ flowClass: FlowClassID) -> Bool { marked.insert(flowClass).inserted }

  mutating func unmark(_ flowClass: FlowClassID) {
    if !marked.isEmpty { marked.remove(flowClass) }
  }
}

/// A time in which a link carried nothing.
public struct LinkOutage: Sendable {
  public var link: LinkID
  public var from: SimTime
  /// Nil where the run ended before.
  public var until: SimTime?
}
