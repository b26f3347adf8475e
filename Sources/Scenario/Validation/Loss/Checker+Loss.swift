// SPDX-License-Identifier: GPL-3.0-or-later
internal import EventKernel
internal import NetworkModel
internal import Simulator
internal import Traffic
internal import YAMLReader

extension Checker {
  /// Whether the scenario has to do with loss at all, and how often it is looked at.
  mutating func lossModel(hasDemands: Bool) -> LossModel {
    checkPorts()
    checkTransports()
    let hasPorts =
      scenario.network.port != nil || scenario.network.links.contains { $0.port != nil }
      || (scenario.light?.links ?? []).contains { $0.port != nil }
    let hasTransports = scenario.classes.contains { $0.transport.value != .ideal }
    let isOn = hasDemands || hasPorts || hasTransports
    if let loss = scenario.loss, !isOn {
      report(
        "found loss without anything that is lost, expected a demand, a port or a transport",
        at: loss.origin)
    }
    return LossModel(isOn: isOn, every: scenario.loss?.every?.value)
  }

  private mutating func checkPorts() {
    let standard = scenario.network.port?.applied(to: .shallowBuffer) ?? .shallowBuffer
    if let port = scenario.network.port { check(port, standard) }
    for port in scenario.network.links.compactMap(\.port) { check(port, standard) }
    for port in (scenario.light?.links ?? []).compactMap(\.port) { check(port, standard) }
  }

  private mutating func check(_ section: PortSection, _ standard: Port) {
    if let loss = section.loss, !(0...1).contains(loss.value) {
      report("found \(loss.value), expected a part of all packets from 0 to 1", at: loss)
    }
    if let variation = section.packetVariation, !(0...100).contains(variation) {
      report(
        "found \(variation), expected a variation from 0 to 100", at: section.origin,
        key: "packet_variation")
    }
    let port = section.applied(to: standard)
    if port.buffer < port.packet {
      report("found a buffer smaller than a packet, expected room for one", at: section.origin)
    }
    if let headroom = port.headroom, headroom > port.buffer {
      report(
        "found a headroom larger than the buffer, expected a part of it", at: section.origin)
    }
    if section.markAt != nil, port.signal != .mark {
      report(
        "found mark_at with signal: drop, expected signal: mark", at: section.origin,
        key: "mark_at")
    }
  }

  private mutating func checkTransports() {
    for section in scenario.classes {
      let kind = section.transport.value
      if let window = section.window, kind == .ideal {
        report("found a window with transport: ideal, expected one that has a window", at: window)
      }
      if let packet = section.packet, kind == .ideal {
        report("found a packet with transport: ideal, expected one that has packets", at: packet)
      }
      if let timeout = section.timeout { check(timeout, of: kind) }
      if let sack = section.sack, !kind.followsLoss {
        report(
          "found sack with transport: \(kind.rawValue), expected it with tcp-reno or tcp-cubic",
          at: sack)
      }
      if let window = section.window,
        window.value.value < (section.packet?.value.value ?? kind.standardPacket)
      {
        report("found a window smaller than a packet, expected room for one", at: window)
      }
    }
  }
}

extension Checker {
  /// RFC 6298 has no time-out above 60 s; none of a microsecond would let an answer arrive.
  private mutating func check(
    _ timeout: Written<Positive<SimDuration>>, of kind: Transport.Kind
  ) {
    if kind.standardTimeout == nil {
      let known = Transport.Kind.allCases.filter { $0.standardTimeout != nil }.map(\.rawValue)
      report(
        "found a timeout with transport: \(kind.rawValue), which has none; expected one of "
          + known.joined(separator: ", "), at: timeout)
    } else if !(1_000...60_000_000_000).contains(timeout.value.value.nanoseconds) {
      report(
        "found \(timeout.value.value.seconds) s, expected a time-out from 1 us to 60 s", at: timeout
      )
    }
  }
}

// MARK: - Demands

extension Checker {
  /// All demands, one for each pair of nodes that they go between.
  mutating func demands() -> [Demand] {
    let sections = scenario.traffic.filter { $0.demand != nil }
    checkUnique(sections.compactMap { $0.demand?.name }, kind: "demand")
    return sections.flatMap { entry -> [Demand] in
      guard let section = entry.demand else { return [] }
      check(section)
      let trafficClass = classIndex(entry.trafficClass)
      let shares = shares(of: section)
      let total = shares.reduce(0) { $0 + $1.share.weight }
      return shares.map { name, share in
        Demand(
          name: name, trafficClass: trafficClass,
          route: onOnePath(share.route, of: name),
          rate: BitsPerSecond(section.rate.value.value * (share.weight / total)),
          daily: section.daily?.value ?? [], start: SimTime.zero + section.start,
          stop: section.stop.map { SimTime.zero + $0.value } ?? .distantFuture,
          precedence: section.takes, variation: section.variation.value)
      }
    }
  }

  private mutating func check(_ section: DemandSection) {
    checkEnd(section.stop, after: section.start, at: section.origin)
    if !(0...100).contains(section.variation.value) {
      report(
        "found \(section.variation.value), expected a variation from 0 to 100",
        at: section.variation)
    }
    if let daily = section.daily { checkDaily(daily) }
  }

  /// Factors in equal parts of a day.
  mutating func checkDaily(_ daily: Written<[Double]>) {
    if daily.value.isEmpty || daily.value.count > 1440
      || !86_400.isMultiple(of: daily.value.count)
    {
      report(
        "found \(daily.value.count) factors, expected a number from 1 to 1440 that divides a day",
        at: daily)
    }
    checkFactors(daily)
  }

  mutating func checkFactors(_ factors: Written<[Double]>) {
    if factors.value.contains(where: { !(0...1e6).contains($0) }) {
      report("found a factor below 0 or above 1e6, expected factors near 1", at: factors)
    }
  }

  /// The routes of a demand, each with a name that tells it from the others and its share.
  private mutating func shares(
    of section: DemandSection
  ) -> [(name: String, share: Generator.WeightedRoute)] {
    let name = section.name.value.text
    if let path = section.path {
      return route(path: path).map { [(name, .init(route: $0, weight: 1))] } ?? []
    }
    if let from = section.from, let to = section.to {
      return route(from: from, to: to).map { [(name, .init(route: $0, weight: 1))] } ?? []
    }
    if let paths = section.paths { return shares(paths, of: section) }
    if let pairs = section.pairs {
      if pairs.isEmpty {
        report("found an empty list, expected at least one pair", at: section.origin, key: "pairs")
      }
      return pairs.compactMap { pair in
        route(from: pair.from, to: pair.to).map {
          (
            "\(name)/\(pair.from.value.text)-\(pair.to.value.text)",
            .init(route: $0, weight: pair.weight.value)
          )
        }
      }
    }
    return (section.weights.flatMap { gravity($0.entries) } ?? []).map { share in
      let route = routes.all[share.route]
      let ends = [route.source, route.target].map { $0.map { resolver.topology[$0] } ?? "" }
      return ("\(name)/\(ends[0])-\(ends[1])", share)
    }
  }

  /// Several paths between the same two nodes, which are numbered from 1.
  private mutating func shares(
    _ paths: [PathSection], of section: DemandSection
  ) -> [(name: String, share: Generator.WeightedRoute)] {
    if paths.isEmpty {
      report("found an empty list, expected at least one path", at: section.origin, key: "paths")
    }
    let name = section.name.value.text
    let shares =
      paths.enumerated().compactMap { index, path in
        route(path: path.links).map {
          ("\(name)/\(index + 1)", .init(route: $0, weight: path.weight.value))
        }
      } as [(name: String, share: Generator.WeightedRoute)]
    for (share, path) in zip(shares, paths).dropFirst() where shares.count == paths.count {
      let (one, other) = (routes.all[shares[0].share.route], routes.all[share.share.route])
      if one.source != other.source || one.target != other.target {
        report(
          "found a path between other nodes than the first, expected all between the same two",
          at: path.links)
      }
    }
    return shares
  }
}
