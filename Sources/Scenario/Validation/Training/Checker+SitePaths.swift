// SPDX-License-Identifier: GPL-3.0-or-later
internal import NetworkModel
internal import Scheduling
internal import Simulator
internal import Traffic
internal import YAMLReader

// What joins the sites of a job, and what it is compared with.

extension Checker {
  mutating func classBetween(_ section: TrainingSection, standard: Int) -> Int? {
    let index = section.classBetween.map { classIndex($0) } ?? standard
    guard scenario.classes[index].onFailure == .breakOff else { return index }
    report(
      "class \(Node.quoted(scenario.classes[index].name.value.text)) breaks off on a failure; "
        + "between sites expected one that waits or moves", at: section.origin, key: "sites")
    return nil
  }

  mutating func hops(
    of laid: SitePlan, between sites: [KnownSite], _ section: TrainingSection, trafficClass: Int
  ) -> [SpanningJob.Hop]? {
    guard isNetworkSound else { return nil }
    let pairs =
      laid.spread == .data ? SpanningJob.ring(of: sites.count) : SpanningJob.line(of: sites.count)
    let hops = pairs.map { source, target -> SpanningJob.Hop? in
      hop(sites, source, target, laid, trafficClass)
    }
    let known = hops.compactMap(\.self)
    return known.count == hops.count ? known : nil
  }

  private mutating func hop(
    _ sites: [KnownSite], _ source: Int, _ target: Int, _ laid: SitePlan, _ trafficClass: Int
  ) -> SpanningJob.Hop? {
    guard let route = resolver.route(from: sites[source].exit, to: sites[target].exit) else {
      report(
        "no route leads from \(Node.quoted(resolver.topology[sites[source].exit])) to "
          + "\(Node.quoted(resolver.topology[sites[target].exit]))",
        at: sites[target].section.fabric)
      return nil
    }
    let section = scenario.classes[trafficClass]
    if let problem = LosslessPromise.problem(
      of: section.trafficClass, on: route, in: resolver.topology)
    {
      report(
        "class \(Node.quoted(section.name.value.text)) is lossless, but between sites \(problem); "
          + "expected what loses nothing", at: section.transport)
      return nil
    }
    // A stage has as many accelerators as its ranks; replicas have all cards of a site.
    let ends = [sites[source], sites[target]].map { site in
      let most =
        laid.spread == .data ? site.cards : min(site.cards, laid.plan.data * laid.plan.tensor)
      return (cards: most, rate: Double(most) * site.design.nicRate.value)
    }
    return SpanningJob.Hop(
      source: source, target: target, route: route,
      connections: ends.map(\.cards).min() ?? 1,
      cards: BitsPerSecond(min(1e18, ends.map(\.rate).min() ?? 1e18)))
  }

  /// What the job is compared with: one site as large as all, or the sum of sites that differ.
  ///
  /// Nothing where a program spreads transfers, for no rule does what it would on another fabric.
  func oneSite(_ laid: SitePlan, _ sites: [KnownSite]) -> [OneSiteJob] {
    let isRuled = sites.allSatisfy { scenario.network.fabrics[$0.fabric].balancing.rule != nil }
    guard isRuled else { return [] }
    func balancing(_ site: KnownSite) -> LoadBalancing {
      fabrics[site.fabric]?.balancing ?? .spray
    }
    var whole = sites[0].design
    whole.hosts = sites.reduce(0) { $0 + $1.hosts }
    let areAlike = sites.allSatisfy { site in
      var design = site.design
      (design.name, design.hosts) = (whole.name, whole.hosts)
      return design == whole && site.site.accelerator == sites[0].site.accelerator
        && balancing(site) == balancing(sites[0])
    }
    if areAlike, whole.problem == nil {
      let job = TrainingJob(laid.model, laid.plan, on: sites[0].site.accelerator, name: "one site")
      return job.map { [OneSiteJob($0, on: whole, balancing(sites[0]))] } ?? []
    }
    let works = laid.parts.reduce(0) { $0 + Double($1.plan.batch) }
    return zip(laid.parts, sites).compactMap { part, site in
      var plan = part.plan
      plan.stagesElsewhere = 0
      guard let job = TrainingJob(laid.model, plan, on: part.accelerator, name: "one site") else {
        return nil
      }
      // With replicas each does its share of the batch, with stages all of it.
      let share = laid.spread == .data ? Double(plan.batch) / works : 1
      return OneSiteJob(job, on: site.design, balancing(site), share: share)
    }
  }
}
