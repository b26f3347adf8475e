// SPDX-License-Identifier: GPL-3.0-or-later

// Classes join groups, leave them, and change their weight there.

extension Sharing {
  /// Whether classes can be dealt with as groups.
  var canFormGroups: Bool { !floorRatios.areTooMany }

  /// Whether classes can be in the groups as they were formed, with some that have such terms.
  mutating func canStayInGroups(with terms: FlowTerms) -> Bool {
    _ = floorRatios.number(of: terms)
    return canFormGroups && floorRatios.count == Int(groups.ratios)
  }

  /// The holder of an active class.
  @inline(__always)
  func holder(of index: Int32) -> Int32 {
    let port = pathPort[classes[index].heldAt]
    return port == Sharing.ownCeiling ? Groups.ceilings : Groups.holder(ofPort: port)
  }

  /// The level of a class that a holder holds.
  @inline(__always)
  func level(of index: Int32, heldBy holder: Int32) -> Double {
    holder == Groups.ceilings ? classes[index].limit : groups.levels[holder]
  }

  /// Puts all classes that have flows in groups, each with the one that holds it.
  mutating func formGroups(at instant: Double) {
    groups = Groups()
    groups.isOn = true
    groups.now = instant
    groups.ratios = Int32(floorRatios.count)
    groups.addHolder(capacity: .infinity, level: .infinity)
    for port in 0..<ports.count {
      groups.addHolder(capacity: ports[port].capacity, level: ports[port].level)
    }
    groups.makeRoom(classes: classes.count, places: pathPort.count)
    for seat in 0..<active.count { join(active[seat], holder: holder(of: active[seat])) }
    queue.removeAll()
  }

  /// Puts the levels of groups back to their classes and links, all of which are then shared anew.
  mutating func dissolveGroups() {
    for seat in 0..<active.count {
      let index = active[seat]
      classes[index].level = level(of: index, heldBy: holder(of: index))
      touch(index)
    }
    for port in 0..<ports.count {
      if port % layers == 0 { disturb(Int32(port)) }
      ports[port].setCapacity(groups.links[Groups.holder(ofPort: Int32(port))].capacity)
      let level = groups.levels[Groups.holder(ofPort: Int32(port))]
      ports[port].setLevel(pieces[port].isCovered ? .infinity : level)
      ports[port].forgetLoad()
      ports[port].setStale()
    }
    groups = Groups()
    enterAllPaths()
    isAllDisturbed = true
  }

  /// The places of a class in the path columns: its links that can be full.
  @inline(__always)
  func places(of index: Int32) -> Range<Int32> {
    let record = classes.base + Int(index)
    return record.pointee.pathStart..<record.pointee.pathStart + record.pointee.openPorts
  }

  /// Puts a class in the group of a holder.
  mutating func join(_ index: Int32, holder: Int32) {
    for place in places(of: index) { join(index, holder: holder, place: place) }
    enterLimits(index, of: holder)
    groups.noteChange(of: holder)
  }

  @inline(__always)
  mutating func join(_ index: Int32, holder: Int32, place: Int32) {
    let link = Groups.holder(ofPort: openPort[place])
    let record = classes.base + Int(index)
    groups.classAt[place] = index
    if holder == Groups.ceilings {
      groups.capped.enter(
        place, limit: record.pointee.limit,
        load: load(of: record.pointee, at: record.pointee.limit), on: link)
    } else {
      groups.enter(
        PairMember(flowClass: index, place: place), weight: record.pointee.weight,
        floor: record.pointee.floor, groups.pair(holder, link))
    }
  }

  /// Takes a class out of the group of its holder.
  mutating func leave(_ index: Int32, holder: Int32) {
    for place in places(of: index) { leave(index, place: place) }
    leaveLimits(index, of: holder)
    groups.noteChange(of: holder)
  }

  @inline(__always)
  private mutating func leave(_ index: Int32, place: Int32) {
    let record = classes.base + Int(index)
    if groups.pairAt[place] < 0 {
      let link = Groups.holder(ofPort: openPort[place])
      let load = load(of: record.pointee, at: record.pointee.limit)
      groups.capped.leave(place, load: load, on: link)
      if groups.capped.isWorn(link) { sumCappedAnew(link) }
    } else if let worn = groups.leave(
      place: place, weight: record.pointee.weight, floor: record.pointee.floor)
    {
      sumAnew(worn)
    }
  }

  @inline(__always)
  private mutating func enterLimits(_ index: Int32, of holder: Int32) {
    guard holder != Groups.ceilings, classes[index].limit < .infinity else { return }
    groups.limits.insert(index, key: classes[index].limit, into: holder)
  }

  @inline(__always)
  private mutating func leaveLimits(_ index: Int32, of holder: Int32) {
    guard holder != Groups.ceilings, classes[index].limit < .infinity else { return }
    groups.limits.remove(index, from: holder)
  }

  mutating func sumAnew(_ pair: Int32) {
    let list = groups.pairs[pair].members
    let members = groups.members.base + Int(list.start)
    var (weight, floor) = (0.0, 0.0)
    for place in 0..<Int(list.count) {
      let record = classes.base + Int(members[place].flowClass)
      weight += record.pointee.weight
      floor += record.pointee.floor
    }
    groups.renew(pair, weight: weight, floor: floor)
  }

  mutating func sumCappedAnew(_ link: Int32) {
    var sum = 0.0
    for number in 0..<groups.capped.count(on: link) {
      let record = classes[groups.classAt[groups.capped.place(number, on: link)]]
      sum += load(of: record, at: record.limit)
    }
    groups.capped.renew(link, to: sum)
  }

  /// Takes a class with all that it sends from one holder to another.
  mutating func move(_ index: Int32, from old: Int32, to new: Int32) {
    let record = classes[index]
    let change =
      load(of: record, at: level(of: index, heldBy: new))
      - load(of: record, at: level(of: index, heldBy: old))
    for place in places(of: index) {
      leave(index, place: place)
      join(index, holder: new, place: place)
      let link = Groups.holder(ofPort: openPort[place])
      if link != new { load(link, by: change) }
    }
    leaveLimits(index, of: old)
    enterLimits(index, of: new)
    classes[index].heldAt = entry(of: new, inPathOf: index)
    touch(index)
  }

  mutating func entry(of holder: Int32, inPathOf index: Int32) -> Int32 {
    let start = classes[index].pathStart
    let end = start + classes[index].hops
    guard holder != Groups.ceilings else { return end }
    var entry = start
    while pathPort[entry] != Groups.port(of: holder) { entry += 1 }
    assert(entry < end)
    return entry
  }

  /// Adds to what a link carries, and puts it in line where that may change its level.
  @inline(__always)
  mutating func load(_ link: Int32, by change: Double) {
    let level = groups.levels[link]
    if level < .infinity {
      queue(link, at: level)
    } else if !addLoad(change, to: link) {
      queue(link, at: groups.reached)
    }
  }

  /// Puts a link in line where its layer is being solved, and else has it wait for that.
  @inline(__always)
  private mutating func queue(_ link: Int32, at level: Double) {
    if layers == 1 || layer(of: link) == groups.layer {
      groups.queue.push(link, at: level)
    } else {
      groups.later.append(LaterLook(link: link, level: level))
    }
  }

  /// The layer of a link.
  @inline(__always)
  func layer(of link: Int32) -> Int { Int(Groups.port(of: link)) % layers }

  /// Notes that a link may leave something else to the layer below.
  @inline(__always)
  mutating func noteLoose(_ link: Int32) {
    guard layers > 1, !groups.links[link].isLoose, layer(of: link) + 1 < layers else { return }
    groups.links[link].isLoose = true
    groups.loose.append(link)
  }

  /// Adds to the load of a link that is not full.
  ///
  /// - Returns: whether it is still slack beyond doubt.
  @inline(__always)
  mutating func addLoad(_ change: Double, to link: Int32) -> Bool {
    noteLoose(link)
    groups.additions &+= 1
    return groups.links.base[Int(link)].add(change)
  }
}

extension GroupLink {
  private static let margin = 1e-9

  /// Whether the load leaves the margin.
  @inline(__always)
  var isClearlySlack: Bool { load <= capacity * (1 - GroupLink.margin) }

  @inline(__always)
  mutating func add(_ change: Double) -> Bool {
    load += change
    // A sum so large rounds too much.
    if load > 4 * capacity { load = .nan }
    return isClearlySlack
  }
}

extension Groups {
  /// Has the loads of all links summed anew when they are needed next.
  mutating func forgetLoads() {
    additions = 0
    for link in 0..<Int32(links.count) { forgetLoad(of: link) }
  }

  @inline(__always)
  mutating func forgetLoad(of link: Int32) {
    links[link].load = levels[link] < .infinity ? -.infinity : .nan
  }
}
