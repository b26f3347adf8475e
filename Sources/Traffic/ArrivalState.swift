// SPDX-License-Identifier: GPL-3.0-or-later
public import EventKernel
internal import Statistics

/// An arrival process at work: tells one instant after the other, up to a count and a stop.
///
/// Equal gaps start with an arrival at the start, so that n a second are n in the first second;
/// random ones start with a gap, as a Poisson process does from any instant.
public struct ArrivalState: Sendable {
  /// How many have come.
  public private(set) var drawn = 0
  private let gaps: Sampler
  private let curve: RateCurve
  private let start: SimTime
  private let stop: SimTime
  private let limit: Int
  private var stream: RandomStream
  private var clock: ArrivalClock
  private var startsAtOnce: Bool

  public init(
    _ process: ArrivalProcess, curve: RateCurve, start: SimTime, stop: SimTime, count: Int?,
    using stream: RandomStream
  ) {
    gaps = Sampler(process.gaps)
    self.curve = curve
    self.start = start
    self.stop = stop
    limit = count ?? .max
    self.stream = stream
    clock = ArrivalClock(start: start)
    startsAtOnce = process.isRegular
  }

  /// The next instant; nil once the count or the stop is reached.
  public mutating func next() -> SimTime? {
    guard drawn < limit, let instant = nextInstant(), instant < stop else {
      drawn = limit
      return nil
    }
    drawn += 1
    return instant
  }

  /// The part that has come, by count or else by time; 0 where neither is bounded.
  public var fractionDrawn: Double {
    if limit < .max { return Double(drawn) / Double(max(1, limit)) }
    guard stop < .distantFuture, stop > start else { return 0 }
    return min(1, (clock.now - start).seconds / (stop - start).seconds)
  }

  private mutating func nextInstant() -> SimTime? {
    if startsAtOnce {
      startsAtOnce = false
      return curve.isFlat ? clock.now : clock.advance(seconds: 0, along: curve)
    }
    let gap = gaps.next(using: &stream)
    return curve.isFlat ? clock.advance(seconds: gap) : clock.advance(seconds: gap, along: curve)
  }
}

extension ArrivalProcess {
  fileprivate var isRegular: Bool {
    if case .deterministic = self { true } else { false }
  }
}
