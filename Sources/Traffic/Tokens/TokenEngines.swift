// SPDX-License-Identifier: GPL-3.0-or-later
public import EventKernel

/// How requests for tokens, which are rates, are looked at through the engines that serve them: one
/// engine of each site is lived through for a while of each step of the day.
public struct TokenEngines: Equatable, Sendable {
  /// For how long requests are looked at in a step.
  public var window: SimDuration
  /// For how long an engine is at work before the first look.
  public var warmUp: SimDuration
  /// The least time of an engine's step, in seconds.
  public var leastStep_s: Double
  /// The part of its time that a site is given work for: at all of it requests would wait for ever.
  public var fill: Double
  public var promise: ServicePromise

  public init(
    window: SimDuration, warmUp: SimDuration, leastStep_s: Double, fill: Double,
    promise: ServicePromise = ServicePromise()
  ) {
    self.window = window
    self.warmUp = warmUp
    self.leastStep_s = leastStep_s
    self.fill = fill
    self.promise = promise
  }
}
