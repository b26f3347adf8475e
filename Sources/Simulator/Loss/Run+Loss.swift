// SPDX-License-Identifier: GPL-3.0-or-later
internal import EventKernel
internal import FlowMath
internal import NetworkModel
internal import Traffic

// Loss and delay of all links, and the terms of flows that come of them, worked out together:
//
//   1. what flows send, link by link
//   2. demands: what fits of them, and what they leave to flows
//   3. queues: loss and delay of what arrives at random
//   4. flows that follow loss: prices of full links, such that these are just full
//   5. weights, ceilings and yields of all lanes; flows share anew
//
// Each step takes what the one before it says; a few rounds of all five settle.

extension Run {
  /// Looks at the loss of all links, if that is due.
  @inline(__always)
  func renewLossIfDue() {
    guard loss.isOn, loss.isDue(hops: fluid.activeHops) else { return }
    renewLoss()
  }

  private func renewLoss() {
    bookDemands()
    loss.beginLook(hops: fluid.activeHops)
    for _ in 0..<loss.care.rounds {
      sumUpFlows()
      serveDemands()
      assessQueues()
      balanceLoss()
      let hasMoved = renewLanes()
      fluid.settle()
      if !hasMoved { break }
    }
    // Accounts go by what is lost from now on, and so must what arrives at each link.
    serveDemands()
  }

  /// A link has another capacity, is down, or is back.
  func noteLossChange(of link: Int) {
    loss.noteChange()
    let places = loss.levels.places(of: link)
    loss.links[link].isDown = links.isDown(link)
    for place in places { loss.links[place].isDown = links.isDown(link) }
    guard let lit = loss.litLinks[link], let margin_dB = light.leastMargin_dB(ofLink: lit) else {
      return
    }
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
    }
    loss.flowsAtLook = 0
    fluid.forEachActiveClass { index, flows in
      loss.flowsAtLook += flows
      let sent = fluid.sendingRate(ofClass: index) * Double(flows)
      let follows = follows(Int32(index))
      let trafficClass = lanes.lanes[index].trafficClass
      for link in lanes.routes[index].links {
        let place = loss.levels.place(of: link, for: trafficClass)
        loss.elastic[place] += sent
        if follows { loss.lossy[place] += sent }
      }
    }
  }

  /// Whether a lane takes part in the equilibrium.
  private func follows(_ index: Int32) -> Bool {
    let lane = lanes[index]
    return lane.demand < 0 && !lane.isReserved && loss.followsLoss[lane.trafficClass]
  }

  // MARK: - 2. Demands

  private func serveDemands() {
    guard !loss.demands.isEmpty else { return }
    for link in 0..<loss.levels.links {
      let room = loss.links[link].isDown ? 0 : roomForDemands(link)
      for place in loss.levels.places(of: link) {
        loss.open.setLink(place, room: room, otherLoss: loss.links[place].noise)
      }
    }
    loss.open.solve()
    for link in 0..<loss.levels.links {
      var taken = 0.0
      for place in loss.levels.places(of: link) {
        taken += loss.open.carried(byLink: place)
        loss.links[place].overload =
          loss.links[place].isDown ? 0 : loss.open.overload(ofLink: place)
      }
      guard taken != loss.taken[link] else { continue }
      loss.taken[link] = taken
      if elastic.isOn { elastic.needsGrants = true }
      fluid.setCapacity(of: link, to: capacityForFlows(link), at: now.nanoseconds)
    }
    fluid.settle()
  }

  /// What windows that are open leave of a link to demands.
  func roomForDemands(_ link: Int) -> Double {
    let capacity = links.effectiveCapacity(of: link)
    return transfers.isEmpty ? capacity : max(0, capacity - Double(transfers.open[link]))
  }

  /// What demands leave of a link: a sliver at least, so that it is full and not down.
  func capacityForFlows(_ link: Int) -> Double {
    let capacity = links.effectiveCapacity(of: link)
    guard loss.isOn, capacity > 0 else { return capacity }
    return max(capacity * 1e-9, capacity - loss.taken[link])
  }

  // MARK: - 4. Flows that follow loss

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
      var left = capacityForFlows(link)
      let least = Run.leastPart * left
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
