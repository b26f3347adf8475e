// SPDX-License-Identifier: GPL-3.0-or-later
internal import EventKernel
internal import FlowMath
internal import NetworkModel
internal import Traffic

// 4. Flow classes: what loss and delay make of the weight, the ceiling and the yield of flows.
//
// Flows that follow loss are given the rates of the equilibrium through their weights: max-min
// with a weight for each class that is its rate over the mean rate on the link where flows fare
// worst gives exactly these, and goes on to fill every link as flows come and go until the next
// renewal. On a link that they share with others they take together what max-min gives to as many
// flows.

/// The path of a flow class, as its flows see it.
struct PathQuality {
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
  /// Gives all flow classes with flows the terms of this renewal; false where none has moved.
  func renewFlowClasses() -> Bool {
    var hasMoved = false
    for (place, index) in book.balanced.enumerated() {
      addCongestion(to: &book.paths[place], of: index)
      let rate = book.equilibrium.rate(ofClass: place)
      if renewFlowClass(index, on: book.paths[place], balancedTo: rate) { hasMoved = true }
    }
    for index in book.unbalanced where renewFlowClass(index) { hasMoved = true }
    return hasMoved
  }

  /// A flow class that is about to have a flow needs terms of the last renewal.
  func renewFlowClassIfStale(_ index: FlowClassID) {
    while book.flowClasses.count < world.flowClasses.entries.count {
      book.flowClasses.append(FlowClassLoss())
    }
    if book.flowClasses[index.index].renewal != book.renewals { _ = renewFlowClass(index) }
  }

  /// Gives a flow class the terms that its path makes of them now.
  private func renewFlowClass(_ index: FlowClassID) -> Bool {
    guard world.flowClasses[index].hasTransport,
      model.classes[world.flowClasses[index].trafficClass].transport.kind != .ideal
    else { return false }
    var path = path(of: index)
    addCongestion(to: &path, of: index)
    return renewFlowClass(index, on: path, balancedTo: nil)
  }

  private func renewFlowClass(
    _ index: FlowClassID, on path: PathQuality, balancedTo rate: Double?
  ) -> Bool {
    let flowClass = world.flowClasses[index]
    while book.flowClasses.count < world.flowClasses.entries.count {
      book.flowClasses.append(FlowClassLoss())
    }
    var new = answer(
      of: terms(of: flowClass), to: path, line: flowClass.idealRate,
      sending: world.fluid.sendingRate(ofClass: index.index) / flowClass.share, balancedTo: rate)
    // A part of a flow has its part of what the whole may have.
    new.weight *= flowClass.share
    new.ceiling *= flowClass.share
    book.flowClasses[index.index].renewal = book.renewals
    let old = book.flowClasses[index.index]
    guard
      differs(new.weight, old.weight) || differs(new.ceiling, old.ceiling)
        || differs(new.yield, old.yield) || differs(new.floor, old.floor)
        || new.limit != old.limit
    else { return false }
    world.fluid.setTerms(
      ofClass: index.index, weight: new.weight, floor: new.floor, ceiling: new.ceiling,
      yield: new.yield, at: now.nanoseconds)
    book.noteLimit(of: index, in: world.fluid)
    book.flowClasses[index.index].weight = new.weight
    book.flowClasses[index.index].floor = new.floor
    book.flowClasses[index.index].ceiling = new.ceiling
    book.flowClasses[index.index].yield = new.yield
    book.flowClasses[index.index].limit = new.limit
    return true
  }

  private func differs(_ new: Double, _ old: Double) -> Bool {
    abs(new - old) > book.effort.terms * abs(old)
  }

  // MARK: - The path

  /// What a flow class meets of noise and delay.
  func path(of index: FlowClassID) -> PathQuality {
    var path = PathQuality()
    var passes = 1.0
    var worst = 0.0
    let trafficClass = world.flowClasses[index].trafficClass
    for link in world.flowClasses.routes[index.index].links {
      let place = book.levels.place(of: link, for: trafficClass)
      path.roundTrip_s +=
        2 * world.flowClasses.delays[Int(link.index)].seconds + book.links[place].delay_s
      guard book.links[place].isNoisy else { continue }
      passes *= 1 - book.links[place].noise
      if let found = book.links[place].worstNoise, found.loss > worst {
        worst = found.loss
        path.source = (link, found.cause)
      }
    }
    path.noise = 1 - passes
    path.roundTrip_s = max(path.roundTrip_s, Loss.leastRoundTrip_s)
    return path
  }

  /// Adds what full links do to the packets of flows that follow loss.
  func addCongestion(to path: inout PathQuality, of index: FlowClassID) {
    let trafficClass = world.flowClasses[index].trafficClass
    var worst = 0.0
    for link in world.flowClasses.routes[index.index].links {
      let place = book.levels.place(of: link, for: trafficClass)
      let congestion = book.links[place].congestion
      guard congestion > 0 else { continue }
      path.congestion += congestion
      if model.topology[link].port.signal == .drop {
        path.dropped += congestion
        if congestion > worst { (worst, path.crowd) = (congestion, link) }
      }
      path.leastMeanRate = min(path.leastMeanRate, book.equilibrium.meanRate(onLink: place))
    }
  }

  /// What two hosts in one rack take without any queue.
  private static let leastRoundTrip_s = 1e-6

  /// The terms of a flow class: those of its class, with the ceiling that its flows have of their
  /// own.
  private func terms(of flowClass: FlowClass) -> TrafficClass {
    var terms = model.classes[flowClass.trafficClass]
    if flowClass.ceiling < terms.ceiling.value { terms.ceiling = BitsPerSecond(flowClass.ceiling) }
    return terms
  }

  /// A flow class as a class of the equilibrium.
  func lossyTerms(of index: FlowClassID, on path: PathQuality, flows: Double) -> LossyTerms {
    let terms = terms(of: world.flowClasses[index])
    let window = terms.transport.window.map { $0.bits / path.roundTrip_s } ?? FlowClassTable.highest
    return LossyTerms(
      terms.transport, path, flows: flows, floor: terms.floor.value,
      ceiling: min(terms.ceiling.value, window, FlowClassTable.highest))
  }
}
