// SPDX-License-Identifier: GPL-3.0-or-later
package import EventKernel
package import NetworkModel

// Lighting by what is really lit: faster modes close while fibres are empty, and each channel that
// comes is only lit if all those beside it still close in the modes they have.

extension LightNetwork {
  /// Lights a lightpath on the first of the routes that has a channel on which it closes beside
  /// the others, and they beside it.
  ///
  /// On each route the modes are tried from the fastest on, each on the channel that the
  /// assignment gives it. What is taken counts as lit, be it cut or standing by.
  package mutating func lightBesideOthers(
    _ routes: [CandidateID], for demand: LightpathDemand, at now: SimTime
  ) -> LightingResult<Lightpath> {
    guard case .byQuality(let table, let margin_dB) = model.rating else {
      return .blocked(.noReach)
    }
    var reason = BlockReason.noRoute
    var draws = stream
    defer { stream = draws }
    let choices = choices(for: demand, in: table)
    for route in routes where isWhole(path: route) {
      reason = reason.further(.noReach)
      for choice in choices {
        let answer = place(CollectionOfOne(route.index), using: &draws) { _ in choice.slots }
        guard case .placed(let placement) = answer else {
          if case .blocked(let found) = answer { reason = reason.further(found) }
          continue
        }
        guard closes(placement, mode: choice.mode, margin_dB: margin_dB, in: table) else {
          continue
        }
        return .lit(take(placement, choice, demand.role, at: now))
      }
    }
    return .blocked(reason)
  }

  /// The modes that fit the grid and are fast enough, in the order in which they are tried.
  ///
  /// That is the fastest first; on the flexible grid, those that carry all of the demand come
  /// before others, and of those the one of fewest slots.
  private func choices(
    for demand: LightpathDemand, in table: TransmissionTable
  ) -> [RouteChoice] {
    let all = table.preference.compactMap { index -> RouteChoice? in
      let mode = table.modes[index]
      guard mode.lineRate.value >= demand.leastRate,
        let slots = model.grid.positions(width_GHz: mode.slot_GHz)
      else { return nil }
      return RouteChoice(
        slots: Int32(slots) + guardSlots, mode: Int32(index), lineRate: mode.lineRate.value)
    }
    guard isFlexible, demand.rate > 0 else { return all }
    let enough = all.enumerated().filter { $0.element.lineRate >= demand.rate }
      .sorted { ($0.element.slots, $0.offset) < ($1.element.slots, $1.offset) }
    return enough.map(\.element) + all.filter { $0.lineRate < demand.rate }
  }

  /// Whether a lightpath would close at a place, and all those that share a fibre with it too.
  private func closes(
    _ placement: ChannelPlacement, mode: Int32, margin_dB: Double, in table: TransmissionTable
  ) -> Bool {
    let newcomer = Lightpath(
      path: CandidateID(number: placement.path), first: placement.first, count: placement.count,
      mode: mode,
      lineRate: 0, role: .working, litAt: .zero, number: 0)
    let rows = candidates.rows(of: candidates.path(newcomer.path))
    let others = Set(rows.flatMap { neighbours[Int($0)] }).sorted()
    return ([newcomer] + others.map { lightpaths[$0] }).allSatisfy { lightpath in
      guard let terms = terms(of: lightpath, beside: newcomer, in: table) else { return false }
      return terms.margin_dB(for: table.modes[Int(lightpath.mode)]) >= margin_dB
    }
  }

  /// How a lightpath arrives beside those that are lit now, and a newcomer if there is one.
  package func terms(
    of lightpath: Lightpath, beside newcomer: Lightpath? = nil, in table: TransmissionTable
  ) -> QualityTerms? {
    let route = candidates.path(lightpath.path)
    let lit = zip(route.fibres, candidates.rows(of: route)).map { fibre, row in
      var all = neighbours[Int(row)].map { lightpaths[$0] }
      if let newcomer, candidates.rows(of: candidates.path(newcomer.path)).contains(row) {
        all.append(newcomer)
      }
      return all.compactMap { other in
        table.litChannel(mode: Int(other.mode), on: fibre, centre_THz: centre_THz(of: other))
      }
    }
    return table.terms(
      over: route.fibres, mode: Int(lightpath.mode), centre_THz: centre_THz(of: lightpath),
      lit: lit)
  }

  private func centre_THz(of lightpath: Lightpath) -> Double {
    let first = Int(lightpath.first)
    return model.grid.centre_THz(of: first..<first + Int(lightpath.count - guardSlots))
  }
}

// MARK: - Who is beside whom

extension LightNetwork {
  package mutating func joinNeighbours(_ index: LightpathID) {
    guard !neighbours.isEmpty else { return }
    for row in candidates.rows(of: candidates.path(lightpaths[index].path)) {
      neighbours[Int(row)].append(index)
    }
  }

  package mutating func leaveNeighbours(_ index: LightpathID) {
    guard !neighbours.isEmpty else { return }
    for row in candidates.rows(of: candidates.path(lightpaths[index].path)) {
      neighbours[Int(row)].removeAll { $0 == index }
    }
  }
}
