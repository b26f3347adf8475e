// SPDX-License-Identifier: GPL-3.0-or-later
internal import EventKernel
internal import FlowMath
internal import NetworkModel
internal import Traffic

// Demands: what they send, which way, and what became of it.

extension Loss {
  /// Lays all demands and plans their first change.
  func planDemands() throws(RunError) {
    guard book.isOn else { return }
    for link in 0..<book.levels.links { book.noteChange(of: link) }
    for index in book.demands.indices {
      book.demands[index].route = model.routes[book.demands[index].demand.route]
    }
    layDemands()
    for index in book.demands.indices { try demandChanges(index) }
    if let every = book.every, .zero + every <= horizon {
      world.queue.push(.loss(.isLookedAt), at: .zero + every)
    }
  }

  /// A demand starts, ends, or sends more or less from now on.
  func demandChanges(_ index: Int) throws(RunError) {
    let demand = book.demands[index].demand
    let rate = demand.rate(at: now).value
    if rate != book.demands[index].rate {
      try bookDemands()
      setRate(of: index, to: rate)
      try world.tell(.demandsChanged)
      book.noteChange()
    }
    if let next = demand.nextChange(after: now), next <= horizon {
      world.queue.push(.loss(.demandChanges(demand: DemandID(index))), at: next)
    }
  }

  /// Looks at the loss of all links, and will again.
  func lossIsLookedAt() {
    book.noteChange()
    if let every = book.every, now + every <= horizon {
      world.queue.push(.loss(.isLookedAt), at: now + every)
    }
  }

  /// Takes down anew which demands cross which links.
  private func layDemands() {
    book.open.removeStreams()
    for index in book.demands.indices {
      let state = book.demands[index]
      addStream(of: state)
      if state.demand.precedence == .ahead { book.open.setRate(ofStream: index, to: state.rate) }
    }
  }

  /// Takes down which links a demand crosses, behind all others.
  func addStream(of state: DemandState) {
    book.open.addStream(
      path: places(of: state).map { Int32($0) },
      variability: state.demand.variation * state.demand.variation,
      isBeside: state.demand.precedence == .beside)
  }

  /// Where a demand stands on the links that it takes now.
  private func places(of state: DemandState) -> [Int] {
    state.links.map {
      book.levels.place(of: $0, for: state.demand.trafficClass)
    }
  }

  func setRate(of index: Int, to rate: Double) {
    book.demands[index].rate = rate
    guard book.demands[index].demand.precedence == .beside else {
      return book.open.setRate(ofStream: index, to: rate)
    }
    if book.demands[index].flowClass.isNone, let route = book.demands[index].route {
      book.demands[index].flowClass = world.flowClasses.flowClass(
        for: route, trafficClass: book.demands[index].demand.trafficClass, demand: DemandID(index),
        in: &world.fluid)
    }
    let flowClass = book.demands[index].flowClass.index
    if rate > 0 {
      let terms = model.classes[book.demands[index].demand.trafficClass]
      world.fluid.setTerms(
        ofClass: flowClass, weight: terms.weight, floor: min(terms.floor.value, rate),
        ceiling: rate,
        yield: 1, at: now.nanoseconds)
      if world.fluid.flows(ofClass: flowClass) == 0 {
        // A flow without an end: what it gets is what the demand gets.
        _ = world.fluid.start(flowClass: flowClass, bits: Loss.endless, at: now.nanoseconds)
      }
    } else {
      _ = world.fluid.withdraw(flowClass: flowClass, at: now.nanoseconds)
      book.open.setRate(ofStream: index, to: 0)
    }
  }

  /// Bits that no demand sends in 292 years.
  private static let endless = 1e30

  /// Sends demands around links that are down, or home again, as their classes tell.
  func redirectDemands() throws(RunError) {
    guard book.isOn else { return }
    var hasMoved = false
    for index in book.demands.indices {
      let demand = book.demands[index].demand
      let home = model.routes[demand.route]
      let terms = model.classes[demand.trafficClass]
      guard terms.onFailure == .move, demand.precedence == .ahead else { continue }
      let route = world.standingRoute(from: home, terms, present: book.demands[index].route) ?? home
      guard route.links != book.demands[index].links else { continue }
      if !hasMoved { try bookDemands() }
      hasMoved = true
      book.demands[index].route = route
    }
    if hasMoved {
      layDemands()
      book.noteChange()
      try world.tell(.demandsChanged)
    }
  }
}

// MARK: - Accounts

extension Loss {
  /// Books what became of all demands since the last time.
  func bookDemands() throws(RunError) {
    guard book.isOn, now > book.bookedAt else { return }
    let begin = book.bookedAt
    let seconds = (now - begin).seconds
    book.beginBooking(at: now)
    for index in book.demands.indices where book.demands[index].rate > 0 {
      let bits = book.demands[index].rate * seconds
      book.demands[index].account.offered += bits
      if book.demands[index].flowClass.isNone {
        bookAhead(index, bits)
      } else {
        bookBeside(index, bits, seconds)
      }
    }
    if watch != nil { lookAtDemand(since: begin) }
    try world.tell(.demandsAreBooked)
  }

  private func bookAhead(_ index: Int, _ bits: Double) {
    let trafficClass = book.demands[index].demand.trafficClass
    let links = book.demands[index].links
    if let delay = book.carry(bits, over: links, for: trafficClass) {
      return book.demands[index].account.deliver(bits, after: delay)
    }
    var left = bits
    var delay = PathDelay()
    for link in links {
      let place = book.levels.place(of: link, for: trafficClass)
      renewPassage(at: place, of: link)
      let passage = book.passages[place]
      guard !passage.isDown else {
        return book.demands[index].account.lose(left, .failure)
      }
      delay.add(passage)
      if passage.cleanBooking == book.bookings {
        book.carry(left, over: link, for: trafficClass)
        continue
      }
      left = book.demands[index].account.pass(left, port: passage.port)
      book.carry(left, over: link, for: trafficClass)
      left = book.demands[index].account.pass(left, behindPortOf: book.links[place])
    }
    book.demands[index].account.deliver(left, after: delay)
  }

  /// What its flow did not get is lost where that is held to its share.
  ///
  /// Links have carried the bits of its flow, of which some were lost in queues.
  private func bookBeside(_ index: Int, _ bits: Double, _ seconds: Double) {
    let flowClass = book.demands[index].flowClass.index
    let route = book.demands[index].links
    let all = world.fluid.sentBits(ofClass: flowClass, at: now.nanoseconds)
    let sent = min(bits, all - book.demands[index].sentBefore)
    book.demands[index].sentBefore = all
    let trafficClass = book.demands[index].demand.trafficClass
    if route.contains(where: { book.links[Int($0.index)].isDown }) {
      return book.demands[index].account.lose(bits, .failure)
    }
    var left = bits
    // Between two renewals flows may have come that hold it to a share.
    if !book.open.isHeld(stream: index), bits - sent > 1e-9 * bits {
      book.demands[index].account.lose(bits - sent, .overload)
      left = sent
    }
    var delay = PathDelay()
    for (position, link) in route.enumerated() {
      let place = book.levels.place(of: link, for: trafficClass)
      renewPassage(at: place, of: link)
      delay.add(book.passages[place])
      let port = book.open.besideLoss(
        ofStream: index, at: position, left / seconds, share: sent / seconds)
      left = book.demands[index].account.pass(left, port: port)
      book.carry(min(0, left - sent), over: link, for: trafficClass)
      left = book.demands[index].account.pass(left, behindPortOf: book.links[place])
    }
    book.demands[index].account.deliver(left, after: delay)
  }
}
