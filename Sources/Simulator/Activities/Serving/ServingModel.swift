// SPDX-License-Identifier: GPL-3.0-or-later
public import Compute
public import EventKernel
public import NetworkModel
public import Scheduling
public import Traffic

/// The services of a model that answer requests, one by one.
public struct ServingModel: Sendable {
  /// In the order of the scenario.
  public var services: [InferenceService]

  public init(services: [InferenceService] = []) {
    self.services = services
  }

  public var isEmpty: Bool { services.isEmpty }
}

/// A service: replicas of an engine on pools, and the requests that they answer.
public struct InferenceService: Sendable {
  public var name: String
  public var sites: [ServiceSite]
  public var source: InferenceSource
  /// Where requests come from, in the order of the source's weights; none where nobody says.
  public var origins: [NodeID]
  /// The ways from each of them to each site; nil where none leads there.
  public var ways: [[ServiceWay?]]
  public var routing: RequestRouting
  public var promise: ServicePromise
  /// The part of what a request brings that stands in a cache and is not taken in again.
  public var cached: Double
  /// So many requests may wait at a replica; one that finds more nowhere else to go is refused.
  public var mostWaiting: Int

  public init(
    name: String, sites: [ServiceSite], source: InferenceSource, origins: [NodeID] = [],
    ways: [[ServiceWay?]] = [], routing: RequestRouting = .leastWaiting,
    promise: ServicePromise = ServicePromise(), cached: Double = 0, mostWaiting: Int = .max
  ) {
    self.name = name
    self.sites = sites
    self.source = source
    self.origins = origins
    self.ways = ways
    self.routing = routing
    self.promise = promise
    self.cached = cached
    self.mostWaiting = mostWaiting
  }
}

/// Replicas of a service on one pool.
public struct ServiceSite: Sendable {
  /// The position of the pool.
  public var pool: Int
  public var replicas: Int
  public var engine: EngineTerms

  public init(pool: Int, replicas: Int, engine: EngineTerms) {
    self.pool = pool
    self.replicas = replicas
    self.engine = engine
  }

  /// What its replicas hold of the pool.
  public var accelerators: Int { replicas * engine.accelerators }
}

/// The delays of the network from where requests come from to a site, and back.
public struct ServiceWay: Equatable, Sendable {
  public var up: SimDuration
  public var down: SimDuration

  public init(up: SimDuration = .zero, down: SimDuration = .zero) {
    self.up = up
    self.down = down
  }
}

/// What a service promises of each request; nil where it promises nothing.
public struct ServicePromise: Equatable, Sendable {
  public var firstToken: SimDuration?
  public var betweenTokens: SimDuration?

  public init(firstToken: SimDuration? = nil, betweenTokens: SimDuration? = nil) {
    self.firstToken = firstToken
    self.betweenTokens = betweenTokens
  }

  public var isEmpty: Bool { firstToken == nil && betweenTokens == nil }

  /// Whether it is kept.
  func holds(firstToken: SimDuration, betweenTokens: SimDuration) -> Bool {
    firstToken <= (self.firstToken ?? .longest) && betweenTokens <= (self.betweenTokens ?? .longest)
  }
}

extension SimDuration {
  fileprivate static let longest = SimDuration(nanoseconds: .max)
}
