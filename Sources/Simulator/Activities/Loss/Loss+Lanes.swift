// SPDX-License-Identifier: GPL-3.0-or-later
internal import EventKernel
internal import FlowMath
internal import NetworkModel
internal import Traffic

// 4. Lanes: what loss and delay make of the weight, the ceiling and the yield of flows.
//
// Flows that follow loss are given the rates of the equilibrium through their weights: max-min
// with a weight for each class that is its rate over the mean rate on the link where flows fare
// worst gives exactly these, and goes on to fill every link as flows come and go until the next
// look. On a link that they share with others they take together what max-min gives to as many
// flows.

/// The way of a lane, as its flows see it.
struct WayQuality {
  /// The part of packets that is lost for other reasons than congestion.
  var noise = 0.0
  /// What full links add for flows that follow loss, and the part of it that is really lost.
  var congestion = 0.0
  var dropped = 0.0
  var roundTrip_s = 0.0
  /// The least mean rate of a flow over the full links.
  var leastMeanRate = Double.infinity
  /// The full link that drops most.
  var crowd: LinkID?
  /// Where most of the noise comes from.
  var source: (link: LinkID, cause: LossCause)?
}

extension Loss {
  /// Gives all lanes with flows the terms of this look; false where none has moved.
  func renewLanes() -> Bool {
    var hasMoved = false
    for (place, index) in book.balanced.enumerated() {
      addCongestion(to: &book.ways[place], of: index)
      let rate = book.equilibrium.rate(ofClass: place)
      if renewLane(index, on: book.ways[place], balancedTo: rate) { hasMoved = true }
    }
    for index in book.unbalanced where renewLane(index) { hasMoved = true }
    return hasMoved
  }

  /// A lane that is about to have a flow needs terms of the last look.
  func renewLaneIfStale(_ index: LaneID) {
    while book.lanes.count < world.lanes.lanes.count { book.lanes.append(LaneLoss()) }
    if book.lanes[index.index].look != book.looks { _ = renewLane(index) }
  }

  /// Gives a lane the terms that its way makes of them now.
  private func renewLane(_ index: LaneID) -> Bool {
    guard world.lanes[index].hasTransport,
      model.classes[world.lanes[index].trafficClass].transport.kind != .ideal
    else { return false }
    var way = way(of: index)
    addCongestion(to: &way, of: index)
    return renewLane(index, on: way, balancedTo: nil)
  }

  private func renewLane(
    _ index: LaneID, on way: WayQuality, balancedTo rate: Double?
  ) -> Bool {
    let lane = world.lanes[index]
    while book.lanes.count < world.lanes.lanes.count { book.lanes.append(LaneLoss()) }
    var new = answer(
      of: terms(of: lane), to: way, line: lane.idealRate,
      sending: world.fluid.sendingRate(ofClass: index.index) / lane.share, balancedTo: rate)
    // A part of a flow has its part of what the whole may have.
    new.weight *= lane.share
    new.ceiling *= lane.share
    book.lanes[index.index].look = book.looks
    let old = book.lanes[index.index]
    guard
      differs(new.weight, old.weight) || differs(new.ceiling, old.ceiling)
        || differs(new.yield, old.yield) || differs(new.floor, old.floor)
        || new.limit != old.limit
    else { return false }
    world.fluid.setTerms(
      ofClass: index.index, weight: new.weight, floor: new.floor, ceiling: new.ceiling,
      yield: new.yield, at: now.nanoseconds)
    book.noteLimit(of: index, in: world.fluid)
    book.lanes[index.index].weight = new.weight
    book.lanes[index.index].floor = new.floor
    book.lanes[index.index].ceiling = new.ceiling
    book.lanes[index.index].yield = new.yield
    book.lanes[index.index].limit = new.limit
    return true
  }

  private func differs(_ new: Double, _ old: Double) -> Bool {
    abs(new - old) > book.effort.terms * abs(old)
  }

  // MARK: - The way

  /// What a lane meets of noise and delay.
  func way(of index: LaneID) -> WayQuality {
    var way = WayQuality()
    var passes = 1.0
    var worst = 0.0
    let trafficClass = world.lanes[index].trafficClass
    for link in world.lanes.routes[index.index].links {
      let place = book.levels.place(of: link, for: trafficClass)
      way.roundTrip_s += 2 * world.lanes.delays[Int(link.index)].seconds + book.links[place].delay_s
      guard book.links[place].isNoisy else { continue }
      passes *= 1 - book.links[place].noise
      if let found = book.links[place].worstNoise, found.loss > worst {
        worst = found.loss
        way.source = (link, found.cause)
      }
    }
    way.noise = 1 - passes
    way.roundTrip_s = max(way.roundTrip_s, Loss.leastRoundTrip_s)
    return way
  }

  /// Adds what full links do to the packets of flows that follow loss.
  func addCongestion(to way: inout WayQuality, of index: LaneID) {
    let trafficClass = world.lanes[index].trafficClass
    var worst = 0.0
    for link in world.lanes.routes[index.index].links {
      let place = book.levels.place(of: link, for: trafficClass)
      let congestion = book.links[place].congestion
      guard congestion > 0 else { continue }
      way.congestion += congestion
      if model.topology[link].port.signal == .drop {
        way.dropped += congestion
        if congestion > worst { (worst, way.crowd) = (congestion, link) }
      }
      way.leastMeanRate = min(way.leastMeanRate, book.equilibrium.meanRate(onLink: place))
    }
  }

  /// What two hosts in one rack take without any queue.
  private static let leastRoundTrip_s = 1e-6

  /// The terms of a lane: those of its class, with the ceiling that its flows have of their own.
  private func terms(of lane: Lane) -> TrafficClass {
    var terms = model.classes[lane.trafficClass]
    if lane.ceiling < terms.ceiling.value { terms.ceiling = BitsPerSecond(lane.ceiling) }
    return terms
  }

  /// A lane as a class of the equilibrium.
  func lossyTerms(of index: LaneID, on way: WayQuality, flows: Double) -> LossyTerms {
    let terms = terms(of: world.lanes[index])
    let window = terms.transport.window.map { $0.bits / way.roundTrip_s } ?? LaneTable.highest
    return LossyTerms(
      terms.transport, way, flows: flows, floor: terms.floor.value,
      ceiling: min(terms.ceiling.value, window, LaneTable.highest))
  }
}
