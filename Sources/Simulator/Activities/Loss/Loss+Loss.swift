// SPDX-License-Identifier: GPL-3.0-or-later
internal import EventKernel
internal import FlowMath
internal import Light
internal import NetworkModel
internal import Traffic

// Loss and delay of all links, and the terms of flows that come of them, worked out together:
//
//   1. what flows send, link by link
//   2. demands and queues: what arrives at each link at random, what of it is lost there and how
//      long it waits, and what demands leave to flows
//   3. flows that follow loss: prices of full links, such that these are just full
//   4. weights, ceilings and yields of all flow classes; flows share anew
//
// Each step takes what the one before it says; a few rounds of all four settle.

extension Loss {
  /// Looks at the loss of all links, if that is due.
  @inline(__always)
  func renewLossIfDue() throws(RunError) {
    guard book.isOn, book.isDue(hops: world.fluid.activeHops) else { return }
    try renewLoss()
  }

  private func renewLoss() throws(RunError) {
    try bookDemands()
    for link in book.takeChangedLinks() { takeDownChange(of: link) }
    book.beginLook(hops: world.fluid.activeHops)
    world.fluid.settle()
    for _ in 0..<book.effort.rounds {
      sumUpFlows()
      let isServedOtherwise = try serveDemands()
      balanceLoss()
      let hasMoved = renewFlowClasses()
      world.fluid.settle()
      if !hasMoved && !isServedOtherwise { return }
    }
    // Accounts go by what is lost from now on, with flows as they are now.
    sumUpFlows()
    _ = try serveDemands()
  }

  /// A link has another capacity, is down, or is back.
  private func takeDownChange(of link: Int) {
    let places = book.levels.places(of: link)
    book.atLook.note(link)
    book.links[link].isDown = world.links.isDown(link)
    book.links[link].capacity = world.links.effectiveCapacity(of: link)
    for place in places { book.links[place].isDown = world.links.isDown(link) }
    guard let margin_dB = world.ask.margin_dB(LinkID(index: link)) else { return }
    let lost = residualLoss(
      margin_dB: margin_dB, packetBits: book.ports[link].packet_bits)
    for place in places {
      book.links[place].residual = lost > LightModel.leastResidualLoss ? lost : 0
    }
  }

  // MARK: - 1. Flows

  private func sumUpFlows() {
    for link in book.atLook.links { forgetFlows(on: link) }
    book.atLook.begin()
    book.flowsAtLook = 0
    world.fluid.forEachActiveClass { index, flows in
      book.flowsAtLook += flows
      let sent = world.fluid.sendingRate(ofClass: index) * Double(flows)
      let flowClass = world.flowClasses.entries[index]
      let follows = follows(FlowClassID(index))
      for link in world.flowClasses.routes[index].links {
        let place = book.levels.place(of: link, for: flowClass.trafficClass)
        book.atLook.note(Int(link.index))
        book.elastic[place] += sent
        if follows { book.lossy[place] += sent }
        if flowClass.owner?.isDemand == true { book.beside[place] += sent }
        if flowClass.isWindow { book.reserved[place] += sent }
      }
      if case .demand(let demand) = flowClass.owner {
        shareOut(demand.index, flowClass: index, sent)
      }
    }
    reading { open in
      book.atLook.gather { book.levels.isRanked($0) || open.isAwake(at: $0) }
    }
  }

  private func forgetFlows(on link: Int) {
    for place in book.levels.places(of: link) {
      book.elastic[place] = 0
      book.lossy[place] = 0
      book.beside[place] = 0
      book.reserved[place] = 0
    }
  }

  /// Tells a demand beside flows what it gets of the link that holds it; nothing where one is down.
  private func shareOut(_ demand: Int, flowClass: Int, _ sent: Double) {
    let isDown = world.flowClasses.routes[flowClass].links.contains {
      book.links[Int($0.index)].isDown
    }
    book.open.setRate(ofStream: demand, to: isDown ? 0 : book.demands[demand].rate)
    book.open.setShare(
      ofStream: demand, to: sent, heldAt: world.fluid.bottleneck(ofClass: flowClass))
  }

  /// Whether a flow class takes part in the equilibrium.
  private func follows(_ index: FlowClassID) -> Bool {
    let flowClass = world.flowClasses[index]
    return flowClass.hasTransport && book.followsLoss[flowClass.trafficClass]
  }

  // MARK: - 2. Demands, beside the queues (Loss+Queues)

  /// What windows that are open leave of a link to demands.
  func roomForDemands(_ link: Int) -> Double {
    let capacity = world.links.effectiveCapacity(of: link)
    return max(0, capacity - world.windows.open(on: link))
  }

  // MARK: - 3. Flows that follow loss

  private func balanceLoss() {
    book.equilibrium.removeClasses()
    book.balanced.removeAll(keepingCapacity: true)
    book.unbalanced.removeAll(keepingCapacity: true)
    book.paths.removeAll(keepingCapacity: true)
    world.fluid.forEachActiveClass { place, flows in
      let index = FlowClassID(place)
      guard follows(index) else { return book.unbalanced.append(index) }
      let path = path(of: index)
      let trafficClass = world.flowClasses.entries[place].trafficClass
      book.balanced.append(index)
      book.paths.append(path)
      book.equilibrium.addClass(
        path: world.flowClasses.routes[place].links,
        terms: lossyTerms(
          of: index, on: path, flows: Double(flows) * world.flowClasses.entries[place].share)
      ) {
        book.levels.place(of: $0, for: trafficClass)
      }
    }
    guard book.balanced.isEmpty else { return solveEquilibrium() }
    guard book.hasPrices else { return }
    book.hasPrices = false
    for place in book.links.indices { book.links[place].congestion = 0 }
  }

  private func solveEquilibrium() {
    for link in 0..<book.levels.links {
      var left = world.capacityForFlows(link)
      let least = Loss.leastPart * left
      for place in book.levels.places(of: link) {
        let room = left - (book.elastic[place] - book.lossy[place])
        book.equilibrium.setRoom(of: place, to: book.links[link].isDown ? 0 : max(room, least))
        left -= book.elastic[place]
      }
    }
    book.equilibrium.solve(tolerance: book.effort.balance)
    book.hasPrices = true
    for place in book.links.indices {
      book.links[place].congestion = book.equilibrium.price(ofLink: place)
    }
  }

  /// The part of a link that flows which follow loss are reckoned with, whatever is left of it.
  static let leastPart = 1e-3
}
