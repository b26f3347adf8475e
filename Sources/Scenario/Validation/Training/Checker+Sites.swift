// SPDX-License-Identifier: GPL-3.0-or-later
internal import EventKernel
internal import NetworkModel
internal import Simulator
internal import Traffic
internal import YAMLReader

// Training jobs over several sites: a job at each of them, and the ways between.

extension Checker {
  /// A site whose fabric, hosts and exit are known.
  struct KnownSite {
    var section: SiteSection
    var fabric: Int
    var hosts: Int
    var exit: NodeID
    var site: JobSite
    var design: FabricDesign

    var cards: Int { hosts * design.nicsPerHost }
  }

  /// Adds a job over sites to the others; one in error is left out.
  mutating func add(
    _ section: TrainingSection, over sections: [SiteSection], trafficClass: Int,
    to training: inout TrainingModel
  ) {
    guard let model = section.model, let plan = section.plan,
      let between = classBetween(section, standard: trafficClass),
      let sites = knownSites(sections, of: section), isSound(model), isSound(plan, for: model),
      let laid = sitePlan(section, model, plan, over: sites)
    else { return }
    guard let hops = hops(of: laid, between: sites, section, trafficClass: between) else { return }
    guard var jobs = laid.jobs(name: section.name.value.text, span: training.spans.count),
      jobs.allSatisfy({ isSound($0, at: plan.origin) })
    else {
      report("found an iteration of more than 292 years, expected less", at: section.origin)
      return
    }
    let first = training.jobs.count
    for index in jobs.indices {
      jobs[index].trafficClass = trafficClass
      jobs[index].fabric = sites[index].fabric
      jobs[index].firstGPU =
        sites[index].section.firstHost.value * sites[index].design.gpusPerHost
      jobs[index].start = .zero + section.start
      jobs[index].iterations = section.iterations.value
      checkOverlap(of: jobs[index], with: training.jobs, at: sites[index].section.origin)
      training.jobs.append(jobs[index])
    }
    training.spans.append(
      SpanningJob(
        name: section.name.value.text, trafficClass: between,
        members: Array(first..<first + jobs.count), exchange: exchange(of: laid), hops: hops,
        operations: Double(laid.plan.batch) * Double(laid.model.sequence)
          * laid.model.operationsPerToken,
        peak: zip(jobs, sites).reduce(0) {
          $0 + Double($1.0.gpus) * $1.1.site.accelerator.peak(laid.model.precision)
        },
        oneSite: oneSite(laid, sites)))
  }

  private mutating func isSound(_ job: TrainingJob, at origin: Origin) -> Bool {
    for exchange in job.blocking + job.gradients {
      guard let problem = exchange.collective.problem else { continue }
      report("for \(exchange.purpose.rawValue) at a site, \(problem)", at: origin)
      return false
    }
    return true
  }

  private mutating func sitePlan(
    _ section: TrainingSection, _ model: ModelSection, _ plan: PlanSection, over sites: [KnownSite]
  ) -> SitePlan? {
    let spread = section.spread ?? .data
    if spread == .pipeline, plan.overlap.share > 0 {
      report(
        "found an overlap with a pipeline over sites, which exchanges gradients behind its last "
          + "microbatch; expected 0 %", at: plan.origin, key: "overlap")
      return nil
    }
    do throws(SitePlanProblem) {
      return try SitePlan(
        model.transformer, plan.parallelPlan, over: sites.map(\.site), spread,
        section.split ?? .proportional)
    } catch {
      if let key = error.key {
        report(error.text, at: plan.origin, key: key)
      } else {
        report(error.text, at: section.origin, key: "sites")
      }
      return nil
    }
  }

  private func exchange(of laid: SitePlan) -> SpanningJob.Exchange {
    if let pipeline = laid.pipeline { return .pipeline(pipeline) }
    return SpanningJob.ringAllReduce(of: laid.gradientBytes, over: laid.parts.count)
  }
}

// MARK: - Sites

extension Checker {
  private mutating func knownSites(
    _ sections: [SiteSection], of job: TrainingSection
  ) -> [KnownSite]? {
    if sections.count < 2 {
      report("found \(sections.count), expected 2 sites or more", at: job.origin, key: "sites")
      return nil
    }
    if job.firstHost.value != 0 {
      report("found first_host beside sites, expected it in each of them", at: job.firstHost)
    }
    var taken: Set<String> = []
    var sites: [KnownSite] = []
    for section in sections {
      if !taken.insert(section.fabric.value.text).inserted {
        report(
          "found \(Node.quoted(section.fabric.value.text)) twice, expected different fabrics",
          at: section.fabric)
      } else if let site = knownSite(section) {
        sites.append(site)
      }
    }
    return sites.count == sections.count ? sites : nil
  }

  private mutating func knownSite(_ section: SiteSection) -> KnownSite? {
    guard let place = fabricIndex(section.fabric), let fabric = fabrics[place]?.fabric else {
      return nil
    }
    let all = fabric.design.hosts
    guard (0..<all).contains(section.firstHost.value) else {
      report("found \(section.firstHost.value), expected 0 to \(all - 1)", at: section.firstHost)
      return nil
    }
    let room = all - section.firstHost.value
    if let hosts = section.hosts, hosts.value.value > room {
      report(
        "found \(hosts.value.value), expected at most the \(room) of the fabric behind its first "
          + "host", at: hosts)
      return nil
    }
    let type = scenario.network.fabrics[place].accelerator
    guard let accelerator = type.flatMap({ Accelerator.builtIn(named: $0.value) }) else {
      report("a model needs a fabric that says its accelerator", at: section.fabric)
      return nil
    }
    guard let exit = resolver.node(named: "\(fabric.design.name)/exit") else {
      // Its own mistake is told where it stands.
      if scenario.network.fabrics[place].exit == nil {
        report("a site needs a fabric with an exit", at: section.fabric)
      }
      return nil
    }
    let hosts = section.hosts?.value.value ?? room
    return KnownSite(
      section: section, fabric: place, hosts: hosts, exit: exit,
      site: JobSite(
        gpus: hosts * fabric.design.gpusPerHost, accelerator: accelerator,
        interconnect: fabric.design.interconnect),
      design: fabric.design)
  }

  /// What the job is compared with: one site as large as all, or the sum of sites that differ.
  private func oneSite(_ laid: SitePlan, _ sites: [KnownSite]) -> [OneSiteJob] {
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

// MARK: - Ways between sites

extension Checker {
  private mutating func classBetween(_ section: TrainingSection, standard: Int) -> Int? {
    let index = section.classBetween.map { classIndex($0) } ?? standard
    guard scenario.classes[index].onFailure == .breakOff else { return index }
    report(
      "class \(Node.quoted(scenario.classes[index].name.value.text)) breaks off on a failure; "
        + "between sites expected one that waits or moves", at: section.origin, key: "sites")
    return nil
  }

  private mutating func hops(
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
}
