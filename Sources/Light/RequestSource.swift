// SPDX-License-Identifier: GPL-3.0-or-later
public import EventKernel
public import NetworkModel
public import Statistics

/// Where requests for lightpaths come from.
public enum RequestSource: Sendable {
  case listed([ListedRequest])
  case generated(RequestGenerator)

  /// The name that its requests are numbered under.
  package var prefix: String {
    if case .generated(let generator) = self { generator.name } else { "" }
  }
}

/// A request that is written down.
public struct ListedRequest: Equatable, Sendable {
  public var name: String
  public var start: SimTime
  public var source: NodeID
  public var target: NodeID
  public var rate: BitsPerSecond
  /// Nil for one that lasts to the end of the run.
  public var hold: SimDuration?
  public var protection: Protection

  public init(
    name: String, start: SimTime, source: NodeID, target: NodeID, rate: BitsPerSecond,
    hold: SimDuration?, protection: Protection
  ) {
    self.name = name
    self.start = start
    self.source = source
    self.target = target
    self.rate = rate
    self.hold = hold
    self.protection = protection
  }
}

/// A Poisson process of requests between pairs of sites.
public struct RequestGenerator: Sendable {
  public var name: String
  public var perSecond: Double
  public var holding: Distribution
  /// Holding times from this many seconds on are drawn again.
  public var longestHolding_s: Double
  public var rates: Distribution
  public var pairs: [WeightedPair]
  public var protection: Protection
  public var start: SimTime
  public var stop: SimTime
  public var count: Int?
  /// The first requests, which blocking does not count.
  public var warmUp: Int

  public struct WeightedPair: Equatable, Sendable {
    public var source: NodeID
    public var target: NodeID
    public var weight: Double

    public init(source: NodeID, target: NodeID, weight: Double) {
      self.source = source
      self.target = target
      self.weight = weight
    }
  }

  public init(
    name: String, perSecond: Double, holding: Distribution,
    longestHolding_s: Double = .infinity, rates: Distribution, pairs: [WeightedPair],
    protection: Protection = .none, start: SimTime = .zero, stop: SimTime = .distantFuture,
    count: Int? = nil, warmUp: Int = 0
  ) {
    self.name = name
    self.perSecond = perSecond
    self.holding = holding
    self.longestHolding_s = longestHolding_s
    self.rates = rates
    self.pairs = pairs
    self.protection = protection
    self.start = start
    self.stop = stop
    self.count = count
    self.warmUp = warmUp
  }
}
