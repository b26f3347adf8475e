// SPDX-License-Identifier: GPL-3.0-or-later
internal import NetworkModel
internal import Scheduling
internal import Simulator
internal import Traffic
internal import YAMLReader

// Training jobs that run on several pools at once: a job over sites on the fabrics of the pools, and
// what may stand beside it.

extension Checker {
  /// What jobs over several pools take of each; nil where they run on one, or where something is wrong,
  /// which is reported.
  mutating func team(
    of section: JobsSection, _ entry: JobEntry, on pools: [PoolDesign], _ isComplete: Bool,
    _ tenants: [Tenant]
  ) -> PoolTeam? {
    guard let training = section.training, let over = training.over else { return nil }
    checkTeamStandsAlone(section, over)
    guard isNetworkSound else { return nil }
    if over.value.count < 2 {
      report("found \(over.value.count), expected 2 pools or more", at: over)
      return nil
    }
    var (parts, sites): ([PoolTeam.Part], [SiteSection]) = ([], [])
    for one in over.value {
      guard let index = pool(named: one.pool, among: pools, isComplete) else { continue }
      if parts.contains(where: { $0.pool == index }) {
        report(
          "found \(Node.quoted(one.pool.value.text)) twice, expected different pools", at: one.pool)
        continue
      }
      guard let part = part(one, pools[index], at: index) else { continue }
      checkMayUse(pools[index], entry.tenant.map { tenants[$0] }, at: one.pool)
      parts.append(part.part)
      sites.append(part.site)
    }
    guard parts.count == over.value.count else { return nil }
    var alone = TrainingModel(
      fabrics: fabrics.compactMap { fabric in
        fabric.map { BalancedFabric($0.fabric, $0.balancing) }
      })
    add(
      asSites(training, named: section.name, sites), over: sites, trafficClass: entry.trafficClass,
      to: &alone)
    return alone.spans.isEmpty ? nil : PoolTeam(parts, alone)
  }

  /// The same job as one of `training` over sites.
  private func asSites(
    _ training: PoolTrainingSection, named name: Written<Name>, _ sites: [SiteSection]
  ) -> TrainingSection {
    var section = TrainingSection()
    section.origin = training.origin
    section.name = name
    section.sites = sites
    section.spread = training.spread
    section.split = training.split
    section.model = training.model
    section.plan = training.plan
    return section
  }

  private mutating func part(
    _ section: PoolPartSection, _ pool: PoolDesign, at index: Int
  ) -> (part: PoolTeam.Part, site: SiteSection)? {
    guard pool.queue == .conservative, pool.queueProgram == nil else {
      report(
        "found a pool whose queue is \(pool.queueName), expected one whose queue is conservative: "
          + "only there is it known when all pools of a job have room", at: section.pool)
      return nil
    }
    guard let name = pool.fabric,
      let place = scenario.network.fabrics.firstIndex(where: { $0.name.value.text == name }),
      let design = fabrics[place]?.fabric.design
    else {
      report("found a pool without a fabric, expected one that has one", at: section.pool)
      return nil
    }
    guard isRuled(place, section.origin) else { return nil }
    let count = section.accelerators?.value.value ?? min(pool.countForJobs, design.gpus)
    let most = min(pool.countForJobs, design.gpus)
    guard count <= most, count > 0 else {
      report(
        "found \(count), expected at most the \(most) of the pool and its fabric",
        at: section.accelerators
          ?? Written(Positive(count), place: section.pool.place, path: section.pool.path))
      return nil
    }
    guard count.isMultiple(of: design.gpusPerHost) else {
      report(
        "found \(count) accelerators, expected whole hosts, of \(design.gpusPerHost) each",
        at: section.origin, key: "accelerators")
      return nil
    }
    var site = SiteSection()
    site.origin = section.origin
    site.fabric = Written(Name(name), place: section.pool.place, path: section.pool.path)
    site.hosts = Written(
      Positive(count / design.gpusPerHost), place: section.pool.place, path: section.pool.path)
    return (PoolTeam.Part(pool: index, accelerators: count), site)
  }

  private mutating func checkMayUse(
    _ pool: PoolDesign, _ tenant: Tenant?, at name: Written<Name>
  ) {
    if let tenant, pool.level < tenant.level {
      report(
        "found a pool of level \(pool.level), expected \(tenant.level) or more, which its tenant "
          + "needs", at: name)
    }
    if !pool.isJoined, tenant?.name != pool.owner {
      report("found a pool that has not joined, expected one that has", at: name)
    }
  }

  /// What has no meaning beside several pools.
  private mutating func checkTeamStandsAlone(
    _ section: JobsSection, _ over: Written<[PoolPartSection]>
  ) {
    let beside = [
      ("input", section.input != nil), ("output", section.output != nil),
      ("from", section.from != nil), ("to", section.to != nil),
      ("reserve", section.reserve != nil), ("latency", section.latency != nil),
    ].filter(\.1).map(\.0)
    for key in beside {
      report("found `\(key)` beside several pools, expected none", at: section.origin, key: key)
    }
    for job in section.list ?? [] where job.input != nil || job.output != nil {
      report("found data of a job on several pools, expected none", at: job.origin)
    }
    if let placement = scenario.placement, let rule = placement.policy, rule.sharing != nil {
      report(
        "found jobs on several pools with \(rule.rawValue), expected a policy under which jobs do "
          + "not take turns", at: over)
    }
  }
}
