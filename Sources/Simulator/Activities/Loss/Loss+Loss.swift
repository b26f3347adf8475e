// SPDX-License-Identifier: GPL-3.0-or-later
internal import EventKernel
internal import FlowMath
internal import NetworkModel
internal import Traffic

// Loss and delay of all links, and the terms of flows that come of them, worked out together:
//
//   1. what flows send, link by link
//   2. demands and queues: what arrives at each link at random, what of it is lost there and how
//      long it waits, and what demands leave to flows
//   3. flows that follow loss: prices of full links, such that these are just full
//   4. weights, ceilings and yields of all lanes; flows share anew
//
// Each step takes what the one before it says; a few rounds of all four settle.

extension Loss {
  /// Looks at the loss of all links, if that is due.
  @inline(__always)
  func renewLossIfDue() throws(RunError) {
    guard loss.isOn, loss.isDue(hops: fluid.activeHops) else { return }
    try renewLoss()
  }

  private func renewLoss() throws(RunError) {
    try bookDemands()
    for link in loss.takeChangedLinks() { takeDownChange(of: link) }
    loss.beginLook(hops: fluid.activeHops)
    fluid.settle()
    for _ in 0..<loss.care.rounds {
      sumUpFlows()
      let isServedOtherwise = try serveDemands()
      balanceLoss()
      let hasMoved = renewLanes()
      fluid.settle()
      if !hasMoved && !isServedOtherwise { return }
    }
    // Accounts go by what is lost from now on, with flows as they are now.
    sumUpFlows()
    _ = try serveDemands()
  }

  /// A link has another capacity, is down, or is back.
  private func takeDownChange(of link: Int) {
    let places = loss.levels.places(of: link)
    loss.links[link].isDown = links.isDown(link)
    loss.links[link].capacity = links.effectiveCapacity(of: link)
    for place in places { loss.links[place].isDown = links.isDown(link) }
    guard let margin_dB = world.ask.margin_dB(LinkID(index: link)) else { return }
    let lost = residualLoss(
      margin_dB: margin_dB, packetBits: model.topology.links[link].port.packet.bits)
    for place in places {
      loss.links[place].residual = lost > LightModel.leastResidualLoss ? lost : 0
    }
  }

  // MARK: - 1. Flows

  private func sumUpFlows() {
    for place in loss.links.indices {
      loss.elastic[place] = 0
      loss.lossy[place] = 0
      loss.beside[place] = 0
      loss.reserved[place] = 0
    }
    loss.flowsAtLook = 0
    fluid.forEachActiveClass { index, flows in
      loss.flowsAtLook += flows
      let sent = fluid.sendingRate(ofClass: index) * Double(flows)
      let lane = lanes.lanes[index]
      let follows = follows(Int32(index))
      for link in lanes.routes[index].links {
        let place = loss.levels.place(of: link, for: lane.trafficClass)
        loss.elastic[place] += sent
        if follows { loss.lossy[place] += sent }
        if lane.owner?.isDemand == true { loss.beside[place] += sent }
        if lane.isWindow { loss.reserved[place] += sent }
      }
      if case .demand(let demand) = lane.owner { shareOut(Int(demand), lane: index, sent) }
    }
  }

  /// Tells a demand beside flows what it gets of the link that holds it; nothing where one is down.
  private func shareOut(_ demand: Int, lane: Int, _ sent: Double) {
    let isDown = lanes.routes[lane].links.contains { loss.links[Int($0.index)].isDown }
    loss.open.setRate(ofStream: demand, to: isDown ? 0 : loss.demands[demand].rate)
    loss.open.setShare(ofStream: demand, to: sent, heldAt: fluid.bottleneck(ofClass: lane))
  }

  /// Whether a lane takes part in the equilibrium.
  private func follows(_ index: Int32) -> Bool {
    let lane = lanes[index]
    return lane.hasTransport && loss.followsLoss[lane.trafficClass]
  }

  // MARK: - 2. Demands, beside the queues (Loss+Queues)

  /// What windows that are open leave of a link to demands.
  func roomForDemands(_ link: Int) -> Double {
    let capacity = links.effectiveCapacity(of: link)
    return max(0, capacity - windows.open(on: link))
  }

  // MARK: - 3. Flows that follow loss

  private func balanceLoss() {
    loss.equilibrium.removeClasses()
    loss.balanced.removeAll(keepingCapacity: true)
    loss.unbalanced.removeAll(keepingCapacity: true)
    loss.ways.removeAll(keepingCapacity: true)
    fluid.forEachActiveClass { place, flows in
      let index = Int32(place)
      guard follows(index) else { return loss.unbalanced.append(index) }
      let way = way(of: index)
      let trafficClass = lanes.lanes[place].trafficClass
      loss.balanced.append(index)
      loss.ways.append(way)
      loss.equilibrium.addClass(
        path: lanes.routes[place].links,
        terms: lossyTerms(
          of: index, on: way, flows: Double(flows) * lanes.lanes[place].share)
      ) {
        loss.levels.place(of: $0, for: trafficClass)
      }
    }
    for link in 0..<loss.levels.links {
      var left = world.capacityForFlows(link)
      let least = Loss.leastPart * left
      for place in loss.levels.places(of: link) {
        let room = left - (loss.elastic[place] - loss.lossy[place])
        loss.equilibrium.setRoom(of: place, to: loss.links[link].isDown ? 0 : max(room, least))
        left -= loss.elastic[place]
      }
    }
    if !loss.balanced.isEmpty {
      loss.equilibrium.solve(tolerance: loss.care.balance)
    }
    for place in loss.links.indices {
      loss.links[place].congestion =
        loss.balanced.isEmpty ? 0 : loss.equilibrium.price(ofLink: place)
    }
  }

  /// The part of a link that flows which follow loss are reckoned with, whatever is left of it.
  static let leastPart = 1e-3
}
