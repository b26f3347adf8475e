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
      loss.beginRound()
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
    loss.links[link].isDown = links.isDown(link)
    guard let lit = loss.litLinks[link], let margin_dB = light.leastMargin_dB(ofLink: lit) else {
      return
    }
    let lost = residualLoss(
      margin_dB: margin_dB, packetBits: model.topology.links[link].port.packet.bits)
    loss.links[link].residual = lost > LightModel.leastResidualLoss ? lost : 0
  }

  // MARK: - 1. Flows

  private func sumUpFlows() {
    for link in loss.links.indices {
      loss.elastic[link] = 0
      loss.lossy[link] = 0
    }
    loss.flowsAtLook = 0
    fluid.forEachActiveClass { index, flows in
      loss.flowsAtLook += flows
      let sent = fluid.sendingRate(ofClass: index) * Double(flows)
      let follows = follows(Int32(index))
      for link in lanes.routes[index].links {
        loss.elastic[Int(link.index)] += sent
        if follows { loss.lossy[Int(link.index)] += sent }
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
    for link in loss.links.indices {
      let room = loss.links[link].isDown ? 0 : roomForDemands(link)
      loss.open.setLink(link, room: room, otherLoss: loss.links[link].noise)
    }
    loss.open.solve()
    for link in loss.links.indices {
      let taken = loss.open.carried(byLink: link)
      loss.links[link].overload =
        loss.links[link].isDown ? 0 : loss.open.overload(ofLink: link)
      guard taken != loss.taken[link] else { continue }
      loss.taken[link] = taken
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
      loss.balanced.append(index)
      loss.ways.append(way)
      loss.equilibrium.addClass(
        path: lanes.routes[place].links.lazy.map(\.index),
        terms: lossyTerms(of: index, on: way, flows: Double(flows)))
    }
    for link in loss.links.indices {
      let left = capacityForFlows(link) - (loss.elastic[link] - loss.lossy[link])
      let room = loss.links[link].isDown ? 0 : max(left, 1e-3 * capacityForFlows(link))
      loss.equilibrium.setRoom(of: link, to: room)
    }
    if !loss.balanced.isEmpty {
      loss.equilibrium.solve(tolerance: loss.care.balance)
    }
    for link in loss.links.indices {
      loss.links[link].congestion =
        loss.balanced.isEmpty ? 0 : loss.equilibrium.price(ofLink: link)
    }
  }
}
