// SPDX-License-Identifier: GPL-3.0-or-later
public import EventKernel

/// Requests for tokens from many places to some sites, as rates: no request is an event.
///
/// Where each is served depends on the hour and on nothing else that happens, and is planned
/// before the run (`TokenPlan`); what crosses the network are demands.
public struct TokenTraffic: Sendable {
  public var name: String
  /// The position of its class in the model's table of classes.
  public var trafficClass: Int
  /// The mean over a day of all that is asked for.
  public var tokensPerSecond: Double
  public var services: [TokenService]
  public var sources: [TokenSource]
  public var sites: [TokenSite]
  public var serving: TokenServing
  public var start: SimTime
  public var stop: SimTime
  /// The part of requests that are simulated one by one.
  public var sample: Double

  public init(
    name: String, trafficClass: Int = 0, tokensPerSecond: Double, services: [TokenService],
    sources: [TokenSource], sites: [TokenSite], serving: TokenServing = .nearest,
    start: SimTime = .zero, stop: SimTime = .distantFuture, sample: Double = 0
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
  }
}

/// A place that requests come from.
public struct TokenSource: Sendable {
  public var node: String
  /// Its part of all requests, in relation to that of the others.
  public var weight: Double
  /// The way to each site and back; nil where the site is at the place itself.
  public var ways: [TokenWay?]

  public init(node: String, weight: Double, ways: [TokenWay?]) {
    self.node = node
    self.weight = weight
    self.ways = ways
  }
}

/// The way between a source and a site.
public struct TokenWay: Sendable {
  /// Positions in the model's table of routes.
  public var up: Int
  public var down: Int
  /// Of both together.
  public var delay: SimDuration

  public init(up: Int, down: Int, delay: SimDuration) {
    self.up = up
    self.down = down
    self.delay = delay
  }
}

/// A place where requests are served.
public struct TokenSite: Sendable {
  public var node: String
  /// Tokens a second, of both kinds; infinite where there is no limit.
  public var capacity: Double

  public init(node: String, capacity: Double = .infinity) {
    self.node = node
    self.capacity = capacity
  }
}

/// Which site a request goes to.
public enum TokenServing: String, CaseIterable, Sendable {
  /// The nearest by delay that has room; sources that want the same room share it evenly.
  case nearest
  /// All sites alike, in proportion to their capacity.
  case spread
}

extension TokenSite {
  /// What accelerators serve that make so many operations, in tokens a second of both kinds.
  ///
  /// DeepSeek published for its service of 27 and 28 February 2025, a node of eight H800: 73,700
  /// tokens in and 14,800 out a second; such a node makes 8 x 0.99e15 operations in half precision.
  public static func tokensPerSecond(ofEFLOPS capacity: Double, inferenceShare: Double) -> Double {
    capacity * inferenceShare * (73_700 + 14_800) / (8 * 0.989e-3)
  }
}
