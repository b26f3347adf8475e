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
  mutating func putInLine(_ layer: Int) {
    for index in 0..<disturbed.count where isPort(disturbed[index].port, in: layer) {
      let (port, level) = (disturbed[index].port, disturbed[index].level)
      let record = ports.base + Int(port)
      if record.pointee.isClearlySlack { continue }
      guard level == -.infinity else {
        queue.push(port, at: level)
        continue
      }
      look(at: port, guess: 0)
      queue.push(port, at: min(record.pointee.level, record.pointee.candidate))
    }
  }

  @inline(__always)
  private mutating func look(at port: Int32, guess: Double) {
    ports[port].candidate = candidateLevel(of: port, guess: guess)
    ports[port].isFresh = true
  }

  /// Works off the queue, and gives up where that takes a look at more than `budget` members.
  ///
  /// - Returns: nil when done, else the level that was reached.
  mutating func fillLocally(budget: Int) -> Double? {
    var visited = 0
    while let (port, level) = queue.pop() {
      let record = ports.base + Int(port)
      if !record.pointee.isFresh {
        if record.pointee.isClearlySlack { continue }
        visited += Int(record.pointee.members)
        if visited > budget { return level }
        look(at: port, guess: level)
      }
      let candidate = record.pointee.candidate
      let due = min(record.pointee.level, candidate)
      if due == .infinity { continue }
      if due > level, due > queue.lowest {
        queue.push(port, at: due)
      } else {
        move(port, to: candidate, at: max(due, level))
      }
    }
    return nil
  }

  /// The level at which a port is full while its neighbours hold what they hold.
  private mutating func candidateLevel(of port: Int32, guess: Double) -> Double {
    let record = ports.base + Int(port)
    let line = record.pointee.level
    let step = gather(record.pointee, line: line)
    let capacity = record.pointee.capacity
    if step.openWeight == 0, step.heldLoad <= capacity {
      record.pointee.setLoad(step.heldLoad)
      return .infinity
    }
    if !hasFloors, step.openWeight > 0 {
      let next = max(0, (capacity - step.heldLoad) / step.openWeight)
      // Where nobody is held between here and there, the next step would lead to the same place.
      if next >= step.highestHeld, next + tolerance(at: next) < step.lowestOpen { return next }
    }
    let start = line < .infinity ? line : max(guess, 0)
    let level =
      hasFloors || record.pointee.members > LinkMembers.few
      ? waterLevel(of: &linkMembers, capacity: capacity, guess: start, hasFloors: hasFloors)
      : waterLevelOfFew(linkMembers, capacity: capacity, guess: start)
    if linkMembers.highestHeld() > level + tolerance(at: level) { return level }
    // Full but for rounding: that load tells nothing.
    record.pointee.forgetLoad()
    return .infinity
  }

  /// Copies the members of a port into columns, and sums them on the way.
  private mutating func gather(_ port: SharingPort, line: Double) -> FillStep {
    let count = Int(port.members)
    linkMembers.setCount(count)
    let list = members.base + Int(port.start)
    let classes = classes.base
    let (levels, weights, floors) = linkMembers.bases
    var step = FillStep()
    for index in 0..<count {
      let member = list[index]
      let record = classes + Int(member.flowClass)
      // A class that this port holds would rise to its ceiling if it were let go.
      let isHeldHere = record.pointee.heldAt == member.hop
      let held = isHeldHere ? record.pointee.limit : record.pointee.level
      let weight = record.pointee.weight
      levels[index] = held
      weights[index] = weight
      step.add(held: held, weight: weight, line: line)
      if hasFloors {
        floors[index] = record.pointee.floor
        step.heldLoad += held > line ? 0 : record.pointee.floor * min(max(held + 1, 0), 1)
      }
    }
    return step
  }

  /// Sets the level of a port and of the classes it holds.
  private mutating func move(_ port: Int32, to candidate: Double, at level: Double) {
    let record = ports[port]
    let now =
      abs(candidate - record.level) <= tolerance(at: record.level) ? record.level : candidate
    let above = now + tolerance(at: now)
    queue.shut(port)
    // The members write to all ports of their paths, this one too; it is put back behind them.
    let list = members.base + Int(record.start)
    let classes = classes.base
    for index in 0..<Int(record.members) {
      let member = list[index]
      let flowClass = classes + Int(member.flowClass)
      let isHeldHere = flowClass.pointee.heldAt == member.hop
      let held = isHeldHere ? flowClass.pointee.limit : flowClass.pointee.level
      if held > above {
        if !isHeldHere || flowClass.pointee.level != now {
          move(member.flowClass, to: now, heldAt: member.hop, at: level)
        }
      } else if isHeldHere {
        let ceiling = flowClass.pointee.pathStart + flowClass.pointee.hops
        move(member.flowClass, to: flowClass.pointee.limit, heldAt: ceiling, at: level)
      }
    }
    ports[port] = record
    ports[port].setLevel(now)
    queue.release(port)
  }

  /// Sets the level of a class and puts the ports of its path in line.
  @inline(__always)
  private mutating func move(
    _ index: Int32, to new: Double, heldAt entry: Int32, at level: Double
  ) {
    let record = classes.base + Int(index)
    let old = record.pointee.level
    let change =
      hasFloors
      ? load(of: record.pointee, at: new) - load(of: record.pointee)
      : record.pointee.weight * (new - old)
    record.pointee.level = new
    record.pointee.heldAt = entry
    touch(index)
    let path = pathPort.base + Int(record.pointee.pathStart)
    let hops = Int(record.pointee.hops)
    if new > old {
      raise(path, hops, by: change, at: level)
    } else {
      lower(path, hops, by: -change)
    }
  }

  /// Adds to the loads of a path, and puts the ports in line that this may fill.
  @inline(never)
  private mutating func raise(
    _ path: UnsafeMutablePointer<Int32>, _ hops: Int, by change: Double, at level: Double
  ) {
    let ports = ports.base
    for hop in 0..<hops where !ports[Int(path[hop])].add(change) {
      queue.push(path[hop], at: level)
    }
  }

  /// Takes off the loads of a path, and puts the ports in line that were full.
  @inline(never)
  private mutating func lower(
    _ path: UnsafeMutablePointer<Int32>, _ hops: Int, by change: Double
  ) {
    let ports = ports.base
    for hop in 0..<hops {
      ports[Int(path[hop])].takeOff(change)
      // The level of a port that is not full is infinite, and nobody waits there.
      queue.push(path[hop], at: ports[Int(path[hop])].level)
    }
  }

  /// How far apart two levels near this one may be and still count as one.
  func tolerance(at level: Double) -> Double {
    level == .infinity ? 0 : levelTolerance * (level < 0 ? 1 : level)
  }
}
