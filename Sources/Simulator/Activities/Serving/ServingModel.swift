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
  /// So many replicas, and so many requests, for which one of each is simulated.
  public var standsFor: Int
  /// Where requests come from, in the order of the source's weights; none where nobody says.
  public var origins: [NodeID]
  /// The ways from each of them to each site; nil where none leads there.
  public var ways: [[ServiceWay?]]
  public var routing = RequestRouting.leastWaiting
  public var promise = ServicePromise()
  public var cache = ServiceCache()
  /// So many requests may wait at a replica; one that finds more nowhere else to go is refused.
  public var mostWaiting = Int.max
  /// Nil where all replicas are there all the time.
  public var scaling: ReplicaScaling?

  public init(
    name: String, sites: [ServiceSite], source: InferenceSource, standsFor: Int = 1,
    origins: [NodeID] = [], ways: [[ServiceWay?]] = []
  ) {
    self.name = name
    self.sites = sites
    self.source = source
    self.standsFor = standsFor
    self.origins = origins
    self.ways = ways
  }

  /// What a replica that is simulated holds, with all that it stands for.
  func accelerators(of site: Int) -> Int { sites[site].engine.accelerators * standsFor }
}

/// Replicas of a service on one pool.
public struct ServiceSite: Sendable {
  /// The position of the pool.
  public var pool: Int
  /// Those that are simulated: at the start, and at most.
  public var replicas: Int
  public var most: Int
  public var engine: EngineTerms

  public init(pool: Int, replicas: Int, most: Int, engine: EngineTerms) {
    self.pool = pool
    self.replicas = replicas
    self.most = most
    self.engine = engine
  }
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

/// What replicas remember of prompts.
public struct ServiceCache: Equatable, Sendable {
  /// The part of a prompt that is not taken in again where it is remembered.
  public var share: Double
  /// The beginnings that prompts have, one of them each and all alike; 0 where all are remembered.
  public var prefixes: Int
  /// How many of them a replica remembers.
  public var kept: Int

  public init(share: Double = 0, prefixes: Int = 0, kept: Int = 0) {
    self.share = share
    self.prefixes = prefixes
    self.kept = kept
  }
}

/// When replicas of a site are begun and ended.
public struct ReplicaScaling: Sendable {
  /// Those that are simulated and always there, at each site.
  public var least: Int
  /// The time between two looks, over which requests are counted.
  public var every: SimDuration
  /// The requests that a replica is to have at a time, as a mean.
  public var requests: Double
  /// From which price of power on it is to have how many instead, in yuan a kilowatt-hour.
  public var dear: (above: Double, requests: Double)?
  /// How long a replica holds its accelerators before it takes requests.
  public var startsIn: SimDuration

  public init(
    least: Int, every: SimDuration, requests: Double,
    dear: (above: Double, requests: Double)? = nil, startsIn: SimDuration = .zero
  ) {
    self.least = least
    self.every = every
    self.requests = requests
    self.dear = dear
    self.startsIn = startsIn
  }
}
