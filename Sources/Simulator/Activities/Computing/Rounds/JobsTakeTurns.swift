// SPDX-License-Identifier: GPL-3.0-or-later
internal import EventKernel
internal import Scheduling
internal import Traffic

// Jobs share pools by rounds: as one ends, the next says who runs where. Who has no turn waits,
// and has kept what it has done.

extension Computing {
  /// Jobs that have come, or have failed, are there for the next round.
  func joinRounds(_ asking: [JobID]) throws(RunError) {
    for id in asking {
      if rounds?.contains(id) == true {
        rounds?.endTurn(of: id, at: now)
      } else {
        try joinRounds(id)
      }
    }
    endRoundEarly()
  }

  private func joinRounds(_ id: JobID) throws(RunError) {
    let found = roundCandidates(of: id)
    guard !found.isEmpty else {
      let refusal = candidates.refusal(of: jobs[id].job, of: jobs[id].entry)
      return try close(id, .refused(refusal))
    }
    rounds?.add(id, number: Int(jobs[id].order), sharedJob(id, among: found))
  }

  /// A job is over, or will never be.
  func leaveRounds(_ id: JobID) {
    guard rounds != nil else { return }
    rounds?.remove(id, at: now)
    endRoundEarly()
  }

  func roundEnds() {
    rounds?.end = nil
    instant.isTurning = true
  }

  /// A round in which nobody runs any more is over.
  private func endRoundEarly() {
    guard let rounds, rounds.turns.isEmpty else { return }
    if let end = rounds.end { world.queue.cancel(end) }
    self.rounds?.end = nil
    instant.isTurning = true
  }

  /// Begins the next round where one is over, and where none was since no pool had room.
  func tendRounds() throws(RunError) {
    guard let rounds, rounds.end == nil, instant.isTurning || !instant.marked.isEmpty else {
      return
    }
    instant.isTurning = false
    guard !rounds.members.isEmpty else { return }
    try beginRound()
  }

  private func beginRound() throws(RunError) {
    let counts = pools.map(\.inService)
    rounds?.endTurns(at: now)
    try renewShares(for: counts)
    guard let members = rounds?.members else { return }
    let kept = members.filter(keepsTurn).map { (id: $0, pool: Int(jobs[$0].pool)) }
    rounds?.begin(on: counts, keeping: kept, at: now)
    guard let turns = rounds?.turns else { return }
    for id in members { leavePool(id, unlessOn: turns[id]) }
    for id in members {
      if watch != nil { watchTurn(of: id, on: turns[id]) }
      if let pool = turns[id], !isOnPool(id) { try takeTurn(id, on: pool) }
    }
    // Where nobody has a turn, the next round begins when a pool is not as it was.
    guard !turns.isEmpty, let length = rounds?.terms.length else { return }
    rounds?.end = world.queue.push(.computing(.roundEnds), at: now + length)
  }

  private func isOnPool(_ id: JobID) -> Bool {
    switch jobs[id].stage {
    case .fetching, .queued, .running: true
    case .asking, .returning: false
    }
  }

  /// Whether a job has to stay where it is: its input is on the way there, or it would lose what it
  /// has done.
  private func keepsTurn(_ id: JobID) -> Bool {
    let state = jobs[id]
    switch state.stage {
    case .fetching: return true
    case .running, .queued:
      let hasBegun = state.stage == .running || state.left < state.length
      return hasBegun && model.computing.entries[Int(state.entry)].checkpoints.every == nil
    case .asking, .returning: return false
    }
  }

  private func leavePool(_ id: JobID, unlessOn pool: Int?) {
    guard isOnPool(id), pool.map({ $0 != Int(jobs[id].pool) }) ?? true else { return }
    if pool == nil { book.pauses += 1 } else { book.moves += 1 }
    leavePool(id)
  }

  private func takeTurn(_ id: JobID, on pool: Int) throws(RunError) {
    var found = roundCandidates(of: id).filter { Int($0.pool) == pool }
    measureMoves(of: id, kept: jobs[id].saved, to: &found)
    guard let candidate = found.first else { preconditionFailure("a turn on no candidate") }
    try send(id, to: candidate)
  }
}

// MARK: - Shares

extension Computing {
  /// Works shares out anew where jobs or pools are not as they were.
  private func renewShares(for counts: [Int]) throws(RunError) {
    guard let rounds, rounds.needsShares(for: counts, at: now) else { return }
    let types = zip(model.computing.pools, counts).map {
      SharedFleet.AcceleratorType(name: $0.name, count: $1)
    }
    let all = rounds.members.map { sharedJob($0, among: roundCandidates(of: $0), counts) }
    // Who can run nowhere now has no share, and is no measure for the others.
    let able = all.indices.filter { job in all[job].speeds.contains { $0 > 0 } }
    let fleet = SharedFleet(types: types, jobs: able.map { all[$0] })
    let found: Allocation
    do throws(AllocationError) {
      found = try rounds.terms.rule.allocation(of: fleet)
    } catch {
      throw .shares(
        "found no shares of \(types.count) pools for \(able.count) jobs at \(now.seconds) s "
          + "(\(error)), expected some; another seed or `equal-shares` may go on")
    }
    let nothing = Array(repeating: 0.0, count: all.count * types.count)
    var allocation = Allocation(shares: nothing, losses: nothing)
    for (place, job) in able.enumerated() {
      for type in types.indices {
        allocation.shares[job * types.count + type] = found.shares[place * types.count + type]
        allocation.losses[job * types.count + type] = found.losses[place * types.count + type]
      }
    }
    self.rounds?.follow(allocation, for: counts, at: now)
  }

  /// The pools on which a job may have a turn, as policies choose among them.
  private func roundCandidates(of id: JobID) -> [PoolCandidate] {
    let found = candidates.candidates(for: jobs[id].job, of: jobs[id].entry)
    guard let bound = model.computing.placement.latency else { return found }
    return Array(found.prefix(max(1, found.prefix { $0.delay <= bound }.count)))
  }

  /// A job as it shares pools, of which so many accelerators are in service: how fast it runs on each,
  /// and what is left of the time that it has asked for.
  private func sharedJob(
    _ id: JobID, among found: [PoolCandidate], _ counts: [Int]? = nil
  ) -> SharedFleet.Job {
    if jobs[id].stage == .running { settle(id) }
    let kept = isOnPool(id) ? stopped(id).kept : jobs[id].saved
    var speeds = pools.map { _ in 0.0 }
    for candidate in found {
      let pool = Int(candidate.pool)
      guard jobs[id].job.accelerators <= counts?[pool] ?? .max else { continue }
      speeds[pool] = candidate.speed
    }
    return SharedFleet.Job(
      name: name(of: id), accelerators: jobs[id].job.accelerators,
      weight: tenants[jobs[id].tenant]?.weight ?? 1,
      steps: max(Self.leastSteps, (jobs[id].job.requested - kept).seconds), speeds: speeds)
  }

  /// Of a job that is nearly done, so that a makespan has a measure.
  private static let leastSteps = 1e-9
}
