// SPDX-License-Identifier: GPL-3.0-or-later
public import EventKernel

// The day of token traffic: what is asked for at which hour.

extension TokenTraffic {
  /// Steps of the day, in all of which what is asked for is constant.
  public var steps: Int {
    services.reduce(1) { leastCommonMultiple($0, max(1, $1.daily.count)) }
  }

  /// The step of the day that an instant is in.
  public func step(at now: SimTime) -> Int { DaySteps(steps).step(at: now) }

  /// When a step of a day begins, on the first day.
  public func start(ofStep step: Int) -> SimTime {
    SimTime(nanoseconds: DaySteps(steps).length * Int64(step))
  }

  /// When the step ends that an instant is in, by its end or by that of the traffic.
  public func end(ofStepAt now: SimTime) -> SimTime {
    min(stop, DaySteps(steps).end(ofStepAt: now))
  }

  /// Tokens a second in a step of the day, by source and service.
  public func asked(inStep step: Int) -> [[Double]] {
    let steps = steps
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

  /// Whether some of it may cross the network.
  public var mayCrossNetwork: Bool {
    sources.contains { $0.routes.contains { !$0.isEmpty } }
  }
}

private func leastCommonMultiple(_ first: Int, _ second: Int) -> Int {
  var (one, other) = (first, second)
  while other != 0 { (one, other) = (other, one % other) }
  return first / one * second
}
