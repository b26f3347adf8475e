// SPDX-License-Identifier: GPL-3.0-or-later
public import EventKernel

/// How jobs keep what they have done against failures.
///
/// A job stops its work every so often and writes down how far it is. One that fails goes on from
/// where it wrote last, once it has started anew. The end of its work needs no writing.
public struct Checkpoints: Equatable, Sendable {
  /// Work between two of them; nil where nothing is written, and a failure costs all.
  public var every: SimDuration?
  /// How long one takes.
  public var takes: SimDuration
  /// How long a job takes to start anew behind a failure or a stop.
  public var restart: SimDuration
  /// The bytes of one, which move where a job goes on elsewhere.
  public var bytes: Double

  public init(
    every: SimDuration? = nil, takes: SimDuration = .zero, restart: SimDuration = .zero,
    bytes: Double = 0
  ) {
    self.every = every
    self.takes = takes
    self.restart = restart
    self.bytes = bytes
  }

  /// What some work takes on top: what is written on the way, and a start that takes time.
  public func overhead(of work: SimDuration, start: SimDuration) -> SimDuration {
    guard let every, work > .zero else { return start }
    let count = (work.nanoseconds - 1) / every.nanoseconds
    return start + takes.scaled(by: Double(count))
  }

  /// The work that is done a time after a job has begun with its start.
  public func work(after time: SimDuration, start: SimDuration) -> SimDuration {
    let (kept, rest) = progress(after: time, start)
    return kept + min(rest, every ?? rest)
  }

  /// What is kept of the work when a job fails after a time.
  public func kept(after time: SimDuration, start: SimDuration) -> SimDuration {
    progress(after: time, start).kept
  }

  /// The work that has been written down, and the time since.
  private func progress(
    after time: SimDuration, _ start: SimDuration
  ) -> (kept: SimDuration, rest: SimDuration) {
    let done = max(.zero, time - start)
    guard let every else { return (.zero, done) }
    let (count, rest) = done.nanoseconds.quotientAndRemainder(
      dividingBy: (every + takes).nanoseconds)
    return (
      SimDuration(nanoseconds: count * every.nanoseconds), SimDuration(nanoseconds: rest)
    )
  }
}
