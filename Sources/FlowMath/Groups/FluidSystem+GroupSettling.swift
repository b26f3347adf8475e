// SPDX-License-Identifier: GPL-3.0-or-later

// Classes follow what holds them after each solve, and go into groups and out of them.

extension FluidSystem {
  /// Shares the links anew after the changes since the last time.
  mutating func settleGroups() {
    guard !sharing.touched.isEmpty || sharing.groups.isDisturbed else { return }
    if isUnsettled { measuredAt = nil }
    sharing.groups.now = changedAt
    guard sharing.solveGroups() else { return giveGroupsUp() }
    makeRoomForFinishes()
    for position in 0..<sharing.touched.count { follow(sharing.touched[position]) }
    if notesRates { noteChangedRates() }
    let updates = sharing.groups.changed.count
    for position in 0..<updates {
      let holder = sharing.groups.changed[position]
      sharing.groups.links[holder].isChanged = false
      groupFinishes.set(
        holder, to: finishInstant(ofHolder: holder, notBefore: changedAt), amongUpdates: updates)
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

  private mutating func makeRoomForFinishes() {
    groupFinishes.makeRoom(
      holders: sharing.groups.links.count, ratios: sharing.groups.ratios, classes: progress.count)
  }

  /// Notes the classes that were touched, and all those whose holder may have another level.
  private mutating func noteChangedRates() {
    for position in 0..<sharing.touched.count { changedRates.append(sharing.touched[position]) }
    for position in 0..<sharing.groups.changed.count {
      let own = sharing.groups.links[sharing.groups.changed[position]].own
      guard own >= 0 else { continue }
      let list = sharing.groups.pairs[own].members
      for place in 0..<Int(list.count) {
        changedRates.append(sharing.groups.members.base[Int(list.start) + place].flowClass)
      }
    }
  }

  /// Serves a class up to now in the group it was in, and goes on in the one it is in.
  @inline(__always)
  private mutating func follow(_ index: Int32) {
    advance(index, to: changedAt)
    let record = sharing.classes[index]
    guard record.flows > 0 else { return }
    let new = sharing.holder(of: index)
    let ratio = sharing.floorRatios.ofClass[index]
    let state = progress.base + Int(index)
    if state.pointee.holder != new || state.pointee.floorRatio != ratio {
      if state.pointee.holder >= 0 {
        groupFinishes.heaps.remove(index, from: list(of: index))
        sharing.groups.noteChange(of: state.pointee.holder)
      }
      (state.pointee.holder, state.pointee.floorRatio) = (new, ratio)
      setBackIfFar(new, index)
      setMark(of: index)
    } else {
      setBackIfFar(new, index)
    }
    let holder = ceilingEntries.isEmpty ? record.heldAt : namedHolder(of: index)
    setHolder(of: index, to: holder, isStill: rate(of: index) == 0, at: changedAt)
    if groupFinishes.heaps.contains(index) {
      groupFinishes.heaps.setKey(of: index, to: key(of: index), in: list(of: index))
    } else {
      groupFinishes.heaps.insert(index, key: key(of: index), into: list(of: index))
    }
    sharing.groups.noteChange(of: new)
  }

  /// Sets the clock of a group back to 0 before small flows get lost beside what it shows.
  ///
  /// A number near 2^34 bits is exact to 2^-18 bits.
  private mutating func setBackIfFar(_ holder: Int32, _ index: Int32) {
    guard holder != Groups.ceilings else { return }
    let reading = reading(of: index, at: changedAt)
    guard reading * bitsPerReading(of: index) > 0x1p34 else { return }
    for ratio in 0..<sharing.groups.ratios {
      let list = groupFinishes.list(holder, ratio)
      for place in 0..<groupFinishes.heaps.count(of: list) {
        advance(groupFinishes.heaps.entry(at: place, of: list).member, to: changedAt)
      }
    }
    sharing.groups.clocks[holder] = GroupClock(at: changedAt)
    for ratio in 0..<sharing.groups.ratios {
      let list = groupFinishes.list(holder, ratio)
      for place in 0..<groupFinishes.heaps.count(of: list) {
        let index = groupFinishes.heaps.entry(at: place, of: list).member
        setMark(of: index)
        groupFinishes.heaps.setKey(at: place, of: list, to: key(of: index))
      }
      groupFinishes.heaps.restoreOrder(of: list)
    }
  }
}

extension FluidSystem {
  /// Has the clocks of groups count from an origin that is so much later.
  mutating func moveGroupOrigin(by shift: Double) {
    // There may be more links than at the last settle.
    makeRoomForFinishes()
    sharing.groups.now -= shift
    let capped = groupFinishes.list(Groups.ceilings, 0)
    for place in 0..<groupFinishes.heaps.count(of: capped) {
      let entry = groupFinishes.heaps.entry(at: place, of: capped)
      groupFinishes.heaps.setKey(at: place, of: capped, to: entry.key - shift)
    }
    for holder in 0..<Int32(sharing.groups.links.count) {
      sharing.groups.clocks[holder].at -= shift
      groupFinishes.set(holder, to: finishInstant(ofHolder: holder, notBefore: max(0, changedAt)))
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
    makeRoomForFinishes()
    for seat in 0..<active {
      let index = sharing.active[seat]
      progress[index].holder = sharing.holder(of: index)
      progress[index].floorRatio = sharing.floorRatios.ofClass[index]
      setMark(of: index)
      groupFinishes.heaps.insert(index, key: key(of: index), into: list(of: index))
    }
    for holder in 0..<Int32(sharing.groups.links.count) {
      sharing.groups.links[holder].isChanged = false
      groupFinishes.set(holder, to: finishInstant(ofHolder: holder, notBefore: changedAt))
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
    // Rates may be new ones already that nobody was told of.
    if notesRates { for seat in 0..<active { changedRates.append(sharing.active[seat]) } }
    sharing.dissolveGroups()
    groupFinishes = GroupFinishes()
    for seat in 0..<active {
      let index = sharing.active[seat]
      finishes.append(index)
      finishes.set(seat, to: finishInstant(of: index))
    }
  }
}
