// SPDX-License-Identifier: GPL-3.0-or-later
internal import EventKernel
internal import Light
internal import NetworkModel

// The life of a circuit: set up, up, switched, idle, torn down.

extension Lighting {
  /// The instant has come that was planned for a circuit, if it still is.
  func circuitIsDue(_ index: CircuitID) throws(RunError) {
    guard light.circuits.contains(index), light.circuits[index].dueAt == now else { return }
    light.circuits[index].dueAt = .distantFuture
    switch light.circuits[index].state {
    case .settingUp: try start(index)
    case .switching: try switchOver(index)
    case .up:
      if light.circuits[index].isForClients, light.circuits[index].clients == 0 {
        try tearDown(index)
      }
    case .tearingDown: try remove(index)
    case .down: break
    }
  }

  func plan(_ circuit: CircuitID, after time: SimDuration) {
    light.circuits[circuit].dueAt = now + time
    if now + time <= horizon {
      world.queue.push(.light(.circuitIsDue(circuit: circuit)), at: now + time)
    }
  }

  /// A circuit has its channels; its light comes once it is set up.
  func begin(circuit index: CircuitID) throws(RunError) {
    planTransponderFailure(of: index)
    if world.isNoted {
      try note(
        .lightpathLit, light.name(ofLightpath: light.circuits[index].working), describe(index))
    }
    if model.light.setup == .zero {
      try start(index)
    } else {
      plan(index, after: model.light.setup)
    }
  }

  private func start(_ index: CircuitID) throws(RunError) {
    let change = light.start(index, at: now)
    if let change { try follow([change]) }
    try refresh(link: light.circuits[index].link)
  }

  /// Does what follows for circuits that lost their light or have it back.
  func follow(_ changes: [CircuitChange]) throws(RunError) {
    var links: Set<LitLinkID> = []
    for change in changes {
      let circuit = light.circuits[change.circuit]
      if !change.left.isNone {
        try writeLightpath(change.left, of: circuit, dark: now)
        light.release(change.left)
      }
      let name = light.name(ofLightpath: circuit.working)
      if circuit.carries {
        try note(.lightpathBack, name, describe(change.circuit))
      } else if change.isLost {
        world.outages.lightpathsLost += 1
        try note(.lightpathLost, name, describe(change.circuit))
      }
      if !circuit.link.isNone { links.insert(circuit.link) }
      if !circuit.carries, circuit.isForClients, circuit.clients == 0 {
        try tearDown(change.circuit)
      } else if let after = change.switchesAfter {
        plan(change.circuit, after: after)
      }
    }
    for link in links.sorted() { try refresh(link: link) }
  }

  private func switchOver(_ index: CircuitID) throws(RunError) {
    guard light.switchOver(index, at: now) else { return }
    world.outages.lightpathsSwitched += 1
    let circuit = light.circuits[index]
    try note(
      .lightpathSwitched, light.name(ofLightpath: circuit.working),
      light.name(ofLightpath: light.active(circuit)))
    try refresh(link: circuit.link)
  }

  /// A circuit stops carrying; its channels are free once it is torn down.
  func tearDown(_ index: CircuitID) throws(RunError) {
    light.close(index)
    if model.light.teardown == .zero { return try remove(index) }
    reading { services.add($0.circuits[index], of: $0, at: now) }
    light.circuits[index].endOutage(at: now)
    light.circuits[index].state = .tearingDown
    plan(index, after: model.light.teardown)
    try refresh(link: light.circuits[index].link)
  }

  private func remove(_ index: CircuitID) throws(RunError) {
    let circuit = light.circuits[index]
    if circuit.state != .tearingDown { reading { services.add(circuit, of: $0, at: now) } }
    try writeLightpaths(of: circuit, dark: now)
    if world.isNoted {
      try note(.lightpathDark, light.name(ofLightpath: circuit.working), describe(index))
    }
    light.darken(index)
    try refresh(link: circuit.link)
  }

  /// Gives a link the capacity and the delay that its light has now.
  func refresh(link: LitLinkID) throws(RunError) {
    guard !link.isNone else { return }
    let lit = model.light.links[link.index]
    let capacity = reading { $0.capacity(ofLink: link.index) }
    for direction in [lit.forward, lit.back] {
      try world.changeLink(direction, .capacity(capacity))
      if let delay = reading({ $0.delay(ofLink: link.index) }) {
        world.flowClasses.setDelay(of: direction, to: delay, in: &world.fluid, at: now)
      }
    }
  }

  /// The ends of a circuit, or the link it belongs to.
  func describe(_ index: CircuitID) -> String {
    let circuit = light.circuits[index]
    if !circuit.link.isNone { return model.light.links[circuit.link.index].name }
    let nodes = model.topology.nodes
    return "\(nodes[Int(circuit.source)]);\(nodes[Int(circuit.target)])"
  }
}
