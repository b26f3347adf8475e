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
  /// Works off the queue; false where that takes a look at more than `budget` members.
  mutating func fillLocally(budget: Int) -> Bool {
    var visited = 0
    while let (port, level) = queue.pop() {
      if !ports[port].isFresh {
        visited += Int(ports[port].members)
        if visited > budget { return false }
        ports[port].candidate = candidateLevel(of: port, guess: level)
        ports[port].isFresh = true
      }
      let due = min(ports[port].level, ports[port].candidate)
      if due == .infinity { continue }
      if due > level, due > queue.lowest {
        queue.push(port, at: due)
      } else {
        move(port, to: ports[port].candidate, at: max(due, level))
      }
    }
    effort.visits += visited
    return true
  }

  /// The level at which a port is full while its neighbours hold what they hold.
  private mutating func candidateLevel(of port: Int32, guess: Double) -> Double {
    let record = ports[port]
    let count = Int(record.members)
    guard count > 0 else { return .infinity }
    linkMembers.prepare(count: count)
    let list = members.base + Int(record.start)
    var highest = -Double.infinity
    for index in 0..<count {
      let flowClass = classes.base + Int(list[index].flowClass)
      // A class that this port holds would rise to its ceiling if it were let go.
      let held = flowClass.pointee.bottleneck == port ? flowClass.pointee.limit : flowClass.pointee.level
      linkMembers.held.base[index] = held
      linkMembers.weight.base[index] = flowClass.pointee.weight
      linkMembers.floor.base[index] = flowClass.pointee.floor
      highest = max(highest, held)
    }
    let start = record.level < .infinity ? record.level : max(guess, 0)
    let level = waterLevel(
      of: linkMembers, capacity: record.capacity, guess: start, hasFloors: hasFloors)
    return highest > level + tolerance(at: level) ? level : .infinity
  }

  /// Sets the level of a port and of the classes it holds.
  private mutating func move(_ port: Int32, to candidate: Double, at level: Double) {
    let record = ports[port]
    let now = abs(candidate - record.level) <= tolerance(at: record.level) ? record.level : candidate
    let above = now + tolerance(at: now)
    ports[port].level = now
    for index in 0..<record.members {
      let flowClass = members[record.start + index].flowClass
      let isHeldHere = classes[flowClass].bottleneck == port
      let held = isHeldHere ? classes[flowClass].limit : classes[flowClass].level
      if held > above {
        if !isHeldHere || classes[flowClass].level != now {
          move(flowClass, to: now, heldBy: port, from: port, at: level)
        }
      } else if isHeldHere {
        move(flowClass, to: classes[flowClass].limit, heldBy: Sharing.ownCeiling, from: port, at: level)
      }
    }
  }

  /// Sets the level of a class and puts the other ports of its path in line.
  private mutating func move(
    _ index: Int32, to new: Double, heldBy port: Int32, from mover: Int32, at level: Double
  ) {
    let old = classes[index].level
    classes[index].level = new
    classes[index].bottleneck = port
    touch(index)
    let start = Int(classes[index].pathStart)
    for hop in start..<start + Int(classes[index].hops) {
      let other = pathPort[hop]
      guard other != mover else { continue }
      ports[other].isFresh = false
      if new > old {
        queue.push(other, at: level)
      } else if ports[other].level < .infinity {
        queue.push(other, at: ports[other].level)
      }
    }
  }

  /// How far apart two levels near this one may be and still count as one.
  func tolerance(at level: Double) -> Double {
    level == .infinity ? 0 : levelTolerance * (level < 0 ? 1 : level)
  }
}
