// SPDX-License-Identifier: GPL-3.0-or-later
import EventKernel
import FlowMath
import NetworkModel

@testable import Light
@testable import Simulator

/// What must hold of the light of a run at every instant, found from its lightpaths alone.
struct LightAudit {
  private struct Cell: Hashable {
    var row: Int32
    var slot: Int32
    var isOfRing: Bool
  }

  private let light: LightNetwork
  private let now: SimTime
  private(set) var faults: [String] = []

  init(_ run: Run) {
    light = run.light.light
    now = run.now
    checkSpectrum()
    checkRegenerators()
    checkOwners()
    for index in light.circuits.positions {
      checkState(of: index)
      checkClients(of: index)
    }
    checkOpen()
    checkLinks(run)
    checkFlows(run)
  }

  private mutating func require(_ isRight: Bool, _ text: String) {
    if !isRight { faults.append("\(now.seconds) s: \(text)") }
  }

  // MARK: - Spectrum

  private func strands(_ lightpath: Lightpath) -> [Int32] {
    light.candidates.rows(of: light.candidates.path(lightpath.path))
  }

  /// No channel twice on a fibre, one channel end to end, and nothing taken that nobody has.
  private mutating func checkSpectrum() {
    var cells: Set<Cell> = []
    for index in light.lightpaths.positions {
      let lightpath = light.lightpaths[index]
      let whole = Segment(
        rows: strands(lightpath), first: lightpath.first, count: lightpath.count)
      let parts = light.segments[lightpath.segments] ?? [whole]
      require(
        parts.flatMap(\.rows) == whole.rows, "segments of L\(lightpath.number) are not its route")
      require(
        parts.count == 1 || light.model.allowsConversion || light.model.allowsRegeneration,
        "L\(lightpath.number) changes its channel")
      for part in parts {
        for row in part.rows {
          for slot in part.first..<part.first + part.count {
            let cell = Cell(row: row, slot: slot, isOfRing: lightpath.role == .ring)
            if !cells.insert(cell).inserted {
              require(false, "slot \(slot) of row \(row) is used twice")
            }
          }
        }
      }
    }
    light.spectrum.checkInvariants()
    light.ringSpectrum.checkInvariants()
    for (table, isOfRing) in [(light.spectrum, false), (light.ringSpectrum, true)] {
      for row in 0..<table.rows {
        let own = cells.count { $0.isOfRing == isOfRing && $0.row == Int32(row) }
        let kept = isOfRing ? 0 : light.slotsKept(inRow: Int32(row))
        require(
          table.used(inRow: row) == own + kept,
          "row \(row) has \(table.used(inRow: row)) slots taken, lightpaths \(own) + \(kept)")
      }
    }
  }

  /// Each end of a segment within a route is one regenerator, and no node has more than it has.
  private mutating func checkRegenerators() {
    guard !light.model.allowsConversion else { return }
    var used: [NodeID: Int] = [:]
    for index in light.lightpaths.positions {
      let lightpath = light.lightpaths[index]
      let sites = light.candidates.path(lightpath.path).sites
      var hop = 0
      for part in (light.segments[lightpath.segments] ?? []).dropLast() {
        hop += part.rows.count
        used[sites[hop], default: 0] += 1
      }
    }
    for (site, count) in light.regenerators where count.inUse != used[site] ?? 0 {
      require(
        false, "node \(site) counts \(count.inUse) regenerators, lightpaths \(used[site] ?? 0)")
    }
    for (site, count) in used {
      require(
        light.model.regenerationSites?.contains(site) ?? true
          && count <= light.model.regeneratorStock[site] ?? .max,
        "\(count) regenerators in use at node \(site)")
    }
  }

  /// Each lightpath belongs to one circuit and joins its ends.
  private mutating func checkOwners() {
    var owned: Set<LightpathID> = []
    for index in light.circuits.positions {
      let circuit = light.circuits[index]
      for lightpath in [circuit.working, circuit.other] where !lightpath.isNone {
        require(light.lightpaths.contains(lightpath), "circuit \(index) has light that is gone")
        require(owned.insert(lightpath).inserted, "a lightpath of two circuits")
        let sites = light.candidates.path(light.lightpaths[lightpath].path).sites
        let ends = [sites.first, sites.last].compactMap { $0?.index }
        require(
          Set(ends) == [circuit.source, circuit.target], "circuit \(index) ends elsewhere")
      }
      guard circuit.protection == .onePlusOne else { continue }
      let fibres = [circuit.working, circuit.other].map {
        Set(light.candidates.path(light.lightpaths[$0].path).fibres)
      }
      require(fibres[0].isDisjoint(with: fibres[1]), "the routes of circuit \(index) meet")
    }
    require(owned.count == light.lightpaths.count, "lightpaths without a circuit")
  }

  // MARK: - Circuits

  private func isCut(_ lightpath: LightpathID) -> Bool {
    let path = light.candidates.path(light.lightpaths[lightpath].path)
    return path.fibres.contains { light.faults[Int($0.index)] > 0 }
  }

  private mutating func checkState(of index: CircuitID) {
    let circuit = light.circuits[index]
    switch circuit.state {
    case .up:
      let active = circuit.isOnOther ? circuit.other : circuit.working
      require(!isCut(active), "circuit \(index) is up over a cut")
      require(
        circuit.faults == 0 || circuit.isOnOther && circuit.protection == .onePlusOne,
        "circuit \(index) is up without its transponder")
    case .down:
      require(
        circuit.faults > 0 || isCut(circuit.working), "circuit \(index) is down without a reason")
    case .settingUp, .switching, .tearingDown:
      require(isPlanned(circuit), "circuit \(index) stays in \(circuit.state)")
    }
  }

  private func isPlanned(_ circuit: Circuit) -> Bool {
    circuit.dueAt > now && circuit.dueAt < .distantFuture
  }

  private mutating func checkClients(of index: CircuitID) {
    let circuit = light.circuits[index]
    let parts = light.clients.positions.map { light.clients[$0] }.filter { $0.circuit == index }
    let used = parts.reduce(0) { $0 + $1.rate }
    require(parts.count == Int(circuit.clients), "circuit \(index) miscounts its clients")
    require(abs(used - circuit.used) <= 1e-6 * circuit.nominalRate, "circuit \(index) is \(used)")
    require(used <= circuit.nominalRate * (1 + 1e-6), "circuit \(index) carries too much")
    guard circuit.isForClients, circuit.clients == 0, circuit.state != .tearingDown else { return }
    require(circuit.state == .up && isPlanned(circuit), "circuit \(index) never goes dark")
  }

  private mutating func checkOpen() {
    let open = light.circuits.positions.filter { light.circuits[$0].isOpen }
    require(
      open.count == light.openCount, "\(open.count) circuits are open, not \(light.openCount)")
    require(open == light.openCircuits.values.flatMap(\.self).sorted(), "open ones are not listed")
    for index in open {
      require(light.circuits[index].state != .tearingDown, "circuit \(index) is open and ends")
    }
  }

  // MARK: - The flow layer

  /// A link has the sum of its circuits that carry, both ways.
  private mutating func checkLinks(_ run: Run) {
    for (index, link) in light.model.links.enumerated() {
      let own = light.circuits.positions.filter { light.circuits[$0].link == LitLinkID(index) }
      let sum = own.reduce(0) {
        light.circuits[$1].state == .up ? $0 + light.circuits[$1].lineRate : $0
      }
      require(own == light.linkCircuits[index].sorted(), "\(link.name) lists other circuits")
      for direction in [link.forward, link.back] {
        let capacity = run.world.links.effectiveCapacity(of: Int(direction.index))
        require(abs(capacity - sum) <= 1e-6 * sum, "\(link.name) has \(capacity), light \(sum)")
      }
    }
  }

  /// Flows send no more than their link has.
  private mutating func checkFlows(_ run: Run) {
    var rates = light.model.links.isEmpty ? [] : run.world.model.topology.links.map { _ in 0.0 }
    for flowClass in run.world.flowClasses.entries.indices {
      let rate =
        run.world.fluid.rate(ofClass: flowClass) * Double(run.world.fluid.flows(ofClass: flowClass))
      for link in run.world.flowClasses.route(of: FlowClassID(flowClass)).links {
        rates[Int(link.index)] += rate
      }
    }
    for (link, rate) in rates.enumerated() {
      let capacity = run.world.links.effectiveCapacity(of: link)
      require(rate <= capacity * (1 + 1e-9), "link \(link) sends \(rate) of \(capacity)")
    }
  }
}

extension LightNetwork {
  /// The slots of a row that are kept for the protection of rings.
  func slotsKept(inRow row: Int32) -> Int {
    let isKept = candidates.protectedRings.contains { ring in
      model.plant.rings[ring].fibres.contains { candidates.rows(of: $0).contains(row) }
    }
    return isKept ? model.grid.count - model.grid.count / 2 : 0
  }
}
