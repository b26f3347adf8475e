// SPDX-License-Identifier: GPL-3.0-or-later

// Terms of classes that change while flows run: what a transport makes of loss and of delay.

extension FluidSystem {
  /// Gives a link another capacity in bits per second.
  public mutating func setCapacity(of link: Int, to capacity: Double, at nanoseconds: Int64) {
    moveOriginIfFar(from: nanoseconds)
    let measured = measuredAt
    changedAt = max(changedAt, instant(nanoseconds))
    // What links have carried by now does not change with what they can carry.
    if measured == nanoseconds { (measuredAt, isUnsettled) = (measured, true) }
    let isOtherwise = isOut(link) != (capacity == 0)
    sharing.setCapacity(of: link, to: capacity)
    if isOtherwise { lookAgainAtWhatStands(on: link) }
  }

  /// What stood still on a link that is down from now on, or no longer, may wait for something else.
  private mutating func lookAgainAtWhatStands(on link: Int) {
    for seat in 0..<sharing.active.count {
      let index = sharing.active[seat]
      guard rate(of: index) == 0 else { continue }
      let record = sharing.classes[index]
      let crosses = (Int(record.pathStart)..<Int(record.pathStart + record.hops)).contains {
        sharing.link(ofEntry: $0) == link
      }
      if crosses { sharing.touch(index) }
    }
  }

  /// Gives the flows of a class another weight and ceiling from an instant on, and another yield.
  ///
  /// Its floor stays as it is where none is given. With one as high as the ceiling its flows have
  /// just that rate, whoever shares their links, as long as floors fit.
  ///
  /// The yield is the part of what they send that is of use; the rest are bits sent again. A flow
  /// is done when its bits have come through, and links carry all that is sent.
  ///
  /// Where it is what a flow leaves that is done within this nanosecond, terms change as that is done.
  ///
  /// - Precondition: The class has had a ceiling from the start, and the yield is above 0.
  public mutating func setTerms(
    ofClass flowClass: Int, weight: Double, floor: Double? = nil, ceiling: Double, yield: Double,
    at nanoseconds: Int64, asFlowsEnd: Bool = false
  ) {
    precondition(yield > 0 && yield <= 1, "a yield is a part of what is sent")
    let index = Int32(flowClass)
    moveOriginIfFar(from: nanoseconds)
    changedAt = max(changedAt, asFlowsEnd ? lastEnd(in: nanoseconds) : instant(nanoseconds))
    if progress[index].flows > 0 {
      advance(index, to: changedAt)
      book(index)
    }
    let old = sharing.terms[index]
    precondition(
      old.ceiling < .infinity && ceiling < .infinity, "a ceiling that changes is always there")
    let new = FlowTerms(
      weight: weight, floor: floor ?? old.floor, ceiling: ceiling, layer: old.layer)
    if isGrouped, !sharing.canStayInGroups(with: new) { leaveGroups() }
    progress[index].yield = yield
    let isActive = progress[index].flows > 0
    // Its seat among the active classes goes to the last of them, and it is the last from now on.
    if isActive, !isGrouped { finishes.remove(Int(sharing.classes[index].activeIndex)) }
    sharing.setTerms(of: index, to: new)
    guard isActive else { return }
    if isGrouped {
      takeTermsInGroup(index)
    } else {
      finishes.append(index)
    }
  }

  /// Names what a class waits for while nothing but its ceiling holds it.
  ///
  /// The position is that of a link on its path, nil for the ceiling itself.
  public mutating func nameHolder(
    ofClass flowClass: Int, as position: Int?, at nanoseconds: Int64
  ) {
    let index = Int32(flowClass)
    let record = sharing.classes[index]
    ceilingEntries.resize(to: max(ceilingEntries.count, flowClass + 1), filling: -1)
    ceilingEntries[index] = position.map { record.pathStart + Int32($0) } ?? -1
    guard progress[index].flows > 0 else { return }
    setHolder(
      of: index, to: namedHolder(of: index), isStill: rate(of: index) == 0,
      at: max(changedAt, lastEnd(in: nanoseconds)))
  }

  /// The instant of the last change, where that lies within the nanosecond that ends; else its end.
  private func lastEnd(in nanoseconds: Int64) -> Double {
    let now = instant(nanoseconds)
    return changedAt > now - 1 ? changedAt : now
  }

  /// The path entry that holds a class: of its ceiling, the one that was named for it.
  @inline(__always)
  func namedHolder(of index: Int32) -> Int32 {
    let record = sharing.classes[index]
    guard record.heldAt == record.pathStart + record.hops, index < ceilingEntries.count,
      ceilingEntries[index] >= 0
    else { return record.heldAt }
    return ceilingEntries[index]
  }

  /// Whether a link has no capacity at all.
  public mutating func isOut(_ link: Int) -> Bool { sharing.linkCapacity[link] == 0 }

  /// What the flows of a class have sent up to an instant, in bits; a look that changes nothing.
  @inline(__always)
  public func sentBits(ofClass index: Int, at nanoseconds: Int64) -> Double {
    let state = progress[index]
    let served = virtualTime(of: Int32(index), at: instant(nanoseconds))
    return state.sent + (served - state.bookedTime) * Double(state.flows) / state.yield
  }

  /// What the flow of a class that is done next has yet to send, in bits; 0 where there is none.
  @inline(__always)
  public func bitsLeft(ofNextIn index: Int, at nanoseconds: Int64) -> Double {
    let state = progress[index]
    guard state.flows > 0 else { return 0 }
    let served = virtualTime(of: Int32(index), at: instant(nanoseconds))
    return max(0, state.heap.first.finish - served)
  }

  /// The same, for whoever asks of many: a call that could change nothing would first copy the whole
  /// system, as the compiler has it.
  public mutating func currentBitsLeft(ofNextIn index: Int, at nanoseconds: Int64) -> Double {
    bitsLeft(ofNextIn: index, at: nanoseconds)
  }

  /// The part of what a class has sent that was of no use, in bits; `flush` must have come first.
  public func bitsSentAgain(ofClass index: Int) -> Double { progress[index].sentAgain }

  /// The rate at which each flow of a class sends, in bit/s, with what is sent again.
  public func sendingRate(ofClass index: Int) -> Double {
    rate(of: Int32(index)) * 1e9 / progress[index].yield
  }

  /// Path entries of the classes that have flows: what a look at all of them costs.
  public var activeHops: Int { sharing.activeHops }

  /// Calls `body` for each class that has flows, in an order that depends on the past alone.
  public func forEachActiveClass(_ body: (_ index: Int, _ flows: Int) -> Void) {
    for place in 0..<sharing.active.count {
      let index = sharing.active[place]
      body(Int(index), Int(progress[index].flows))
    }
  }
}

extension Sharing {
  /// Gives a class other terms in the same layer.
  mutating func setTerms(of index: Int32, to new: FlowTerms) {
    if new.floor > 0 { hasFloors = true }
    let flows = classes[index].flows
    // Out with all flows and in with them again, which puts in line whatever they disturb.
    if flows > 0 { changeFlows(of: index, by: -flows) }
    terms[index] = new
    floorRatios.ofClass[index] = floorRatios.number(of: new)
    classes[index].limit = new.levelLimit
    limitGroup[index] = dense.limitGroup(of: new.levelLimit)
    if flows > 0 {
      changeFlows(of: index, by: flows)
    } else {
      classes[index].level = new.levelLimit
      classes[index].heldAt = classes[index].pathStart + classes[index].hops
    }
    touch(index)
  }
}
