// SPDX-License-Identifier: GPL-3.0-or-later

// Time in groups: a class is served by the clock of its group, and looked at when it leaves.

extension FluidSystem {
  /// Whether classes are in groups now.
  var isGrouped: Bool {
    @inline(__always) get { sharing.groups.isOn }
  }

  /// The first finish of all; infinity where there is none.
  var leastFinish: Double {
    @inline(__always) mutating get {
      isGrouped ? groupFinishes.least : finishes.least
    }
  }

  /// Bits of each flow of a class for one of the clock of its group.
  @inline(__always)
  private func bitsPerReading(of index: Int32) -> Double {
    sharing.terms[index].weight * 1e-9 * progress[index].yield
  }

  /// Bits per nanosecond for each flow of a class.
  @inline(__always)
  func rate(of index: Int32) -> Double {
    guard isGrouped else { return progress[index].rate }
    let holder = progress[index].holder
    return holder < 0 ? 0 : sharing.groups.levels[holder] * bitsPerReading(of: index)
  }

  /// Bits served to each flow of a class by an instant at the rate it has; changes nothing.
  @inline(__always)
  func virtualTime(of index: Int32, at now: Double) -> Double {
    let state = progress[index]
    guard isGrouped else {
      return state.virtualTime + state.rate * max(0, now - state.updatedAt)
    }
    guard state.holder >= 0, now > state.updatedAt else { return state.virtualTime }
    let reading = sharing.groups.clock(state.holder, at: now)
    return state.virtualTime + (reading - state.mark) * bitsPerReading(of: index)
  }

  /// Serves the flows of a class up to an instant, which is later than the last.
  mutating func advanceInGroup(_ index: Int32, to now: Double) {
    let state = progress.base + Int(index)
    guard state.pointee.holder >= 0 else { return }
    let reading = sharing.groups.clock(state.pointee.holder, at: now)
    state.pointee.virtualTime += (reading - state.pointee.mark) * bitsPerReading(of: index)
    state.pointee.mark = reading
  }

  /// Notes what the clock of a group showed when a class was last served, which may be later than the
  /// latest change.
  @inline(__always)
  private mutating func setMark(of index: Int32, in holder: Int32) {
    progress[index].mark = sharing.groups.clock(holder, at: progress[index].updatedAt)
  }

  /// What the clock of a class's group will show when its next flow is done.
  @inline(__always)
  private func key(of index: Int32) -> Double {
    let state = progress.base + Int(index)
    let left = state.pointee.heap.first.finish - state.pointee.virtualTime
    return state.pointee.mark + left / bitsPerReading(of: index)
  }

  /// The instant at which the next flow of a group will be done, not before another.
  @inline(__always)
  private func finishInstant(ofGroup holder: Int32, notBefore now: Double) -> Double {
    let level = sharing.groups.levels[holder]
    guard level > 0, !groupFinishes.heaps.isEmpty(holder) else { return .infinity }
    let clock = sharing.groups.clocks[holder]
    let left = groupFinishes.heaps.first(of: holder).key - clock.reading
    return max(now, clock.at + left / level)
  }

  /// Puts a class in its place again after a flow of it has gone; takes it out where all have.
  mutating func renewInGroup(_ index: Int32, at now: Double) {
    let holder = progress[index].holder
    guard holder >= 0 else { return }
    if progress[index].flows > 0 {
      groupFinishes.heaps.setKey(of: index, to: key(of: index), in: holder)
    } else {
      groupFinishes.heaps.remove(index, from: holder)
      progress[index].holder = -1
    }
    groupFinishes.set(holder, to: finishInstant(ofGroup: holder, notBefore: now))
  }
}

// MARK: - Settling

extension FluidSystem {
  /// Shares the links anew after the changes since the last time.
  mutating func settleGroups() {
    guard !sharing.touched.isEmpty || sharing.groups.isDisturbed else { return }
    if isUnsettled { measuredAt = nil }
    areRatesKnown = false
    sharing.groups.now = changedAt
    guard sharing.solveGroups() else { return giveGroupsUp() }
    groupFinishes.makeRoom(groups: sharing.groups.links.count, classes: progress.count)
    for position in 0..<sharing.touched.count { follow(sharing.touched[position]) }
    let updates = sharing.groups.changed.count
    for position in 0..<updates {
      let holder = sharing.groups.changed[position]
      sharing.groups.links[holder].isChanged = false
      groupFinishes.set(
        holder, to: finishInstant(ofGroup: holder, notBefore: changedAt), amongUpdates: updates)
    }
    groupFinishes.repair(afterUpdates: updates)
    sharing.groups.changed.removeAll()
    let work = sharing.groups.work + GroupChoice.touch * (sharing.touched.count + updates)
    let changes = sharing.effort.changes
    (sharing.groups.work, sharing.effort.changes) = (0, 0)
    sharing.startBatch()
    moveOriginIfFar(from: origin + Int64(changedAt))
    if choice.classesPay(
      work: work, changes: changes, active: sharing.active.count, places: sharing.activeHops)
    {
      leaveGroups()
      sharing.solve()
      shareOut()
    }
  }

  /// Serves a class up to now in the group it was in, and goes on in the one it is in.
  @inline(__always)
  private mutating func follow(_ index: Int32) {
    advance(index, to: changedAt)
    let record = sharing.classes[index]
    guard record.flows > 0 else { return }
    let old = progress[index].holder
    let new = sharing.holder(of: index)
    setHolder(
      of: index, to: record.heldAt, isStill: sharing.groups.levels[new] == 0, at: changedAt)
    if old != new {
      if old >= 0 {
        groupFinishes.heaps.remove(index, from: old)
        sharing.groups.noteChange(of: old)
      }
      setBackIfFar(new, index)
      progress[index].holder = new
      setMark(of: index, in: new)
      groupFinishes.heaps.insert(index, key: key(of: index), into: new)
    } else {
      setBackIfFar(new, index)
      groupFinishes.heaps.setKey(of: index, to: key(of: index), in: new)
    }
    sharing.groups.noteChange(of: new)
  }

  /// Sets the clock of a group back to 0 before small flows get lost beside what it shows.
  ///
  /// A number near 2^34 bits is exact to 2^-18 bits.
  private mutating func setBackIfFar(_ holder: Int32, _ index: Int32) {
    let reading = sharing.groups.clock(holder, at: changedAt)
    guard reading * bitsPerReading(of: index) > 0x1p34 else { return }
    let count = groupFinishes.heaps.count(of: holder)
    for place in 0..<count {
      advance(groupFinishes.heaps.flowClass(at: place, of: holder), to: changedAt)
    }
    sharing.groups.clocks[holder] = GroupClock(reading: 0, at: changedAt)
    for place in 0..<count {
      let index = groupFinishes.heaps.flowClass(at: place, of: holder)
      setMark(of: index, in: holder)
      groupFinishes.heaps.setKey(at: place, of: holder, to: key(of: index))
    }
    groupFinishes.heaps.restoreOrder(of: holder)
  }
}

extension FluidSystem {
  /// Has the clocks of groups count from an origin that is so much later.
  mutating func moveGroupOrigin(by shift: Double) {
    sharing.groups.now -= shift
    for holder in 0..<Int32(sharing.groups.links.count) {
      sharing.groups.clocks[holder].at -= shift
      groupFinishes.set(holder, to: finishInstant(ofGroup: holder, notBefore: max(0, changedAt)))
    }
  }
}

// MARK: - Between classes and groups

extension FluidSystem {
  /// Puts classes in groups where that costs less.
  mutating func formGroupsIfTheyPay(touched: Int) {
    let work = GroupChoice.touch * touched + GroupChoice.visit * sharing.effort.visits
    let changes = sharing.effort.changes
    (sharing.effort.visits, sharing.effort.changes) = (0, 0)
    guard
      choice.groupsPay(
        work: work, changes: changes, active: sharing.active.count, places: sharing.activeHops)
    else { return }
    formGroups()
  }

  /// Puts all classes in groups; links must have been shared anew.
  private mutating func formGroups() {
    let active = sharing.active.count
    for seat in 0..<active { advance(sharing.active[seat], to: changedAt) }
    sharing.formGroups(at: changedAt)
    finishes.removeAll()
    groupFinishes = GroupFinishes()
    groupFinishes.makeRoom(groups: sharing.groups.links.count, classes: progress.count)
    for seat in 0..<active {
      let index = sharing.active[seat]
      progress[index].holder = sharing.holder(of: index)
      setMark(of: index, in: progress[index].holder)
      groupFinishes.heaps.insert(index, key: key(of: index), into: progress[index].holder)
    }
    for holder in 0..<Int32(sharing.groups.links.count) {
      sharing.groups.links[holder].isChanged = false
      groupFinishes.set(holder, to: finishInstant(ofGroup: holder, notBefore: changedAt))
    }
    sharing.groups.changed.removeAll()
  }

  /// Deals with classes one by one from here on, and shares all links anew.
  private mutating func giveGroupsUp() {
    leaveGroups()
    choice.goBack()
    sharing.solve()
    shareOut()
  }

  /// Deals with classes one by one from here on; the links must then be shared anew.
  mutating func leaveGroups() {
    let active = sharing.active.count
    for seat in 0..<active {
      let index = sharing.active[seat]
      advance(index, to: changedAt)
      progress[index].rate = rate(of: index)
    }
    for seat in 0..<active { progress[sharing.active[seat]].holder = -1 }
    sharing.dissolveGroups()
    groupFinishes = GroupFinishes()
    for seat in 0..<active {
      let index = sharing.active[seat]
      finishes.append(index)
      finishes.set(seat, to: finishInstant(of: index))
    }
  }
}
