// SPDX-License-Identifier: GPL-3.0-or-later

/// What an engine is like that serves a model on some accelerators.
public struct EngineTerms: Equatable, Sendable {
  public var accelerators: Int
  public var times: StepTimes
  /// The most tokens of a step: those of prompts, and one for each request that gets one.
  public var batchTokens: Double
  /// The most requests that are taken in and not done, for want of memory.
  public var batchRequests: Int

  public init(
    accelerators: Int = 1, times: StepTimes, batchTokens: Double = .infinity,
    batchRequests: Int = .max
  ) {
    self.accelerators = accelerators
    self.times = times
    self.batchTokens = batchTokens
    self.batchRequests = batchRequests
  }
}

/// A request as an engine has it.
public struct EngineRequest: BitwiseCopyable, Sendable {
  /// What its owner knows it by.
  public var id: Int32
  /// The tokens to be taken in, those that stand in no cache; 1 at least.
  public var promptTokens: Double
  /// The tokens that it is answered with, 1 at least.
  public var outputTokens: Int64

  public init(id: Int32, promptTokens: Double, outputTokens: Int64) {
    self.id = id
    self.promptTokens = max(1, promptTokens)
    self.outputTokens = max(1, outputTokens)
  }
}
