// SPDX-License-Identifier: GPL-3.0-or-later
public import EventKernel

/// Requests for tokens from many places to some sites, as rates: no request is an event.
///
/// Where each is served is asked for in the run, as each step of the day begins and when routes
/// change; what crosses the network are demands.
public struct TokenTraffic: Sendable {
  public var name: String
  /// The position of its class in the model's table of classes.
  public var trafficClass: Int
  /// The mean over a day of all that is asked for, in and out together.
  public var tokensPerSecond: Double
  public var services: [TokenService]
  public var sources: [TokenSource]
  public var sites: [TokenSite]
  public var serving: TokenServing
  public var start: SimTime
  public var stop: SimTime
  /// The part of requests that are simulated one by one.
  public var sample: Double
  /// Nil where nobody asks what requests wait for at sites.
  public var engines: TokenEngines?

  public init(
    name: String, trafficClass: Int = 0, tokensPerSecond: Double, services: [TokenService],
    sources: [TokenSource], sites: [TokenSite], serving: TokenServing = .nearest,
    start: SimTime = .zero, stop: SimTime = .distantFuture, sample: Double = 0,
    engines: TokenEngines? = nil
  ) {
    self.name = name
    self.trafficClass = trafficClass
    self.tokensPerSecond = tokensPerSecond
    self.services = services
    self.sources = sources
    self.sites = sites
    self.serving = serving
    self.start = start
    self.stop = stop
    self.sample = sample
    self.engines = engines
  }
}

/// A place that requests come from.
public struct TokenSource: Sendable {
  public var node: String
  /// Its part of all requests, in relation to that of the others.
  public var weight: Double
  /// By site: the routes to its nodes and back, each for the same part of what it serves; none
  /// where the site is at the place itself.
  public var routes: [[RoutePair]]

  public init(node: String, weight: Double, routes: [[RoutePair]]) {
    self.node = node
    self.weight = weight
    self.routes = routes
  }
}

/// The routes from a source to a node of a site and back.
public struct RoutePair: Sendable {
  /// Where it leads to: the site, or a data centre of it.
  public var node: String
  /// Positions in the model's table of routes.
  public var up: Int
  public var down: Int

  public init(to node: String, up: Int, down: Int) {
    self.node = node
    self.up = up
    self.down = down
  }
}

/// A place where requests are served.
public struct TokenSite: Equatable, Sendable {
  public var node: String
  /// What all of its machines together serve; nil where there is no limit.
  public var speed: TokenSpeed?

  public init(node: String, speed: TokenSpeed? = nil) {
    self.node = node
    self.speed = speed
  }

  /// The part of its time that tokens take which come at a rate; 0 where it has no limit.
  public func use(by rate: TokenCount) -> Double { speed?.time(for: rate) ?? 0 }

  /// How many nodes would serve tokens of such a kind as fast as it does; nil without a limit.
  public func nodes(for mix: TokenCount) -> Double? {
    speed.map { TokenSpeed.node.time(for: mix) / $0.time(for: mix) }
  }
}

/// Which site a request goes to: by a rule of token streams, or as a policy of jobs would have it.
public enum TokenServing: String, CaseIterable, Sendable {
  /// The nearest by delay that has room; sources that want the same room share it evenly.
  case nearest
  /// All sites alike, in proportion to their capacity.
  case spread
  case leastLoaded = "least-loaded"
  case cheapest
  case greenest
  case cheapestWithinLatency = "cheapest-within-latency"
  case joint
  case roundRobin = "round-robin"
  case random
  case powerOfTwoChoices = "power-of-two-choices"
  case eastDataWestComputing = "east-data-west-computing"

  /// Whether it goes by what power costs or emits at sites.
  public var weighsPower: Bool {
    switch self {
    case .cheapest, .greenest, .cheapestWithinLatency, .eastDataWestComputing: true
    case .nearest, .spread, .leastLoaded, .joint, .roundRobin, .random, .powerOfTwoChoices: false
    }
  }

  /// Whether a bound on the delay changes what it chooses.
  public var takesLatency: Bool { self != .nearest && self != .spread }
}
