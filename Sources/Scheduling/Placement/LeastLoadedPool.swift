// SPDX-License-Identifier: GPL-3.0-or-later

/// The pool with the least work before it for each of its accelerators; of equal ones the nearest.
struct LeastLoadedPool: PlacementPolicy {
  func place(_ job: PlacementQuestion, on board: PoolBoard) -> PlacementAnswer {
    .place(job.bestCandidate { board.load($0.pool, at: job.now) })
  }

  func value(
    of candidate: PoolCandidate, for job: PlacementQuestion, on board: PoolBoard
  ) -> Double? { board.load(candidate.pool, at: job.now) }
}

extension PlacementQuestion {
  /// The position of the candidate with the least value; of equal ones the first, the nearest.
  ///
  /// - Precondition: There is a candidate; nobody asks without one.
  package func bestCandidate(_ value: (PoolCandidate) -> Double) -> Int {
    candidates.positionOfLeast(value)
  }
}
