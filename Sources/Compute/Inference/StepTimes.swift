// SPDX-License-Identifier: GPL-3.0-or-later
internal import Traffic

/// How long a step of an engine takes, by what is in its batch.
///
/// A step takes in whole prompts, or gives one token to each of some requests, or both.
public enum StepTimes: Equatable, Sendable {
  /// As somebody has measured them.
  case knots(StepKnots)
  /// As an accelerator's rates have it: an approximation.
  case rates(StepRates)

  /// Seconds of a step, of prompts of so many tokens and a token for so many requests.
  public func seconds(promptTokens: Double, requests: Int) -> Double {
    let seconds =
      switch self {
      case .knots(let knots): knots.seconds(promptTokens: promptTokens, requests: requests)
      case .rates(let rates): rates.seconds(promptTokens: promptTokens, requests: requests)
      }
    // Times that fall may come to nothing behind the last knot, and a step takes some time.
    return max(seconds, 1e-9)
  }
}

extension StepTimes {
  /// The seconds that a request takes of an engine whose batches are always full; nil where only
  /// times are known.
  public func work(promptTokens: Double, outputTokens: Double) -> Double? {
    guard case .rates(let rates) = self else { return nil }
    return promptTokens / rates.prefill + outputTokens / rates.decode
  }
}

/// Measured times of steps: piecewise linear, the first and the last slope go on outside.
///
///     only prompts: P(tokens)    only tokens: D(requests)    both: mixed * P(tokens of both)
///
/// D is read at the number of requests on the axis of tokens, as splitwise-sim does
/// (P. Patel et al., "Splitwise", ISCA 2024).
public struct StepKnots: Equatable, Sendable {
  public struct Knot: Equatable, Sendable {
    public var batchTokens: Double
    /// Seconds.
    public var promptTime: Double
    public var tokenTime: Double

    public init(batchTokens: Double, promptTime: Double, tokenTime: Double) {
      self.batchTokens = batchTokens
      self.promptTime = promptTime
      self.tokenTime = tokenTime
    }
  }

  public let knots: [Knot]
  /// What a step of both takes more than a prompt of as many tokens.
  public let mixed: Double

  /// What splitwise-sim takes.
  public static let standardMixed = 1.1

  /// - Precondition: There are two knots at least, from few tokens to many.
  public init(_ knots: [Knot], mixed: Double = standardMixed) {
    precondition(
      knots.count >= 2
        && zip(knots, knots.dropFirst()).allSatisfy { $0.batchTokens < $1.batchTokens },
      "knots are two or more, in order of their tokens")
    self.knots = knots
    self.mixed = mixed
  }

  public func seconds(promptTokens: Double, requests: Int) -> Double {
    if promptTokens == 0 { return value(at: Double(requests)) { $0.tokenTime } }
    if requests == 0 { return value(at: promptTokens) { $0.promptTime } }
    return mixed * value(at: promptTokens + Double(requests)) { $0.promptTime }
  }

  @inline(__always)
  private func value(at tokens: Double, of time: (Knot) -> Double) -> Double {
    var place = 0
    while place + 2 < knots.count, knots[place + 1].batchTokens <= tokens { place += 1 }
    let (low, high) = (knots[place], knots[place + 1])
    let slope = (time(high) - time(low)) / (high.batchTokens - low.batchTokens)
    return time(low) + slope * (tokens - low.batchTokens)
  }
}

/// Times of steps of an engine of which only its rates are known.
///
///     max(floor, prompt tokens / prefill + requests / decode)
///
/// Taking in and giving out are alternatives, whose times add. The floor is the time of a step with
/// next to nothing in it, in which the model's weights are read once: what one stream gets by itself.
public struct StepRates: Equatable, Sendable {
  /// Tokens a second that are taken in while none is given out, and the other way round.
  public var prefill: Double
  public var decode: Double
  /// Seconds.
  public var floor: Double
  /// What a step of both takes more.
  public var mixed: Double

  public init(prefill: Double, decode: Double, floor: Double = 0, mixed: Double = 1) {
    self.prefill = prefill
    self.decode = decode
    self.floor = floor
    self.mixed = mixed
  }

  func seconds(promptTokens: Double, requests: Int) -> Double {
    let both = promptTokens > 0 && requests > 0 ? mixed : 1
    return max(floor, both * (promptTokens / prefill + Double(requests) / decode))
  }
}

extension StepRates {
  /// The floor where nobody says one: a stream of DeepSeek's service gets 20 to 22 tokens a second,
  /// by its note of 2025-03-01.
  public static let standardFloor = 1.0 / 22

  /// The rates of so many accelerators of a built-in type; nil where none are known of it.
  ///
  /// They are those of the model that the type was measured with, at full batches.
  public init?(accelerator: String, count: Int) {
    guard let type = Accelerator.builtIn(named: accelerator), let prefill = type.prefill_tokens_s,
      let decode = type.decode_tokens_s
    else { return nil }
    self.init(
      prefill: prefill * Double(count), decode: decode * Double(count),
      floor: StepRates.standardFloor)
  }
}
