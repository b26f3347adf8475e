// SPDX-License-Identifier: GPL-3.0-or-later
internal import EventKernel
internal import NetworkModel
internal import Scheduling
internal import Simulator
internal import Traffic
internal import YAMLReader

extension Checker {
  /// The elastic entries; their tiers become classes behind those of the file.
  mutating func elasticModel(_ classes: inout [TrafficClass]) -> ElasticModel {
    var model = ElasticModel()
    for entry in scenario.traffic {
      guard let section = entry.elastic else { continue }
      let standard = classIndex(entry.trafficClass)
      if standard < scenario.classes.count,
        scenario.classes[standard].transport.value != .ideal
      {
        report(
          "found a class with a transport, expected one with transport: ideal; elastic flows share "
            + "by their scheduling", at: entry.origin, key: "class")
      }
      checkRivals(of: entry, section)
      guard var traffic = traffic(of: section, trafficClass: standard) else { continue }
      for tier in traffic.tiers.indices {
        traffic.tiers[tier].trafficClass = classes.count + tier
      }
      let made = traffic.tierClasses(like: classes[standard])
      for tier in made where self.classes[tier.name] != nil {
        report(
          "found a tier that is called \(Node.quoted(tier.name)) like a class, expected another name",
          at: section.tiers)
      }
      classes += made
      model.entries.append(traffic)
    }
    return model
  }

  private mutating func traffic(
    of section: ElasticSection, trafficClass: Int
  ) -> ElasticTraffic? {
    let generator = generator(section.generate, trafficClass: trafficClass, listsRoutes: true)
    let tiers = tiers(of: section)
    let scheduling = scheduling(of: section)
    check(section)
    guard let generator, let tiers, let scheduling else { return nil }
    var traffic = ElasticTraffic(
      generator: generator, tiers: tiers, lines: lines(of: section, generator),
      slack: section.deadline?.slack.value, scheduling: scheduling)
    traffic.admissionProgram = command(of: section.admission)
    if let admission = section.admission.rule {
      traffic.admission = AdmissionRule(
        admission.order.steps,
        patience: admission.patience?.value.value ?? AdmissionRule.standardPatience)
    }
    return traffic
  }

  private mutating func check(_ section: ElasticSection) {
    if let slack = section.deadline?.slack, !(1...1e6).contains(slack.value) {
      report("found a slack of \(slack.value), expected a number from 1 to 1e6", at: slack)
    }
    if let admission = section.admission.rule, let patience = admission.patience,
      !admission.order.steps.contains(.postpone)
    {
      report(
        "found patience where nobody waits, expected postpone in the order", at: patience)
    }
  }

  private mutating func tiers(of section: ElasticSection) -> [ElasticTier]? {
    checkUnique(section.tiers.value.map(\.name), kind: "tier")
    if section.tiers.value.isEmpty {
      report("found an empty list, expected at least one tier", at: section.tiers)
      return nil
    }
    return section.tiers.value.map { tier(of: $0, in: section) }
  }

  private mutating func tier(of tier: TierSection, in section: ElasticSection) -> ElasticTier {
    let access = section.access?.value.value ?? ElasticTier.highest
    var ceiling = min(access, ElasticTier.highest)
    if let own = tier.ceiling {
      if own.value.value < tier.floor {
        report("found a ceiling below the floor, expected floor <= ceiling", at: own)
      }
      ceiling = min(ceiling, own.value.value)
    }
    if tier.floor > access {
      report(
        "found a floor above the access line, expected floor <= access", at: tier.origin,
        key: "floor")
    }
    if !Checker.weights.contains(tier.weight.value) || !Checker.weights.contains(tier.share.value) {
      report(
        "found a weight or a share out of 1e-9 to 1e9, expected one nearer to 1", at: tier.origin)
    }
    if let price = tier.price, !(0...1e12).contains(price.value) {
      report("found \(price.value), expected a price from 0 to 1e12", at: price)
    }
    return ElasticTier(
      name: tier.name.value.text, floor: tier.floor, ceiling: max(ceiling, tier.floor),
      weight: tier.weight.value, share: tier.share.value, price: tier.price?.value,
      trafficClass: 0)
  }

  private mutating func scheduling(of section: ElasticSection) -> SchedulingPolicy? {
    if let command = command(of: section.scheduling) { return .outside(command) }
    guard let scheduling = section.scheduling.rule else { return nil }
    let (policy, prices) = (scheduling.policy, scheduling.prices)
    if let prices, policy.value != .offPeak {
      report(
        "found prices with \(policy.value.rawValue), expected them with off-peak alone", at: prices)
    }
    switch policy.value {
    case .fair: return .fair
    case .weighted: return .weighted
    case .smallestFirst: return .smallestFirst
    case .earliestDeadline:
      if section.deadline != nil { return .earliestDeadline }
      report("found earliest-deadline without a deadline, expected both", at: policy)
      return nil
    case .offPeak:
      guard let prices else {
        report("found off-peak without prices, expected a price for each of 24 hours", at: policy)
        return nil
      }
      guard prices.value.count == 24, prices.value.allSatisfy({ abs($0) <= 1e9 }) else {
        report(
          "found \(prices.value.count) prices, expected 24 from -1e9 to 1e9, one an hour",
          at: prices)
        return nil
      }
      return .offPeak(prices: prices.value)
    }
  }

  /// The lines that `NetworkBuilder` has put into the topology.
  private func lines(of section: ElasticSection, _ generator: Generator) -> AccessLines? {
    guard let lines = section.lines else { return nil }
    var first: [NodeID?: LinkID] = [:]
    for share in generator.routes {
      let source = routes.all[share.route].source
      let node = section.path == nil ? source.map { resolver.topology[$0] } : nil
      first[source] = resolver.link(named: section.lineName(at: node) + "1")
    }
    return AccessLines(perSource: lines.value.value, first: first)
  }
}

extension ElasticSection {
  /// What a generator goes by; it checks its parts where they stand.
  fileprivate var generate: GenerateSection {
    var section = GenerateSection()
    section.origin = origin
    section.name = name
    section.arrivals = arrivals
    section.sizes = sizes
    section.path = path
    section.pairs = pairs
    section.weights = weights
    section.start = start
    section.stop = stop
    section.count = count
    if let from, let to {
      var pair = PairSection()
      pair.from = from
      pair.to = to
      section.pairs = [pair]
    }
    return section
  }
}
