// SPDX-License-Identifier: GPL-3.0-or-later

// Flows come and go, and links change, while classes are in groups.

extension Sharing {
  /// Adds flows to a class or takes them away.
  mutating func changeFlowsInGroups(of index: Int32, by change: Int32) {
    let before = classes[index].flows
    let after = before + change
    assert(after >= 0)
    let old = classes[index]
    classes[index].flows = after
    if after == 0 {
      changeLoads(of: index, weight: -old.weight, floor: -old.floor)
      leave(index, holder: holder(of: index))
      (classes[index].weight, classes[index].floor) = (0, 0)
      deactivate(index)
    } else {
      classes[index].weight = Double(after) * terms[index].weight
      classes[index].floor = Double(after) * terms[index].floor
      if before == 0 {
        activateInGroups(index)
      } else {
        let weight = classes[index].weight - old.weight
        let floor = classes[index].floor - old.floor
        for place in places(of: index) { changeSum(at: place, weight: weight, floor: floor) }
        changeLoads(of: index, weight: weight, floor: floor)
      }
    }
    touch(index)
  }

  private mutating func changeSum(at place: Int32, weight: Double, floor: Double) {
    let pair = groups.pairAt[place]
    if pair < 0 {
      let link = Groups.holder(ofPort: openPort[place])
      groups.capped.change(
        by: floor + weight * classes[groups.classAt[place]].limit, on: link)
      if groups.capped.isWorn(link) { sumCappedAnew(link) }
    } else {
      groups.change(pair, weight: weight, floor: floor)
      if groups.isWorn(pair) { sumAnew(pair) }
    }
  }

  /// Puts the links of a class in line after its weight and floor have changed.
  private mutating func changeLoads(of index: Int32, weight: Double, floor: Double) {
    let level = level(of: index, heldBy: holder(of: index))
    let load = Sharing.load(weight: weight, floor: floor, at: level)
    for place in places(of: index) {
      let link = Groups.holder(ofPort: openPort[place])
      let before = groups.levels[link]
      if before < .infinity {
        // More can lower any level, less can only raise one.
        wait(for: link, at: weight > 0 ? -.infinity : before)
      } else if !addLoad(load, to: link) {
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
    groups.makeRoom(classes: classes.count, places: pathPort.count)
    var holder = Groups.ceilings
    var level = classes[index].limit
    for place in places(of: index) {
      let link = Groups.holder(ofPort: openPort[place])
      guard groups.levels[link] < level else { continue }
      level = groups.levels[link]
      holder = link
    }
    if level == .infinity { holder = guessHolder(of: index) }
    classes[index].heldAt = entry(of: holder, inPathOf: index)
    join(index, holder: holder)
    changeLoads(of: index, weight: classes[index].weight, floor: classes[index].floor)
  }

  /// A guess at what holds a class that meets no full link and no ceiling.
  ///
  /// The link with the least to spare gets the level that gives all of that to the class; the solve
  /// that follows puts a wrong guess right.
  private mutating func guessHolder(of index: Int32) -> Int32 {
    var spare = Double.infinity
    let places = places(of: index)
    var holder = Groups.holder(ofPort: openPort[places.lowerBound])
    for place in places {
      let link = Groups.holder(ofPort: openPort[place])
      let left = groups.links[link].capacity - groups.links[link].load
      if left < spare { (spare, holder) = (left, link) }
    }
    if !(spare < .infinity) { spare = groups.links[holder].capacity }
    groups.clocks[holder] = GroupClock()
    groups.levels[holder] = max(0, spare - classes[index].floor) / classes[index].weight
    groups.forgetLoad(of: holder)
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
    groups.forgetLoad(of: link)
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
    groups.makeRoom(classes: classes.count, places: pathPort.count)
    join(index, holder: holder(of: index), place: place)
    let link = Groups.holder(ofPort: openPort[place])
    groups.forgetLoad(of: link)
    wait(for: link, at: -.infinity)
  }
}
