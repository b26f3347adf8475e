// SPDX-License-Identifier: GPL-3.0-or-later
package import EventKernel
package import NetworkModel

// Finding channels for a lightpath, and taking them.

/// What a lightpath on a route would be: its slots, its mode, its rate.
package struct RouteChoice: Equatable {
  package var slots: Int32
  package var mode: Int32
  package var lineRate: Double

  package static let none = RouteChoice(slots: 0, mode: -1, lineRate: 0)
}

/// What somebody wants of a lightpath.
package struct LightpathDemand {
  /// What the client asks for; 0 for as much as there is.
  package var rate: Double
  /// The least line rate that will do; 0 for any.
  package var leastRate = 0.0
  package var role = Lightpath.Role.working
}

/// What was lit, a lightpath or a circuit, or why nothing was.
package enum LightingResult<Lit> {
  case lit(Position<Lit>)
  case blocked(BlockReason)
}

extension LightNetwork {
  /// What a lightpath on a route would be; no slots where nothing closes that is fast enough.
  package func choice(on path: CandidateID, for demand: LightpathDemand) -> RouteChoice {
    let grade = candidates.grade(path)
    if grade.efficiency > 0 {
      let rate = max(demand.rate, demand.leastRate)
      let slots = (rate / (FlexibleGrid.slotWidth_GHz * 1e9 * grade.efficiency)).rounded(.up)
      guard slots >= 1, slots < 1e6 else { return .none }
      return RouteChoice(slots: Int32(slots) + guardSlots, mode: -1, lineRate: rate)
    }
    guard isFlexible, grade.mode >= 0 else {
      guard grade.lineRate > 0, grade.lineRate >= demand.leastRate else { return .none }
      return RouteChoice(slots: 1, mode: grade.mode, lineRate: grade.lineRate)
    }
    return narrowest(on: path, for: demand)
  }

  /// On the flexible grid, the mode of fewest slots that carries the demand, or else the fastest.
  private func narrowest(on path: CandidateID, for demand: LightpathDemand) -> RouteChoice {
    let modes = candidates.modes(path).filter { $0.lineRate >= demand.leastRate }
    let enough = demand.rate > 0 ? modes.filter { $0.lineRate >= demand.rate } : []
    guard let mode = enough.min(by: { $0.slots < $1.slots }) ?? modes.first else { return .none }
    return RouteChoice(slots: mode.slots + guardSlots, mode: mode.mode, lineRate: mode.lineRate)
  }

  /// The fastest that a lightpath on a route can be in so many slots; of no rate where nothing is.
  func choice(on path: CandidateID, inSlots count: Int32) -> RouteChoice {
    let grade = candidates.grade(path)
    if grade.efficiency > 0 {
      let width = FlexibleGrid.slotWidth_GHz * 1e9 * Double(count - guardSlots)
      return RouteChoice(slots: count, mode: -1, lineRate: width * grade.efficiency)
    }
    guard isFlexible, grade.mode >= 0 else {
      return RouteChoice(slots: 1, mode: grade.mode, lineRate: grade.lineRate)
    }
    let modes = candidates.modes(path)
    guard let mode = modes.first(where: { $0.slots + guardSlots <= count }) else { return .none }
    return RouteChoice(slots: count, mode: mode.mode, lineRate: mode.lineRate)
  }

  /// Lights a lightpath on the first of the routes that has room for it.
  package mutating func lightOne(
    _ routes: [CandidateID], for demand: LightpathDemand, at now: SimTime
  ) -> LightingResult<Lightpath> {
    if case .litChannels = model.interference {
      return lightBesideOthers(routes, for: demand, at: now)
    }
    if model.allowsConversion || model.allowsRegeneration {
      return lightInSegments(routes, for: demand, at: now)
    }
    var draws = stream
    // What each route needs is told beforehand: a closure over all of this would copy it.
    let needs = routes.map { (route: $0.index, slots: choice(on: $0, for: demand).slots) }
    let answer = place(routes.lazy.map { $0.index }, using: &draws) { route in
      needs.first { $0.route == route }?.slots ?? 0
    }
    stream = draws
    switch answer {
    case .blocked(let reason): return .blocked(reason)
    case .placed(let placement):
      return .lit(
        take(
          placement, choice(on: CandidateID(number: placement.path), for: demand), demand.role,
          at: now))
    }
  }

  /// Asks the router; the stream is drawn from where channels are assigned at random.
  @inline(__always)
  package func place(
    _ routes: some Collection<Int>, using stream: inout RandomStream, slots: (Int) -> Int32
  ) -> PlacementOutcome {
    router.place(
      routes, of: candidates.table, slots: slots, in: spectrum, isDown: downRows,
      using: &stream)
  }

  /// Takes the channels of a placement.
  package mutating func take(
    _ placement: ChannelPlacement, _ choice: RouteChoice, _ role: Lightpath.Role,
    at now: SimTime
  ) -> LightpathID {
    spectrum.occupy(
      rows: candidates.table.strands(ofPath: Int(placement.path)), first: Int(placement.first),
      count: Int(placement.count))
    lightpathsLit += 1
    let index = lightpaths.add(
      Lightpath(
        path: CandidateID(number: placement.path), first: placement.first, count: placement.count,
        mode: choice.mode, lineRate: choice.lineRate, role: role, litAt: now,
        number: lightpathsLit))
    joinNeighbours(index)
    return index
  }

  /// Frees the channels of a lightpath.
  package mutating func release(_ index: LightpathID) {
    let lightpath = lightpaths[index]
    leaveNeighbours(index)
    if lightpath.role == .ring {
      ringSpectrum.release(
        rows: candidates.table.strands(ofPath: lightpath.path.index),
        first: Int(lightpath.first), count: Int(lightpath.count))
    } else if lightpath.segments >= 0 {
      let parts = segments.removeValue(forKey: lightpath.segments) ?? []
      countRegenerators(on: lightpath.path, parts, by: -1)
      for part in parts {
        spectrum.release(rows: part.rows, first: Int(part.first), count: Int(part.count))
      }
    } else {
      spectrum.release(
        rows: candidates.table.strands(ofPath: lightpath.path.index),
        first: Int(lightpath.first), count: Int(lightpath.count))
    }
    lightpaths.remove(index)
  }

  /// Whether no fibre under a lightpath is down.
  package func isWhole(_ index: LightpathID) -> Bool { isWhole(path: lightpaths[index].path) }

  package func isWhole(path: CandidateID) -> Bool {
    guard !downRows.isEmpty else { return true }
    return !candidates.table.strands(ofPath: path.index).contains { downRows.contains($0) }
  }
}

extension BlockReason {
  /// Of two reasons the one that was nearer to success.
  package func further(_ other: BlockReason) -> BlockReason {
    func rank(_ reason: BlockReason) -> Int { BlockReason.allCases.firstIndex(of: reason) ?? 0 }
    return rank(other) > rank(self) ? other : self
  }
}
