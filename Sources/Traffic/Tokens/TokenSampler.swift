// SPDX-License-Identifier: GPL-3.0-or-later
public import EventKernel
internal import Glibc
internal import Statistics

/// A request that is simulated by itself.
public struct SampledRequest: Equatable, Sendable {
  /// The position of its stream in the plan.
  public var stream: Int
  public var inputTokens: Double
  public var outputTokens: Double
}

/// Draws single requests out of token traffic, a part of all of them, each as likely as any other.
///
/// They come as a Poisson process whose rate follows the day: gaps of mean 1 are drawn and used
/// up at the rate of each step (a change of the time's scale), which is exact.
public struct TokenSampler: Sendable {
  private let plan: TokenPlan
  private let day: DaySteps
  /// Sampled requests a second in each step of the day.
  private let rates: [Double]
  private let sizes: [(input: Sampler, output: Sampler)]
  private var choices: [WeightedChoice?]
  private var arrivals: RandomStream
  private var streams: RandomStream
  private var tokens: RandomStream
  private var now: SimTime

  public init(_ plan: TokenPlan, seed: UInt64) {
    self.plan = plan
    day = DaySteps(plan.steps)
    rates = (0..<plan.steps).map { step in
      plan.requestRates(inStep: step).reduce(0, +) * plan.traffic.sample
    }
    sizes = plan.traffic.services.map { service in
      (
        TokenSampler.sampler(service.inputTokens, service.inputVariation),
        TokenSampler.sampler(service.outputTokens, service.outputVariation)
      )
    }
    choices = Array(repeating: nil, count: plan.steps)
    let name = "traffic/\(plan.traffic.name)/sample/"
    arrivals = RandomStream(seed: seed, name: name + "arrivals")
    streams = RandomStream(seed: seed, name: name + "streams")
    tokens = RandomStream(seed: seed, name: name + "tokens")
    now = plan.traffic.start
  }

  private static func sampler(_ mean: Double, _ variation: Double) -> Sampler {
    Sampler(variation > 0 ? .lognormal(mean: mean, variation: variation) : .fixed(mean))
  }

  /// The instant of the next request; nil where there is none any more before an end.
  public mutating func nextInstant(before end: SimTime) -> SimTime? {
    let stop = min(end, plan.traffic.stop)
    guard rates.contains(where: { $0 > 0 }) else { return nil }
    var left = -log1p(-arrivals.nextUniform())
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
    let choice = choices[step] ?? WeightedChoice(weights: plan.requestRates(inStep: step))
    choices[step] = choice
    let stream = choice.next(using: &streams)
    let sizes = sizes[plan.streams[stream].service]
    return SampledRequest(
      stream: stream, inputTokens: max(1, sizes.input.next(using: &tokens).rounded()),
      outputTokens: max(1, sizes.output.next(using: &tokens).rounded()))
  }
}

extension TokenPlan {
  /// Requests a second of each stream in a step of the day.
  func requestRates(inStep step: Int) -> [Double] {
    streams.map { $0.rates[step] / traffic.services[$0.service].tokensPerRequest }
  }
}
