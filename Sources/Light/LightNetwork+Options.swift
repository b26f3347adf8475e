// SPDX-License-Identifier: GPL-3.0-or-later
package import EventKernel
package import NetworkModel

// Lightpaths for clients where somebody else says by which route and channel they go.

/// A route that a lightpath may take, with the slots that are free all along it.
package struct LightpathOption {
  package var route: CandidateID
  package var path: FibrePath
  /// What the lightpath takes there, and what it carries.
  package var slots: Int32
  package var lineRate: Double
  /// From the lowest on; each holds a lightpath at least.
  package var free: [Range<Int>]

  /// Whether a lightpath that begins with a slot has all of its own free.
  package func isFree(from first: Int) -> Bool {
    free.contains { $0.lowerBound <= first && first + Int(slots) <= $0.upperBound }
  }
}

/// What is said of a lightpath that a client needs.
package enum LightpathAnswer {
  /// One of the options, by its position, and the first of its slots.
  case place(option: Int, first: Int)
  /// The client gets nothing.
  case refuse
}

extension LightNetwork {
  /// A client asks for a rate between two sites, and somebody is asked for each lightpath that has to
  /// be lit.
  ///
  /// Nobody is where the client finds room on what is lit, or nothing has room.
  ///
  /// - Precondition: There is no protection that lights a second lightpath, channels do not change on
  ///   the way, and who is lit disturbs nobody.
  package mutating func connect<Failure: Error>(
    _ request: LightRequest, at now: SimTime,
    asking choose: ([LightpathOption], _ left: Double) throws(Failure) -> LightpathAnswer
  ) throws(Failure) -> Connection {
    if let client = groomed(request, at: now) { return .connected(client: client, isNew: false) }
    let demand = circuitDemand(request)
    var left = request.rate
    var client = ClientID.none
    let litBefore = lightpathsLit
    while left > request.rate * 1e-9 {
      let options = options(for: demand)
      guard !options.isEmpty else {
        let reason = reason(against: demand)
        giveUp(client, at: now)
        lightpathsLit = litBefore
        return .blocked(reason)
      }
      guard case .place(let place, let first) = try choose(options, left) else {
        giveUp(client, at: now)
        lightpathsLit = litBefore
        return .refused
      }
      let circuit = light(demand, options[place], first: first, at: now)
      circuits[circuit].isForClients = true
      let part = min(left, circuits[circuit].lineRate)
      client = ride(circuit, part, next: client, at: now)
      left -= part
    }
    return .connected(client: client, isNew: true)
  }

  /// The routes on which there is room for a lightpath, in the order in which rules try them.
  private mutating func options(for demand: CircuitDemand) -> [LightpathOption] {
    let routes = candidates.candidates(pair: candidates.pair(demand.source, demand.target))
    return routes.compactMap { route in
      let choice = choice(on: route, for: demand.lightpath)
      guard choice.slots > 0, isWhole(path: route) else { return nil }
      let free = spectrum.freeRuns(
        on: candidates.table.strands(ofPath: route.index), holding: Int(choice.slots))
      guard !free.isEmpty else { return nil }
      return LightpathOption(
        route: route, path: candidates.path(route), slots: choice.slots,
        lineRate: choice.lineRate, free: free)
    }
  }

  /// Why no route has room.
  private mutating func reason(against demand: CircuitDemand) -> BlockReason {
    let routes = candidates.candidates(pair: candidates.pair(demand.source, demand.target))
    var draws = stream
    let needs = routes.map { (route: $0.index, slots: choice(on: $0, for: demand.lightpath).slots) }
    let answer = place(routes.lazy.map { $0.index }, using: &draws) { route in
      needs.first { $0.route == route }?.slots ?? 0
    }
    guard case .blocked(let reason) = answer else {
      preconditionFailure("a route has room, and is no option")
    }
    return reason
  }

  private mutating func light(
    _ demand: CircuitDemand, _ option: LightpathOption, first: Int, at now: SimTime
  ) -> CircuitID {
    precondition(option.isFree(from: first), "channels that are taken")
    let placement = ChannelPlacement(
      path: option.route.number, first: Int32(first), count: option.slots)
    let choice = choice(on: option.route, for: demand.lightpath)
    return add(
      demand, working: take(placement, choice, demand.lightpath.role, at: now), at: now)
  }
}
