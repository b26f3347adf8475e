// SPDX-License-Identifier: GPL-3.0-or-later
internal import EventKernel

/// The nearest pool where the job could start at once; where there is none, the nearest of all.
struct NearestPool: PlacementPolicy {
  func place(_ job: PlacementQuestion, on board: PoolBoard) -> PlacementAnswer {
    .place(job.candidates.firstIndex { board.isFree($0, for: job) } ?? 0)
  }

  func value(
    of candidate: PoolCandidate, for job: PlacementQuestion, on board: PoolBoard
  ) -> Double? { candidate.delay.seconds }
}
