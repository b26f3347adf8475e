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
  func bitsPerReading(of index: Int32) -> Double {
    let terms = sharing.terms.base + Int(index)
    let isPinned = ratio(of: index) == .infinity
    return (isPinned ? terms.pointee.floor : terms.pointee.weight) * 1e-9 * progress[index].yield
  }

  /// The ratio of floor and weight of a class in its group.
  @inline(__always)
  private func ratio(of index: Int32) -> Double {
    sharing.floorRatios[progress[index].floorRatio]
  }

  /// Bits per nanosecond for each flow of a class.
  @inline(__always)
  func rate(of index: Int32) -> Double {
    guard isGrouped else { return progress[index].rate }
    let holder = progress[index].holder
    guard holder >= 0 else { return 0 }
    let level = sharing.level(of: index, heldBy: holder)
    if progress[index].floorRatio == 0, holder != Groups.ceilings {
      return max(0, level) * sharing.terms[index].weight * 1e-9 * progress[index].yield
    }
    return sharing.terms[index].rate(at: level) * 1e-9 * progress[index].yield
  }

  /// Bits served to each flow of a class by an instant at the rate it has; changes nothing.
  @inline(__always)
  func virtualTime(of index: Int32, at now: Double) -> Double {
    let state = progress[index]
    guard isGrouped else {
      return state.virtualTime + state.rate * max(0, now - state.updatedAt)
    }
    guard state.holder >= 0, now > state.updatedAt else { return state.virtualTime }
    guard state.holder != Groups.ceilings else {
      return state.virtualTime + rate(of: index) * (now - state.updatedAt)
    }
    return state.virtualTime
      + (reading(of: index, at: now) - state.mark) * bitsPerReading(of: index)
  }

  /// What the clock of its group shows to a class that a link holds.
  @inline(__always)
  func reading(of index: Int32, at now: Double) -> Double {
    sharing.groups.clock(progress[index].holder, at: now).reading(ratio(of: index))
  }

  /// Serves the flows of a class up to an instant, which is later than the last.
  mutating func advanceInGroup(_ index: Int32, to now: Double) {
    let state = progress.base + Int(index)
    guard state.pointee.holder >= 0 else { return }
    guard state.pointee.holder != Groups.ceilings else {
      state.pointee.virtualTime += rate(of: index) * (now - state.pointee.updatedAt)
      return
    }
    let reading = reading(of: index, at: now)
    state.pointee.virtualTime += (reading - state.pointee.mark) * bitsPerReading(of: index)
    state.pointee.mark = reading
  }

  /// Notes what the clock of a group showed when a class was last served, which may be later than the
  /// latest change.
  @inline(__always)
  mutating func setMark(of index: Int32) {
    guard progress[index].holder != Groups.ceilings else { return }
    progress[index].mark = reading(of: index, at: progress[index].updatedAt)
  }

  /// What the clock of a class's group will show when its next flow is done; at its own ceiling the
  /// instant of that.
  @inline(__always)
  func key(of index: Int32) -> Double {
    let state = progress.base + Int(index)
    let left = state.pointee.heap.first.finish - state.pointee.virtualTime
    guard state.pointee.holder == Groups.ceilings else {
      return state.pointee.mark + left / bitsPerReading(of: index)
    }
    let rate = rate(of: index)
    return rate > 0 ? state.pointee.updatedAt + max(0, left) / rate : .infinity
  }

  /// The list that a class is in while it is in a group.
  @inline(__always)
  func list(of index: Int32) -> Int32 {
    groupFinishes.list(progress[index].holder, progress[index].floorRatio)
  }

  /// The instant at which the next flow of a holder will be done, not before another.
  @inline(__always)
  func finishInstant(ofHolder holder: Int32, notBefore now: Double) -> Double {
    var least = Double.infinity
    for ratio in 0..<sharing.groups.ratios {
      least = min(least, finishInstant(ofHolder: holder, ratio: ratio))
    }
    return max(now, least)
  }

  @inline(__always)
  private func finishInstant(ofHolder holder: Int32, ratio: Int32) -> Double {
    let list = groupFinishes.list(holder, ratio)
    guard !groupFinishes.heaps.isEmpty(list) else { return .infinity }
    let key = groupFinishes.heaps.first(of: list).key
    guard holder != Groups.ceilings else { return key }
    let value = sharing.floorRatios[ratio]
    let speed = GroupClock.speed(value, at: sharing.groups.levels[holder])
    let clock = sharing.groups.clocks[holder]
    return speed > 0 ? clock.at + (key - clock.reading(value)) / speed : .infinity
  }

  /// The class whose flow is the first of all.
  mutating func firstInGroups() -> Int32 {
    let holder = groupFinishes.first
    var first: Int32 = 0
    if holder != Groups.ceilings, sharing.groups.ratios > 1 {
      for ratio in 1..<sharing.groups.ratios
      where finishInstant(ofHolder: holder, ratio: ratio)
        < finishInstant(ofHolder: holder, ratio: first)
      {
        first = ratio
      }
    }
    return groupFinishes.heaps.first(of: groupFinishes.list(holder, first)).member
  }

  /// Puts a class in its place again after a flow of it has gone; takes it out where all have.
  mutating func renewInGroup(_ index: Int32, at now: Double) {
    let holder = progress[index].holder
    guard holder >= 0 else { return }
    if progress[index].flows > 0 {
      groupFinishes.heaps.setKey(of: index, to: key(of: index), in: list(of: index))
    } else {
      groupFinishes.heaps.remove(index, from: list(of: index))
      progress[index].holder = -1
      progress[index].rate = 0
    }
    groupFinishes.set(holder, to: finishInstant(ofHolder: holder, notBefore: now))
  }

  /// Serves a class on its new terms from now on, at the level that it has until links are shared anew.
  mutating func takeTermsInGroup(_ index: Int32) {
    let holder = progress[index].holder
    guard holder >= 0 else { return }
    groupFinishes.heaps.remove(index, from: list(of: index))
    progress[index].floorRatio = sharing.floorRatios.ofClass[index]
    setMark(of: index)
    groupFinishes.heaps.insert(index, key: key(of: index), into: list(of: index))
    groupFinishes.set(holder, to: finishInstant(ofHolder: holder, notBefore: changedAt))
  }
}
