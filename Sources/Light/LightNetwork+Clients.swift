// SPDX-License-Identifier: GPL-3.0-or-later
package import EventKernel
package import NetworkModel

// Clients: who asks for bits per second between two sites, and rides on circuits.

package typealias ClientID = Position<Client>

/// The part of a client that rides on one circuit.
package struct Client: BitwiseCopyable, Sendable {
  package var circuit: CircuitID
  /// Bits per second of that circuit that are its own.
  package var rate: Double
  /// Its part on another circuit.
  package var next: ClientID
  /// How long the circuit had been down before.
  package var downBefore: SimDuration
}

/// What came of a request.
package enum Connection {
  /// On circuits that are lit already, or on new ones.
  case connected(client: ClientID, isNew: Bool)
  case blocked(BlockReason)
  /// Whoever chooses its channels does not want it.
  case refused
}

extension LightNetwork {
  /// A client asks for a rate between two sites.
  ///
  /// It fills a circuit with room for all of it, the one that it leaves the least room in; where
  /// there is none, new circuits are lit, as many as it takes.
  package mutating func connect(
    from source: Int32, to target: Int32, rate: Double, protection: Protection,
    at now: SimTime
  ) -> Connection {
    let request = LightRequest(source: source, target: target, rate: rate, protection: protection)
    if let client = groomed(request, at: now) { return .connected(client: client, isNew: false) }
    let demand = circuitDemand(request)
    var left = rate
    var client = ClientID.none
    let litBefore = lightpathsLit
    // A rate is met where a billionth of it is missing: sums of line rates are rounded.
    while left > rate * 1e-9 {
      switch lightCircuit(demand, at: now) {
      case .blocked(let reason):
        giveUp(client, at: now)
        lightpathsLit = litBefore
        return .blocked(reason)
      case .lit(let circuit):
        circuits[circuit].isForClients = true
        let part = min(left, circuits[circuit].lineRate)
        client = ride(circuit, part, next: client, at: now)
        left -= part
      }
    }
    return .connected(client: client, isNew: true)
  }

  /// A client on a circuit that has room for all of it; nil where none has.
  mutating func groomed(_ request: LightRequest, at now: SimTime) -> ClientID? {
    guard openCount > 0,
      let circuit = room(
        for: request.rate, from: request.source, to: request.target, request.protection)
    else { return nil }
    return ride(circuit, request.rate, next: .none, at: now)
  }

  /// The circuits that a request needs.
  mutating func circuitDemand(_ request: LightRequest) -> CircuitDemand {
    let pair = candidates.pair(request.source, request.target)
    return CircuitDemand(
      source: request.source, target: request.target, link: onDemandLinks[pair] ?? .none,
      protection: request.protection, lightpath: LightpathDemand(rate: request.rate))
  }

  /// Undoes what was lit for a client that can't have all of it.
  mutating func giveUp(_ client: ClientID, at now: SimTime) {
    guard !client.isNone else { return }
    var emptied: [CircuitID] = []
    disconnect(client, emptying: &emptied)
    for circuit in emptied { darken(circuit) }
  }

  /// Takes a client off its circuits; gives those that have no other, closed to new ones.
  package mutating func disconnect(_ client: ClientID, emptying emptied: inout [CircuitID]) {
    var next = client
    while !next.isNone {
      let part = clients[next]
      clients.remove(next)
      next = part.next
      circuits[part.circuit].clients -= 1
      circuits[part.circuit].used -= part.rate
      if circuits[part.circuit].clients == 0 {
        circuits[part.circuit].used = 0
        emptied.append(part.circuit)
        close(part.circuit)
      } else if !circuits[part.circuit].isOpen, hasRoom(part.circuit) {
        open(part.circuit)
      }
    }
  }

  /// How long the circuits of a client have been down since it came, at the most.
  package func downTime(ofClient client: ClientID, at now: SimTime) -> SimDuration {
    var longest = SimDuration.zero
    var next = client
    while !next.isNone {
      let part = clients[next]
      longest = max(longest, circuits[part.circuit].downTime(at: now) - part.downBefore)
      next = part.next
    }
    return longest
  }

  /// The circuits of a client.
  package func circuits(ofClient client: ClientID) -> [CircuitID] {
    var all: [CircuitID] = []
    var next = client
    while !next.isNone {
      all.append(clients[next].circuit)
      next = clients[next].next
    }
    return all
  }

  mutating func ride(
    _ circuit: CircuitID, _ rate: Double, next: ClientID, at now: SimTime
  ) -> ClientID {
    let wasOpen = circuits[circuit].isOpen
    circuits[circuit].clients += 1
    circuits[circuit].used += rate
    if wasOpen != hasRoom(circuit) { wasOpen ? close(circuit) : open(circuit) }
    return clients.add(
      Client(
        circuit: circuit, rate: rate, next: next,
        downBefore: circuits[circuit].downTime(at: now)))
  }

  // MARK: - Room on lit circuits

  /// Whether a further client of some size would find room.
  private func hasRoom(_ circuit: CircuitID) -> Bool {
    let circuit = circuits[circuit]
    return model.allowsGrooming && circuit.nominalRate - circuit.used > circuit.nominalRate * 1e-9
  }

  /// A circuit has room again, or waits for clients before it goes dark.
  package mutating func open(_ circuit: CircuitID) {
    let pair = candidates.pair(circuits[circuit].source, circuits[circuit].target)
    openCircuits[pair, default: []].append(circuit)
    openCount += 1
    circuits[circuit].isOpen = true
  }

  /// A circuit has no more room, or goes dark.
  package mutating func close(_ circuit: CircuitID) {
    guard circuits[circuit].isOpen else { return }
    circuits[circuit].isOpen = false
    let pair = candidates.pair(circuits[circuit].source, circuits[circuit].target)
    guard let position = openCircuits[pair]?.firstIndex(of: circuit) else { return }
    openCircuits[pair]?.remove(at: position)
    openCount -= 1
  }

  private func room(
    for rate: Double, from source: Int32, to target: Int32, _ protection: Protection
  ) -> CircuitID? {
    let open = openCircuits[candidates.pair(source, target)] ?? []
    let fitting = open.filter {
      circuits[$0].protection == protection && circuits[$0].state != .down
        && (circuits[$0].state != .settingUp || canCarry($0))
        && circuits[$0].room >= rate * (1 - 1e-9)
    }
    return fitting.min { (circuits[$0].room, $0) < (circuits[$1].room, $1) }
  }
}
