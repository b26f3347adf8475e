// SPDX-License-Identifier: GPL-3.0-or-later
public import EventKernel

/// When jobs that have been placed are looked at again, and what leaving a pool has to bring.
public struct MoveTerms: Equatable, Sendable {
  public var every: SimDuration
  /// The part of what the policy goes by that leaving has to save at least, from 0 to 1.
  public var gain: Double

  public init(every: SimDuration, gain: Double) {
    self.every = every
    self.gain = gain
  }
}

extension PlacementPolicy {
  /// Where a job goes that is on a pool, if the policy would have it leave; nil where it stays.
  ///
  /// The policy is asked as for a new job of the work that is left, with its pool among the
  /// candidates. It leaves for a pool that is better by the gain that is asked for; whether one that
  /// stops for a while does, the policy has seen to itself.
  package mutating func review(
    _ job: PlacementQuestion, on board: PoolBoard
  ) -> PlacementAnswer? {
    guard let present = job.present, let here = job.presentPosition else { return nil }
    let answer = place(job, on: board)
    guard case .place(let place) = answer else { return answer }
    guard place != here,
      let value = value(of: job.candidates[here], for: job, on: board),
      let better = self.value(of: job.candidates[place], for: job, on: board),
      better.isBelow(value * (1 - present.leastGain))
    else { return nil }
    return answer
  }
}
