// SPDX-License-Identifier: GPL-3.0-or-later
internal import Compute
internal import NetworkModel
internal import Scheduling
internal import Simulator
internal import YAMLReader

extension Checker {
  /// The pools of the country, where they are asked for.
  mutating func builtInPools(_ terms: PowerTerms) -> [PoolDesign] {
    guard let section = scenario.pools, section.use != nil else { return [] }
    guard scenario.network.use == .national, let energy = terms.national else {
      report(
        "found the built-in pools on another network, expected network: {use: national}",
        at: section.origin, key: "use")
      return []
    }
    let year =
      section.year?.value ?? scenario.calendar.map { _ in terms.calendar.start.year } ?? 2026
    let total = section.scale?.value.value.flops ?? NationalPools.identified
    if !(1e15...1e21).contains(total) {
      let at = section.scale?.place ?? section.origin.place
      problems.add(
        "found a scale out of reach, expected 1 PFLOPS to 1000 EFLOPS", at: at,
        path: section.origin.path.key("scale"))
      return []
    }
    let kinds = Set((section.kinds?.value ?? [.intelligent]).map(\.rawValue))
    let program = command(of: section.queue)
    let prices = prices(of: section)
    let set = NationalPools.make(NationalNetwork(), intelligent: total)
    let pools = set.pools.filter { kinds.contains($0.kind.rawValue) }
    let more = machinesMore(of: section, pools.map(\.name))
    var known: [Place: EnergyTerms] = [:]
    return pools.compactMap { pool in
      resolver.node(named: pool.site).map { node in
        let place = Place(site: pool.site, cooling: pool.cooling)
        let shared = known[place] ?? energyTerms(at: place, energy, terms.calendar)
        known[place] = shared
        var design = design(pool, at: node, joined: pool.joins <= year, section, shared)
        design.count += more[pool.name] ?? 0
        design.queueProgram = program
        design.price_yuan_h = prices[pool.hardware]
        return design
      }
    }
  }

  /// What a machine of each type costs an hour.
  private mutating func prices(of section: PoolsSection) -> [String: Double] {
    let types = Set(NationalPools.make(NationalNetwork()).pools.map(\.hardware)).sorted()
    var prices: [String: Double] = [:]
    for entry in section.prices?.entries ?? [] {
      let name = entry.name.value.text
      if !types.contains(name) {
        report(problems.unknown(name, kind: "type of machine", among: types), at: entry.name)
      }
      prices[name] = entry.value.yuanPerHour
    }
    return prices
  }

  /// How many machines pools have more, by name.
  private mutating func machinesMore(
    of section: PoolsSection, _ names: [String]
  ) -> [String: Int] {
    var more: [String: Int] = [:]
    for entry in section.more?.entries ?? [] {
      let name = entry.name.value.text
      if !names.contains(name) {
        report(problems.unknown(name, kind: "built-in pool", among: names), at: entry.name)
      }
      more[name] = entry.value.value
    }
    return more
  }

  /// What pools have in common that are on the same terms.
  private struct Place: Hashable {
    var site: String
    var cooling: CoolingKind
  }

  private func energyTerms(
    at place: Place, _ energy: NationalEnergy, _ calendar: RunCalendar
  ) -> EnergyTerms {
    EnergyTerms(
      energy.tariff(at: place.site) ?? .none,
      energy.cooling(at: place.site, place.cooling) ?? .constant(1), calendar)
  }

  private func design(
    _ pool: NationalPool, at node: NodeID, joined: Bool, _ section: PoolsSection,
    _ terms: EnergyTerms
  ) -> PoolDesign {
    PoolDesign(
      name: pool.name, identifier: pool.identifier.description, node: node,
      cluster: pool.identifier.cluster ?? "", owner: pool.owner, accelerator: pool.hardware,
      count: pool.count, queue: section.queue?.rule ?? .fcfs, level: pool.level, isJoined: joined,
      power: PoolPower(
        idle: pool.idle_W, full: pool.full_W, terms: terms))
  }

  /// What a pool of the file is called in the whole network.
  func identifier(of pool: String, at site: String) -> PoolIdentifier {
    guard scenario.network.use == .national,
      let known = NationalNetwork().placedPlant().sites.first(where: { $0.name == site })
    else { return PoolIdentifier(dataCentre: site, pool: pool) }
    return PoolIdentifier(at: known, pool: pool)
  }

  /// A pool of the file that has the name of a built-in one.
  mutating func checkNamesAreNew(of list: [PoolSection], among pools: [PoolDesign]) {
    let builtIn = Set(pools.dropFirst(list.count).map(\.name))
    for section in list where builtIn.contains(section.name.value.text) {
      report(
        "found the name of a built-in pool, expected another", at: section.name)
    }
  }
}
