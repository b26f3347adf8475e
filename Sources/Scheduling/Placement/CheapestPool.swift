// SPDX-License-Identifier: GPL-3.0-or-later
/// The pool where the job costs least, by its price or else by its energy, of those where it could start at once.
///
/// Where it could start nowhere, the one where it waits least.
struct CheapestPool: PlacementPolicy {
  func place(_ job: PlacementQuestion, on board: PoolBoard) -> PlacementAnswer {
    .place(job.bestFree(on: board) { board.cost(of: job, on: $0) })
  }

  func value(
    of candidate: PoolCandidate, for job: PlacementQuestion, on board: PoolBoard
  ) -> Double? { board.cost(of: job, on: candidate) }
}

/// The pool where the job's energy brings about least carbon dioxide, chosen in the same way.
struct GreenestPool: PlacementPolicy {
  func place(_ job: PlacementQuestion, on board: PoolBoard) -> PlacementAnswer {
    .place(job.bestFree(on: board) { board.emission(of: job, on: $0) })
  }

  func value(
    of candidate: PoolCandidate, for job: PlacementQuestion, on board: PoolBoard
  ) -> Double? { board.emission(of: job, on: candidate) }
}

extension PlacementQuestion {
  /// The best candidate where the job could start at once; else that where it waits least.
  ///
  /// Of pools of one kind, on which it costs the same where it starts at the same time, the nearest is
  /// looked at; not so where each has a start of its own.
  func bestFree(on board: PoolBoard, _ value: (PoolCandidate) -> Double) -> Int {
    var best: (position: Int, value: Double)?
    var soonest = (position: 0, wait: Double.infinity)
    var seen = SeenKinds(board)
    for (position, candidate) in candidates.enumerated() {
      let wait = board.wait(candidate, for: self)
      if wait < soonest.wait { soonest = (position, wait) }
      guard board.isFree(candidate, for: self), isBooked || seen.isNew(candidate, for: self) else {
        continue
      }
      let value = value(candidate)
      if best.map({ value.isBelow($0.value) }) ?? true { best = (position, value) }
    }
    return best?.position ?? soonest.position
  }
}
