// SPDX-License-Identifier: GPL-3.0-or-later
internal import Compute
internal import EventKernel
internal import NetworkModel
internal import Scheduling
internal import Simulator
internal import Traffic
internal import YAMLReader

extension Checker {
  /// The pools, what runs on them, and what sends it there.
  mutating func computingModel() -> ComputingModel {
    let calendar = runCalendar()
    let tariffs = tariffs()
    let climates = climates()
    let national = scenario.network.use == .national ? NationalEnergy() : nil
    let terms = PowerTerms(tariffs, climates, calendar, national)
    let list = scenario.pools?.list ?? []
    checkUnique(list.map(\.name), kind: "pool")
    var pools: [PoolDesign] = []
    for section in list {
      if let pool = pool(section, terms) { pools.append(pool) }
    }
    let isComplete = pools.count == list.count
    pools += builtInPools(terms)
    checkNamesAreNew(of: list, among: pools)
    checkCaps(&pools)
    checkSignals(&pools)
    planOutages(of: &pools, isComplete)
    var model = ComputingModel(
      pools: pools, placement: placement(), registry: registry(of: pools), calendar: calendar,
      sampleEvery: (scenario.pools?.sampleEvery ?? scenario.sampleEvery)?.value)
    model.entries = jobEntries(on: pools, isComplete: isComplete, tenants: &model.tenants)
    checkPoolsAreThere(model, isComplete: isComplete)
    decidePower(in: &model)
    checkSharing(of: model)
    return model
  }

  /// Who says how much power pools may take.
  private mutating func decidePower(in model: inout ComputingModel) {
    guard let decider = scenario.energy?.power else { return }
    model.powerProgram = command(of: decider)
    model.powerPolicy = decider.rule.map {
      LessWhileDear(above_yuan_kWh: $0.above.yuanPerKWh, part: $0.to.value.share)
    }
    let origin = scenario.energy?.origin ?? .none
    if !model.pools.isEmpty, !model.pools.contains(where: { $0.power.full > 0 }) {
      report(
        "found no pool whose accelerators take a known power, expected one", at: origin,
        key: "power")
    }
    if scenario.traffic.contains(where: { $0.inference != nil }) {
      report(
        "found `power` with a service, expected none: replicas do not slow down", at: origin,
        key: "power")
    }
  }

  private mutating func checkPoolsAreThere(_ model: ComputingModel, isComplete: Bool) {
    if scenario.pools != nil, model.pools.isEmpty, isComplete {
      report("found no pool, expected one in list", at: scenario.pools?.origin ?? .none)
    }
    if let placement = scenario.placement, scenario.pools == nil {
      report("found placement without pools, expected pools beside it", at: placement.origin)
    }
    if let energy = scenario.energy, scenario.pools == nil {
      report("found energy without pools, expected pools beside it", at: energy.origin)
    }
  }

  private mutating func runCalendar() -> RunCalendar {
    guard let section = scenario.calendar else { return .standard }
    if let day = CalendarDay(section.start.value) { return RunCalendar(start: day) }
    report(
      "found \(Node.quoted(section.start.value)), expected a date from 1900 to 2999, such as "
        + "2026-07-01", at: section.start)
    return .standard
  }

  // MARK: - A pool

  private mutating func pool(_ section: PoolSection, _ terms: PowerTerms) -> PoolDesign? {
    guard let place = node(section.at) else { return nil }
    let power = power(of: section, terms)
    if section.name.value.text == TraceTarget.any {
      report("found the name \"any\", expected another; it stands for all pools", at: section.name)
    }
    let identifier = identifier(of: section.name.value.text, at: resolver.topology[place])
    var design = PoolDesign(
      name: section.name.value.text, identifier: identifier.description, node: place,
      cluster: identifier.cluster ?? "", owner: section.owner,
      accelerator: section.accelerator?.value.text ?? "", count: section.count?.value ?? 0,
      queue: section.queue?.rule ?? .fcfs, level: section.level, isJoined: section.joined,
      power: power)
    design.queueProgram = command(of: section.queue)
    design.fabric = fabric(of: section)
    design.price_yuan_h = section.price?.yuanPerHour
    design.failures = section.failures.map {
      PoolFailures(meanTime: $0.meanTime.value.value.seconds, repair: $0.repair)
    }
    return design
  }

  /// The fabric of a pool, which has the same accelerators.
  private mutating func fabric(of section: PoolSection) -> String? {
    guard let name = section.fabric, let index = fabricIndex(name) else { return nil }
    let type = scenario.network.fabrics[index].accelerator?.value
    if let type, let own = section.accelerator, type != own.value.text {
      report(
        "found a fabric of \(type), expected one of \(own.value.text) as the pool has", at: name)
    }
    return name.value.text
  }

  private mutating func power(of section: PoolSection, _ terms: PowerTerms) -> PoolPower {
    var power = PoolPower(terms: energyTerms(of: section, terms))
    if let given = section.power {
      (power.idle, power.full) = (given.idle.watts, given.full.value.watts)
      if given.idle.watts > given.full.value.watts {
        report(
          "found an idle power above the full one, expected idle <= full", at: given.origin)
      }
    } else if let type = section.accelerator.flatMap({ Accelerator.builtIn(named: $0.value.text) })
    {
      (power.idle, power.full) = (type.idle_W, type.full_W)
    }
    power.steps = (section.itPower?.steps ?? []).map {
      PowerStep(from: .zero + $0.time, watts: $0.value.watts)
    }
    return power
  }

  private mutating func energyTerms(of section: PoolSection, _ terms: PowerTerms) -> EnergyTerms {
    let known = section.tariff.map { tariff(named: $0, among: terms) }
    let cooled = section.pue.map { cooling($0, terms) }
    let site = section.at.value.text
    return EnergyTerms(
      known ?? terms.national?.tariff(at: site) ?? .none,
      cooled ?? terms.national?.cooling(at: site) ?? .constant(1), terms.calendar)
  }

  private mutating func cooling(_ value: PUEValue, _ terms: PowerTerms) -> Cooling {
    switch value {
    case .constant(let pue):
      if !(1...10).contains(pue.value) {
        report("found \(pue.value), expected a PUE from 1 to 10", at: pue)
      }
      return .constant(max(1, pue.value))
    case .curve(let section):
      let knots = section.curve.flatMap { curve($0) }
      guard let outside = climate(named: section.outside, among: terms) else {
        return .constant(1)
      }
      return .curve(knots ?? CoolingKind.largeCentre.curve, outside)
    }
  }

  private mutating func curve(_ knots: Written<Knots>) -> PUECurve? {
    let points = knots.value.points
    if let low = points.first(where: { !(1...10).contains($0.y) }) {
      report("found a PUE of \(low.y), expected 1 to 10", at: knots)
      return nil
    }
    return PUECurve(points.map { PUECurve.Knot(outside_C: $0.x, pue: $0.y) })
  }

  // MARK: - Policies

  private mutating func registry(of pools: [PoolDesign]) -> PoolRegistry? {
    guard let section = scenario.pools?.registry, let node = node(section.at) else { return nil }
    let refresh = section.refresh.value
    for pool in pools where pool.node != node {
      guard let route = resolver.route(from: pool.node, to: node) else {
        report(
          "found a registry that the pool \(Node.quoted(pool.name)) can't reach, expected a "
            + "route to it", at: section.at)
        return nil
      }
      let delay = resolver.topology.delay(of: route)
      guard delay < refresh else {
        report(
          "found a refresh no longer than the \(delay.seconds) s that a report of the pool "
            + "\(Node.quoted(pool.name)) takes, expected a longer one", at: section.origin,
          key: "refresh")
        return nil
      }
    }
    return PoolRegistry(node: node, refresh: refresh)
  }

  // MARK: - Caps

  private mutating func checkCaps(_ pools: inout [PoolDesign]) {
    for section in scenario.energy?.caps ?? [] {
      guard checkEnd(section.to, after: section.from) else { continue }
      guard let index = pools.firstIndex(where: { $0.name == section.pool.value.text }) else {
        report(
          problems.unknown(section.pool.value.text, kind: "pool", among: pools.map(\.name)),
          at: section.pool)
        continue
      }
      let cap = PowerCap(
        from: .zero + section.from, to: .zero + section.to.value, watts: section.power.watts)
      if pools[index].power.caps.contains(where: { $0.from < cap.to && cap.from < $0.to }) {
        report(
          "found a cap beside another of the same time, expected one at a time", at: section.pool)
      }
      if !pools[index].power.isKnown {
        report(
          "found a cap on a pool whose power nobody says, expected power or a built-in type",
          at: section.pool)
      }
      pools[index].power.caps.append(cap)
      pools[index].power.caps.sort { $0.from < $1.from }
    }
  }
}

/// What pools refer to for what their power costs.
struct PowerTerms {
  let tariffs: [String: Tariff]
  let climates: [String: OutsideTemperature]
  let calendar: RunCalendar
  /// What is known of the places of the built-in network; nil on others.
  let national: NationalEnergy?

  init(
    _ tariffs: [String: Tariff], _ climates: [String: OutsideTemperature],
    _ calendar: RunCalendar, _ national: NationalEnergy?
  ) {
    self.tariffs = tariffs
    self.climates = climates
    self.calendar = calendar
    self.national = national
  }
}
