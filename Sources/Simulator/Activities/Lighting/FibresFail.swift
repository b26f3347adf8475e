// SPDX-License-Identifier: GPL-3.0-or-later
internal import EventKernel
internal import Light
internal import NetworkModel

// Faults that the scenario gives a time, and those that come at random.

extension Lighting {
  func faultHappens(_ fault: FibreFault) throws(RunError) {
    switch fault.kind {
    case .cut(let fibre): try fail(fibre, .fibreCut)
    case .mend(let fibre): try repair(fibre, .fibreMended)
    case .amplifierFails(let fibre): try fail(fibre, .amplifierFails)
    case .amplifierRepaired(let fibre): try repair(fibre, .amplifierRepaired)
    case .transponderFails(let link, let number): try failTransponder(ofLink: link, number)
    case .transponderRepaired(_, let number): try repairTransponder(number)
    }
  }

  private func fail(_ fibre: FibreID, _ kind: EventsTable.Kind) throws(RunError) {
    world.outages.fibreFaults += 1
    try note(kind, model.light.plant[fibre].name)
    try follow(light.fail(fibre, at: now))
  }

  private func repair(_ fibre: FibreID, _ kind: EventsTable.Kind) throws(RunError) {
    try note(kind, model.light.plant[fibre].name)
    try follow(light.repair(fibre, at: now))
  }

  // MARK: - Transponders

  private func failTransponder(ofLink link: Int, _ number: Int) throws(RunError) {
    let circuits = light.linkCircuits[link]
    // One in order, or else the one with the least to be repaired, which waits for this as well.
    guard let circuit = circuits.min(by: { light.circuits[$0].faults < light.circuits[$1].faults })
    else { return }
    failedTransponders[number] = (
      circuit, light.name(ofLightpath: light.circuits[circuit].working)
    )
    try failTransponder(of: circuit)
  }

  /// A fault that found nothing in order has nothing to be repaired.
  private func repairTransponder(_ number: Int) throws(RunError) {
    guard let failed = failedTransponders.removeValue(forKey: number),
      light.circuits.contains(failed.circuit),
      light.name(ofLightpath: light.circuits[failed.circuit].working) == failed.lightpath
    else { return }
    try repairTransponder(of: failed.circuit)
  }

  private func failTransponder(of circuit: CircuitID) throws(RunError) {
    try note(
      .transponderFails, light.name(ofLightpath: light.circuits[circuit].working))
    if let change = light.failTransponder(of: circuit, at: now) { try follow([change]) }
  }

  private func repairTransponder(of circuit: CircuitID) throws(RunError) {
    try note(
      .transponderRepaired, light.name(ofLightpath: light.circuits[circuit].working))
    if let change = light.repairTransponder(of: circuit, at: now) { try follow([change]) }
  }

  // MARK: - At random

  /// Plans the first failures of all fibres.
  func planFibreFailures() {
    for index in model.light.plant.fibres.indices {
      for kind in RandomFaults.Kind.allCases { planFailure(Int32(index), kind) }
    }
  }

  private func planFailure(_ fibre: Int32, _ kind: RandomFaults.Kind) {
    guard let gap = randomFaults.gap(of: kind, fibre: fibre) else { return }
    plan(.fibreFails(fibre: fibre, kind: kind), after: gap)
  }

  func fibreFails(_ fibre: Int32, _ kind: RandomFaults.Kind) throws(RunError) {
    try fail(FibreID(index: Int(fibre)), kind == .cut ? .fibreCut : .amplifierFails)
    let time = randomFaults.repair(of: kind, fibre: fibre)
    plan(.fibreIsRepaired(fibre: fibre, kind: kind), after: time)
  }

  func fibreIsRepaired(_ fibre: Int32, _ kind: RandomFaults.Kind) throws(RunError) {
    try repair(FibreID(index: Int(fibre)), kind == .cut ? .fibreMended : .amplifierRepaired)
    planFailure(fibre, kind)
  }

  func planTransponderFailure(of circuit: CircuitID) {
    guard let gap = randomFaults.transponderGap() else { return }
    light.circuits[circuit].failsAt = now + gap
    plan(.transponderFails(circuit: circuit), after: gap)
  }

  func transponderFails(_ circuit: CircuitID) throws(RunError) {
    guard light.circuits.contains(circuit), light.circuits[circuit].failsAt == now else { return }
    let time = randomFaults.transponderRepair()
    light.circuits[circuit].mendsAt = now + time
    plan(.transponderIsRepaired(circuit: circuit), after: time)
    try failTransponder(of: circuit)
  }

  func transponderIsRepaired(_ circuit: CircuitID) throws(RunError) {
    guard light.circuits.contains(circuit), light.circuits[circuit].mendsAt == now else { return }
    planTransponderFailure(of: circuit)
    try repairTransponder(of: circuit)
  }

  private func plan(_ event: LightEvent, after time: SimDuration) {
    if now + time <= horizon { world.queue.push(.light(event), at: now + time) }
  }
}
