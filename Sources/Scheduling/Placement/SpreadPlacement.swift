// SPDX-License-Identifier: GPL-3.0-or-later
internal import EventKernel

/// Each pool in its turn, by its position among all.
struct RoundRobin: PlacementPolicy {
  private var last: Int32 = -1

  mutating func place(_ job: PlacementQuestion, on board: PoolBoard) -> PlacementAnswer {
    let next = job.candidates.indices.min { left, right in
      turn(of: job.candidates[left]) < turn(of: job.candidates[right])
    }
    let position = next ?? 0
    last = job.candidates[position].pool
    return .place(position)
  }

  /// How far behind the last one a pool is, around the ring of all.
  private func turn(of candidate: PoolCandidate) -> Int64 {
    candidate.pool > last ? Int64(candidate.pool) : Int64(candidate.pool) + 1 << 32
  }
}

/// Any pool, all alike.
struct RandomPool: PlacementPolicy {
  private var stream: RandomStream

  init(seed: UInt64) {
    stream = RandomStream(seed: seed, name: "policy/placement")
  }

  mutating func place(_ job: PlacementQuestion, on board: PoolBoard) -> PlacementAnswer {
    .place(Int.random(in: job.candidates.indices, using: &stream))
  }
}

/// The less loaded of two pools by chance.
///
/// M. Mitzenmacher, "The power of two choices in randomized load balancing", 2001.
struct PowerOfTwoChoices: PlacementPolicy {
  private var stream: RandomStream

  init(seed: UInt64) {
    stream = RandomStream(seed: seed, name: "policy/placement")
  }

  mutating func place(_ job: PlacementQuestion, on board: PoolBoard) -> PlacementAnswer {
    let (first, second) = pair(of: job, using: &stream)
    func load(_ position: Int) -> Double { board.load(job.candidates[position].pool, at: job.now) }
    return .place(load(second) < load(first) ? second : first)
  }

  func draws(for job: PlacementQuestion) -> [Int] {
    var copy = stream
    let (first, second) = pair(of: job, using: &copy)
    return [first, second]
  }

  private func pair(
    of job: PlacementQuestion, using stream: inout RandomStream
  ) -> (first: Int, second: Int) {
    let first = Int.random(in: job.candidates.indices, using: &stream)
    let second = Int.random(in: job.candidates.indices, using: &stream)
    return (first, second)
  }
}
