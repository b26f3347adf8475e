// SPDX-License-Identifier: GPL-3.0-or-later
internal import EventKernel
internal import NetworkModel
internal import Simulator
internal import Statistics
internal import Traffic
internal import YAMLReader

extension Checker {
  /// All that brings jobs to pools.
  mutating func jobEntries(
    on pools: [PoolDesign], isComplete: Bool, tenants: inout [Tenant]
  ) -> [JobEntry] {
    let sections = scenario.traffic.compactMap(\.jobs)
    checkUnique(
      sections.map(\.name) + scenario.traffic.compactMap { $0.trace?.poolTraceName }, kind: "jobs")
    checkUnique(sections.flatMap { $0.list ?? [] }.map(\.job), kind: "job")
    var entries: [JobEntry] = []
    for entry in scenario.traffic {
      let standard = classes[entry.trafficClass.value.text] ?? 0
      let found: JobEntry?
      if let jobs = entry.jobs {
        found = jobEntry(jobs, on: pools, isComplete, &tenants)
      } else if let trace = entry.trace, trace.goesToPools {
        found = jobEntry(trace, on: pools, isComplete, &tenants)
      } else {
        continue
      }
      guard var found else { continue }
      found.trafficClass = standard
      if let jobs = entry.jobs {
        let team = team(of: jobs, found, on: pools, isComplete, tenants)
        found.training?.team = team
      }
      checkCanRun(found, on: pools, isComplete, at: entry.jobs?.origin ?? entry.trace?.origin)
      entries.append(found)
    }
    return entries
  }

  /// Jobs that no pool can ever take are hardly meant.
  private mutating func checkCanRun(
    _ entry: JobEntry, on pools: [PoolDesign], _ isComplete: Bool, at origin: Origin?
  ) {
    guard isComplete, let origin else { return }
    if scenario.pools == nil {
      report("found jobs for pools, but no pools; expected pools with one", at: origin)
    } else if let speeds = entry.speeds, !pools.contains(where: { speeds[$0.accelerator] != nil }) {
      let types = Set(pools.map(\.accelerator).filter { !$0.isEmpty }).sorted()
      report(
        "found jobs that run on \(speeds.keys.sorted().joined(separator: ", ")), expected a type "
          + "that a pool has: \(types.joined(separator: ", "))", at: origin)
    }
  }

  private mutating func jobEntry(
    _ section: JobsSection, on pools: [PoolDesign], _ isComplete: Bool, _ tenants: inout [Tenant]
  ) -> JobEntry? {
    let origins = origins(of: section)
    warnWithoutLinks(section)
    guard let source = source(of: section, places: origins?.weights ?? []) else { return nil }
    var entry = JobEntry(name: section.name.value.text, source: source)
    entry.tenant = section.tenant.map { position(of: $0, in: &tenants) }
    entry.pool = section.to.flatMap { pool(named: $0.pool, among: pools, isComplete) }
    entry.speeds = speeds(section.runsOn, section.reference)
    entry.origins = origins?.nodes ?? []
    entry.outputTo = section.output.flatMap { node($0.to) }
    entry.latency = section.latency?.value.value
    entry.training = training(of: section, on: pools)
    entry.checkpoints = checkpoints(of: section.checkpoint)
    entry.booking = booking(section.reserve, to: entry.pool, on: pools, isComplete)
    if let latency = section.latency, section.from == nil, section.input == nil {
      report(
        "found a latency of jobs that come from nowhere, expected from, or input", at: latency)
    }
    return entry
  }

  /// Jobs that come from somewhere reach only the pools there where nothing links places; the national
  /// network has links where light makes some.
  private mutating func warnWithoutLinks(_ section: JobsSection) {
    let key = section.from != nil ? "from" : section.input != nil ? "input" : "output"
    guard isNetworkSound, section.from != nil || section.input != nil || section.output != nil,
      resolver.topology.links.allSatisfy({ $0.kind == .fabric })
    else { return }
    warnings.add(
      "found no link between places: these jobs reach no pool but those at their own place; links "
        + "stand in network.links, and light makes them of fibres", at: section.origin.place,
      path: section.origin.path.key(key))
  }

  /// The position of a tenant among all; of one that is there already, its terms must be the same.
  mutating func position(of section: TenantSection, in tenants: inout [Tenant]) -> Int {
    let tenant = Tenant(
      name: section.name.value.text, level: section.level, weight: section.weight.value)
    if let known = tenants.firstIndex(where: { $0.name == tenant.name }) {
      if tenants[known] != tenant {
        report(
          "found other terms of the tenant \(Node.quoted(tenant.name)) than before, expected the "
            + "same", at: section.origin)
      }
      return known
    }
    tenants.append(tenant)
    return tenants.count - 1
  }

  /// The position of a pool with accelerators; nil where none has that name, which is reported
  /// unless some pools are in error themselves.
  mutating func pool(
    named name: Written<Name>, among pools: [PoolDesign], _ isComplete: Bool
  ) -> Int? {
    if let index = pools.firstIndex(where: { $0.name == name.value.text }) {
      if pools[index].count == 0 {
        report("found a pool without accelerators, expected one with some", at: name)
      }
      return index
    }
    if isComplete {
      report(problems.unknown(name.value.text, kind: "pool", among: pools.map(\.name)), at: name)
    }
    return nil
  }

  /// How fast jobs run on each type; nil where they run on all alike.
  mutating func speeds(
    _ runsOn: KeyedValues<Positive<Double>>?, _ reference: Written<Name>?
  ) -> [String: Double]? {
    guard let runsOn else { return reference.map { [$0.value.text: 1] } }
    var speeds: [String: Double] = [:]
    for entry in runsOn.entries {
      if !(1e-6...1e6).contains(entry.value.value) {
        report("found \(entry.value.value), expected a speed from 1e-6 to 1e6", at: entry.name)
      }
      speeds[entry.name.value.text] = entry.value.value
    }
    if let reference, let speed = speeds[reference.value.text], speed != 1 {
      report(
        "found a speed of \(speed) on the reference, expected 1", at: reference)
    }
    return speeds
  }

  // MARK: - Places

  /// Where jobs come from, with the weight of each; nil where they come from nowhere.
  private mutating func origins(of section: JobsSection) -> (nodes: [NodeID], weights: [Double])? {
    if let from = section.from, section.input != nil {
      report("found from beside input, which says where jobs come from; expected one", at: from)
    }
    guard let places = section.input?.from ?? section.from else { return nil }
    return origins(places)
  }

  mutating func origins(
    _ places: Written<PlaceList>
  ) -> (nodes: [NodeID], weights: [Double])? {
    let shares = Written(places.value.shares, place: places.place, path: places.path)
    guard let ends = ends(shares, ClusterMap()), !ends.isEmpty else { return nil }
    let total = ends.reduce(0) { $0 + $1.weight }
    if !(total > 0 && total.isFinite) {
      report("found weights that add up to \(total), expected numbers nearer to 1", at: places)
    }
    return (ends.map(\.place), ends.map(\.weight))
  }
}
