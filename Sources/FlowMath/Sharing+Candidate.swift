// SPDX-License-Identifier: GPL-3.0-or-later

// Where a port would be full, found from its members one by one.

extension Sharing {
  /// The level at which a port is full while its neighbours hold what they hold.
  mutating func candidateLevel(of port: Int32, guess: Double) -> Double {
    let record = ports.base + Int(port)
    let line = firstLine(record.pointee, guess: guess)
    let step = gather(pieces[port], line: line)
    let capacity = record.pointee.capacity
    if step.openWeight == 0, step.heldLoad <= capacity {
      noteSlack(port, load: step.heldLoad, highest: hasFloors ? step.highestHeld : .infinity)
      return .infinity
    }
    var start = line
    if !hasFloors {
      if step.openWeight > 0 {
        start = max(0, (capacity - step.heldLoad) / step.openWeight)
        // Where nobody is held between here and there, the next step leads to the same place.
        if start >= step.highestHeld, start + tolerance(at: start) < step.lowestOpen {
          return start
        }
      } else {
        start = step.highestHeld - tolerance(at: step.highestHeld)
      }
    }
    let level =
      hasFloors || pieces[port].count > LinkMembers.few
      ? waterLevel(of: &linkMembers, capacity: capacity, guess: start, hasFloors: hasFloors)
      : waterLevelOfFew(linkMembers, capacity: capacity, guess: start)
    if linkMembers.highestHeld() > level + tolerance(at: level) { return level }
    // Full but for rounding.
    if hasFloors {
      noteSlack(
        port, load: linkMembers.loadWithFloors(), highest: linkMembers.highestHeld())
    } else {
      noteSlack(port, load: linkMembers.load(), highest: .infinity)
    }
    return .infinity
  }

  /// Takes down what the members of a port send that will not be full.
  ///
  /// Where it is full now it still holds some of them, until it is moved: its sums are made then.
  private mutating func noteSlack(_ port: Int32, load: Double, highest: Double) {
    if ports[port].level == .infinity {
      ports[port].setSlack(load: load, highest: highest, after: additions)
    } else {
      ports[port].forgetLoad()
    }
  }

  /// Where to look for the level of a port first: where it was, else below its highest member.
  ///
  /// What fills a port is mostly one class that has just risen above all others.
  @inline(__always)
  private func firstLine(_ port: SharingPort, guess: Double) -> Double {
    if port.level < .infinity { return port.level }
    let below = port.highest - tolerance(at: port.highest)
    return below > guess && below < .infinity ? below : max(guess, 0)
  }

  /// Copies the members of a port into columns, and sums them on the way.
  private mutating func gather(_ piece: MemberPiece, line: Double) -> FillStep {
    let count = Int(piece.count)
    linkMembers.setCount(count)
    let list = members.base + Int(piece.start)
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
        step.heldLoad +=
          held > line ? 0 : record.pointee.floor * WaterLevel.keptPart(at: min(held, 0))
      }
    }
    return step
  }
}
