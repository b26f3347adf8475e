// SPDX-License-Identifier: GPL-3.0-or-later
internal import EventKernel
internal import FlowMath
internal import NetworkModel
internal import Scheduling
internal import Traffic

// The life of an elastic flow: it arrives, is let in, begins, and ends.

extension Elastic {
  func fetchElasticFlow(of entry: Int) {
    book.arrivals[entry] = book.generators[entry].next()
    guard let next = book.arrivals[entry] else { return }
    guard next.start < horizon else {
      book.arrivals[entry] = nil
      return
    }
    world.queue.push(.elastic(.arrives(entry: Int32(entry))), at: next.start)
  }

  func elasticFlowArrives(from entry: Int) throws(RunError) {
    guard let drawn = book.arrivals[entry] else { return }
    let route = model.routes[drawn.route]
    let line = book.drawLine(of: entry, from: route.source)
    let name = FlowName(.generated(source: model.traffic.count + entry, number: drawn.number))
    let asked = book.drawTier(of: entry)
    var flow = ElasticFlow(
      entry: entry, number: drawn.number,
      record: FlowRecord(name: name, arrival: drawn.start, bytes: drawn.bytes),
      links: (line.map { [$0] } ?? []) + links(of: route, forFlow: name), route: drawn.route,
      asked: asked)
    flow.deadline = deadline(of: flow)
    let index = book.add(flow)
    // Where there is room anew, those that wait for it come first.
    try admitFromLine()
    try admit(index, book.entries[entry].admission.steps[...])
    fetchElasticFlow(of: entry)
  }

  /// The links of a route; over a fabric those of the one path that a hash picks.
  ///
  /// What is promised to a flow is booked on links, so it stays whole whatever the policy.
  private func links(of route: Route, forFlow name: FlowName) -> [LinkID] {
    guard let path = world.flowClasses.path(of: route) else { return route.links }
    let entry = world.flowClasses.fabrics[path.fabric]
    let choice = entry.choice(of: route.links, path.crossing, name: world.names.hash(of: name)) {
      [links = world.links] in
      links.isDown($0)
    }
    return entry.links(route.links, path.crossing, choice: choice)
  }

  /// When a flow is due: by the slack of its entry, and the time that it would take alone.
  private func deadline(of flow: ElasticFlow) -> SimTime? {
    guard let slack = book.entries[flow.entry].slack else { return nil }
    let tier = book.entries[flow.entry].tiers[flow.asked]
    let narrowest = world.flowClasses.rates.least(of: flow.links, world.flowClasses.rates.whole)
    let delay = flow.links.reduce(0.0) {
      $0 + Double(world.flowClasses.delays[Int($1.index)].nanoseconds)
    }
    let rate = min(narrowest, tier.ceiling.value)
    let time = (slack * (delay + flow.record.bytes * 8e9 / rate)).rounded(.up)
    guard time < Double(Int64.max - flow.record.arrival.nanoseconds) else { return nil }
    return flow.record.arrival + SimDuration(nanoseconds: Int64(time))
  }

  /// The first byte of a flow is through: it shares bandwidth from now on.
  func elasticFlowBegins(_ index: ElasticID) throws(RunError) {
    guard case .waiting(let place) = book[index].stage else { return }
    let waiting = world.flows.takeWaiting(place)
    book[index].stage = .sending
    guard
      let flowClass = try world.flowClassToBegin(
        on: waiting.flowClass, waiting.record, bits: waiting.record.bytes * 8)
    else { return }
    if world.loss.isOn { world.loss.noteFlow() }
    // What it gets is said at the end of this instant, when the others make room.
    if book.policies[book[index].entry].ordersFlows { setRate(of: flowClass, to: 0) }
    let slot = world.fluid.start(
      flowClass: flowClass.index, bits: waiting.record.bytes * 8, at: now.nanoseconds)
    world.flows.place(waiting.record, in: slot)
    book.startsSending(index, on: flowClass)
    enterLine(book.sending.count - 1)
    book.needsGrants = true
    if flowClass != waiting.flowClass { rebook(index, on: flowClass) }
    if world.probe != nil { world.watchStart(waiting.record, slot: slot, flowClass: flowClass) }
  }

  /// A flow is done, has broken off with a failure, or was refused: writes its row, and lets go
  /// of all that it had.
  func closeElastic(_ index: ElasticID, finish: SimTime?) throws(RunError) {
    if book[index].place >= 0 { leaveLine(book[index].place) }
    book.stopsSending(index)
    let flow = book[index]
    countElastic(flow, finish: finish)
    try writeElastic(flow, finish: finish)
    if flow.given >= 0 {
      admissionOutside[flow.entry]?.flowEnds(named: world.names.text(of: flow.record.name))
      let tier = book.tier(of: flow)
      world.floors.release(tier.floor.value, on: flow.booked)
      book.hasNewRoom = true
      book.needsGrants = true
      if book.policies[flow.entry].ordersFlows {
        book.spareFlowClasses[flowClassKey(of: flow, tier), default: []].append(flow.home)
      }
    }
    book.remove(index)
  }

  /// The flows of a flow class go on over another, and their floors are booked there instead.
  func elasticFlowsMove(from flowClass: FlowClassID, to other: FlowClassID) {
    guard book.isOn else { return }
    for place in book.sending.indices where book.sending[place].flowClass == flowClass {
      leaveLine(place)
      book.sending[place].flowClass = other
      // Its terms on the new flow class are not those that it was granted.
      book.sending[place].grant = -1
      enterLine(place)
      rebook(book.sending[place].flow, on: other)
    }
  }

  /// A failure may book more than fits: who was let in is not sent away for it.
  private func rebook(_ index: ElasticID, on flowClass: FlowClassID) {
    let flow = book[index]
    book.needsGrants = true
    guard book.promises(flow) else { return }
    let floor = book.tier(of: flow).floor.value
    world.floors.release(floor, on: flow.booked)
    book[index].booked = world.flowClasses.route(of: flowClass).links
    world.floors.book(floor, on: book[index].booked)
    book.hasNewRoom = true
  }
}
