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

  public init(_ traffic: TokenTraffic) {
    let steps = traffic.services.reduce(1) { leastCommonMultiple($0, max(1, $1.daily.count)) }
    let preferences = traffic.preferences
    var rates = traffic.emptyRates(steps: steps)
    var refused = traffic.sources.map { _ in
      traffic.services.map { _ in [Double](repeating: 0, count: steps) }
    }
    for step in 0..<steps {
      let asked = traffic.asked(inStep: step, of: steps)
      let placement = traffic.placement(asked.map { $0.reduce(0, +) }, preferences)
      for (source, services) in asked.enumerated() {
        for (service, tokens) in services.enumerated() {
          for site in traffic.sites.indices {
            rates[source][service][site][step] = tokens * placement.shares[source][site]
          }
          refused[source][service][step] = tokens * placement.refused[source]
        }
      }
    }
    self.traffic = traffic
    self.steps = steps
    self.refused = refused
    streams = traffic.streams(rates)
  }
}

/// What one source asks of one service at one site.
public struct TokenStream: Sendable {
  public let source: Int
  public let service: Int
  public let site: Int
  /// Tokens a second in each step of the day.
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

  /// The sites by their delay from each source, of equal ones the first.
  fileprivate var preferences: [[Int]] {
    sources.map { source in
      sites.indices.sorted {
        let (one, other) = (source.ways[$0]?.delay ?? .zero, source.ways[$1]?.delay ?? .zero)
        return (one.nanoseconds, $0) < (other.nanoseconds, $1)
      }
    }
  }

  fileprivate func placement(_ asked: [Double], _ preferences: [[Int]]) -> TokenPlacement {
    let rooms = sites.map(\.capacity)
    return switch serving {
    case .nearest: .nearest(asked: asked, preferences: preferences, rooms: rooms)
    case .spread: .spread(asked: asked, rooms: rooms)
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
  /// What a stream sends over the network, to its site and back; none where it stays at home.
  public func demands(of stream: TokenStream) -> (up: Demand, down: Demand)? {
    let source = traffic.sources[stream.source]
    guard let way = source.ways[stream.site] else { return nil }
    let service = traffic.services[stream.service]
    let site = traffic.sites[stream.site].node
    let mean = stream.rates.reduce(0, +) / Double(steps)
    func demand(_ from: String, _ to: String, route: Int, bitsPerToken: Double) -> Demand {
      Demand(
        name: "\(traffic.name)/\(service.name)/\(from)-\(to)",
        trafficClass: traffic.trafficClass, route: route,
        rate: BitsPerSecond(mean * bitsPerToken), daily: stream.rates.map { $0 / mean },
        start: traffic.start, stop: traffic.stop)
    }
    return (
      demand(source.node, site, route: way.up, bitsPerToken: service.bitsUpPerToken),
      demand(site, source.node, route: way.down, bitsPerToken: service.bitsDownPerToken)
    )
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
