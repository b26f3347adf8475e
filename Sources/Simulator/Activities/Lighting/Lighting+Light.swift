// SPDX-License-Identifier: GPL-3.0-or-later
internal import EventKernel
internal import Light
internal import NetworkModel
internal import Results

// What a run of light starts with, and what it leaves behind.

extension Model {
  /// What each link carries when a run starts: lit links as they are lit, the others as told.
  var capacitiesAtStart: [Double] {
    var capacities = topology.links.map(\.capacity.value)
    for (index, link) in light.links.enumerated() {
      let capacity = lit.capacity(ofLink: index).value
      capacities[Int(link.forward.index)] = capacity
      capacities[Int(link.back.index)] = capacity
    }
    return capacities
  }
}

extension Lighting {
  /// Plans what comes by itself: requests, faults, reviews.
  func planLight() {
    for (index, fault) in model.light.faults.enumerated() where fault.time <= horizon {
      world.queue.push(.light(.faultHappens(fault: Int32(index))), at: fault.time)
    }
    for (index, link) in model.light.links.enumerated() {
      guard let rule = link.automatic, .zero + rule.every <= horizon else { continue }
      world.queue.push(.light(.linkIsReviewed(link: LitLinkID(index))), at: .zero + rule.every)
    }
    for index in model.light.requests.indices {
      requests.fetch(index, before: horizon)
      scheduleRequest(of: index)
    }
    planFibreFailures()
    if model.light.failures.transponders != nil {
      for circuit in light.circuits.positions { planTransponderFailure(of: circuit) }
    }
  }

  /// Writes what is still lit and still served, and books it.
  func finishLight() throws(RunError) {
    // A client is known by its first part; the others are those that one of them leads to.
    let clients = light.clients.positions
    let laterParts = Set(clients.map { light.clients[$0].next })
    for client in clients where !laterParts.contains(client) {
      try end(requests.sessions[client.index], of: client, at: nil)
    }
    for index in light.circuits.positions {
      let circuit = light.circuits[index]
      if !circuit.isLeaving { reading { services.add(circuit, of: $0, at: now) } }
      try writeLightpaths(of: circuit, dark: nil)
    }
    services.close(at: now)
    try writeServices()
    try writePaths()
  }

  private func writeServices() throws(RunError) {
    guard tables.services != nil else { return }
    for (index, link) in model.light.links.enumerated() {
      try tables.services?.append(
        link.name, protection: link.protection.rawValue, services.services[index],
        services.links[index])
    }
  }

  private func writePaths() throws(RunError) {
    guard tables.paths != nil else { return }
    for path in light.tried() {
      let route = light.candidates.path(path.index)
      let sites = route.sites.map { model.topology[$0] }
      let fibres = route.fibres.map { model.light.plant[$0].name }
      try tables.paths?.append(
        route, rank: path.rank, lineRate: light.candidates.grade(path.index).lineRate,
        sites: sites, fibres: fibres)
    }
  }

  /// The rows of the lightpaths of a circuit.
  func writeLightpaths(of circuit: Circuit, dark: SimTime?) throws(RunError) {
    for index in [circuit.working, circuit.other] where !index.isNone {
      try writeLightpath(index, of: circuit, dark: dark)
    }
  }

  func writeLightpath(
    _ index: LightpathID, of circuit: Circuit, dark: SimTime?
  ) throws(RunError) {
    guard tables.lightpaths != nil else { return }
    let row = row(of: light.lightpaths[index], circuit, dark: dark)
    try tables.lightpaths?.append(row)
  }

  private func row(
    of lightpath: Lightpath, _ circuit: Circuit, dark: SimTime?
  ) -> LightpathsTable.Row {
    let nodes = model.topology.nodes
    let route = light.candidates.path(lightpath.path)
    let (quality, channel) = reading { ($0.quality(of: lightpath), $0.channels(of: lightpath)) }
    return LightpathsTable.Row(
      name: "L\(lightpath.number)",
      link: !circuit.link.isNone ? model.light.links[circuit.link.index].name : "",
      source: nodes[Int(circuit.source)], target: nodes[Int(circuit.target)],
      role: lightpath.role.name,
      path: route.sites.map { model.topology[$0] }.joined(separator: ";"),
      kilometres: route.length.value, channel: channel,
      mode: quality?.mode ?? "", lineRate: lightpath.lineRate,
      gsnr_dB: quality?.gsnr_dB ?? .nan, margin_dB: quality?.margin_dB ?? .nan,
      lit: lightpath.litAt, dark: dark)
  }

  /// By place, how many regenerators were in use at once at most.
  var regenerators: [String: Int] {
    Dictionary(
      light.regenerators.map { (model.topology[$0.key], $0.value.most) },
      uniquingKeysWith: { first, _ in first })
  }

  /// Adds what a reader wants to know of the light.
  func describeLight(in table: inout SummaryTable) {
    guard !light.isEmpty else { return }
    if !requests.isEmpty { requests.statistics.describe(in: &table) }
    if requests.bySource.count > 1 {
      for (name, statistics) in zip(requestSourceNames, requests.bySource) {
        statistics.describe(in: &table, prefix: name + "/")
      }
    }
    let use = light.spectrumUse
    table.add("lightpaths_lit", Double(light.lightpathsLit))
    table.add("lightpaths_at_end", Double(light.lightpaths.count))
    if model.light.allowsRegeneration, !model.light.allowsConversion {
      table.add("regenerators", Double(regenerators.values.reduce(0, +)))
    }
    table.add("lightpaths_lost", Double(world.outages.lightpathsLost), showing: .unlessZero)
    table.add(
      "lightpaths_switched", Double(world.outages.lightpathsSwitched), showing: .unlessZero)
    table.add("fibre_faults", Double(world.outages.fibreFaults), showing: .unlessZero)
    table.add("spectrum_used_mean", use.mean)
    table.add("spectrum_used_max", use.most)
    table.add("spectrum_peak", use.peak)
    describeServices(in: &table)
  }

  private func describeServices(in table: inout SummaryTable) {
    var all = ServiceTimes()
    for times in services.links { all.merge(times) }
    if all.circuits > 0 {
      let up = services.services.reduce(0) { $0 + $1.up.seconds }
      let down = services.services.reduce(0) { $0 + $1.down.seconds }
      table.add("link_availability", up + down > 0 ? up / (up + down) : .nan)
      table.add("link_outages", Double(services.services.reduce(0) { $0 + $1.outages }))
      table.add("lightpath_availability", all.availability)
    }
    let cost = services.protection
    if cost.lightpaths > 0 {
      table.add("lightpaths_protected", Double(cost.lightpaths))
      table.add("lightpaths_protected_slower", Double(cost.slower), showing: .never)
      table.add("protected_rate", cost.rate, unit: "bit/s", showing: .never)
      table.add(
        "protected_rate_of_working", cost.workingRate, unit: "bit/s", showing: .never)
    }
  }
}
