// SPDX-License-Identifier: GPL-3.0-or-later
internal import EventKernel
internal import FlowMath
internal import NetworkModel

/// What a link with automatic capacity had carried and could have at its last review.
struct LinkReview {
  var carried = 0.0
  var offered = 0.0
}

extension Run {
  /// A link looks at its use since the last time, and lights or darkens a channel.
  ///
  /// Two thresholds apart from each other keep it from doing the one right behind the other: a
  /// channel goes dark only where what is left stays below the upper one.
  func linkIsReviewed(_ link: Int32) throws(RunError) {
    guard let rule = model.light.links[Int(link)].automatic else { return }
    if now + rule.every <= horizon {
      queue.push(.linkIsReviewed(link: link), at: now + rule.every)
    }
    let use = useSinceReview(of: link)
    let count = light.linkCircuits[Int(link)].count {
      light.circuits[$0].state != .tearingDown
    }
    if use > rule.above || count < rule.least, count < rule.most {
      _ = try widen(link)
    } else if count > rule.least, use < rule.below,
      use * Double(count) < rule.above * Double(count - 1),
      mayNarrow(link, from: count)
    {
      try narrow(link)
    }
  }

  /// The part of its capacity that the busier direction of a link used since its last review.
  private func useSinceReview(of link: Int32) -> Double {
    fluid.measureLinks(at: now.nanoseconds)
    bookDemands()
    let lit = model.light.links[Int(link)]
    var use = 0.0
    for (side, direction) in [lit.forward, lit.back].enumerated() {
      let position = 2 * Int(link) + side
      let before = reviews[position]
      let carried = carriedBits(of: Int(direction.index))
      let offered = meter.offeredBits(of: Int(direction.index), at: now)
      reviews[position] = LinkReview(carried: carried, offered: offered)
      guard offered > before.offered else { continue }
      use = max(use, (carried - before.carried) / (offered - before.offered))
    }
    return use
  }

  /// Whether what is booked on a link still fits when it has a channel less.
  private func mayNarrow(_ link: Int32, from count: Int) -> Bool {
    guard !transfers.isEmpty else { return true }
    let lit = model.light.links[Int(link)]
    return [lit.forward, lit.back].allSatisfy { direction in
      let room = Double(transfers.calendar.rooms[Int(direction.index)])
      let booked = transfers.calendar.mostBooked(on: direction, from: now)
      return Double(booked) <= room * Double(count - 1) / Double(count)
    }
  }

  /// Lights another channel; false where there is no place for it.
  func widen(_ link: Int32) throws(RunError) -> Bool {
    let demand = light.demand(ofLink: Int(link))
    switch light.lightCircuit(demand, at: now) {
    case .lit(let circuit):
      try begin(circuit: circuit)
      return true
    case .blocked(let reason):
      try note(.lightpathBlocked, model.light.links[Int(link)].name, reason.rawValue)
      return false
    }
  }

  /// Darkens the circuit that was lit last and has no client.
  private func narrow(_ link: Int32) throws(RunError) {
    let last = light.linkCircuits[Int(link)].last {
      light.circuits[$0].carries && !light.circuits[$0].isForClients
    }
    if let last { try tearDown(last) }
  }
}
