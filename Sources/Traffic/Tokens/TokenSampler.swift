// SPDX-License-Identifier: GPL-3.0-or-later
public import EventKernel
internal import Glibc
internal import Statistics

/// A request that is simulated by itself.
public struct SampledRequest: Equatable, Sendable {
  /// Positions in its traffic.
  public var source: Int
  public var service: Int
  public var inputTokens: Double
  public var outputTokens: Double
}

/// Draws single requests out of token traffic, a part of all of them, each as likely as any other.
///
/// They come as a Poisson process whose rate follows the day: gaps of mean 1 are drawn and used
/// up at the rate of each step (a change of the time's scale), which is exact. Who serves them has
/// no part in it: another policy gets the same requests.
///
/// Of a process that is `even` every n-th request is drawn, where n is one over the sample: the gaps
/// are sums of n exponential ones. As many replicas as there are requests for them have then as much
/// to do at a time, in relation to what they do on average, as all that they stand for.
public struct TokenSampler: Sendable {
  private let traffic: TokenTraffic
  private let day: DaySteps
  /// Sampled requests a second in each step of the day.
  private let rates: [Double]
  private let sizes: [TokenSizes]
  private var choices: [WeightedChoice?]
  private var arrivals: RandomStream
  private var streams: RandomStream
  private var tokens: RandomStream
  private var now: SimTime
  /// Of mean 1; nil where they are exponential.
  private let gaps: Sampler?

  public init(_ traffic: TokenTraffic, isEven: Bool = false, seed: UInt64) {
    self.traffic = traffic
    let steps = traffic.steps
    day = DaySteps(steps)
    rates = (0..<steps).map { step in
      traffic.requestRates(inStep: step).reduce(0, +) * traffic.sample
    }
    sizes = traffic.services.map { TokenSizes($0) }
    choices = Array(repeating: nil, count: steps)
    let name = "traffic/\(traffic.name)/sample/"
    arrivals = RandomStream(seed: seed, name: name + "arrivals")
    streams = RandomStream(seed: seed, name: name + "streams")
    tokens = RandomStream(seed: seed, name: name + "tokens")
    now = traffic.start
    let count = (1 / traffic.sample).rounded()
    gaps = isEven && count > 1 ? Sampler(.gamma(shape: count, scale: 1 / count)) : nil
  }

  /// The instant of the next request; nil where there is none any more before an end.
  public mutating func nextInstant(before end: SimTime) -> SimTime? {
    let stop = min(end, traffic.stop)
    guard rates.contains(where: { $0 > 0 }) else { return nil }
    var left = gaps?.next(using: &arrivals) ?? -log1p(-arrivals.nextUniform())
    while now < stop {
      let rate = rates[day.step(at: now)]
      let until = min(stop, day.end(ofStepAt: now))
      let seconds = (until - now).seconds
      if rate > 0, left <= rate * seconds {
        now = now + SimDuration(nanoseconds: Int64((left / rate * 1e9).rounded()))
        return now < stop ? now : nil
      }
      left -= rate * seconds
      now = until
    }
    return nil
  }

  /// Which request it is that comes at the last instant.
  public mutating func nextRequest() -> SampledRequest {
    let step = day.step(at: now)
    let choice = choices[step] ?? WeightedChoice(weights: traffic.requestRates(inStep: step))
    choices[step] = choice
    let place = choice.next(using: &streams)
    let service = place % traffic.services.count
    let (input, output) = sizes[service].next(using: &tokens)
    return SampledRequest(
      source: place / traffic.services.count, service: service, inputTokens: input,
      outputTokens: output)
  }
}

extension TokenTraffic {
  /// Requests a second in a step of the day, of each source service by service.
  fileprivate func requestRates(inStep step: Int) -> [Double] {
    asked(inStep: step).flatMap { tokens in
      zip(tokens, services).map { $0 / $1.tokensPerRequest }
    }
  }
}
