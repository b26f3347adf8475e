// SPDX-License-Identifier: GPL-3.0-or-later
package import EventKernel
public import NetworkModel

// Circuits: lightpaths with their protection, lit for links and for requests.

/// What somebody wants of a circuit.
package struct CircuitDemand {
  package var source: Int32
  package var target: Int32
  package var link = LitLinkID.none
  package var protection: Protection
  /// -1 for any ring that both ends are on.
  package var ring: Int32 = -1
  package var lightpath: LightpathDemand
  /// The routes it may take; nil for the candidates between its ends.
  package var routes: [CandidateID]?
}

extension LightNetwork {
  /// Lights a circuit, or tells why it can't be; nothing is taken then.
  package mutating func lightCircuit(
    _ demand: CircuitDemand, at now: SimTime
  ) -> LightingResult<Circuit> {
    let pair = candidates.pair(demand.source, demand.target)
    switch demand.protection {
    case .none, .restoration:
      let routes = demand.routes ?? candidates.candidates(pair: pair)
      switch lightOne(routes, for: demand.lightpath, at: now) {
      case .blocked(let reason): return .blocked(reason)
      case .lit(let working): return .lit(add(demand, working: working, at: now))
      }
    case .onePlusOne: return lightTwice(demand, pair: pair, at: now)
    case .ring: return lightOnRing(demand, at: now)
    }
  }

  mutating func add(
    _ demand: CircuitDemand, working: LightpathID, other: LightpathID = .none, ring: Int32 = -1,
    lineRate: Double? = nil, at now: SimTime
  ) -> CircuitID {
    let lineRate = lineRate ?? lightpaths[working].lineRate
    let circuit = circuits.add(
      Circuit(
        source: demand.source, target: demand.target, link: demand.link,
        protection: demand.protection, ring: ring, state: .settingUp, working: working,
        other: other, nominalRate: lineRate, lineRate: lineRate, readyAt: now))
    if !demand.link.isNone { linkCircuits[demand.link.index].append(circuit) }
    return circuit
  }

  // MARK: - 1+1

  private mutating func lightTwice(
    _ demand: CircuitDemand, pair: Int32, at now: SimTime
  ) -> LightingResult<Circuit> {
    let pairs = disjointPairs(for: demand, pair: pair)
    guard !pairs.isEmpty else {
      let hasRoute = !(demand.routes ?? candidates.candidates(pair: pair)).isEmpty
      return .blocked(hasRoute ? .noDisjointPath : .noRoute)
    }
    var reason = BlockReason.noRoute
    for routes in pairs {
      switch lightBoth(routes, demand, at: now) {
      case .lit(let circuit): return .lit(circuit)
      case .blocked(let found): reason = reason.further(found)
      }
    }
    return .blocked(reason)
  }

  private mutating func disjointPairs(
    for demand: CircuitDemand, pair: Int32
  ) -> [CandidateStore.DisjointPair] {
    guard let routes = demand.routes else { return candidates.disjointPairs(pair: pair) }
    var pairs: [CandidateStore.DisjointPair] = []
    for first in routes {
      let taken = Set(candidates.path(first).fibres)
      for path in candidates.detours(pair: pair, avoiding: taken) {
        pairs.append(.init(first: first, second: candidates.add(path)))
      }
    }
    return pairs
  }

  private mutating func lightBoth(
    _ routes: CandidateStore.DisjointPair, _ demand: CircuitDemand, at now: SimTime
  ) -> LightingResult<Circuit> {
    var second = demand.lightpath
    second.role = .standby
    let working: LightpathID
    switch lightOne([routes.first], for: demand.lightpath, at: now) {
    case .blocked(let reason): return .blocked(reason)
    case .lit(let lightpath): working = lightpath
    }
    switch lightOne([routes.second], for: second, at: now) {
    case .blocked(let reason):
      release(working)
      lightpathsLit -= 1
      return .blocked(reason)
    case .lit(let standby):
      let lineRate = min(lightpaths[working].lineRate, lightpaths[standby].lineRate)
      return .lit(add(demand, working: working, other: standby, lineRate: lineRate, at: now))
    }
  }

  // MARK: - Rings

  private mutating func lightOnRing(
    _ demand: CircuitDemand, at now: SimTime
  ) -> LightingResult<Circuit> {
    let source = NodeID(index: Int(demand.source))
    let target = NodeID(index: Int(demand.target))
    let rings =
      demand.ring >= 0 ? [Int(demand.ring)] : Array(model.plant.rings.indices)
    for ring in rings {
      guard let arcs = candidates.arcs(ofRing: ring, from: source, to: target) else { continue }
      return light(demand, arcs, ring: ring, at: now)
    }
    return .blocked(.noDisjointPath)
  }

  private mutating func light(
    _ demand: CircuitDemand, _ arcs: CandidateStore.DisjointPair, ring: Int, at now: SimTime
  ) -> LightingResult<Circuit> {
    let both = [arcs.first, arcs.second]
    let rates = both.map { choice(on: $0, for: demand.lightpath) }
    guard rates.allSatisfy({ $0.slots > 0 }) else { return .blocked(.noReach) }
    let wanted = demand.routes.map { routes in both.filter(routes.contains) } ?? both
    switch lightOne(wanted, for: demand.lightpath, at: now) {
    case .blocked(let reason): return .blocked(reason)
    case .lit(let working):
      let lightpath = lightpaths[working]
      let other = choice(on: arcs.other(than: lightpath.path), inSlots: lightpath.count)
      let lineRate = min(lightpath.lineRate, other.lineRate)
      guard lineRate > 0, lineRate >= demand.lightpath.leastRate else {
        release(working)
        lightpathsLit -= 1
        return .blocked(.noReach)
      }
      return .lit(
        add(demand, working: working, ring: Int32(ring), lineRate: lineRate, at: now))
    }
  }

  // MARK: - Ending

  /// Takes a circuit out with all of its channels.
  package mutating func darken(_ index: CircuitID) {
    close(index)
    let circuit = circuits[index]
    release(circuit.working)
    if !circuit.other.isNone { release(circuit.other) }
    circuits.remove(index)
    guard !circuit.link.isNone else { return }
    linkCircuits[circuit.link.index].removeAll { $0 == index }
  }
}

// MARK: - Lit links

extension LightNetwork {
  /// A circuit that a lit link asks for.
  package mutating func demand(ofLink index: Int) -> CircuitDemand {
    let link = model.links[index]
    let routes = link.routes.map { routes in routes.map { candidates.add($0) } }
    return CircuitDemand(
      source: link.ends.source.index, target: link.ends.target.index, link: LitLinkID(index),
      protection: link.protection, ring: Int32(link.ring ?? -1),
      lightpath: LightpathDemand(rate: link.rate.value, leastRate: link.rate.value),
      routes: routes)
  }

  /// Lights the channels that a link has from the start; tells how many, and why not more.
  public mutating func lightAtStart(link index: Int) -> (lit: Int, reason: BlockReason?) {
    let demand = demand(ofLink: index)
    for count in 0..<model.links[index].channels {
      switch lightCircuit(demand, at: .zero) {
      case .lit(let circuit): circuits[circuit].state = .up
      case .blocked(let reason): return (count, reason)
      }
    }
    return (model.links[index].channels, nil)
  }
}
