// SPDX-License-Identifier: GPL-3.0-or-later
public import EventKernel
public import NetworkModel

/// A rate that is sent whatever becomes of it: it does not slow down under congestion.
///
/// What does not fit is lost and counted.
public struct Demand: Sendable {
  /// How a demand and elastic flows stand to each other on a link.
  public enum Precedence: String, CaseIterable, Sendable {
    /// Flows share what the demand leaves.
    case ahead
    /// The demand has a share as flows have, and loses what is above it.
    case beside
  }

  public var name: String
  public var trafficClass: Int
  /// Its position in the model's routes.
  public var route: Int
  /// What is sent on average.
  public var rate: BitsPerSecond
  /// Factors of the rate, one after the other through each day; always 1 where there is none.
  public var daily: [Double]
  public var start: SimTime
  public var stop: SimTime
  public var precedence: Precedence
  /// Standard deviation over mean of the gaps between packets: 1 for a Poisson process.
  public var variation: Double

  public init(
    name: String, trafficClass: Int = 0, route: Int, rate: BitsPerSecond, daily: [Double] = [],
    start: SimTime = .zero, stop: SimTime = .distantFuture, precedence: Precedence = .ahead,
    variation: Double = 1
  ) {
    self.name = name
    self.trafficClass = trafficClass
    self.route = route
    self.rate = rate
    self.daily = daily
    self.start = start
    self.stop = stop
    self.precedence = precedence
    self.variation = variation
  }

  /// What is sent at an instant.
  public func rate(at now: SimTime) -> BitsPerSecond {
    guard now >= start, now < stop else { return .zero }
    guard !daily.isEmpty else { return rate }
    return BitsPerSecond(rate.value * daily[DaySteps(daily.count).step(at: now)])
  }

  /// The next instant at which what is sent may change; nil where it never does again.
  public func nextChange(after now: SimTime) -> SimTime? {
    if now < start { return start }
    guard now < stop else { return nil }
    guard !daily.isEmpty else { return stop == .distantFuture ? nil : stop }
    return min(stop, DaySteps(daily.count).end(ofStepAt: now))
  }
}
