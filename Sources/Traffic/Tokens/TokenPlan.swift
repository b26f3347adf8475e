// SPDX-License-Identifier: GPL-3.0-or-later
public import EventKernel
internal import NetworkModel

/// A day of token traffic, worked out: who is served where at which hour, and what is refused.
///
/// Shares are those of the step of the day; a source's services are all placed alike.
public struct TokenPlan: Sendable {
  public let traffic: TokenTraffic
  /// Steps of the day, in all of which rates are constant.
  public let steps: Int
  public let streams: [TokenStream]
  /// What is asked for and refused in tokens a second, by source, service and step.
  public let refused: [[[Double]]]
  /// The part of its time that each site is busy, by site and step; 0 where it has no limit.
  public let uses: [[Double]]

  public init(_ traffic: TokenTraffic) {
    let steps = traffic.services.reduce(1) { leastCommonMultiple($0, max(1, $1.daily.count)) }
    let preferences = traffic.preferences
    var rates = traffic.emptyRates(steps: steps)
    var refused = traffic.sources.map { _ in
      traffic.services.map { _ in [Double](repeating: 0, count: steps) }
    }
    var uses = traffic.sites.map { _ in [Double](repeating: 0, count: steps) }
    for step in 0..<steps {
      let asked = traffic.asked(inStep: step, of: steps)
      let needs = traffic.needs(asked)
      let placement = traffic.placement(needs, preferences)
      for (source, services) in asked.enumerated() {
        for (service, tokens) in services.enumerated() {
          for site in traffic.sites.indices {
            rates[source][service][site][step] = tokens * placement.shares[source][site]
          }
          refused[source][service][step] = tokens * placement.refused[source]
        }
        for site in uses.indices {
          uses[site][step] += needs[source][site] * placement.shares[source][site]
        }
      }
    }
    self.traffic = traffic
    self.steps = steps
    self.refused = refused
    self.uses = uses
    streams = traffic.streams(rates)
  }
}

/// What one source asks of one service at one site.
public struct TokenStream: Sendable {
  public let source: Int
  public let service: Int
  public let site: Int
  /// Tokens a second in each step of the day, in and out together.
  public let rates: [Double]
}

extension TokenTraffic {
  /// Tokens a second in a step of the day, by source and service.
  func asked(inStep step: Int, of steps: Int) -> [[Double]] {
    let weights = sources.reduce(0) { $0 + $1.weight }
    let shares = services.reduce(0) { $0 + $1.share }
    return sources.map { source in
      services.map { service in
        tokensPerSecond * (source.weight / weights) * (service.share / shares)
          * service.factor(ofStep: step, of: steps)
      }
    }
  }

  /// What all services are made of, as a mean over the day, in tokens a second.
  public var mix: TokenCount {
    let shares = services.reduce(0) { $0 + $1.share }
    var mix = TokenCount()
    for service in services {
      mix += service.parts(of: tokensPerSecond * (service.share / shares))
    }
    return mix
  }

  /// The part of each site's time that all takes which a source asks for, by source and site.
  fileprivate func needs(_ asked: [[Double]]) -> [[Double]] {
    asked.map { tokens in
      var rate = TokenCount()
      for (service, tokens) in zip(services, tokens) { rate += service.parts(of: tokens) }
      return sites.map { $0.use(by: rate) }
    }
  }

  /// The sites by their delay from each source, of equal ones the first.
  fileprivate var preferences: [[Int]] {
    sources.map { source in
      let delays = source.ways.map { ways in
        ways.reduce(0) { $0 + $1.delay.nanoseconds } / Int64(max(1, ways.count))
      }
      return sites.indices.sorted { (delays[$0], $0) < (delays[$1], $1) }
    }
  }

  fileprivate func placement(_ needs: [[Double]], _ preferences: [[Int]]) -> TokenPlacement {
    switch serving {
    case .nearest: .nearest(needs: needs, preferences: preferences, sites: sites.count)
    case .spread: .spread(needs: needs, isLimited: sites.map { $0.speed != nil })
    }
  }

  fileprivate func emptyRates(steps: Int) -> [[[[Double]]]] {
    let day = [Double](repeating: 0, count: steps)
    let bySite = Array(repeating: day, count: sites.count)
    return Array(
      repeating: Array(repeating: bySite, count: services.count), count: sources.count)
  }

  fileprivate func streams(_ rates: [[[[Double]]]]) -> [TokenStream] {
    var streams: [TokenStream] = []
    for source in sources.indices {
      for service in services.indices {
        for site in sites.indices where rates[source][service][site].contains(where: { $0 > 0 }) {
          streams.append(
            TokenStream(
              source: source, service: service, site: site,
              rates: rates[source][service][site]))
        }
      }
    }
    return streams
  }
}

// MARK: - Demands

extension TokenPlan {
  /// What a stream sends over the network, to each node of its site and back; none where it stays
  /// at home.
  public func demands(of stream: TokenStream) -> [(up: Demand, down: Demand)] {
    let source = traffic.sources[stream.source]
    let ways = source.ways[stream.site]
    let service = traffic.services[stream.service]
    let mean = stream.rates.reduce(0, +) / Double(steps)
    func demand(_ from: String, _ to: String, route: Int, bitsPerToken: Double) -> Demand {
      Demand(
        name: "\(traffic.name)/\(service.name)/\(from)-\(to)",
        trafficClass: traffic.trafficClass, route: route,
        rate: BitsPerSecond(mean * bitsPerToken / Double(ways.count)),
        daily: stream.rates.map { $0 / mean }, start: traffic.start, stop: traffic.stop)
    }
    return ways.map { way in
      (
        demand(source.node, way.node, route: way.up, bitsPerToken: service.bitsUpPerToken),
        demand(way.node, source.node, route: way.down, bitsPerToken: service.bitsDownPerToken)
      )
    }
  }

  /// The step of the day that an instant is in.
  public func step(at now: SimTime) -> Int { DaySteps(steps).step(at: now) }

  /// When the step ends that an instant is in, by its end or by that of the traffic.
  public func end(ofStepAt now: SimTime) -> SimTime {
    min(traffic.stop, DaySteps(steps).end(ofStepAt: now))
  }

  /// For how long each step of the day lasted from the start of the traffic to an instant.
  public func seconds(until end: SimTime) -> [Double] {
    let day = DaySteps(steps)
    var seconds = [Double](repeating: 0, count: steps)
    var now = traffic.start
    let stop = min(end, traffic.stop)
    guard now < stop else { return seconds }
    // Whole days at once: a run may be of years.
    let days = (stop - now).nanoseconds / DaySteps.day
    for index in seconds.indices { seconds[index] = Double(days) * Double(day.length) / 1e9 }
    now = now + SimDuration(nanoseconds: days * DaySteps.day)
    while now < stop {
      let next = min(stop, day.end(ofStepAt: now))
      seconds[day.step(at: now)] += (next - now).seconds
      now = next
    }
    return seconds
  }
}

private func leastCommonMultiple(_ first: Int, _ second: Int) -> Int {
  var (one, other) = (first, second)
  while other != 0 { (one, other) = (other, one % other) }
  return first / one * second
}
