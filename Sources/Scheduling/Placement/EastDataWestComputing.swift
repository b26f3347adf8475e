// SPDX-License-Identifier: GPL-3.0-or-later
package import EventKernel

/// What has to be near stays near; all else goes where and when power is cheapest.
///
/// A job that is bound by latency is placed as by `nearest`. Any other is placed as by `cheapest`;
/// where it has a deadline, also the coming hours are looked at, up to the last from which it is
/// over in time, and it waits where one of them is cheaper. Power is bought by the hour, so prices
/// are looked at as each hour begins.
package struct EastDataWestComputing: PlacementPolicy {
  /// So much cheaper, at least, has to be what a job waits for.
  private static let leastGain = 1e-3

  package init() {}

  package func place(_ job: PlacementQuestion, on board: PoolBoard) -> PlacementAnswer {
    if job.isLatencyBound { return NearestPool().place(job, on: board) }
    guard let deadline = job.deadline else { return .place(best(for: job, board)) }
    let now = costNow(of: job, on: board)
    guard let later = cheapestHour(for: job, until: deadline, board),
      later.yuan < now.yuan * (1 - max(Self.leastGain, job.present?.leastGain ?? 0))
    else { return .place(now.place) }
    return .wait(until: later.start)
  }

  package func value(
    of candidate: PoolCandidate, for job: PlacementQuestion, on board: PoolBoard
  ) -> Double? {
    job.isLatencyBound
      ? NearestPool().value(of: candidate, for: job, on: board)
      : board.cost(of: job, on: candidate)
  }

  /// The candidate that is best now, by its position, and what the job costs there.
  package func costNow(
    of job: PlacementQuestion, on board: PoolBoard
  ) -> (place: Int, yuan: Double) {
    let here = best(for: job, board)
    return (here, board.cost(of: job, on: job.candidates[here]))
  }

  /// The coming hour at which the job sets out, and what it costs then where it is cheapest: on a pool
  /// that is free as its input is there, which nobody knows now.
  package func cheapestHour(
    for job: PlacementQuestion, until deadline: SimTime, _ board: PoolBoard
  ) -> (start: SimTime, yuan: Double, pool: Int32)? {
    let first = SimTime(nanoseconds: (job.now.nanoseconds / PoolBoard.hour + 1) * PoolBoard.hour)
    var best = (hour: 0, yuan: Double.infinity, pool: Int32(-1))
    var seen = SeenKinds(board)
    for candidate in job.candidates {
      guard let input = SimDuration(seconds: candidate.transfer),
        let time = SimDuration(seconds: job.timeAtWork(on: candidate) + job.startingAnew),
        let output = SimDuration(seconds: candidate.output)
      else { continue }
      let hours = Self.hours(from: first + input + time + output, until: deadline)
      guard hours > 0, seen.isNew(candidate, for: job) else { continue }
      let (hour, yuan) = board.cheapestHour(
        Int(candidate.pool), job.accelerators, first + input, time, hours)
      // Of what is as cheap the first hour counts, and in it the nearest pool.
      if yuan.isBelow(best.yuan) || !best.yuan.isBelow(yuan) && hour < best.hour {
        best = (hour, yuan, candidate.pool)
      }
    }
    guard best.pool >= 0 else { return nil }
    let start = SimTime(nanoseconds: first.nanoseconds + Int64(best.hour) * PoolBoard.hour)
    return (start, best.yuan, best.pool)
  }

  /// In how many hours on end a job can begin, if it is over at an instant where it begins in the
  /// first: a day of them holds all that its prices have to offer.
  private static func hours(from end: SimTime, until deadline: SimTime) -> Int {
    guard end <= deadline else { return 0 }
    return min(24, Int((deadline - end).nanoseconds / PoolBoard.hour) + 1)
  }

  private func best(for job: PlacementQuestion, _ board: PoolBoard) -> Int {
    job.bestFree(on: board) { board.cost(of: job, on: $0) }
  }
}
