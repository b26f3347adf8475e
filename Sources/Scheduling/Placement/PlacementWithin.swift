// SPDX-License-Identifier: GPL-3.0-or-later
internal import EventKernel

/// A policy that chooses among the pools within a bound on the delay; where none is, the nearest.
struct PlacementWithin: PlacementPolicy {
  let bound: SimDuration
  private var policy: any PlacementPolicy

  init(bound: SimDuration, _ policy: any PlacementPolicy) {
    self.bound = bound
    self.policy = policy
  }

  mutating func place(_ job: PlacementQuestion, on board: PoolBoard) -> PlacementAnswer {
    guard let inner = within(job) else { return .place(0) }
    return policy.place(inner, on: board)
  }

  func value(
    of candidate: PoolCandidate, for job: PlacementQuestion, on board: PoolBoard
  ) -> Double? { policy.value(of: candidate, for: job, on: board) }

  func draws(for job: PlacementQuestion) -> [Int] { within(job).map(policy.draws) ?? [] }

  /// The question with those within the bound alone; nil where none is.
  private func within(_ job: PlacementQuestion) -> PlacementQuestion? {
    let count = job.count(within: bound)
    guard count > 0 else { return nil }
    var job = job
    job.candidates.removeLast(job.candidates.count - count)
    return job
  }
}
