// SPDX-License-Identifier: GPL-3.0-or-later
public import EventKernel
internal import FlowMath

/// An event that the digest of a run takes in, and the digest behind it.
public struct DigestedEvent: Equatable, Sendable {
  /// Which one of the run it is, from 1 on.
  public let number: Int
  public let time: SimTime
  /// What happens: `flowArrives(source: 0)`.
  public let what: String
  public let digest: RunDigest
}

extension Run {
  /// Lives through the next instant, as `advance` does, and tells of its events behind so many.
  public func step(
    after passed: Int, _ hear: (DigestedEvent) -> Void
  ) throws(RunError) -> Bool {
    guard let instant = nextInstant, instant <= world.horizon else { return false }
    world.now = instant
    while let finished = world.fluid.popFinished(by: instant.nanoseconds) {
      if let end = try world.end(finished) { try flowEnds(end) }
      guard world.events > passed else { continue }
      hear(event(at: SimTime(nanoseconds: finished.nanoseconds), "flowEnds(\(finished.slot))"))
    }
    while world.queue.nextTime == instant, let (_, happening) = world.queue.pop() {
      let before = world.events
      try handle(happening)
      if world.events > max(before, passed) { hear(event(at: instant, happening.text)) }
    }
    try instantEnds()
    return true
  }

  private func event(at time: SimTime, _ what: String) -> DigestedEvent {
    DigestedEvent(number: world.events, time: time, what: what, digest: world.digest)
  }
}

extension Happening {
  /// The event of the activity, without whose it is.
  fileprivate var text: String {
    Mirror(reflecting: self).children.first.map { "\($0.value)" } ?? "\(self)"
  }
}
