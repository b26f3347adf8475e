// SPDX-License-Identifier: GPL-3.0-or-later

/// The pool where the job is over first: its input there, what is before it, and its run there.
struct JointPlacement: PlacementPolicy {
  func place(_ job: PlacementQuestion, on board: PoolBoard) -> PlacementAnswer {
    .place(job.bestCandidate { board.time(of: job, on: $0) })
  }

  func value(
    of candidate: PoolCandidate, for job: PlacementQuestion, on board: PoolBoard
  ) -> Double? { board.time(of: job, on: candidate) }
}
