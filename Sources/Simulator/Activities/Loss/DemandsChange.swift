// SPDX-License-Identifier: GPL-3.0-or-later
internal import EventKernel
internal import FlowMath
internal import NetworkModel
internal import Traffic

// Demands: what they send, which way, and what became of it.

extension Loss {
  /// Lays all demands and plans their first change.
  func planDemands() throws(RunError) {
    guard loss.isOn else { return }
    for link in 0..<loss.levels.links { loss.noteChange(of: link) }
    for index in loss.demands.indices {
      loss.demands[index].route = model.routes[loss.demands[index].demand.route]
    }
    layDemands()
    for index in loss.demands.indices { try demandChanges(index) }
    if let every = loss.every, .zero + every <= horizon {
      queue.push(.loss(.isLookedAt), at: .zero + every)
    }
  }

  /// A demand starts, ends, or sends more or less from now on.
  func demandChanges(_ index: Int) throws(RunError) {
    let demand = loss.demands[index].demand
    let rate = demand.rate(at: now).value
    if rate != loss.demands[index].rate {
      try bookDemands()
      setRate(of: index, to: rate)
      try world.tell(.demandsChanged)
      loss.noteChange()
    }
    if let next = demand.nextChange(after: now), next <= horizon {
      queue.push(.loss(.demandChanges(demand: Int32(index))), at: next)
    }
  }

  /// Looks at the loss of all links, and will again.
  func lossIsLookedAt() {
    loss.noteChange()
    if let every = loss.every, now + every <= horizon {
      queue.push(.loss(.isLookedAt), at: now + every)
    }
  }

  /// Takes down anew which demands cross which links.
  private func layDemands() {
    loss.open.removeStreams()
    for index in loss.demands.indices {
      let state = loss.demands[index]
      let isBeside = state.demand.precedence == .beside
      loss.open.addStream(
        path: places(of: state).map { Int32($0) },
        variability: state.demand.variation * state.demand.variation, isBeside: isBeside)
      if !isBeside { loss.open.setRate(ofStream: index, to: state.rate) }
    }
  }

  /// Where a demand stands on the links that it takes now.
  private func places(of state: DemandState) -> [Int] {
    (state.route?.links ?? []).map {
      loss.levels.place(of: $0, for: state.demand.trafficClass)
    }
  }

  private func setRate(of index: Int, to rate: Double) {
    loss.demands[index].rate = rate
    guard loss.demands[index].demand.precedence == .beside else {
      return loss.open.setRate(ofStream: index, to: rate)
    }
    if loss.demands[index].lane < 0, let route = loss.demands[index].route {
      loss.demands[index].lane = lanes.lane(
        for: route, trafficClass: loss.demands[index].demand.trafficClass, demand: Int32(index),
        in: &fluid)
    }
    let lane = Int(loss.demands[index].lane)
    if rate > 0 {
      let terms = model.classes[loss.demands[index].demand.trafficClass]
      fluid.setTerms(
        ofClass: lane, weight: terms.weight, floor: min(terms.floor.value, rate), ceiling: rate,
        yield: 1, at: now.nanoseconds)
      if fluid.flows(ofClass: lane) == 0 {
        // A flow without an end: what it gets is what the demand gets.
        _ = fluid.start(flowClass: lane, bits: Loss.endless, at: now.nanoseconds)
      }
    } else {
      _ = fluid.withdraw(flowClass: lane, at: now.nanoseconds)
      loss.open.setRate(ofStream: index, to: 0)
    }
  }

  /// Bits that no demand sends in 292 years.
  private static let endless = 1e30

  /// Sends demands around links that are down, or home again, as their classes tell.
  func redirectDemands() throws(RunError) {
    guard loss.isOn else { return }
    var hasMoved = false
    for index in loss.demands.indices {
      let demand = loss.demands[index].demand
      let home = model.routes[demand.route]
      let terms = model.classes[demand.trafficClass]
      guard terms.onFailure == .move, demand.precedence == .ahead else { continue }
      var route = home
      let isGivenUp = home.links.contains { links.isDown($0, for: terms.patience, at: now) }
      if isGivenUp, let source = home.source, let target = home.target {
        route =
          detours.route(from: source, to: target, in: model.topology) { [links] in
            links.isDown($0)
          } ?? home
      }
      guard route.links != loss.demands[index].route?.links else { continue }
      if !hasMoved { try bookDemands() }
      hasMoved = true
      loss.demands[index].route = route
    }
    if hasMoved {
      layDemands()
      loss.noteChange()
      try world.tell(.demandsChanged)
    }
  }
}

// MARK: - Accounts

extension Loss {
  /// Books what became of all demands since the last time.
  func bookDemands() throws(RunError) {
    guard loss.isOn, now > loss.bookedAt else { return }
    let seconds = (now - loss.bookedAt).seconds
    loss.bookedAt = now
    for index in loss.demands.indices where loss.demands[index].rate > 0 {
      let bits = loss.demands[index].rate * seconds
      loss.demands[index].account.offered += bits
      if loss.demands[index].lane < 0 {
        bookAhead(index, bits)
      } else {
        bookBeside(index, bits, seconds)
      }
    }
    try world.tell(.demandsAreBooked)
  }

  private func bookAhead(_ index: Int, _ bits: Double) {
    let trafficClass = loss.demands[index].demand.trafficClass
    var left = bits
    for link in loss.demands[index].route?.links ?? [] {
      let place = loss.levels.place(of: link, for: trafficClass)
      guard !loss.links[place].isDown else {
        return loss.demands[index].account.lose(left, .failure)
      }
      left = loss.demands[index].account.pass(left, port: loss.open.loss(at: place))
      loss.demandBits[Int(link.index)] += left
      left = loss.demands[index].account.pass(left, behindPortOf: loss.links[place])
    }
    deliver(left, index)
  }

  /// What its flow did not get is lost where that is held to its share.
  ///
  /// Links have carried the bits of its flow, of which some were lost in queues.
  private func bookBeside(_ index: Int, _ bits: Double, _ seconds: Double) {
    let lane = Int(loss.demands[index].lane)
    let route = loss.demands[index].route?.links ?? []
    let all = fluid.sentBits(ofClass: lane, at: now.nanoseconds)
    let sent = min(bits, all - loss.demands[index].sentBefore)
    loss.demands[index].sentBefore = all
    let trafficClass = loss.demands[index].demand.trafficClass
    if route.contains(where: { loss.links[Int($0.index)].isDown }) {
      return loss.demands[index].account.lose(bits, .failure)
    }
    var left = bits
    // Between two looks flows may have come that hold it to a share.
    if !loss.open.isHeld(stream: index), bits - sent > 1e-9 * bits {
      loss.demands[index].account.lose(bits - sent, .overload)
      left = sent
    }
    for (position, link) in route.enumerated() {
      let port = loss.open.besideLoss(
        ofStream: index, at: position, left / seconds, share: sent / seconds)
      left = loss.demands[index].account.pass(left, port: port)
      loss.demandBits[Int(link.index)] += min(0, left - sent)
      left = loss.demands[index].account.pass(
        left, behindPortOf: loss.links[loss.levels.place(of: link, for: trafficClass)])
    }
    deliver(left, index)
  }

  private func deliver(_ bits: Double, _ index: Int) {
    guard bits > 0 else { return }
    let trafficClass = loss.demands[index].demand.trafficClass
    var delay_s = 0.0
    var worst_s = 0.0
    for link in loss.demands[index].route?.links ?? [] {
      let place = loss.levels.place(of: link, for: trafficClass)
      renewLongDelay(at: place, of: Int(link.index))
      delay_s += lanes.delays[Int(link.index)].seconds + loss.links[place].delay_s
      worst_s = max(worst_s, loss.links[place].delayP99_s - loss.links[place].delay_s)
    }
    loss.demands[index].account.delivered += bits
    loss.demands[index].account.delayBits += bits * delay_s
    loss.demands[index].account.delayP99_s = max(
      loss.demands[index].account.delayP99_s, delay_s + worst_s)
  }
}
