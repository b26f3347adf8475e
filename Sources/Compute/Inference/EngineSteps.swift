// SPDX-License-Identifier: GPL-3.0-or-later
public import EventKernel

/// The steps that an engine takes one after the other, all of the same length; none where it is idle.
public struct EngineSteps: BitwiseCopyable, Sendable {
  let begin: EngineClock
  let seconds: Double

  init(begin: EngineClock?, seconds: Double?) {
    self.begin = begin ?? EngineClock(.zero)
    self.seconds = seconds ?? 0
  }

  /// Seconds until the step at hand ends, when others may join; 0 while there is none.
  public func rest(at now: SimTime) -> Double {
    guard seconds > 0 else { return 0 }
    let steps = max(1, begin.steps(of: seconds, to: now))
    return max(0, seconds * Double(steps) - (now - begin.floor).seconds)
  }
}
