// SPDX-License-Identifier: GPL-3.0-or-later

// Flows come and go, and links change, while classes are in groups.

extension Sharing {
  /// Adds flows to a class or takes them away.
  mutating func changeFlowsInGroups(of index: Int32, by change: Int32) {
    let before = classes[index].flows
    let after = before + change
    assert(after >= 0)
    let old = classes[index].weight
    classes[index].flows = after
    if before == 0 {
      classes[index].weight = Double(after) * terms[index].weight
      activateInGroups(index)
    } else if after == 0 {
      changeLoads(of: index, by: -old)
      let places = places(of: index)
      for number in 0..<places.count { leavePair(at: places[number], weight: old) }
      groups.noteChange(of: holder(of: index))
      classes[index].weight = 0
      deactivate(index)
    } else {
      classes[index].weight = Double(after) * terms[index].weight
      let change = classes[index].weight - old
      let places = places(of: index)
      for number in 0..<places.count { changeWeight(at: places[number], by: change) }
      changeLoads(of: index, by: change)
    }
    touch(index)
  }

  private mutating func changeWeight(at place: Int32, by change: Double) {
    let pair = groups.pairAt[place]
    groups.setWeight(of: pair, to: groups.pairs[pair].weight + change)
    if groups.isWorn(pair) { sumAnew(pair) }
  }

  /// Puts the links of a class in line after its weight has changed.
  private mutating func changeLoads(of index: Int32, by change: Double) {
    let holder = holder(of: index)
    let level = groups.levels[holder]
    let start = classes[index].pathStart
    for place in start..<start + classes[index].openPorts {
      let link = Groups.holder(ofPort: openPort[place])
      let before = groups.levels[link]
      if before < .infinity {
        // More can lower any level, less can only raise one.
        wait(for: link, at: change > 0 ? -.infinity : before)
      } else if !addLoad(change * level, to: link) {
        wait(for: link, at: -.infinity)
      }
    }
  }

  /// Puts a link in line for the next solve.
  private mutating func wait(for link: Int32, at level: Double) {
    if layers == 1 {
      groups.queue.push(link, at: level)
    } else {
      groups.later.append(LaterLook(link: link, level: level))
    }
    groups.isDisturbed = true
  }

  /// Enters a class on the links of its path, in the group of the lowest that is full.
  private mutating func activateInGroups(_ index: Int32) {
    enterPath(index)
    groups.makeRoom(places: pathPort.count)
    var holder = limitGroup[index]
    var level = holder >= 0 ? groups.levels[holder] : .infinity
    let start = classes[index].pathStart
    for place in start..<start + classes[index].openPorts {
      let link = Groups.holder(ofPort: openPort[place])
      guard groups.levels[link] < level else { continue }
      level = groups.levels[link]
      holder = link
    }
    if level == .infinity { holder = guessHolder(of: index) }
    classes[index].heldAt = entry(of: holder, inPathOf: index)
    join(index, holder: holder)
    changeLoads(of: index, by: classes[index].weight)
  }

  /// A guess at what holds a class that meets no full link and no ceiling.
  ///
  /// The link with the least to spare gets the level that gives all of that to the class; the solve
  /// that follows puts a wrong guess right.
  private mutating func guessHolder(of index: Int32) -> Int32 {
    var spare = Double.infinity
    let start = classes[index].pathStart
    var holder = Groups.holder(ofPort: openPort[start])
    for place in start..<start + classes[index].openPorts {
      let link = Groups.holder(ofPort: openPort[place])
      let left = groups.links[link].capacity - groups.links[link].load
      if left < spare { (spare, holder) = (left, link) }
    }
    if !(spare < .infinity) { spare = groups.links[holder].capacity }
    groups.clocks[holder] = GroupClock()
    groups.levels[holder] = max(0, spare) / classes[index].weight
    groups.clocks[holder].at = groups.now
    noteLoose(holder)
    return holder
  }

  /// Gives a link another capacity, of which the first layer has all.
  mutating func setCapacityInGroups(of link: Int, to capacity: Double) {
    let first = Groups.holder(ofPort: Int32(link * layers))
    let before = groups.links[first].capacity
    setCapacity(ofHolder: first, to: capacity)
    guard before == 0 || capacity == 0 else { return }
    for layer in 0..<Int32(layers) { touchMembers(of: first + layer) }
  }

  /// Gives a link in one layer another capacity.
  mutating func setCapacity(ofHolder link: Int32, to capacity: Double) {
    groups.links[link].capacity = capacity
    groups.links[link].load = .nan
    wait(for: link, at: -.infinity)
    noteLoose(link)
  }

  /// Has it booked anew whether the classes that a link holds stand still, and for how long.
  private mutating func touchMembers(of link: Int32) {
    guard groups.links[link].own >= 0 else { return }
    let list = groups.pairs[groups.links[link].own].members
    for place in 0..<list.count { touch(groups.members.base[Int(list.start + place)].flowClass) }
  }

  /// Enters a class on a link that can be full from now on.
  mutating func joinInGroups(_ index: Int32, at place: Int32) {
    groups.makeRoom(places: pathPort.count)
    join(index, holder: holder(of: index), place: place, weight: classes[index].weight)
    let link = Groups.holder(ofPort: openPort[place])
    groups.links[link].load = .nan
    wait(for: link, at: -.infinity)
  }
}
