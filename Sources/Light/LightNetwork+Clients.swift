// SPDX-License-Identifier: GPL-3.0-or-later
package import EventKernel
package import NetworkModel

// Clients: who asks for bits per second between two sites, and rides on circuits.

/// The part of a client that rides on one circuit.
package struct Client: BitwiseCopyable, Sendable {
  package var circuit: Int32
  /// Bits per second of that circuit that are its own.
  package var rate: Double
  /// Its part on another circuit; -1 for none.
  package var next: Int32
  /// How long the circuit had been down before.
  package var downBefore: SimDuration
}

/// What came of a request.
package enum Connection {
  /// On circuits that are lit already, or on new ones.
  case connected(client: Int32, isNew: Bool)
  case blocked(BlockReason)
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
    if openCount > 0, let circuit = room(for: rate, from: source, to: target, protection) {
      return .connected(client: ride(circuit, rate, next: -1, at: now), isNew: false)
    }
    let pair = candidates.pair(source, target)
    let demand = CircuitDemand(
      source: source, target: target, link: onDemandLinks[pair] ?? -1, protection: protection,
      lightpath: LightpathDemand(rate: rate))
    var left = rate
    var client: Int32 = -1
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

  /// Undoes what was lit for a client that can't have all of it.
  private mutating func giveUp(_ client: Int32, at now: SimTime) {
    guard client >= 0 else { return }
    var emptied: [Int32] = []
    disconnect(client, emptying: &emptied)
    for circuit in emptied { darken(circuit) }
  }

  /// Takes a client off its circuits; gives those that have no other, closed to new ones.
  package mutating func disconnect(_ client: Int32, emptying emptied: inout [Int32]) {
    var next = client
    while next >= 0 {
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
  package func downTime(ofClient client: Int32, at now: SimTime) -> SimDuration {
    var longest = SimDuration.zero
    var next = client
    while next >= 0 {
      let part = clients[next]
      longest = max(longest, circuits[part.circuit].downTime(at: now) - part.downBefore)
      next = part.next
    }
    return longest
  }

  /// The circuits of a client.
  package func circuits(ofClient client: Int32) -> [Int32] {
    var all: [Int32] = []
    var next = client
    while next >= 0 {
      all.append(clients[next].circuit)
      next = clients[next].next
    }
    return all
  }

  private mutating func ride(
    _ circuit: Int32, _ rate: Double, next: Int32, at now: SimTime
  ) -> Int32 {
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
  private func hasRoom(_ circuit: Int32) -> Bool {
    let circuit = circuits[circuit]
    return model.allowsGrooming && circuit.nominalRate - circuit.used > circuit.nominalRate * 1e-9
  }

  /// A circuit has room again, or waits for clients before it goes dark.
  package mutating func open(_ circuit: Int32) {
    let pair = candidates.pair(circuits[circuit].source, circuits[circuit].target)
    openCircuits[pair, default: []].append(circuit)
    openCount += 1
    circuits[circuit].isOpen = true
  }

  /// A circuit has no more room, or goes dark.
  package mutating func close(_ circuit: Int32) {
    guard circuits[circuit].isOpen else { return }
    circuits[circuit].isOpen = false
    let pair = candidates.pair(circuits[circuit].source, circuits[circuit].target)
    guard let position = openCircuits[pair]?.firstIndex(of: circuit) else { return }
    openCircuits[pair]?.remove(at: position)
    openCount -= 1
  }

  private func room(
    for rate: Double, from source: Int32, to target: Int32, _ protection: Protection
  ) -> Int32? {
    let open = openCircuits[candidates.pair(source, target)] ?? []
    let fitting = open.filter {
      circuits[$0].protection == protection && circuits[$0].state != .down
        && circuits[$0].room >= rate * (1 - 1e-9)
    }
    return fitting.min { (circuits[$0].room, $0) < (circuits[$1].room, $1) }
  }
}
