// SPDX-License-Identifier: GPL-3.0-or-later

// The local solve: water-filling as a change that spreads from link to link.
//
// A full link holds its classes at its level. Whether it does depends only on what happens at
// lower levels, so changes are worked off in the order of levels, as Dijkstra's algorithm works
// off distances: when a port is taken from the queue at some level, all below that level is
// final. A port that finds a new level moves its classes there, and puts the other ports of
// those classes in line: one that gained slack at the level it has now, one that was loaded at
// the present level. Nothing else is looked at. (The same idea for shortest paths: Ramalingam
// and Reps, J. Algorithms 21, 1996.)

extension Sharing {
  /// Puts the disturbed ports of a layer in line.
  ///
  /// Those that may have to move from any level are looked at right away: their level is then
  /// known, and they wait there.
  ///
  /// - Returns: the lowest level from which a port may have to move, infinity where none has to.
  mutating func putInLine(_ layer: Int) -> Double {
    var lowest = Double.infinity
    for index in 0..<disturbed.count where isPort(disturbed[index].port, in: layer) {
      let (port, level) = (disturbed[index].port, disturbed[index].level)
      let record = ports.base + Int(port)
      if record.pointee.isClearlySlack { continue }
      lowest = min(lowest, level)
      guard level == -.infinity else {
        queue.push(port, at: level)
        continue
      }
      if !lookAtSums(port) { look(at: port, guess: 0) }
      queue.push(port, at: min(record.pointee.level, record.pointee.candidate))
    }
    return lowest
  }

  private mutating func look(at port: Int32, guess: Double) {
    ports[port].setCandidate(candidateLevel(of: port, guess: guess))
    pieces[port].isFromSums = false
  }

  /// Finds the candidate of a port from its sums, if they tell.
  @inline(__always)
  private mutating func lookAtSums(_ port: Int32) -> Bool {
    let record = ports.base + Int(port)
    if record.pointee.isSlackFromSums(after: additions) {
      record.pointee.setCandidate(.infinity)
    } else {
      guard !hasFloors, !hasCeilings, let level = record.pointee.levelFromSums(after: additions)
      else { return false }
      record.pointee.setCandidate(level)
    }
    pieces[port].isFromSums = true
    return true
  }

  /// Works off the queue, and gives up where that takes a look at more than `budget` members.
  ///
  /// - Returns: nil when done, else the level that was reached.
  mutating func fillLocally(budget: Int) -> Double? {
    var visited = 0
    defer { effort.visits &+= visited }
    while let (port, level) = queue.pop() {
      let record = ports.base + Int(port)
      if record.pointee.candidate.isNaN {
        if record.pointee.isClearlySlack { continue }
        if !lookAtSums(port) {
          visited &+= Int(pieces[port].count)
          if visited > budget { return queue.bottom(at: level) }
          look(at: port, guess: level)
        }
      }
      let candidate = record.pointee.candidate
      let before = record.pointee.level
      let due = candidate < before ? candidate : before
      if due == .infinity { continue }
      if due > level, due > queue.lowest {
        queue.push(port, at: due)
      } else if pieces[port].isFromSums {
        slide(port, to: candidate, at: max(due, level))
      } else {
        move(port, to: candidate, at: max(due, level))
      }
    }
    return nil
  }

  /// Sets the level of a port and of the classes it holds.
  private mutating func move(_ port: Int32, to candidate: Double, at level: Double) {
    let before = ports[port].level
    let now = abs(candidate - before) <= tolerance(at: before) ? before : candidate
    let above = now + tolerance(at: now)
    queue.shut(port)
    // The members write to all ports of their paths, this one too; its sums are made anew meanwhile.
    let piece = pieces[port]
    let list = members.base + Int(piece.start)
    let classes = classes.base
    var sums = PortSums()
    for index in 0..<Int(piece.count) {
      let member = list[index]
      let flowClass = classes + Int(member.flowClass)
      let isHeldHere = flowClass.pointee.heldAt == member.hop
      let held = isHeldHere ? flowClass.pointee.limit : flowClass.pointee.level
      if held > above {
        sums.held += 1
        sums.heldWeight += flowClass.pointee.weight
        if !isHeldHere || flowClass.pointee.level != now {
          move(member.flowClass, to: now, heldAt: member.hop, at: level)
        }
      } else {
        if isHeldHere {
          let ceiling = flowClass.pointee.pathStart + flowClass.pointee.hops
          move(member.flowClass, to: flowClass.pointee.limit, heldAt: ceiling, at: level)
        }
        sums.load += load(of: flowClass.pointee)
        sums.highest = max(sums.highest, flowClass.pointee.level)
      }
    }
    ports[port].setSums(sums, after: additions)
    ports[port].setLevel(now)
    ports[port].setCandidate(candidate)
    queue.release(port)
  }

  /// Moves a port with the classes it holds, and no others, to a level found from its sums.
  private mutating func slide(_ port: Int32, to candidate: Double, at level: Double) {
    var record = ports[port]
    let before = record.level
    if abs(candidate - before) <= tolerance(at: before) { return }
    queue.shut(port)
    let piece = pieces[port]
    let list = members.base + Int(piece.start)
    let classes = classes.base
    let paths = openPort.base
    let change = candidate - before
    for index in 0..<Int(piece.count) {
      let member = list[index]
      let flowClass = classes + Int(member.flowClass)
      guard flowClass.pointee.heldAt == member.hop else { continue }
      flowClass.pointee.level = candidate
      touch(member.flowClass)
      let path = paths + Int(flowClass.pointee.pathStart)
      let count = Int(flowClass.pointee.openPorts)
      let load = flowClass.pointee.weight * change
      if change > 0 {
        raise(path, count, by: load, to: candidate, at: level)
      } else {
        lower(path, count, by: -load)
      }
    }
    record.setLevel(candidate)
    ports[port] = record
    queue.release(port)
  }

  /// Sets the level of a class and puts the ports of its path in line.
  @inline(never)
  private mutating func move(
    _ index: Int32, to new: Double, heldAt entry: Int32, at level: Double
  ) {
    let record = classes.base + Int(index)
    let old = record.pointee.level
    let loadBefore = load(of: record.pointee)
    let change =
      hasFloors
      ? load(of: record.pointee, at: new) - loadBefore : record.pointee.weight * (new - old)
    let heldBefore = record.pointee.heldAt
    record.pointee.level = new
    record.pointee.heldAt = entry
    touch(index)
    let path = openPort.base + Int(record.pointee.pathStart)
    let hops = Int(record.pointee.openPorts)
    if new > old {
      raise(path, hops, by: change, to: new, at: level)
    } else {
      lower(path, hops, by: -change)
    }
    if heldBefore != entry { letGo(heldBefore, record, load: loadBefore) }
  }

  /// Counts a class that a port held among those that are held elsewhere.
  private mutating func letGo(
    _ entry: Int32, _ record: UnsafeMutablePointer<SharingClass>, load: Double
  ) {
    let port = pathPort[entry]
    guard port != Sharing.ownCeiling else { return }
    additions &+= 1
    ports[port].changeHeld(by: -1, weight: -record.pointee.weight)
    ports[port].add(load, standingAt: record.pointee.level)
  }

  /// Adds to the loads of a path, and puts the ports in line that this may fill.
  @inline(__always)
  private mutating func raise(
    _ path: UnsafeMutablePointer<Int32>, _ count: Int, by change: Double, to new: Double,
    at level: Double
  ) {
    let ports = ports.base
    for position in 0..<count {
      let port = ports + Int(path[position])
      port.pointee.add(change, standingAt: new)
      if !port.pointee.isClearlySlack { queue.push(path[position], at: level) }
    }
  }

  /// Takes off the loads of a path, and puts the ports in line that were full.
  @inline(__always)
  private mutating func lower(
    _ path: UnsafeMutablePointer<Int32>, _ count: Int, by change: Double
  ) {
    let ports = ports.base
    for position in 0..<count {
      let port = ports + Int(path[position])
      port.pointee.takeOff(change)
      // The level of a port that is not full is infinite, and nobody waits there.
      queue.push(path[position], at: port.pointee.level)
    }
  }

  /// How far apart two levels near this one may be and still count as one.
  func tolerance(at level: Double) -> Double {
    level == .infinity ? 0 : levelTolerance * (level < 0 ? max(1, -level) : level)
  }
}
