// SPDX-License-Identifier: GPL-3.0-or-later
public import EventKernel

/// What is made of the records of a trace before they are used.
public struct TraceReshaping: Equatable, Sendable {
  /// Whether the first record is at 0, as it must be where times are dates.
  public var startsAtZero: Bool
  public var timeFactor: Double
  public var sizeFactor: Double
  public var repetition: Repetition
  /// Of the repetition, on the clock after scaling; nil for one that keeps the mean rate.
  public var period: SimDuration?

  public init(
    startsAtZero: Bool = true, timeFactor: Double = 1, sizeFactor: Double = 1,
    repetition: Repetition = .times(1), period: SimDuration? = nil
  ) {
    self.startsAtZero = startsAtZero
    self.timeFactor = timeFactor
    self.sizeFactor = sizeFactor
    self.repetition = repetition
    self.period = period
  }

  /// What is wrong with it, as a sentence; nil where nothing is.
  public var problem: String? {
    for (name, factor) in [("time", timeFactor), ("size", sizeFactor)]
    where !(factor > 0 && factor.isFinite) {
      return "the \(name) factor must be above 0 and finite, found \(factor)"
    }
    if let period, period <= .zero { return "the period must be above 0" }
    if case .times(let times) = repetition, times < 1 {
      return "a trace must be gone through at least once, found \(times) times"
    }
    return nil
  }
}

/// A stream whose times start at 0, scaled and looped.
public typealias Reshaped<Base: RecordStream> = Looped<Scaled<Shifted<Base>>>

extension RecordStream {
  /// Shifts, scales and then loops the records.
  ///
  /// - Precondition: The reshaping's `problem` is nil.
  public func reshaped(by reshaping: TraceReshaping) -> Reshaped<Self> {
    let shifted = Shifted(self, startsAtZero: reshaping.startsAtZero)
    let scaled = Scaled(shifted, time: reshaping.timeFactor, size: reshaping.sizeFactor)
    return Looped(scaled, reshaping.repetition, period: reshaping.period)
  }

  /// Lets each record fall to one of the places with these weights.
  ///
  /// - Precondition: `Split.problem(weights:)` is nil.
  public func split(over weights: [Double], using stream: RandomStream) -> Split<Self> {
    Split(self, weights: weights, using: stream)
  }
}
