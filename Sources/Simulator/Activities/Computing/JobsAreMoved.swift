// SPDX-License-Identifier: GPL-3.0-or-later
internal import EventKernel
internal import Scheduling
internal import Traffic

// Jobs that have been placed are looked at again, and may leave their pool.

extension Computing {
  func planReview() {
    guard let moves = model.computing.placement.moves else { return }
    world.plan(.computing(.jobsAreReviewed), at: now + moves.every)
  }

  func reviewIsDue() {
    instant.isReviewing = true
    planReview()
  }

  /// Asks about all jobs that may leave their pool, in the order of their submission.
  func reviewJobs() throws(RunError) {
    instant.isReviewing = false
    registry.readReports(at: now)
    let leaving = jobs.ids.filter(mayLeave)
    if let outside { return try reviewJobs(leaving, by: outside) }
    for id in leaving { try review(id) }
  }

  /// Whether a job could go on elsewhere without losing what it has done.
  private func mayLeave(_ id: JobID) -> Bool {
    let state = jobs[id]
    guard state.stage == .running || state.stage == .queued, state.booking != .held,
      state.team.isNone
    else { return false }
    let entry = model.computing.entries[Int(state.entry)]
    let hasBegun = state.stage == .running || state.left < state.length
    return entry.pool == nil && (!hasBegun || entry.checkpoints.every != nil)
  }

  private func review(_ id: JobID) throws(RunError) {
    guard let question = reviewQuestion(about: id) else { return }
    let pool = Int(jobs[id].pool)
    let entry = registry.board.entries[pool]
    registry.board.entries[pool] = boardEntry(of: pool, without: id)
    let answer = policy.review(question, on: registry.board)
    if watch != nil, let answer { watchDecision(of: id, question, PlacementVerdict(answer)) }
    registry.board.entries[pool] = entry
    if let answer { try carryOut(answer, on: id, question) }
  }

  /// A job leaves its pool: for another, or to wait.
  func carryOut(
    _ answer: PlacementAnswer, on id: JobID, _ question: PlacementQuestion
  ) throws(RunError) {
    switch answer {
    case .place(let place):
      book.moves += 1
      leavePool(id)
      try send(id, to: question.candidates[place])
    case .wait(let time):
      book.pauses += 1
      leavePool(id)
      letWait(id, until: time)
    }
  }

  /// What a policy is asked about the work that a job has left; nil where its pool is out of service,
  /// and all is decided elsewhere.
  func reviewQuestion(about id: JobID) -> PlacementQuestion? {
    guard let moves = model.computing.placement.moves else { return nil }
    let sharing = pools[Int(jobs[id].pool)].sharing
    if jobs[id].stage == .running, sharing == nil { settle(id) }
    let state = jobs[id]
    var found = candidates.candidates(for: state.job, of: state.entry)
    registry.removeDown(&found)
    guard let here = found.firstIndex(where: { $0.pool == state.pool }) else { return nil }
    // What it shares it knows; of others it knows what waits there.
    if state.stage == .running, let sharing { found[here].speed *= max(1e-9, sharing.speed) }
    let (kept, startup) = stopped(id)
    var question = question(about: id, among: found, kept: kept, startup: startup)
    question.present = PresentPool(
      pool: state.pool, isRunning: state.stage == .running, leastGain: moves.gain)
    return question
  }

  /// What a policy knows of a pool but for a job of it.
  private func boardEntry(of pool: Int, without id: JobID) -> PoolBoard.Entry {
    var entry = registry.board.entries[pool]
    let state = jobs[id]
    let accelerators = state.job.accelerators
    if let decided = registry.entry(of: pool, withoutDecisionAbout: id) {
      return decided
    }
    if state.stage == .running {
      entry.free = min(entry.count, entry.free + Int32(accelerators))
      // With nobody else there it is nothing, and no rounding of it.
      entry.runningUntil = entry.free == entry.count ? 0 : entry.runningUntil - state.expected
    } else {
      entry.waiting = max(0, entry.waiting - 1)
      let work = Double(accelerators) * Double(state.requested) / 1e9
      entry.waitingWork = max(0, entry.waitingWork - work)
    }
    return entry
  }

  // MARK: - Leaving

  /// What a job has kept, and what its next start takes, if it is stopped now on purpose: all that it
  /// has done, for it writes that down first.
  func stopped(_ id: JobID) -> (kept: SimDuration, startup: SimDuration) {
    let state = jobs[id]
    let checkpoints = model.computing.entries[Int(state.entry)].checkpoints
    let left = pools[Int(state.pool)].sharing?.left(of: id, at: now.nanoseconds) ?? state.left
    let time = SimDuration(nanoseconds: max(0, state.length - left))
    guard time > .zero else { return (state.saved, state.startup) }
    let done = checkpoints.work(after: time, start: state.startup).scaled(by: state.speed)
    return (state.saved + done, checkpoints.takes + checkpoints.restart)
  }

  /// A job gives up its place on a pool, in its queue or at work, and keeps what it has done.
  func leavePool(_ id: JobID) {
    let pool = Int(jobs[id].pool)
    if pools[pool].isShared {
      if jobs[id].stage == .running { stopSharing(id) }
      instant.sharing.removeAll { $0 == id }
    } else if jobs[id].stage == .running {
      endInQueue(id)
      stopRunning(id)
    } else {
      countWaiting(id, -1)
      withdraw(id)
    }
    (jobs[id].saved, jobs[id].startup) = stopped(id)
    jobs[id].stage = .asking
    jobs[id].moves += 1
    if jobs[id].dataReady != nil { jobs[id].dataPool = jobs[id].pool }
    markPool(pool)
    updateBoard(of: pool)
  }

  /// Has candidates say what it takes a job there from the pool that has its data: the one that it is
  /// on, or that it left.
  func measureMoves(of id: JobID, kept: SimDuration, to found: inout [PoolCandidate]) {
    let isOnPool = jobs[id].stage == .running || jobs[id].stage == .queued
    guard let pool = isOnPool ? jobs[id].pool : jobs[id].dataPool else {
      return keepData(of: id, in: &found)
    }
    let bytes = bytesOnPool(of: id, kept: kept)
    for index in found.indices {
      found[index].transfer = 0
      guard bytes > 0, found[index].pool != pool else { continue }
      found[index].transfer = candidates.transfer(of: bytes, from: pool, to: found[index].pool)
    }
  }

  /// A job that a failure has ended takes its input again, but where that is already.
  private func keepData(of id: JobID, in found: inout [PoolCandidate]) {
    guard jobs[id].dataReady != nil,
      let own = found.firstIndex(where: { $0.pool == jobs[id].pool })
    else { return }
    found[own].transfer = 0
  }
}
