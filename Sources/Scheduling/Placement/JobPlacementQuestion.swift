// SPDX-License-Identifier: GPL-3.0-or-later
package import EventKernel
package import Traffic

/// A job that asks where it is to go, with what a policy may know of it.
package struct PlacementQuestion {
  package var now: SimTime
  package var accelerators: Int
  /// The time asked for on accelerators of speed 1, in seconds.
  package var seconds: Double
  package var deadline: SimTime?
  /// Whether it has to be near those who use it.
  package var isLatencyBound: Bool
  /// Whether a start is to be had for it on each candidate, which its `transfer` leads up to: it waits
  /// for nobody.
  package var isBooked = false
  /// The pools where it may run, from least delay on.
  package var candidates: [PoolCandidate]
  /// Where it is, for a job that has been placed before.
  package var present: PresentPool?
  /// What it takes to stop and to start anew, in seconds; none for a job that has not run.
  package var startingAnew = 0.0
  /// What it writes down on the way, which takes time on top.
  package var checkpoints = Checkpoints()

  package init(
    now: SimTime, accelerators: Int, seconds: Double, deadline: SimTime?, isLatencyBound: Bool,
    candidates: [PoolCandidate]
  ) {
    self.now = now
    self.accelerators = accelerators
    self.seconds = seconds
    self.deadline = deadline
    self.isLatencyBound = isLatencyBound
    self.candidates = candidates
  }
}

/// The pool that a job is on, which it may leave.
package struct PresentPool {
  package var pool: Int32
  /// Whether it holds accelerators there, and does not wait for them.
  package var isRunning: Bool
  /// The part of what the policy goes by that leaving has to save at least, from 0 to 1.
  package var leastGain: Double

  package init(pool: Int32, isRunning: Bool, leastGain: Double) {
    self.pool = pool
    self.isRunning = isRunning
    self.leastGain = leastGain
  }
}

extension PlacementQuestion {
  /// How long the job runs on a candidate, in seconds.
  package func time(on candidate: PoolCandidate) -> Double {
    let time = timeAtWork(on: candidate)
    return candidate.pool == present?.pool ? time : time + startingAnew
  }

  /// How long it runs there once it has started, with what it writes down.
  func timeAtWork(on candidate: PoolCandidate) -> Double {
    let time = seconds / candidate.speed
    guard checkpoints.every != nil, let work = SimDuration(seconds: time) else { return time }
    return time + checkpoints.overhead(of: work, start: .zero).seconds
  }

  /// The position of the pool that it is on; nil for a job that is on none.
  package var presentPosition: Int? {
    present.flatMap { present in candidates.firstIndex { $0.pool == present.pool } }
  }

  /// Whether it holds its accelerators on a candidate already.
  package func holds(_ candidate: PoolCandidate) -> Bool {
    guard let present else { return false }
    return present.isRunning && present.pool == candidate.pool
  }

  /// How many candidates are within a bound on the delay: as they stand by it, the first of them.
  package func count(within bound: SimDuration) -> Int {
    candidates.prefix { $0.delay <= bound }.count
  }
}

/// A pool where a job may run: it has the type, the level, enough accelerators, and a way there.
package struct PoolCandidate: BitwiseCopyable, Sendable {
  /// The position of the pool among all.
  package var pool: Int32
  /// How fast the job runs there.
  package var speed: Double
  /// One way, from where the job's input or its users are; 0 where nobody says where that is.
  package var delay: SimDuration
  /// What its input takes there over an empty network, in seconds; of a job that books its start, the
  /// time until then.
  package var transfer: Double
  /// What its input takes, of one that books its start.
  package var input = 0.0
  /// What its output takes from there in the same way; known of jobs with a deadline.
  package var output = 0.0

  package init(pool: Int32, speed: Double, delay: SimDuration = .zero, transfer: Double = 0) {
    self.pool = pool
    self.speed = speed
    self.delay = delay
    self.transfer = transfer
  }
}

/// Where a job goes.
package enum PlacementAnswer: Equatable {
  /// One of its candidates, by its position among them.
  case place(Int)
  /// It asks again then.
  case wait(until: SimTime)
}

/// Decides where jobs go.
///
/// It is asked once for each job, in the order of their submission; what it says of one, it sees
/// before it is asked for the next.
package protocol PlacementPolicy {
  mutating func place(_ job: PlacementQuestion, on board: PoolBoard) -> PlacementAnswer

  /// What it goes by of a candidate, the less the better; nil where it weighs nothing.
  func value(
    of candidate: PoolCandidate, for job: PlacementQuestion, on board: PoolBoard
  ) -> Double?

  /// The positions that chance would give it now to choose among; none where it leaves nothing to
  /// chance, or all.
  func draws(for job: PlacementQuestion) -> [Int]
}

extension PlacementPolicy {
  package func draws(for job: PlacementQuestion) -> [Int] { [] }

  package func value(
    of candidate: PoolCandidate, for job: PlacementQuestion, on board: PoolBoard
  ) -> Double? { nil }
}
