// SPDX-License-Identifier: GPL-3.0-or-later

// Classes join groups, leave them, and change their weight there.

extension Sharing {
  /// Whether classes can be dealt with as groups.
  var canFormGroups: Bool {
    !hasFloors && !changesTerms && !dense.hasManyLimits
  }

  /// The holder of an active class.
  @inline(__always)
  func holder(of index: Int32) -> Int32 {
    let port = pathPort[classes[index].heldAt]
    return port == Sharing.ownCeiling ? limitGroup[index] : Groups.holder(ofPort: port)
  }

  /// Puts all classes that have flows in groups, each with the one that holds it.
  mutating func formGroups(at instant: Double) {
    groups = Groups()
    groups.isOn = true
    groups.now = instant
    for ceiling in 0..<Int(Groups.ceilings) {
      let level = ceiling < dense.limits.count ? dense.limits[ceiling] : .infinity
      groups.addHolder(capacity: .infinity, level: level)
    }
    for port in 0..<ports.count {
      groups.addHolder(capacity: ports[port].capacity, level: ports[port].level)
    }
    groups.makeRoom(places: pathPort.count)
    for seat in 0..<active.count { join(active[seat], holder: holder(of: active[seat])) }
    queue.removeAll()
  }

  /// Puts the levels of groups back to their classes and links, all of which are then shared anew.
  mutating func dissolveGroups() {
    for seat in 0..<active.count {
      let index = active[seat]
      classes[index].level = groups.levels[holder(of: index)]
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

  /// The places of a class in the path columns: its links that can be full, and its ceiling.
  @inline(__always)
  func places(of index: Int32) -> PathPlaces {
    let record = classes.base + Int(index)
    return PathPlaces(
      start: record.pointee.pathStart, links: record.pointee.openPorts,
      ceiling: limitGroup[index] < 0 ? nil : record.pointee.pathStart + record.pointee.hops)
  }

  /// The link at a place of a path, as a holder.
  @inline(__always)
  private func link(at place: Int32, ofClass index: Int32) -> Int32 {
    place == classes[index].pathStart + classes[index].hops
      ? limitGroup[index] : Groups.holder(ofPort: openPort[place])
  }

  /// Puts a class in the group of a holder.
  mutating func join(_ index: Int32, holder: Int32) {
    let weight = classes[index].weight
    let places = places(of: index)
    for number in 0..<places.count {
      join(index, holder: holder, place: places[number], weight: weight)
    }
    groups.noteChange(of: holder)
  }

  @inline(__always)
  mutating func join(_ index: Int32, holder: Int32, place: Int32, weight: Double) {
    let pair = groups.pair(holder, link(at: place, ofClass: index))
    groups.enter(PairMember(flowClass: index, place: place), weight: weight, pair)
  }

  /// Takes a class out of the pair that it is in at a place of its path.
  @inline(__always)
  mutating func leavePair(at place: Int32, weight: Double) {
    if let worn = groups.leave(place: place, weight: weight) { sumAnew(worn) }
  }

  mutating func sumAnew(_ pair: Int32) {
    let list = groups.pairs[pair].members
    let members = groups.members.base + Int(list.start)
    var sum = 0.0
    for place in 0..<Int(list.count) { sum += classes[members[place].flowClass].weight }
    groups.renewWeight(of: pair, to: sum)
  }

  /// Takes a class with all its weight from one holder to another.
  mutating func move(_ index: Int32, from old: Int32, to new: Int32) {
    let weight = classes[index].weight
    let change = weight * (groups.levels[new] - groups.levels[old])
    let places = places(of: index)
    for number in 0..<places.count {
      let place = places[number]
      leavePair(at: place, weight: weight)
      join(index, holder: new, place: place, weight: weight)
      let link = link(at: place, ofClass: index)
      if link != new, link >= Groups.ceilings { load(link, by: change) }
    }
    classes[index].heldAt = entry(of: new, inPathOf: index)
    touch(index)
  }

  mutating func entry(of holder: Int32, inPathOf index: Int32) -> Int32 {
    let start = classes[index].pathStart
    let end = start + classes[index].hops
    guard holder >= Groups.ceilings else { return end }
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
    let record = groups.links.base + Int(link)
    record.pointee.load += change
    record.pointee.additions &+= 1
    // Sums so old or so large round too much.
    if record.pointee.additions < 0 || record.pointee.load > 4 * record.pointee.capacity {
      record.pointee.load = .nan
    }
    return record.pointee.isClearlySlack
  }
}

/// Where a class stands in the columns of paths.
struct PathPlaces: BitwiseCopyable {
  var start: Int32
  var links: Int32
  var ceiling: Int32?

  var count: Int32 { ceiling == nil ? links : links + 1 }

  @inline(__always)
  subscript(number: Int32) -> Int32 {
    if number == links, let ceiling { return ceiling }
    return start + number
  }
}

extension GroupLink {
  private static let margin = 1e-9

  /// Whether the load leaves the margin.
  @inline(__always)
  var isClearlySlack: Bool { load <= capacity * (1 - GroupLink.margin) }
}
