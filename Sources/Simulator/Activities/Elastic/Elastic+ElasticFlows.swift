// SPDX-License-Identifier: GPL-3.0-or-later
internal import EventKernel
internal import FlowMath
internal import NetworkModel
internal import Traffic

// The life of an elastic flow: it arrives, is let in, begins, and ends.

extension Elastic {
  func fetchElasticFlow(of entry: Int) {
    elastic.arrivals[entry] = elastic.generators[entry].next()
    guard let next = elastic.arrivals[entry] else { return }
    guard next.start < horizon else {
      elastic.arrivals[entry] = nil
      return
    }
    queue.push(.elastic(.arrives(entry: Int32(entry))), at: next.start)
  }

  func elasticFlowArrives(from entry: Int) throws(RunError) {
    guard let drawn = elastic.arrivals[entry] else { return }
    let route = model.routes[drawn.route]
    let line = elastic.drawLine(of: entry, from: route.source)
    let name = FlowName(.generated(source: model.traffic.count + entry, number: drawn.number))
    let asked = elastic.drawTier(of: entry)
    var flow = ElasticFlow(
      entry: entry, number: drawn.number,
      record: FlowRecord(name: name, arrival: drawn.start, bytes: drawn.bytes),
      links: (line.map { [$0] } ?? []) + links(of: route, forFlow: name), route: drawn.route,
      asked: asked)
    flow.deadline = deadline(of: flow)
    let index = elastic.add(flow)
    try admit(index, elastic.entries[entry].admission.steps[...])
    fetchElasticFlow(of: entry)
  }

  /// The links of a route; over a fabric those of the one way that a hash picks.
  ///
  /// What is promised to a flow is booked on links, so it stays whole whatever the policy.
  private func links(of route: Route, forFlow name: FlowName) -> [LinkID] {
    guard let way = lanes.way(of: route) else { return route.links }
    let entry = lanes.fabrics[way.fabric]
    let choice = entry.choice(of: route.links, way.stretch, name: names.hash(of: name)) { [links] in
      links.isDown($0)
    }
    return entry.links(route.links, way.stretch, choice: choice)
  }

  /// When a flow is due: by the slack of its entry, and the time that it would take alone.
  private func deadline(of flow: ElasticFlow) -> SimTime? {
    guard let slack = elastic.entries[flow.entry].slack else { return nil }
    let tier = elastic.entries[flow.entry].tiers[flow.asked]
    let narrowest = lanes.rates.least(of: flow.links, lanes.rates.whole)
    let delay = flow.links.reduce(0.0) { $0 + Double(lanes.delays[Int($1.index)].nanoseconds) }
    let rate = min(narrowest, tier.ceiling.value)
    let time = (slack * (delay + flow.record.bytes * 8e9 / rate)).rounded(.up)
    guard time < Double(Int64.max - flow.record.arrival.nanoseconds) else { return nil }
    return flow.record.arrival + SimDuration(nanoseconds: Int64(time))
  }

  /// The first byte of a flow is through: it shares bandwidth from now on.
  func elasticFlowBegins(_ index: Int32) throws(RunError) {
    guard case .waiting(let place) = elastic[index].stage else { return }
    let waiting = flows.takeWaiting(place)
    elastic[index].stage = .sending
    guard
      let lane = try world.laneToBegin(
        on: waiting.lane, waiting.record, bits: waiting.record.bytes * 8)
    else { return }
    if loss.isOn { loss.noteFlow() }
    let slot = fluid.start(
      flowClass: Int(lane), bits: waiting.record.bytes * 8, at: now.nanoseconds)
    flows.place(waiting.record, in: slot)
    elastic.startsSending(index, on: lane)
    elastic.needsGrants = true
    if lane != waiting.lane { rebook(index, on: lane) }
    if probe != nil { world.watchStart(waiting.record, slot: slot, lane: lane) }
  }

  /// A flow is done, has broken off with a failure, or was refused: writes its row, and lets go
  /// of all that it had.
  func closeElastic(_ index: Int32, finish: SimTime?) throws(RunError) {
    elastic.stopsSending(index)
    let flow = elastic[index]
    countElastic(flow, finish: finish)
    try writeElastic(flow, finish: finish)
    if flow.given >= 0 {
      let tier = elastic.tier(of: flow)
      elastic.books.release(tier.floor.value, on: flow.booked)
      elastic.hasNewRoom = true
      elastic.needsGrants = true
      if elastic.policies[flow.entry].ordersFlows {
        elastic.spareLanes[laneKey(of: flow, tier), default: []].append(flow.home)
      }
    }
    elastic.remove(index)
  }

  /// The flows of a lane go on over another, and their floors are booked there instead.
  func elasticFlowsMove(from lane: Int32, to other: Int32) {
    guard elastic.isOn else { return }
    for place in elastic.sending.indices where elastic.sending[place].lane == lane {
      elastic.sending[place].lane = other
      // Its terms on the new lane are not those that it was granted.
      elastic.sending[place].grant = -1
      rebook(elastic.sending[place].flow, on: other)
    }
  }

  /// A failure may book more than fits: who was let in is not sent away for it.
  private func rebook(_ index: Int32, on lane: Int32) {
    let flow = elastic[index]
    elastic.needsGrants = true
    guard elastic.promises(flow) else { return }
    let floor = elastic.tier(of: flow).floor.value
    elastic.books.release(floor, on: flow.booked)
    elastic[index].booked = lanes.route(of: lane).links
    elastic.books.book(floor, on: elastic[index].booked)
    elastic.hasNewRoom = true
  }
}
