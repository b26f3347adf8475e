// SPDX-License-Identifier: GPL-3.0-or-later
internal import EventKernel
internal import NetworkModel
internal import Traffic
internal import YAMLReader

extension Checker {
  /// All token traffic.
  mutating func tokenTraffic() -> [TokenTraffic] {
    let sections = scenario.traffic.filter { $0.tokens != nil }
    checkUnique(sections.compactMap { $0.tokens?.name }, kind: "token traffic")
    return sections.compactMap { entry in
      guard let section = entry.tokens else { return nil }
      check(section)
      let services = bounded(services(of: section), section)
      let sites = filled(sites(of: section), section)
      let sources = sources(of: section, sites: sites)
      tokenPrograms[section.name.value.text] = command(of: section.serve)
      guard !services.isEmpty, !sites.isEmpty, !sources.isEmpty else { return nil }
      return TokenTraffic(
        name: section.name.value.text, trafficClass: classIndex(entry.trafficClass),
        tokensPerSecond: section.total.value.perSecond, services: services,
        sources: sources, sites: sites, serving: section.serve.rule ?? .nearest,
        start: SimTime.zero + section.start,
        stop: section.stop.map { SimTime.zero + $0.value } ?? .distantFuture,
        sample: section.sample?.value ?? 0, engines: section.engines?.engines)
    }
  }

  /// Sites that are given work for the part of their time that leaves short waits, where engines are
  /// looked at.
  private mutating func filled(_ sites: [TokenSite], _ section: TokensSection) -> [TokenSite] {
    guard let engines = section.engines else { return sites }
    if let site = sites.first(where: { $0.speed == nil }) {
      report(
        "found engines, and the site \(Node.quoted(site.node)) without a limit, expected what each "
          + "site serves: inference_share, or rates or nodes in to", at: section.to)
    }
    let fill = engines.fill.value.share
    return sites.map { TokenSite(node: $0.node, speed: $0.speed.map { $0 * fill }) }
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

  mutating func services(of section: TokensSection) -> [TokenService] {
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
    if let latency { service.latency = latency.value.value }
    return service
  }
}
