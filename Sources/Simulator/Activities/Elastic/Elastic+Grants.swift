// SPDX-License-Identifier: GPL-3.0-or-later
internal import EventKernel
internal import FlowMath
internal import NetworkModel
internal import Scheduling

// What elastic flows get where a policy orders them:
//
//     grant = floor + min(ceiling - floor, what is left of the links on its way)
//
// one flow after the other by rank, where what is left of a link is what flows may have of it, less
// the floors of all elastic flows on it and what was granted on top of them so far. A flow whose
// floor and ceiling in the fluid system are its grant has just that rate. What it waits for is not its
// ceiling then but a link (GrantHolders).

extension Elastic {
  /// What there is to do for elastic flows at the end of an instant.
  @inline(__always)
  func tendElastic() throws(RunError) {
    guard book.isOn else { return }
    try tendElasticFlows()
  }

  private func tendElasticFlows() throws(RunError) {
    try admitFromLine()
    if book.needsGrants {
      book.needsGrants = false
      try grantRates()
      world.fluid.settle()
    }
    try watchElastic()
  }

  private func grantRates() throws(RunError) {
    book.round += 1
    layOutRoom()
    for group in book.lines.groups where !book.lines.isEmpty(group) {
      if let policy = bandwidthOutside[group] {
        try grant(book.lines.turns(of: group).map { book.place(of: $0.flowClass) }, by: policy)
      } else {
        grantInTurn(group)
      }
    }
    nameHolders()
    book.fresh.removeAll(keepingCapacity: true)
  }

  /// Begins a round with what links have left behind all floors of elastic flows.
  private func layOutRoom() {
    if book.isRoomStale {
      book.isRoomStale = false
      for link in book.behindFloors.indices { measureRoom(of: link) }
    }
    for link in book.lines.links { book.room[Int(link)] = book.behindFloors[Int(link)] }
  }

  /// Finds what a link has left behind open windows and all floors of elastic flows.
  func measureRoom(of link: Int) {
    book.behindFloors[link] =
      world.capacityForFlows(link) - world.windows.open(on: link)
      - book.sendingFloors.booked[link]
  }

  /// Gives a flow just so much on top of its floor, or all that it can have.
  func grant(_ place: Int, beyondFloor asked: Double?) {
    let sender = book.sending[place]
    let terms = book.lines.terms[Int(sender.line)]
    let extra = asked ?? min(terms.most, roomOn(terms.links))
    if extra > 0 { take(extra, of: terms.links) }
    let grant = sender.floor + max(0, extra)
    guard grant != sender.grant else { return }
    book.sending[place].grant = grant
    setRate(ofPlace: place)
  }

  /// What the links of a line have left.
  @inline(__always)
  func roomOn(_ links: Range<Int32>) -> Double {
    var least = Double.infinity
    for place in links { least = min(least, book.room[book.lines.link(at: place)]) }
    return least
  }

  /// Takes some of it.
  @inline(__always)
  func take(_ extra: Double, of links: Range<Int32>) {
    for place in links { book.room[book.lines.link(at: place)] -= extra }
  }

  /// Has a flow send as it was granted.
  func setRate(ofPlace place: Int) {
    setRate(of: book.sending[place].flowClass, to: book.sending[place].grant)
    book.renewed.append(Int32(place))
  }

  /// Has the flow of a flow class send at a rate, and at no other while floors fit.
  func setRate(of flowClass: FlowClassID, to rate: Double) {
    world.fluid.setTerms(
      ofClass: flowClass.index, weight: 1, floor: rate, ceiling: rate, yield: 1,
      at: now.nanoseconds, asFlowsEnd: true)
  }
}

// MARK: - What became of floors

extension Elastic {
  /// Notes the least and the most of all rates, and tells whose floor is broken.
  ///
  /// Where each flow has a flow class for itself, only those are looked at whose rate has changed.
  private func watchElastic() throws(RunError) {
    // Where they are shared most rates change at once, and to note which would only take time.
    guard book.allAreOrdered, world.fluid.takeChangedRates(into: &book.changedRates) else {
      for place in book.sending.indices { try look(at: place) }
      book.unseen.removeAll(keepingCapacity: true)
      return
    }
    var places = book.changedRates.compactMap { book.placeIfAny(ofClass: Int($0)) }
    for flow in book.unseen where book.isSending(flow) { places.append(book[flow].place) }
    book.unseen.removeAll(keepingCapacity: true)
    places.sort()
    for place in places { try look(at: place) }
  }

  private func look(at place: Int) throws(RunError) {
    let sender = book.sending[place]
    let rate = world.fluid.currentRate(ofClass: sender.flowClass.index)
    if rate < sender.leastRate { book.sending[place].leastRate = rate }
    if rate > sender.mostRate { book.sending[place].mostRate = rate }
    let isBelow = sender.isPromised && rate < sender.floor * Elastic.wholeFloor
    if isBelow != sender.isBelowFloor { try tellFloor(of: place, isBelow: isBelow) }
  }

  private func tellFloor(of place: Int, isBelow: Bool) throws(RunError) {
    let sender = book.sending[place]
    let flow = book[sender.flow]
    book.sending[place].isBelowFloor = isBelow
    let name = world.names.text(of: flow.record.name)
    guard isBelow else { return try note(.floorBack, name) }
    if !sender.wasBelowFloor { book.statistics[flow.entry][flow.given].floorsBroken += 1 }
    book.sending[place].wasBelowFloor = true
    let holder = world.fluid.bottleneck(ofClass: sender.flowClass.index)
    try note(.floorBroken, name, world.name(ofBottleneck: holder, on: sender.flowClass))
  }

  /// A rate this near to its floor differs from it by rounding alone.
  private static let wholeFloor = 1 - 1e-9
}
