// SPDX-License-Identifier: GPL-3.0-or-later
internal import EventKernel
internal import NetworkModel
internal import Simulator
internal import Traffic
internal import YAMLReader

// Training jobs over several sites: a job at each of them, and the paths between.

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
        "found an overlap with a pipeline over sites, which exchanges gradients after its last "
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
        "found \(hosts.value.value), expected at most the \(room) of the fabric from its first "
          + "host on", at: hosts)
      return nil
    }
    let type = scenario.network.fabrics[place].accelerator
    guard let accelerator = type.flatMap({ Accelerator.builtIn(named: $0.value) }) else {
      report("a model needs a fabric that says its accelerator", at: section.fabric)
      return nil
    }
    guard let exit = resolver.node(named: "\(fabric.design.name)/exit") else {
      // Its own mistake is reported where it stands.
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
}
