// SPDX-License-Identifier: GPL-3.0-or-later
package import EventKernel
package import NetworkModel

// What becomes of circuits when fibres and transponders fail and are repaired.

/// A circuit whose state has changed, and when it is to be looked at again.
package struct CircuitChange {
  package var circuit: CircuitID
  /// Whether it has lost its light now, and not before.
  package var isLost = false
  /// The time until it switches to another route; nil where nothing is planned.
  package var switchesAfter: SimDuration?
  /// The lightpath that it let go of, which is still to be released.
  package var left = LightpathID.none
}

extension LightNetwork {
  /// A fault takes a fibre down; gives the circuits that lost their light.
  package mutating func fail(_ fibre: FibreID, at now: SimTime) -> [CircuitChange] {
    faults[Int(fibre.index)] += 1
    guard faults[Int(fibre.index)] == 1 else { return [] }
    for row in candidates.rows(of: fibre) { downRows.insert(row) }
    giveUpSwitches()
    return circuits.positions.compactMap { index in
      circuits[index].carries && !isWhole(active(circuits[index])) ? lose(index, at: now) : nil
    }
  }

  /// With `1+1` a switch has nowhere to go once both lightpaths are out of order: whichever is mended first
  /// begins another.
  private mutating func giveUpSwitches() {
    for index in circuits.positions {
      let circuit = circuits[index]
      guard circuit.state == .switching, circuit.protection == .onePlusOne,
        !isWorkingWhole(circuit), !isWhole(circuit.other)
      else { continue }
      circuits[index].state = .down
    }
  }

  /// A fault of a fibre is repaired; gives the circuits that have their light back or may soon.
  package mutating func repair(_ fibre: FibreID, at now: SimTime) -> [CircuitChange] {
    guard faults[Int(fibre.index)] > 0 else { return [] }
    faults[Int(fibre.index)] -= 1
    guard faults[Int(fibre.index)] == 0 else { return [] }
    for row in candidates.rows(of: fibre) { downRows.remove(row) }
    return circuits.positions.compactMap { review($0, at: now) }
  }

  /// A transponder of a circuit's working lightpath fails.
  package mutating func failTransponder(of index: CircuitID, at now: SimTime) -> CircuitChange? {
    circuits[index].faults += 1
    return circuits[index].carries && !canCarry(index) ? lose(index, at: now) : nil
  }

  package mutating func repairTransponder(of index: CircuitID, at now: SimTime) -> CircuitChange? {
    guard circuits[index].faults > 0 else { return nil }
    circuits[index].faults -= 1
    return review(index, at: now)
  }

  /// Whether the working lightpath of a circuit is in order.
  package func isWorkingWhole(_ circuit: Circuit) -> Bool {
    circuit.faults == 0 && isWhole(circuit.working)
  }

  /// Whether the lightpath that a circuit is on is in order.
  func canCarry(_ index: CircuitID) -> Bool {
    let circuit = circuits[index]
    guard circuit.isOnOther else { return isWorkingWhole(circuit) }
    // Only with 1+1 does the other lightpath have transponders of its own.
    return isWhole(circuit.other) && (circuit.faults == 0 || circuit.protection == .onePlusOne)
  }

  /// A circuit that is just ready finds whether its light comes through.
  package mutating func start(_ index: CircuitID, at now: SimTime) -> CircuitChange? {
    circuits[index].state = .up
    circuits[index].readyAt = now
    return canCarry(index) ? nil : lose(index, at: now)
  }

  /// A circuit has lost its light.
  package mutating func lose(_ index: CircuitID, at now: SimTime) -> CircuitChange {
    circuits[index].downSince = now
    circuits[index].outages += 1
    let left = leaveOther(index)
    let after = timeToSwitch(index)
    circuits[index].state = after == nil ? .down : .switching
    return CircuitChange(circuit: index, isLost: true, switchesAfter: after, left: left)
  }

  /// How long a circuit takes to its other route; nil where it has none now.
  private func timeToSwitch(_ index: CircuitID) -> SimDuration? {
    let circuit = circuits[index]
    switch circuit.protection {
    case .none: return nil
    case .onePlusOne:
      // Whichever it was on: where both were lost, the first to be mended has it.
      let isInOrder = isWorkingWhole(circuit) || isWhole(circuit.other)
      return isInOrder ? model.switching.protection : nil
    case .ring: return circuit.faults == 0 ? model.switching.ring : nil
    case .restoration: return circuit.faults == 0 ? model.switching.restoration : nil
    }
  }

  /// The time of a switch has come; false where there is nowhere to go.
  package mutating func switchOver(_ index: CircuitID, at now: SimTime) -> Bool {
    guard takeOther(index, at: now) else {
      circuits[index].state = .down
      return false
    }
    comeUp(index, at: now)
    return true
  }

  private mutating func takeOther(_ index: CircuitID, at now: SimTime) -> Bool {
    let circuit = circuits[index]
    if isWorkingWhole(circuit) {
      circuits[index].isOnOther = false
      return true
    }
    switch circuit.protection {
    case .none: return false
    case .onePlusOne: circuits[index].isOnOther = isWhole(circuit.other)
    case .ring: circuits[index].isOnOther = circuit.faults == 0 && takeRing(index, at: now)
    case .restoration:
      circuits[index].isOnOther = circuit.faults == 0 && restore(index, at: now)
    }
    return circuits[index].isOnOther
  }

  /// Takes the same channel of the upper half the other way round the ring.
  private mutating func takeRing(_ index: CircuitID, at now: SimTime) -> Bool {
    let circuit = circuits[index]
    let working = lightpaths[circuit.working]
    let ends = (NodeID(index: Int(circuit.source)), NodeID(index: Int(circuit.target)))
    guard
      let arcs = candidates.arcs(ofRing: Int(circuit.ring), from: ends.0, to: ends.1)
    else { return false }
    let other = arcs.other(than: working.path)
    let rows = candidates.rows(of: candidates.path(other))
    let first = working.first + Int32(model.grid.count / 2)
    guard isWhole(path: other),
      ringSpectrum.isFree(rows: rows, first: Int(first), count: Int(working.count))
    else { return false }
    // The other way round is longer or shorter, and so carries another mode in the same slots.
    let choice = choice(on: other, inSlots: working.count)
    ringSpectrum.occupy(rows: rows, first: Int(first), count: Int(working.count))
    lightpathsLit += 1
    circuits[index].other = lightpaths.add(
      Lightpath(
        path: other, first: first, count: working.count, mode: choice.mode,
        lineRate: choice.lineRate, role: .ring, litAt: now, number: lightpathsLit))
    return true
  }

  /// Finds, lights and takes a route around what is down.
  private mutating func restore(_ index: CircuitID, at now: SimTime) -> Bool {
    let circuit = circuits[index]
    let pair = candidates.pair(circuit.source, circuit.target)
    let down = model.plant.fibres.indices.filter { faults[$0] > 0 }.map { FibreID(index: $0) }
    let routes = candidates.detours(pair: pair, avoiding: Set(down)).map { candidates.add($0) }
    // A link has no clients that ask for rates: where slots are for the asking it takes those of its own.
    let demand = LightpathDemand(
      rate: circuit.used > 0 ? circuit.used : circuit.nominalRate, leastRate: circuit.used,
      role: .restored)
    guard case .lit(let other) = lightOne(routes, for: demand, at: now) else { return false }
    circuits[index].other = other
    return true
  }

  private mutating func comeUp(_ index: CircuitID, at now: SimTime) {
    circuits[index].endOutage(at: now)
    circuits[index].state = .up
    let isRestored = circuits[index].isOnOther && circuits[index].protection == .restoration
    circuits[index].lineRate =
      isRestored ? lightpaths[circuits[index].other].lineRate : circuits[index].nominalRate
  }

  /// Looks at a circuit after a repair: it goes back to its working lightpath if it can.
  private mutating func review(_ index: CircuitID, at now: SimTime) -> CircuitChange? {
    let circuit = circuits[index]
    switch circuit.state {
    case .settingUp, .tearingDown: return nil
    case .up:
      guard circuit.isOnOther, isWorkingWhole(circuit) else { return nil }
    case .switching, .down:
      guard isWorkingWhole(circuit) else { return tryAgain(index) }
    }
    let left = leaveOther(index)
    circuits[index].isOnOther = false
    comeUp(index, at: now)
    return CircuitChange(circuit: index, left: left)
  }

  /// A circuit that is down may have another route since something was repaired.
  private mutating func tryAgain(_ index: CircuitID) -> CircuitChange? {
    guard circuits[index].state == .down, let after = timeToSwitch(index) else { return nil }
    circuits[index].state = .switching
    return CircuitChange(circuit: index, switchesAfter: after)
  }

  /// Parts a circuit from the lightpath that took over, but for the one that stands by with 1+1.
  ///
  /// Its channels stay taken until whoever is told of the change has written it down.
  private mutating func leaveOther(_ index: CircuitID) -> LightpathID {
    guard circuits[index].isOnOther, circuits[index].protection != .onePlusOne else { return .none }
    defer {
      circuits[index].other = .none
      circuits[index].isOnOther = false
    }
    return circuits[index].other
  }
}
