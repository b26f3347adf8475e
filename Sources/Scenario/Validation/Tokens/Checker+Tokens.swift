// SPDX-License-Identifier: GPL-3.0-or-later
internal import EventKernel
internal import NetworkModel
internal import Simulator
internal import Traffic
internal import YAMLReader

extension Checker {
  /// All token traffic, planned.
  mutating func tokenPlans() -> [TokenPlan] {
    let sections = scenario.traffic.filter { $0.tokens != nil }
    checkUnique(sections.compactMap { $0.tokens?.name }, kind: "token traffic")
    return sections.compactMap { entry in
      guard let section = entry.tokens else { return nil }
      check(section)
      let services = services(of: section)
      let sites = sites(of: section)
      let sources = sources(of: section, sites: sites)
      guard !services.isEmpty, !sites.isEmpty, !sources.isEmpty else { return nil }
      return TokenPlan(
        TokenTraffic(
          name: section.name.value.text, trafficClass: classIndex(entry.trafficClass),
          tokensPerSecond: section.total.value.perSecond, services: services,
          sources: sources, sites: sites, serving: section.serve,
          start: SimTime.zero + section.start,
          stop: section.stop.map { SimTime.zero + $0.value } ?? .distantFuture,
          sample: section.sample?.value ?? 0))
    }
  }

  private mutating func check(_ section: TokensSection) {
    checkEnd(section.stop, after: section.start, at: section.origin)
    if let sample = section.sample, !(0...1).contains(sample.value) {
      report("found \(sample.value), expected a part of all requests from 0 to 1", at: sample)
    }
    if let share = section.inferenceShare {
      if case .nodes = section.to.value {
        report(
          "found inference_share with sites that say what they serve, expected to: clusters",
          at: share)
      } else if share.value.share <= 0 {
        report("found nothing of the capacity, expected a part above 0 %", at: share)
      }
    }
  }

  // MARK: - Services

  private mutating func services(of section: TokensSection) -> [TokenService] {
    let builtIn = TokenService.builtIn()
    guard let written = section.services else { return builtIn }
    checkUnique(written.value.map(\.name), kind: "service")
    if written.value.isEmpty {
      report("found an empty list, expected at least one service", at: written)
    }
    let services = written.value.compactMap { service(of: $0, among: builtIn) }
    guard services.count == written.value.count else { return [] }
    if !services.isEmpty, services.allSatisfy({ $0.share == 0 }) {
      report("found no share above 0 %, expected one", at: written)
      return []
    }
    return services
  }

  private mutating func service(
    of section: ServiceSection, among builtIn: [TokenService]
  ) -> TokenService? {
    let name = section.name.value.text
    checkDay(section.daily)
    for variation in [section.inputVariation, section.outputVariation].compactMap(\.self)
    where !(0...100).contains(variation) {
      report("found \(variation), expected a variation from 0 to 100", at: section.origin)
    }
    if let known = builtIn.first(where: { $0.name == name }) { return section.applied(to: known) }
    guard let share = section.share, let input = section.input, let output = section.output else {
      report(
        problems.unknown(name, kind: "service", among: builtIn.map(\.name))
          + "; one of your own needs share, input_tokens and output_tokens", at: section.name)
      return nil
    }
    return section.applied(
      to: TokenService(
        name: name, share: share.share, inputTokens: input.value, outputTokens: output.value))
  }

  private mutating func checkDay(_ daily: Written<[Double]>?) {
    guard let daily else { return }
    if daily.value.isEmpty || !1440.isMultiple(of: daily.value.count) {
      report(
        "found \(daily.value.count) factors, expected a number that divides the 1440 minutes of a "
          + "day", at: daily)
    }
    let isSound = daily.value.allSatisfy { (0...1e6).contains($0) }
    if !isSound || daily.value.allSatisfy({ $0 == 0 }) {
      report("expected factors from 0 to 1e6, one of them above 0", at: daily)
    }
  }

  // MARK: - Places

  private mutating func sites(of section: TokensSection) -> [TokenSite] {
    guard case .nodes(let entries) = section.to.value else {
      guard isNational(section.to, "clusters") else { return [] }
      return NationalNetwork().clusters.map { cluster in
        TokenSite(
          node: cluster.id,
          capacity: section.inferenceShare.map {
            TokenSite.tokensPerSecond(
              ofEFLOPS: cluster.intelligentCapacity_EFLOPS, inferenceShare: $0.value.share)
          } ?? .infinity)
      }
    }
    let known = entries.filter { node($0.node) != nil }
    return known.count < entries.count
      ? []
      : known.map {
        TokenSite(
          node: $0.node.value.text, capacity: $0.capacity?.value.perSecond ?? .infinity)
      }
  }

  private mutating func sources(of section: TokensSection, sites: [TokenSite]) -> [TokenSource] {
    guard isNetworkSound else { return [] }
    let targets = sites.map {
      Written(Name($0.node), place: section.to.place, path: section.to.path)
    }
    let origins: [(node: Written<Name>, weight: Double)]
    switch section.from.value {
    case .provinces:
      guard isNational(section.from, "provinces") else { return [] }
      origins = NationalNetwork().provinces.map { province in
        (
          Written(Name(province.capital), place: section.from.place, path: section.from.path),
          province.demandWeight
        )
      }
    case .nodes(let entries):
      // A node that is unknown is reported once, not once for each site.
      guard entries.map({ node($0.node) != nil }).allSatisfy(\.self) else { return [] }
      origins = entries.map { ($0.node, $0.weight.value) }
    }
    var sources: [TokenSource] = []
    for origin in origins {
      guard let ways = ways(from: origin.node, to: targets) else { return [] }
      sources.append(
        TokenSource(node: origin.node.value.text, weight: origin.weight, ways: ways))
    }
    return sources
  }

  /// The ways from a source to all sites; nil where one can't be reached, which is reported.
  private mutating func ways(
    from source: Written<Name>, to sites: [Written<Name>]
  ) -> [TokenWay?]? {
    var ways: [TokenWay?] = []
    for site in sites {
      guard site.value != source.value else {
        ways.append(nil)
        continue
      }
      guard let up = route(from: source, to: site), let down = route(from: site, to: source) else {
        return nil
      }
      ways.append(TokenWay(up: up, down: down, delay: delay(of: up) + delay(of: down)))
    }
    return ways
  }

  private func delay(of route: Int) -> SimDuration {
    routes.all[route].links.reduce(.zero) { $0 + resolver.topology[$1].delay }
  }

  private mutating func isNational<Value>(_ written: Written<Value>, _ word: String) -> Bool {
    if scenario.network.use == .national { return true }
    report(
      "found \(word), which are those of the built-in network, expected network: {use: national}, "
        + "or nodes", at: written)
    return false
  }
}

extension ServiceSection {
  /// A service with what is written here in place of what it has.
  fileprivate func applied(to standard: TokenService) -> TokenService {
    var service = standard
    if let share { service.share = share.share }
    if let input { service.inputTokens = input.value }
    if let inputVariation { service.inputVariation = inputVariation }
    if let output { service.outputTokens = output.value }
    if let outputVariation { service.outputVariation = outputVariation }
    if let inputBytes { service.inputBytesPerToken = inputBytes.value }
    if let outputBytes { service.outputBytesPerToken = outputBytes.value }
    if let requestBytes { service.bytesPerRequest = requestBytes.value }
    if let daily { service.daily = daily.value }
    return service
  }
}
