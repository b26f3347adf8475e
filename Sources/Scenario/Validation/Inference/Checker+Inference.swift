// SPDX-License-Identifier: GPL-3.0-or-later
internal import Compute
internal import EventKernel
internal import NetworkModel
internal import Simulator
internal import Traffic
internal import YAMLReader

extension Checker {
  /// The services that answer requests; what they hold of pools is put down there.
  mutating func servingModel(on computing: inout ComputingModel) -> ServingModel {
    let sections = scenario.traffic.compactMap(\.inference)
    checkUnique(sections.map(\.name), kind: "service")
    var services: [InferenceService] = []
    for section in sections {
      if scenario.pools == nil {
        report("found a service, but no pools; expected pools with one", at: section.origin)
      }
      let sites = sites(of: section, among: computing.pools)
      let origins = section.from.flatMap { self.origins($0) }
      let standsFor = section.standsFor?.value.value ?? 1
      let source = source(of: section, places: origins, standsFor: standsFor)
      guard let sites else { continue }
      for site in sites { hold(site, standsFor, of: &computing, section) }
      let nodes = origins?.nodes ?? []
      let ways = ways(from: nodes, to: sites.map { computing.pools[$0.pool].node }, of: section)
      guard let source, let ways else { continue }
      var service = InferenceService(
        name: section.name.value.text, sites: sites, source: source, standsFor: standsFor,
        origins: nodes, ways: ways)
      service.routing = section.routing
      service.promise = section.slo?.promise ?? ServicePromise()
      service.cache = section.cached?.cache ?? ServiceCache()
      service.mostWaiting = section.waiting?.value ?? .max
      service.scaling = section.scale.map { scaling($0, of: section) }
      services.append(service)
    }
    return ServingModel(services: services)
  }

  /// Takes the accelerators of a site's replicas from those that jobs may have.
  private mutating func hold(
    _ site: ServiceSite, _ standsFor: Int, of computing: inout ComputingModel,
    _ section: InferenceSection
  ) {
    let pool = computing.pools[site.pool]
    let left = pool.countForJobs
    let each = site.engine.accelerators * standsFor
    computing.pools[site.pool].serving += site.replicas * each
    if site.most * each > left {
      let taken = pool.serving > 0 ? " beside the \(pool.serving) that other services hold" : ""
      report(
        "found \(site.most * standsFor) replicas of \(site.engine.accelerators) accelerators, expected at "
          + "most the \(pool.count) of the pool \(Node.quoted(pool.name))\(taken)",
        at: section.origin, key: section.scale == nil ? "replicas" : "scale")
    }
    if !pool.power.caps.isEmpty {
      report(
        "found a cap on the power of the pool \(Node.quoted(pool.name)), expected none where a "
          + "service is: replicas do not slow down", at: section.origin)
    }
    if !pool.outages.isEmpty || pool.failures != nil {
      report(
        "found failures of the pool \(Node.quoted(pool.name)), expected none where a service is: "
          + "its replicas do not fail", at: section.origin)
    }
  }

  // MARK: - Sites

  /// Where the replicas of a service are; nil where one of them is in error, which is reported.
  private mutating func sites(
    of section: InferenceSection, among pools: [PoolDesign]
  ) -> [ServiceSite]? {
    var list = section.sites?.value ?? []
    if let pool = section.pool {
      var only = ServiceSiteSection()
      (only.pool, only.origin) = (pool, section.origin)
      list = [only]
    } else if list.isEmpty {
      report("found an empty list, expected at least one pool", at: section.origin, key: "sites")
    }
    checkUnique(list.map(\.pool), kind: "site")
    let shared = section.engine.flatMap(\.times).flatMap { knots(in: $0) }
    let sites = list.map { site -> ServiceSite? in
      guard let pool = servingPool(site.pool, among: pools) else { return nil }
      guard let engine = site.engine ?? section.engine else {
        report("the key is missing: What a replica is.", at: site.origin, key: "engine")
        return nil
      }
      let own = site.engine.flatMap(\.times).flatMap { knots(in: $0) }
      let measured = site.engine == nil ? shared : own
      guard let times = times(of: engine, measured, on: pools[pool]) else { return nil }
      let (replicas, most) = replicas(of: site, section)
      return ServiceSite(
        pool: pool, replicas: replicas, most: most,
        engine: EngineTerms(
          accelerators: engine.accelerators.value, times: times,
          batchTokens: engine.batchTokens.map { Double($0.value) } ?? .infinity,
          batchRequests: engine.batchRequests?.value ?? .max))
    }
    return sites.contains { $0 == nil } || sites.isEmpty ? nil : sites.compactMap(\.self)
  }

  private mutating func servingPool(_ name: Written<Name>, among pools: [PoolDesign]) -> Int? {
    // A pool that is itself in error is not reported again.
    let isInError = scenario.pools?.list.contains { $0.name.value == name.value } ?? true
    return pool(named: name, among: pools, !isInError).flatMap { pools[$0].count > 0 ? $0 : nil }
  }

  /// The ways from where requests come from to the sites; nil where one is missing, which is
  /// reported.
  private mutating func ways(
    from nodes: [NodeID], to sites: [NodeID], of section: InferenceSection
  ) -> [[ServiceWay?]]? {
    var isComplete = section.from == nil || !nodes.isEmpty
    let ways = nodes.map { node in
      sites.map { site -> ServiceWay? in
        guard node != site else { return ServiceWay() }
        guard let up = resolver.route(from: node, to: site),
          let down = resolver.route(from: site, to: node)
        else { return nil }
        return ServiceWay(
          up: resolver.topology.delay(of: up), down: resolver.topology.delay(of: down))
      }
    }
    for (node, row) in zip(nodes, ways) where row.allSatisfy({ $0 == nil }) {
      guard isNetworkSound, let from = section.from else { continue }
      report(
        "found \(Node.quoted(resolver.topology[node])), from where no route leads to any site and "
          + "back, expected one", at: from)
      isComplete = false
    }
    return isComplete ? ways : nil
  }
}

extension CacheSection {
  fileprivate var cache: ServiceCache {
    ServiceCache(
      share: share.share, prefixes: prefixes?.value ?? 0, kept: kept?.value.value ?? 0)
  }
}

extension PromiseSection {
  var promise: ServicePromise {
    ServicePromise(firstToken: ttft?.value, betweenTokens: tbt?.value)
  }
}
