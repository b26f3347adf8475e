// SPDX-License-Identifier: GPL-3.0-or-later

// Which classes have flows, and which of them each port carries.

extension Sharing {
  /// Enters a class on the ports of its path, at the level of the lowest that is full.
  mutating func activate(_ index: Int32) {
    enterPath(index)
    let start = Int(classes[index].pathStart)
    var level = classes[index].limit
    var heldAt = start + Int(classes[index].hops)
    for hop in start..<heldAt where ports[pathPort[hop]].level < level {
      level = ports[pathPort[hop]].level
      heldAt = hop
    }
    if level == .infinity { (level, heldAt) = firstHold(of: classes[index]) }
    classes[index].level = level
    classes[index].heldAt = Int32(heldAt)
  }

  /// Enters a class that has flows on those ports of its path that can be full.
  mutating func enterPath(_ index: Int32) {
    classes[index].activeIndex = Int32(active.count)
    active.append(index)
    let start = Int(classes[index].pathStart)
    let hops = Int(classes[index].hops)
    activeHops += hops
    var open = start
    for hop in start..<start + hops {
      let port = pathPort[hop]
      guard !pieces[port].isCovered else { continue }
      enter(PortMember(flowClass: index, hop: Int32(hop)), on: port)
      openPort[open] = port
      open += 1
    }
    classes[index].openPorts = Int32(open - start)
  }

  /// A guess at the level and the bottleneck of a class that meets no full port and no ceiling.
  ///
  /// The port with the least to spare is likely to hold it. Its load counts as unknown, so that
  /// the solve that follows will look at it and put a wrong guess right; the other ports need
  /// no look where they are slack with that level too, as they are not with one of infinity.
  private mutating func firstHold(of record: SharingClass) -> (level: Double, heldAt: Int) {
    var spare = Double.infinity
    var heldAt = Int(record.pathStart)
    for hop in heldAt..<heldAt + Int(record.hops) where !pieces[pathPort[hop]].isCovered {
      let port = ports.base + Int(pathPort[hop])
      let left = port.pointee.capacity - port.pointee.load
      if left < spare {
        spare = left
        heldAt = hop
      }
    }
    let port = pathPort[heldAt]
    if !(spare < .infinity) { spare = ports[port].capacity }
    ports[port].forgetLoad()
    return (max(0, spare - record.floor) / record.weight, heldAt)
  }

  mutating func deactivate(_ index: Int32) {
    let place = classes[index].activeIndex
    let last = active.removeLast()
    if last != index {
      active[place] = last
      classes[last].activeIndex = place
    }
    classes[index].activeIndex = -1
    let start = Int(classes[index].pathStart)
    let hops = Int(classes[index].hops)
    activeHops -= hops
    for hop in start..<start + hops where pathSlot[hop] >= 0 { leave(hop) }
  }

  /// Enters a class on a port; in groups its members are only counted.
  mutating func enter(_ member: PortMember, on port: Int32) {
    let count = pieces[port].count
    guard !groups.isOn else {
      pathSlot[member.hop] = count
      pieces[port].count = count + 1
      return
    }
    if count == pieces[port].room { enlarge(port) }
    members[pieces[port].start + count] = member
    pathSlot[member.hop] = count
    pieces[port].count = count + 1
  }

  private mutating func leave(_ hop: Int) {
    let port = pathPort[hop]
    let slot = pathSlot[hop]
    let last = pieces[port].count - 1
    guard !groups.isOn else {
      pieces[port].count = last
      pathSlot[hop] = -1
      return
    }
    let start = pieces[port].start
    if slot != last {
      let moved = members[start + last]
      members[start + slot] = moved
      pathSlot[moved.hop] = slot
    }
    pieces[port].count = last
    pathSlot[hop] = -1
  }

  /// Enters all classes that have flows on the ports that they cross, after groups.
  mutating func enterAllPaths() {
    for port in 0..<pieces.count { pieces[port].count = 0 }
    for seat in 0..<active.count {
      let record = classes[active[seat]]
      for hop in Int(record.pathStart)..<Int(record.pathStart + record.hops)
      where pathSlot[hop] >= 0 {
        enter(PortMember(flowClass: active[seat], hop: Int32(hop)), on: pathPort[hop])
      }
    }
  }

  /// Moves a port's members to a piece of twice the size.
  private mutating func enlarge(_ port: Int32) {
    let old = pieces[port]
    let room = max(4, old.room * 2)
    linkMembers.makeRoom(for: Int(room))
    let size = room.trailingZeroBitCount
    let start: Int32
    if let free = freePieces[size].popLast() {
      start = free
    } else {
      start = Int32(members.count)
      members.resize(
        to: members.count + Int(room), filling: PortMember(flowClass: -1, hop: -1))
    }
    for index in 0..<old.count { members[start + index] = members[old.start + index] }
    if old.room > 0 { freePieces[old.room.trailingZeroBitCount].append(old.start) }
    pieces[port].start = start
    pieces[port].room = room
  }
}
