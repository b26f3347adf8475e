// SPDX-License-Identifier: GPL-3.0-or-later
internal import EventKernel
internal import FlowMath
internal import Light
internal import NetworkModel
internal import Scheduling

// A link with automatic capacity looks at what it carried, and lights or darkens channels.

extension Lighting {
  func linkIsReviewed(_ link: LitLinkID) throws(RunError) {
    guard let rule = model.light.links[link.index].automatic else { return }
    if now + rule.every <= horizon {
      world.queue.push(.light(.linkIsReviewed(link: link)), at: now + rule.every)
    }
    let isHeld = mustKeepLight(link)
    let (need, capacity) = try needSinceReview(of: link)
    let growth = rule.growth(need: need, capacity: capacity)
    let count = lightCount(of: link)
    if growth != nil || count < rule.least || count == 0 && isWaitedFor(link) {
      try widen(link, to: growth ?? 0, rule)
    } else if !isHeld {
      try narrow(link, need: need, capacity: capacity, rule)
    }
  }

  /// What the busier direction of a link needs, by its use since the last review, and what it has.
  private func needSinceReview(
    of link: LitLinkID
  ) throws(RunError) -> (need: Double, capacity: Double) {
    world.fluid.measureLinks(at: now.nanoseconds)
    try world.tell(.accountsAreRead)
    let lit = model.light.links[link.index]
    var need = 0.0
    var capacity = 0.0
    for (side, direction) in [lit.forward, lit.back].enumerated() {
      let id = Int(direction.index)
      let own = world.links.effectiveCapacity(of: id)
      let carried = world.carriedBits(of: id)
      let offered = world.meter.offeredBits(of: id, at: now)
      capacity = max(capacity, own)
      need = max(
        need,
        reviews.need(
          of: link.index, side: side, carried: carried, offered: offered, capacity: own, at: now))
    }
    return (need, capacity)
  }

  /// The channels of a link that are lit or will be, in order or not.
  private func lightCount(of link: LitLinkID) -> Int {
    reading { $0.litCount(ofLink: link.index) }
  }

  /// Whether a link, which is without any channel, has traffic that waits for one or goes another way.
  private func isWaitedFor(_ link: LitLinkID) -> Bool {
    let lit = model.light.links[link.index]
    return hasTraffic(bound: [lit.forward, lit.back])
  }

  // MARK: - More

  /// Lights channels until a link has its fewest, one at least, and so much capacity.
  private func widen(
    _ link: LitLinkID, to capacity: Double, _ rule: AutomaticRule
  ) throws(RunError) {
    let least = max(1, rule.least)
    while lightCount(of: link) < rule.most {
      // Sums of line rates are rounded: a billionth less is as much.
      let coming = reading { $0.capacityToCome(ofLink: link.index) }
      let isEnough = coming >= capacity * (1 - 1e-9)
      if isEnough, lightCount(of: link) >= least { return }
      guard try widen(link) else { return }
    }
  }

  /// Lights another channel; false where there is no place for it.
  func widen(_ link: LitLinkID) throws(RunError) -> Bool {
    let demand = reading { $0.demand(ofLink: link.index) }
    switch light.lightCircuit(demand, at: now) {
    case .lit(let circuit):
      try begin(circuit: circuit)
      countChannels()
      return true
    case .blocked(let reason):
      try note(.lightpathBlocked, model.light.links[link.index].name, reason.rawValue)
      return false
    }
  }

  // MARK: - Less

  /// Darkens the circuit that was lit last and has no client, where the link can do without it.
  ///
  /// Circuits that are down don't count as what is left.
  private func narrow(
    _ link: LitLinkID, need: Double, capacity: Double, _ rule: AutomaticRule
  ) throws(RunError) {
    guard let (last, channel) = reading({ $0.lastOwnCircuit(ofLink: link.index) }),
      rule.canLose(channel, need: need, capacity: capacity),
      reading({ $0.carryingCount(ofLink: link.index) }) > rule.least,
      fitsBookings(link, in: (capacity - channel) / capacity)
    else { return }
    try tearDown(last)
  }

  /// Whether what is booked on a link still fits in a part of its capacity.
  private func fitsBookings(_ link: LitLinkID, in part: Double) -> Bool {
    guard !model.transfers.isEmpty else { return true }
    let lit = model.light.links[link.index]
    return [lit.forward, lit.back].allSatisfy { direction in
      let room = Double(world.windows.calendar.rooms[Int(direction.index)])
      let booked = world.windows.calendar.mostBooked(on: direction, from: now)
      return Double(booked) <= room * part
    }
  }
}
