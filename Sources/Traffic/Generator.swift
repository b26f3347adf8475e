// SPDX-License-Identifier: GPL-3.0-or-later
public import EventKernel
public import Statistics

/// How the flows of a generator follow each other.
public enum ArrivalProcess: Equatable, Sendable {
  /// Independent exponential gaps.
  case poisson(perSecond: Double)
  /// Equal gaps.
  case deterministic(perSecond: Double)
  /// Gamma distributed gaps with this coefficient of variation: above 1 they cluster.
  case bursty(perSecond: Double, variation: Double)
  /// Lognormally distributed gaps: where most are short and a few very long.
  case lognormal(perSecond: Double, variation: Double)

  /// The distribution of the seconds between two flows.
  public var gaps: Distribution {
    switch self {
    case .poisson(let rate): .exponential(mean: 1 / rate)
    case .deterministic(let rate): .fixed(1 / rate)
    case .bursty(let rate, let variation): .gamma(mean: 1 / rate, variation: variation)
    case .lognormal(let rate, let variation): .lognormal(mean: 1 / rate, variation: variation)
    }
  }

  /// The process whose gaps are so many times as long.
  public func slowed(by factor: Double) -> ArrivalProcess {
    switch self {
    case .poisson(let rate): .poisson(perSecond: rate / factor)
    case .deterministic(let rate): .deterministic(perSecond: rate / factor)
    case .bursty(let rate, let variation):
      .bursty(perSecond: rate / factor, variation: variation)
    case .lognormal(let rate, let variation):
      .lognormal(perSecond: rate / factor, variation: variation)
    }
  }
}

/// A source of random flows: when they come, how large they are, which routes they take.
public struct Generator: Sendable {
  /// Unique in the scenario; its random streams and its flows are named after it.
  public var name: String
  /// The position of its class in the model's table of classes.
  public var trafficClass: Int
  public var arrivals: ArrivalProcess
  /// Sizes in bytes; a sample is rounded to a whole byte, and at least 1.
  public var sizes: Distribution
  /// Positions in the model's table of routes, each with its share of the flows.
  public var routes: [WeightedRoute]
  /// Where its flows begin and end, in place of routes: a pair has a route once it is drawn.
  public var ends: DrawnEnds?
  public var start: SimTime
  /// No flow starts at this instant or later.
  public var stop: SimTime
  /// The number of flows after which it ends; nil where only `stop` ends it.
  public var count: Int?
  /// What multiplies the rate of the arrivals.
  public var curve: RateCurve
  public var answers: Answers?
  /// How its flows come to their deadlines; nil where they have none.
  public var deadline: DeadlineRule?

  public struct WeightedRoute: Equatable, Sendable {
    public var route: Int
    public var weight: Double

    public init(route: Int, weight: Double) {
      self.route = route
      self.weight = weight
    }
  }

  public init(
    name: String, trafficClass: Int, arrivals: ArrivalProcess, sizes: Distribution,
    routes: [WeightedRoute], start: SimTime = .zero, stop: SimTime = .distantFuture,
    count: Int? = nil, curve: RateCurve = .flat, answers: Answers? = nil,
    deadline: DeadlineRule? = nil, ends: DrawnEnds? = nil
  ) {
    self.name = name
    self.trafficClass = trafficClass
    self.arrivals = arrivals
    self.sizes = sizes
    self.routes = routes
    self.start = start
    self.stop = stop
    self.count = count
    self.curve = curve
    self.answers = answers
    self.deadline = deadline
    self.ends = ends
  }
}
