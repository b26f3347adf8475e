// SPDX-License-Identifier: GPL-3.0-or-later
internal import EventKernel
internal import FlowMath
internal import Light
internal import NetworkModel
internal import Traffic

// Traffic that a fault keeps off links that are in order themselves.
//
// A fault sends traffic another way, makes it wait or ends it. The other links of its route carry
// less then, and would darken channels that are needed again the moment the fault is repaired. So a
// link keeps its light as long as traffic of its own goes elsewhere, and one review longer if it
// has come home since the last. A fault that nothing repairs holds nothing: its traffic does not
// come back. Traffic is that of the routes that flows of this run have had, and of demands.

extension Lighting {
  /// Whether a link is to keep its channels, since a fault keeps traffic off it or did so since
  /// its last review.
  func mustKeepLight(_ link: LitLinkID) -> Bool {
    let hasReturned = reviews.takeReturn(to: link.index)
    if hasReturned || world.links.downCount == 0 { return hasReturned }
    if let known = reviews.isMissing(link.index, at: now) { return known }
    reviews.setMissing(routesMissed(), at: now)
    return reviews.isMissing(link.index, at: now) ?? false
  }

  /// Notes that the traffic of a link that is back comes home to the others of its routes too.
  func noteReturn(over link: LinkID) {
    guard reviews.isUsed else { return }
    for route in ownRoutes(where: { $0.links.contains(link) }) { reviews.noteReturn(to: route) }
  }

  /// Whether flows or demands are there whose own route leads over one of some links.
  func hasTraffic(bound links: [LinkID]) -> Bool {
    let hasFlows = world.flowClasses.entries.indices.contains { index in
      let flowClass = world.flowClasses.entries[index]
      return flowClass.hasTransport && world.fluid.flows(ofClass: index) > 0
        && world.flowClasses.route(of: flowClass.home).links.contains(where: links.contains)
    }
    return hasFlows
      || world.loss.demands.contains { state in
        state.rate > 0 && model.routes[state.demand.route].links.contains(where: links.contains)
      }
  }

  /// The routes that flows and demands come with, whichever way they go now.
  private func ownRoutes(where isMeant: (Route) -> Bool) -> [Route] {
    var routes: [Route] = []
    for index in world.flowClasses.entries.indices
    where isHome(index) && isMeant(world.flowClasses.routes[index]) {
      routes.append(world.flowClasses.routes[index])
    }
    // Many demands go the same way.
    var isKnown = Array(repeating: false, count: model.routes.count)
    for index in world.loss.demands.indices {
      let route = world.loss.demands[index].demand.route
      guard !isKnown[route] else { continue }
      isKnown[route] = true
      if isMeant(model.routes[route]) { routes.append(model.routes[route]) }
    }
    return routes
  }

  /// Whether flows come with the route of a flow class, and not only by way of a detour.
  private func isHome(_ index: Int) -> Bool {
    let flowClass = world.flowClasses.entries[index]
    return flowClass.home.index == index && flowClass.hasTransport
  }

  /// The routes with links that are down, all of which will be repaired.
  private func routesMissed() -> [Route] {
    let down = model.topology.links.indices.filter { world.links.isDown($0) }
    let returning = Set(down.filter { comesBack(LinkID(index: $0)) }.map { LinkID(index: $0) })
    guard !returning.isEmpty else { return [] }
    var isDown = Array(repeating: false, count: model.topology.links.count)
    for link in down { isDown[link] = true }
    return ownRoutes { route in
      guard route.links.contains(where: { isDown[Int($0.index)] }) else { return false }
      return route.links.allSatisfy { !isDown[Int($0.index)] || returning.contains($0) }
    }
  }
}

// MARK: - What is repaired

extension Lighting {
  /// Whether a link that is down will be up again, as far as faults tell.
  private func comesBack(_ id: LinkID) -> Bool {
    let link = Int(id.index)
    if world.links.hasFailed(link) { return failuresEnd(of: id) }
    guard let lit = world.loss.litLinks[link] else {
      return isChangedLater(id) { if case .capacity(let rate) = $0 { rate > .zero } else { false } }
    }
    return light.linkCircuits[lit].contains { index in
      switch light.circuits[index].state {
      case .down, .switching: return comesBack(light.circuits[index])
      case .settingUp, .up, .tearingDown: return false
      }
    }
  }

  /// Whether all failures of a link are over at some later time.
  private func failuresEnd(of link: LinkID) -> Bool {
    var failures = 0
    for change in model.changes where change.links.contains(link) {
      switch change.kind {
      case .fail: failures += 1
      case .repair: failures = max(0, failures - 1)
      case .capacity: break
      }
      if change.time > now, failures == 0 { return true }
    }
    return false
  }

  private func isChangedLater(_ link: LinkID, _ isGood: (LinkChange.Kind) -> Bool) -> Bool {
    model.changes.contains { $0.time > now && $0.links.contains(link) && isGood($0.kind) }
  }

  /// Whether all that takes the working lightpath of a circuit down will be repaired.
  private func comesBack(_ circuit: Circuit) -> Bool {
    if circuit.faults > 0 {
      let isMended = circuit.mendsAt < .distantFuture && circuit.mendsAt > now
      guard isMended || isRepaired(circuit) else { return false }
    }
    let path = light.candidates.path(light.lightpaths[circuit.working].path)
    return path.fibres.allSatisfy { fibre in
      light.faults[Int(fibre.index)] == 0 || endsAsPlanned { $0.change(of: fibre) }
    }
  }

  /// Whether the planned faults of a circuit's transponder all have an end.
  private func isRepaired(_ circuit: Circuit) -> Bool {
    let name = light.name(ofLightpath: circuit.working)
    let faults = failedTransponders.filter { $0.value.lightpath == name }.keys
    let ends = model.light.faults.compactMap { fault -> Int? in
      guard case .transponderRepaired(_, let number) = fault.kind, fault.time > now
      else { return nil }
      return number
    }
    return !faults.isEmpty && faults.allSatisfy(ends.contains)
  }

  /// Whether the planned faults of something are all over at some later time.
  ///
  /// Those that come at random are not planned, and end by themselves.
  private func endsAsPlanned(_ change: (FibreFault.Kind) -> Int) -> Bool {
    var faults = 0
    for fault in model.light.faults {
      faults = max(0, faults + change(fault.kind))
      if fault.time > now, faults == 0 { return true }
    }
    return faults == 0
  }
}

extension FibreFault.Kind {
  /// By how much it changes the number of faults of a fibre.
  fileprivate func change(of fibre: FibreID) -> Int {
    switch self {
    case .cut(let other), .amplifierFails(let other): other == fibre ? 1 : 0
    case .mend(let other), .amplifierRepaired(let other): other == fibre ? -1 : 0
    case .transponderFails, .transponderRepaired: 0
    }
  }
}
