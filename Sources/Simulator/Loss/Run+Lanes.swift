// SPDX-License-Identifier: GPL-3.0-or-later
internal import EventKernel
internal import FlowMath
internal import NetworkModel
internal import Traffic

// 5. Lanes: what loss and delay make of the weight, the ceiling and the yield of flows.
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
  /// Where most of the noise comes from.
  var source: (link: LinkID, cause: LossCause)?
}

extension Run {
  /// Gives all lanes with flows the terms of this look; false where none has moved.
  func renewLanes() -> Bool {
    var hasMoved = false
    loss.renewed.removeAll(keepingCapacity: true)
    fluid.forEachActiveClass { index, _ in loss.renewed.append(Int32(index)) }
    for index in loss.renewed where renewLane(index) { hasMoved = true }
    return hasMoved
  }

  /// A lane that is about to have a flow needs terms of the last look.
  func renewLaneIfStale(_ index: Int32) {
    while loss.lanes.count < lanes.lanes.count { loss.lanes.append(LaneLoss()) }
    if loss.lanes[Int(index)].look != loss.looks { _ = renewLane(index) }
  }

  private func renewLane(_ index: Int32) -> Bool {
    let lane = lanes[index]
    let terms = model.classes[lane.trafficClass]
    guard lane.demand < 0, terms.transport.kind != .ideal else { return false }
    while loss.lanes.count < lanes.lanes.count { loss.lanes.append(LaneLoss()) }
    let way = way(of: index)
    let new = answer(
      of: terms, to: way, line: lane.idealRate, sending: fluid.sendingRate(ofClass: Int(index)))
    let old = loss.lanes[Int(index)]
    loss.lanes[Int(index)].look = loss.looks
    guard
      differs(new.weight, old.weight) || differs(new.ceiling, old.ceiling)
        || differs(new.yield, old.yield) || new.limit != old.limit
    else { return false }
    noteLimit(of: index)
    loss.lanes[Int(index)].weight = new.weight
    loss.lanes[Int(index)].ceiling = new.ceiling
    loss.lanes[Int(index)].yield = new.yield
    loss.lanes[Int(index)].limit = new.limit
    fluid.setTerms(
      ofClass: Int(index), weight: new.weight, ceiling: new.ceiling, yield: new.yield,
      at: now.nanoseconds)
    return true
  }

  private func differs(_ new: Double, _ old: Double) -> Bool {
    abs(new - old) > Run.termTolerance * abs(old)
  }

  /// Books what held a lane at its ceiling to the limit that it had until now.
  func noteLimit(of index: Int32) {
    guard loss.isOn, Int(index) < loss.lanes.count else { return }
    guard let ceiling = fluid.heldSeconds(ofClass: Int(index)).last else { return }
    let held = ceiling.full + ceiling.down
    let limit = loss.lanes[Int(index)].limit
    loss.lanes[Int(index)].held[limit, default: 0] += held - loss.lanes[Int(index)].heldBefore
    loss.lanes[Int(index)].heldBefore = held
  }

  // MARK: - The way

  func way(of index: Int32) -> WayQuality {
    var way = WayQuality()
    var passes = 1.0
    var worst = 0.0
    for link in lanes.route(of: index).links {
      let quality = loss.links[Int(link.index)]
      passes *= 1 - quality.noise
      if let found = quality.worstNoise, found.loss > worst {
        worst = found.loss
        way.source = (link, found.cause)
      }
      way.roundTrip_s += 2 * lanes.delays[Int(link.index)].seconds + quality.delay_s
      guard quality.congestion > 0 else { continue }
      way.congestion += quality.congestion
      if model.topology[link].port.signal == .drop { way.dropped += quality.congestion }
      way.leastMeanRate = min(
        way.leastMeanRate, loss.equilibrium.meanRate(onLink: Int(link.index)))
    }
    way.noise = 1 - passes
    way.roundTrip_s = max(way.roundTrip_s, Run.leastRoundTrip_s)
    return way
  }

  /// What two hosts in one rack take without any queue.
  private static let leastRoundTrip_s = 1e-6

  /// A lane as a class of the equilibrium.
  func lossyTerms(of index: Int, flows: Double) -> LossyTerms {
    let terms = model.classes[lanes.lanes[index].trafficClass]
    let way = way(of: Int32(index))
    let window = terms.transport.window.map { $0.bits / way.roundTrip_s } ?? LaneTable.highest
    return LossyTerms(
      flows: flows, otherLoss: way.noise, roundTrip_s: way.roundTrip_s,
      segment_bits: terms.transport.packet.bits,
      ceiling: min(terms.ceiling.value, window, LaneTable.highest),
      law: terms.transport.kind == .tcpCubic ? .cubic : .reno)
  }
}
